"""Tệp: what neighbours see of one kept file."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from motcua.kernel.privacy import DataClass


class MediaType(StrEnum):
    """What the bytes are, found by looking at them."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    HEIC = "image/heic"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    XML = "application/xml"
    TXT = "text/plain"
    ZIP = "application/zip"
    JSON = "application/json"  # made here for machines; an upload of it is text


# What we look at, turn and join.
PICTURES = frozenset({MediaType.JPEG, MediaType.PNG, MediaType.WEBP})


class ScanVerdict(StrEnum):
    """What a malware scanner said. Without a scanner the file says so."""

    NOT_SCANNED = "NOT_SCANNED"  # nobody looks here, or the city made it itself
    WAITING = "WAITING"
    CLEAN = "CLEAN"
    INFECTED = "INFECTED"
    TOO_LARGE = "TOO_LARGE"  # for the scanner, so that nobody knows


class Advice(StrEnum):
    """What a reader of the paper would find wrong with it. It never keeps a paper from coming."""

    BLURRED = "BLURRED"
    DARK = "DARK"
    SMALL = "SMALL"
    EMPTY = "EMPTY"  # nearly one colour; a PDF with nothing on its pages
    SIDEWAYS = "SIDEWAYS"  # upright only for readers that heed a mark of the camera
    UNREADABLE = "UNREADABLE"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """size: bytes. filename: cleaned, for display only. notice: a sentence for the uploader.
    data_class: of the content. advice: on its quality.

    active_content: scripts, launch actions, macros or files inside; only ever downloaded,
    never shown in the page.
    """

    id: UUID
    sha256: str
    size: int
    media_type: str
    filename: str
    pages: int | None
    created_at: datetime
    active_content: bool = False
    scan: str = ScanVerdict.NOT_SCANNED.value
    notice: str = ""
    data_class: DataClass = DataClass.PERSONAL_BASIC
    owner_person_id: UUID | None = None
    uploaded_by: UUID | None = None
    advice: tuple[Advice, ...] = ()

    @property
    def is_picture(self) -> bool:
        """One of the kinds that we look at, turn and join."""
        return self.media_type in PICTURES

    @property
    def is_refused(self) -> bool:
        """It will never be opened by anybody."""
        return self.scan in (ScanVerdict.INFECTED, ScanVerdict.TOO_LARGE)

    @property
    def is_waiting(self) -> bool:
        return self.scan == ScanVerdict.WAITING

    @property
    def url(self) -> str:
        """Where it is downloaded, by whoever may read it."""
        return f"/giay-to/tep/{self.id}"

    @property
    def small_url(self) -> str:
        """A small picture of it, to tell papers apart by; "" for what is no picture we decode."""
        return f"{self.url}/nho" if self.is_picture else ""

    @property
    def short_hash(self) -> str:
        """First sixteen digits in fours, as printed on the receipt."""
        return " ".join(self.sha256[at : at + 4] for at in range(0, 16, 4))


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadProgress:
    """How far a file that comes in parts has come; the next byte to send is number `received`."""

    id: UUID
    size: int
    received: int
