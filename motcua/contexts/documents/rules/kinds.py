"""Loại tệp: the kinds we keep, their names and extensions, and their first bytes."""

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext as _

from motcua.contexts.documents.contracts.files import MediaType

HEAD = 4096  # bytes that suffice to tell a kind


@dataclass(frozen=True, slots=True)
class Kind:
    words: str
    extensions: tuple[str, ...]


KINDS: dict[MediaType, Kind] = {
    MediaType.PDF: Kind("tài liệu PDF", ("pdf",)),
    MediaType.JPEG: Kind("ảnh JPEG", ("jpg", "jpeg", "jpe", "jfif")),
    MediaType.PNG: Kind("ảnh PNG", ("png",)),
    MediaType.WEBP: Kind("ảnh WebP", ("webp",)),
    MediaType.HEIC: Kind("ảnh HEIC", ("heic", "heif")),
    MediaType.DOCX: Kind("tài liệu Word", ("docx",)),
    MediaType.XLSX: Kind("bảng tính Excel", ("xlsx",)),
    MediaType.XML: Kind("tệp XML", ("xml",)),
    MediaType.TXT: Kind("văn bản thuần", ("txt", "csv")),
    MediaType.ZIP: Kind("tệp nén ZIP", ("zip",)),
    MediaType.JSON: Kind("dữ liệu JSON", ("json",)),
}
INLINE = frozenset({MediaType.PDF, MediaType.JPEG, MediaType.PNG})  # browsers show them safely
HEIF_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"})


def by_first_bytes(head: bytes) -> MediaType | None:
    """The kind its magic number tells; ZIP may still turn out to be DOCX or XLSX, and text XML."""
    if head.startswith(b"%PDF-"):
        return MediaType.PDF
    if head.startswith(b"\xff\xd8\xff"):
        return MediaType.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return MediaType.PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return MediaType.WEBP
    if head[4:8] == b"ftyp" and head[8:12] in HEIF_BRANDS:
        return MediaType.HEIC
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return MediaType.ZIP
    return None


def mismatch_notice(stated: str, found: MediaType) -> str:
    """The sentence that names a wrong extension; "" when the name tells the truth."""
    kind = KINDS[found]
    if not stated or stated in kind.extensions:
        return ""
    said = {"stated": stated, "what": gettext(kind.words), "kept": kind.extensions[0]}
    return (
        _("Tên tệp ghi đuôi .%(stated)s, bên trong là %(what)s. Tệp được lưu với đuôi .%(kept)s.")
        % said
    )
