"""Xác minh thực địa: a visit to the place, what was noted there, and what is refused about it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from motcua.kernel.errors import Conflict, Forbidden, Invalid, NotFound


class FieldVisitState(StrEnum):
    PLANNED = "PLANNED"
    CANCELLED = "CANCELLED"
    CLOSED = "CLOSED"  # the minutes are signed


class SiteNoteKind(StrEnum):
    ANSWER = "ANSWER"  # to a line of the checklist
    PHOTO = "PHOTO"
    PERSON = "PERSON"  # who was there


class SiteNoteState(StrEnum):
    """What became of a note. WAITING: it does not agree with what the city has by now."""

    KEPT = "KEPT"
    WAITING = "WAITING"
    ASIDE = "ASIDE"  # the other one stands; this one stays readable
    ADDED = "ADDED"  # told in an addendum to minutes that were signed before it came


class SiteMark(StrEnum):
    """How a line of the checklist was found."""

    FITS = "FITS"
    DIFFERS = "DIFFERS"
    NOT_SEEN = "NOT_SEEN"


class SiteOdd(StrEnum):
    """Why a note waits."""

    ANSWERED = "ANSWERED"  # a colleague answered the same line meanwhile
    CLOSED = "CLOSED"  # the minutes were signed meanwhile


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """One thing to look at."""

    key: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where something was noted. accuracy_m: as the device said it; words: as it was typed."""

    lat: float | None = None
    lng: float | None = None
    accuracy_m: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanVisit:
    """lines: of the checklist; those of the procedure when empty. visitors: officers who go."""

    code: str
    starts_at: datetime
    place: str
    visitors: tuple[UUID, ...]
    companions: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeSiteNote:
    """What was noted at the place. id: made by whoever noted it, so that it comes once.

    base: the note of the same line that one saw when answering it. digest: of the text as signed
    by a device, "" from a page.
    """

    id: UUID
    visit_id: UUID
    kind: SiteNoteKind
    happened_at: datetime
    key: str = ""
    base: UUID | None = None
    mark: SiteMark | None = None
    text: str = ""
    name: str = ""
    capacity: str = ""
    spot: Spot = field(default_factory=Spot)
    file_id: UUID | None = None
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteNoteView:
    id: UUID
    kind: SiteNoteKind
    state: SiteNoteState
    odd: SiteOdd | None
    key: str
    mark: SiteMark | None
    text: str
    name: str
    capacity: str
    spot: Spot
    file_id: UUID | None
    happened_at: datetime
    recorded_at: datetime
    by_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldVisitView:
    """unsuited: why the applicant cannot then. minutes: verify codes of the signed papers."""

    id: UUID
    code: str
    number: int
    state: FieldVisitState
    starts_at: datetime
    place: str
    companions: str
    visitor_ids: tuple[UUID, ...]
    visitors: tuple[str, ...]
    lines: tuple[CheckLine, ...]
    unsuited: str
    reason: str
    finding: str
    closed_at: datetime | None
    closed_by: str
    minutes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteNoteAnswer:
    """What a device hears of one note, the same however often it asks."""

    id: UUID
    state: SiteNoteState
    sentence: str


class FieldVisitNotFound(NotFound):
    sentence = "Không tìm thấy buổi xác minh này, hoặc bạn không có quyền xem."


class NoVisitNow(Conflict):
    sentence = "Lúc này hồ sơ không hẹn xác minh được. Hồ sơ phải đang giải quyết ở bước của bạn."


class VisitIsOpen(Conflict):
    sentence = "Hồ sơ đã có buổi xác minh chưa chốt. Bạn đổi giờ buổi ấy, hoặc hủy rồi hẹn lại."


class VisitIsOver(Conflict):
    sentence = "Buổi xác minh này đã chốt hoặc đã hủy, không sửa được nữa."


class NotAtThisVisit(Forbidden):
    sentence = "Buổi xác minh này giao cho người khác. Trưởng phòng có thể đổi người đi."


class VisitInThePast(Invalid):
    sentence = "Bạn chọn giờ đến sau lúc này và trong 90 ngày tới."


class PlaceOfVisitNeeded(Invalid):
    sentence = "Bạn ghi nơi đến, như số nhà, đường, phường."


class VisitorsNeeded(Invalid):
    sentence = "Bạn chọn ít nhất một người đi, đang giữ vị trí ở đơn vị."


class ChecklistNeeded(Invalid):
    sentence = "Bạn ghi ít nhất một điều cần xem, mỗi dòng một điều."


class VisitReasonNeeded(Invalid):
    sentence = "Bạn ghi lý do để người kia đọc."


class SiteNoteMalformed(Invalid):
    sentence = "Ghi chép này thiếu hoặc sai mục. Bạn xem lại rồi ghi lần nữa."


class SiteNoteChanged(Conflict):
    """The same id with another content."""

    sentence = "Ghi chép này đã gửi với nội dung khác. Nội dung gửi trước được giữ."


class LinesOpen(Conflict):
    sentence = "Còn điều cần xem chưa ghi. Bạn ghi đủ, kể cả «Không xem được», rồi mới chốt."


class FindingNeeded(Invalid):
    sentence = "Bạn ghi kết luận của buổi xác minh."


class NotesWait(Conflict):
    sentence = "Còn ghi chép khác nhau chưa đối chiếu. Bạn chọn từng mục trước khi chốt."


class SiteNoteSettled(Conflict):
    sentence = "Ghi chép này đã được đối chiếu xong."
