"""Tệp nén: ZIP, DOCX and XLSX, counted before anything is unpacked and measured while it is."""

import struct
import zipfile
import zlib
from typing import IO

from motcua.contexts.documents.contracts.files import MediaType
from motcua.contexts.documents.contracts.refusals import ArchiveRefused, DamagedFile
from motcua.contexts.documents.rules.limits import Limits

END = b"PK\x05\x06"
END_SIZE = 22
WIDE = b"PK\x06\x07"  # a second end record follows, with counts of its own (ZIP64)
WIDE_SIZE = 20
LONGEST_COMMENT = 65_535
CHUNK = 256 * 1024
LOCKED = 0x1
SYMLINK = 0o120000
# Python unpacks these bit by bit; of bzip2 and LZMA it makes whatever a piece holds at once.
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
NESTED = (".zip", ".rar", ".7z", ".gz", ".bz2", ".xz", ".tar", ".cab", ".iso", ".jar")
OFFICE = {"word/document.xml": MediaType.DOCX, "xl/workbook.xml": MediaType.XLSX}
ACTIVE = ("vbaproject.bin", "/activex/", "/embeddings/", "oleobject")
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, ValueError, NotImplementedError)


def check(stream: IO[bytes], *, size: int, limits: Limits) -> tuple[MediaType, bool]:
    """What the archive is, and whether it carries macros or objects.

    Raises: ArchiveRefused with the reason among its facts, DamagedFile.
    """
    try:
        _count_first(stream, size, limits)
        with zipfile.ZipFile(stream) as archive:
            entries = archive.infolist()
            kind = _kind(archive)
            _check_entries(entries, size, nested_allowed=kind is not MediaType.ZIP)
            _unpack_nowhere(archive, entries, size, limits)
    except BROKEN as broken:
        raise DamagedFile from broken
    active = any(part in entry.filename.lower() for entry in entries for part in ACTIVE)
    return kind, active


def _count_first(stream: IO[bytes], size: int, limits: Limits) -> None:
    """Read the end record by hand: a library would build the whole directory in memory first."""
    tail = min(size, END_SIZE + LONGEST_COMMENT)
    stream.seek(size - tail)
    end = stream.read(tail)
    at = end.rfind(END)
    if at < 0:
        raise DamagedFile
    entries, directory = struct.unpack("<HI", end[at + 10 : at + 16])
    if size - tail + at >= WIDE_SIZE:
        stream.seek(size - tail + at - WIDE_SIZE)
        if stream.read(len(WIDE)) == WIDE:  # nothing within our limits needs one
            raise ArchiveRefused(reason="too_many_entries")
    if entries > limits.archive_entries or directory > limits.archive_directory:
        raise ArchiveRefused(reason="too_many_entries")


def _kind(archive: zipfile.ZipFile) -> MediaType:
    names = frozenset(archive.namelist())
    if "[Content_Types].xml" in names:
        for name, kind in OFFICE.items():
            if name in names:
                return kind
    return MediaType.ZIP


def _check_entries(entries: list[zipfile.ZipInfo], size: int, *, nested_allowed: bool) -> None:
    if sum(entry.compress_size for entry in entries) > size:
        raise ArchiveRefused(reason="overlapping_entries")
    for entry in entries:
        if entry.flag_bits & LOCKED:
            raise ArchiveRefused(
                "Tệp nén có mật khẩu nên không kiểm tra được. Bạn bỏ mật khẩu rồi gửi lại.",
                reason="locked",
            )
        if entry.compress_type not in METHODS:
            raise ArchiveRefused(reason="method")
        if _leaves_its_folder(entry):
            raise ArchiveRefused(reason="path_outside")
        if not nested_allowed and entry.filename.lower().endswith(NESTED):
            raise ArchiveRefused(
                "Trong tệp nén có tệp nén khác. Bạn giải nén rồi gửi từng tệp.", reason="nested"
            )


def _leaves_its_folder(entry: zipfile.ZipInfo) -> bool:
    parts = entry.filename.replace("\\", "/").split("/")
    absolute = entry.filename.startswith(("/", "\\")) or ":" in parts[0]
    return absolute or ".." in parts or (entry.external_attr >> 16) & 0o170000 == SYMLINK


def _unpack_nowhere(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], size: int, limits: Limits
) -> None:
    """Inflate and throw away, counting: what the directory says of sizes may be a lie."""
    unpacked = 0
    for entry in entries:
        with archive.open(entry) as part:
            while chunk := part.read(CHUNK):
                unpacked += len(chunk)
                if unpacked > limits.archive_unpacked:
                    raise ArchiveRefused(reason="unpacks_too_large")
                if unpacked > max(limits.archive_ratio_from, size * limits.archive_ratio):
                    raise ArchiveRefused(reason="ratio")
