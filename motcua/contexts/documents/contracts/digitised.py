"""Số hóa: what neighbours see of papers that were scanned, read and confirmed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from motcua.contexts.documents.contracts.files import FileView
from motcua.kernel.errors import Conflict, Invalid, NotFound


class ReadingState(StrEnum):
    """How far the reading of a paper is."""

    ASKED = "ASKED"
    READ = "READ"
    FAILED = "FAILED"
    CLOSED = "CLOSED"


class ReadDecision(StrEnum):
    """What an officer said about one proposed value."""

    OPEN = "OPEN"
    CONFIRMED = "CONFIRMED"
    CORRECTED = "CORRECTED"
    DISMISSED = "DISMISSED"


KEPT = frozenset({ReadDecision.CONFIRMED, ReadDecision.CORRECTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A place on a page, in thousandths of its width and height. page: from 1."""

    page: int
    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadValueView:
    """proposed, value: in the one form of their kind; None when there is none."""

    id: UUID
    key: str
    label: str
    kind: str
    proposed: str | None
    sure: int
    doubtful: bool
    region: Region | None
    decision: ReadDecision
    value: str | None
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingView:
    """trouble: a code of why nothing was read. shapes: of each page that was read, its height

    where its width is a thousand.
    """

    id: UUID
    file: FileView
    kind: str
    kind_name: str
    subject: str
    state: ReadingState
    trouble: str
    reader: str
    shapes: tuple[int, ...]
    asked_by: UUID
    asked_at: datetime
    values: tuple[ReadValueView, ...]

    @property
    def waits(self) -> int:
        """How many proposed values nobody has decided on."""
        return sum(
            one.decision is ReadDecision.OPEN and one.proposed is not None for one in self.values
        )

    @property
    def kept(self) -> int:
        return sum(one.decision in KEPT for one in self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceView:
    """What was confirmed on a paper. values: by field; answers: by the questions they answer."""

    id: UUID
    owner_person_id: UUID
    kind: str
    kind_name: str
    file_id: UUID
    subject: str
    values: Mapping[str, str]
    answers: Mapping[str, str]
    unit_id: UUID | None
    scanned_by: UUID | None
    confirmed_by: UUID
    confirmed_at: datetime
    last_day: date
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivalView:
    """A file from a scanner. file: None for what was refused; then refusal says why."""

    id: UUID
    unit_id: UUID
    name: str
    arrived_at: datetime
    file: FileView | None
    refusal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoffView:
    """For the officer. url: the address behind the QR, while a phone may still open it."""

    id: UUID
    key: str
    url: str
    ends_at: datetime
    opened_at: datetime | None
    done_at: datetime | None
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """For the phone. pages: names of what it took, in their order, by the ids to leave them out."""

    title: str
    ends_at: datetime
    pages: tuple[UUID, ...] = ()
    done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedByPhone:
    device: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    handoff_id: UUID


class ReadingNotFound(NotFound):
    """No such reading, or the paper is none that the caller may see."""

    sentence = "Không tìm thấy lần đọc giấy này, hoặc giấy không thuộc hồ sơ bạn được xem."


class KindUnknown(Invalid):
    """Nobody has told what stands on such a paper."""

    sentence = "Chưa có mẫu đọc cho loại giấy này. Bạn xem giấy và nhập bằng tay."


class NotToBeRead(Invalid):
    """Neither a PDF nor a picture that is decoded here."""

    sentence = "Chỉ đọc được tệp PDF và ảnh JPG, PNG, WebP. Bạn xem giấy và nhập bằng tay."


class ReadingClosed(Conflict):
    """What was confirmed is kept already, or the machine has not read yet."""

    sentence = "Lần đọc này đã lưu hoặc chưa xong. Bạn mở lại trang để xem tình trạng mới."


class ValueUnclear(Invalid):
    """What was typed is no value of its kind."""

    sentence = "Giá trị này chưa đúng dạng. Bạn xem lại rồi nhập lại."


class StillOpen(Invalid):
    """Nothing is kept while a proposal waits for a decision."""

    sentence = "Còn ô chưa quyết định. Bạn xác nhận, sửa hoặc bỏ từng ô rồi lưu."


class NothingKept(Invalid):
    """Every proposal was dismissed."""

    sentence = "Bạn chưa xác nhận ô nào nên không có gì để lưu."


class OwnerUnknown(Conflict):
    """Evidence belongs to a person, and nobody knows whose paper this is."""

    sentence = "Giấy này chưa gắn với người nộp nào. Bạn gắn giấy vào hồ sơ rồi đọc lại."


class EvidenceNotFound(NotFound):
    """No such evidence, it is over, or it is somebody else's."""

    sentence = "Bản số hóa này không còn dùng được hoặc không phải của người nộp. Bạn quét giấy."


class ArrivalGone(Conflict):
    """Somebody took it, it went after a week, or it was refused."""

    sentence = "Bản quét này vừa được người khác lấy hoặc đã bỏ. Bạn mở lại trang."


class HandoffEnded(NotFound):
    """Over, used by another phone, ended at the desk, or never made."""

    sentence = (
        "Mã chụp này đã hết hạn hoặc đã được dùng. Bạn xin cán bộ ở quầy tạo mã mới rồi quét lại."
    )


class NoPages(Invalid):
    """Done was said before anything was taken."""

    sentence = "Bạn chưa chụp trang nào. Bạn chụp ít nhất một trang rồi bấm xong."
