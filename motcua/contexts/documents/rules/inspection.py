"""Khám tệp: what a file really is and whether we may keep it, judged by its bytes alone.

Reads the open file it is given and nothing else; memory does not grow with the file.
"""

import mmap
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext
from django.utils.translation import gettext as _

from motcua.contexts.documents.contracts.files import MediaType
from motcua.contexts.documents.contracts.refusals import EmptyFile, TypeNotAllowed
from motcua.contexts.documents.rules import archives, kinds, markup, pictures, portable
from motcua.contexts.documents.rules.limits import Limits

# First bytes of what people send by mistake, named in the refusal.
STRANGERS = (
    (b"MZ", "tệp chạy của Windows"),
    (b"\x7fELF", "tệp chạy của Linux"),
    (b"\xd0\xcf\x11\xe0", "tài liệu Office kiểu cũ (.doc, .xls)"),
    (b"Rar!", "tệp nén RAR"),
    (b"7z\xbc\xaf", "tệp nén 7z"),
    (b"GIF8", "ảnh GIF"),
    (b"II*\x00", "ảnh TIFF"),
    (b"MM\x00*", "ảnh TIFF"),
    (b"BM", "ảnh BMP"),
    (b"{\\rtf", "tài liệu RTF"),
    (b"\x1f\x8b", "tệp nén GZ"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    media_type: MediaType
    pages: int | None = None
    active_content: bool = False
    locked: bool = False
    empty: bool = False


def inspect(file: IO[bytes], *, size: int, limits: Limits) -> Inspection:
    """file: a real file, open for reading, at any position.

    Raises: EmptyFile, TypeNotAllowed, DamagedFile, ArchiveRefused, PictureTooLarge, MarkupRefused.
    """
    if size == 0:
        raise EmptyFile
    file.seek(0)
    head = file.read(kinds.HEAD)
    found = kinds.by_first_bytes(head)
    if found is None:
        _refuse_strangers(head)
        return Inspection(media_type=markup.text_kind(file, head, limits))
    if found is MediaType.PDF:
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
            told = portable.check(view, limits)
        return Inspection(
            media_type=found,
            pages=told.pages,
            active_content=told.acts,
            locked=told.locked,
            empty=told.empty,
        )
    if found is MediaType.ZIP:
        found, active = archives.check(file, size=size, limits=limits)
        return Inspection(media_type=found, active_content=active)
    pictures.check(file, found, limits)
    return Inspection(media_type=found, pages=1)


def _refuse_strangers(head: bytes) -> None:
    for magic, words in STRANGERS:
        if head.startswith(magic):
            sentence = _(
                "Tệp này là %(what)s, chưa nhận được. Bạn gửi tệp PDF, ảnh (JPG, PNG, WebP, HEIC), "
                "DOCX, XLSX, TXT, XML hoặc ZIP."
            )
            raise TypeNotAllowed(sentence % {"what": gettext(words)}, found=words)
