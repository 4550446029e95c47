"""Bảo vệ dữ liệu cá nhân: frozen values, enums and refusals of privacy."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum
from uuid import UUID

from motcua.contexts.casework.contracts import (
    ClockSpec,
    Derivation,
    MessageView,
    OpinionView,
    ProcessTable,
)
from motcua.kernel.errors import Conflict, Invalid, NotFound
from motcua.kernel.holdings import Held

KIND = "data_request"  # of the cases in casework


class Right(StrEnum):
    """What a person may ask about their data. Legal: Law 91/2025/QH15, Art. 4."""

    ACCESS = "ACCESS"
    CORRECT = "CORRECT"
    RESTRICT = "RESTRICT"
    OBJECT = "OBJECT"
    DELETE = "DELETE"
    WITHDRAW = "WITHDRAW"


class RequestStatus(IntEnum):
    """Numbers of a case of this kind; not the national statuses of dossiers."""

    SENT = 1
    WITHDRAWAL_ASKED = 7
    REFUSED = 8
    WITHDRAWN = 9
    GRANTED = 10


class Outcome(StrEnum):
    """FORWARDED: to whoever holds the truth. WITHDRAWN: whoever asked took it back."""

    GRANTED = "GRANTED"
    REFUSED = "REFUSED"
    FORWARDED = "FORWARDED"
    WITHDRAWN = "WITHDRAWN"


class HoldGround(StrEnum):
    """Why records are kept beyond their time."""

    COMPLAINT = "COMPLAINT"
    COURT = "COURT"
    AUDIT = "AUDIT"


class BreachStep(StrEnum):
    """What was done about a breach."""

    RECORDED = "RECORDED"
    ASSESSED = "ASSESSED"
    AUTHORITY_TOLD = "AUTHORITY_TOLD"
    PERSONS_TOLD = "PERSONS_TOLD"
    CLOSED = "CLOSED"


class AlertOutcome(StrEnum):
    """What a guard made of an alert."""

    EXPLAINED = "EXPLAINED"
    ESCALATED = "ESCALATED"


class AlertKind(StrEnum):
    """What is odd about an hour of reading."""

    BULK = "BULK"
    ODD_HOUR = "ODD_HOUR"


class Level(StrEnum):
    """How likely a harm is, and how bad."""

    LOW = "LOW"
    MEDIUM = "MEDIUM"
    HIGH = "HIGH"


class DutyCause(StrEnum):
    """Why an assessment has to go to the authority."""

    NEW = "NEW"
    CHANGED = "CHANGED"
    RENEWAL = "RENEWAL"


class LegalBasis(StrEnum):
    STATUTORY_DUTY = "STATUTORY_DUTY"
    CONSENT = "CONSENT"
    CONTRACT = "CONTRACT"
    VITAL_INTEREST = "VITAL_INTEREST"
    EMERGENCY = "EMERGENCY"
    PUBLIC_SOURCE = "PUBLIC_SOURCE"


@dataclass(frozen=True, slots=True, kw_only=True)
class RightRule:
    """One right as data: its time, its law, the approved table of steps.

    mark: how sure the time is. verified: false where nobody compared it with the text.
    extension_days: how many days one extension may add; 0 where the facts know of none.
    """

    right: Right
    name: str
    name_en: str
    lead: str
    lead_en: str
    clock: ClockSpec
    extension_days: int
    mark: str
    verified: bool
    table: Mapping[str, object]
    process: ProcessTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """Hoạt động xử lý: one line of the register of processing activities."""

    key: str
    name: str
    name_en: str
    context: str
    models: tuple[str, ...]
    purpose: str
    purpose_en: str
    basis: LegalBasis
    law: str
    classes: tuple[str, ...]
    subjects: str
    recipients: str
    recipients_en: str
    period: str
    period_en: str
    security: tuple[str, ...]
    kept_by_law: bool
    started_on: date
    mark: str
    abroad: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AskRight:
    """What a person asks for. `target`: field, processing or consent, by its key."""

    right: Right
    reason: str = ""
    target: str = ""
    wanted: str = ""
    file_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The answer to whoever asked."""

    code: str
    due_sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decide:
    """The decision of the data protection officer; its reason is told to the person."""

    code: str
    grant: bool
    reason: str = ""
    citation: str = ""
    seen_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLine:
    """A request in a list. person_name: only for whoever may know it."""

    code: str
    right: Right
    asked_at: datetime
    due_at: datetime | None
    ended_at: datetime | None
    outcome: Outcome | None
    waiting: bool
    person_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLink:
    """A file of a request, for whoever may read it."""

    name: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestView:
    """One request, whole."""

    line: RequestLine
    version: int
    reason: str
    target: str
    wanted: str
    clock: Derivation
    decision: str
    citation: str
    decided_at: datetime | None
    messages: tuple[MessageView, ...]
    opinions: tuple[OpinionView, ...]
    files: tuple[FileLink, ...]
    package: tuple[FileLink, ...]
    source: str = ""  # CORRECT: who holds the truth, when it is not us
    extensible_to: datetime | None = None  # None: no extension, or no further one


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldUnder:
    """What is held for one activity."""

    activity: Activity
    records: tuple[Held, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """How long one kind is kept. own: ended by another job. by_list: when people decided so."""

    kind: str
    name: str
    days: int
    counted_from: str
    law: str
    mark: str
    verified: bool
    activity: str = ""  # of the register
    own: bool = False
    forever: bool = False
    by_list: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceHold:
    """Hold back everything of a code from disposal."""

    code: str
    ground: HoldGround
    reason: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldView:
    id: UUID
    code: str
    ground: HoldGround
    reason: str
    until: date
    placed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RunView:
    code: str
    started_at: datetime
    ended_at: datetime | None
    records: int
    files: int
    certificate_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordBreach:
    """What is known when a breach is written down."""

    found_at: datetime | None
    story: str
    classes: tuple[str, ...]
    activities: tuple[str, ...]
    affected: int | None
    tells_persons: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """The code of what was written down."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Deadlines of impact assessments as data. verified: false, nobody compared the text."""

    law: str
    verified: bool
    days_after_start: int
    months_between: int
    days_after_change: int
    review_days: int
    open_days_before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """One harm that a processing may do, and what is done against it."""

    key: str
    name: str
    harm: str
    likelihood: Level
    severity: Level
    measures: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchedTable:
    """Personal fields of one table, each with its class."""

    label: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What an assessment says of the processing itself, read from register, schedule and code."""

    purpose: str
    basis: str
    law: str
    subjects: str
    recipients: str
    kept: tuple[str, ...]
    security: tuple[str, ...]
    tables: tuple[TouchedTable, ...]
    abroad: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What the officer says of one risk."""

    key: str
    likelihood: Level
    severity: Level
    measures: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignImpact:
    """seen_print: of the draft that the officer read."""

    activity: str
    risks: tuple[Weighed, ...]
    conclusion: str
    seen_print: str


class ImpactNotFound(NotFound):
    sentence = "Sổ xử lý không có hoạt động này."


class ImpactMalformed(Invalid):
    sentence = "Bạn chọn mức và ghi biện pháp cho từng rủi ro, rồi ghi kết luận."


class ImpactMoved(Conflict):
    sentence = "Hoạt động này vừa thay đổi. Bạn đọc lại bản dự thảo rồi ký."


class NothingToSend(Conflict):
    sentence = "Không có bản đánh giá đã ký nào chờ gửi."


class BreachNotFound(NotFound):
    sentence = "Không tìm thấy sự cố này."


class BreachMalformed(Invalid):
    sentence = "Bạn ghi lúc phát hiện (không ở tương lai), chuyện gì đã xảy ra và loại dữ liệu."


class ProofMissing(Invalid):
    sentence = "Bạn ghi bằng chứng đã thông báo, ví dụ số công văn."


class DoneBefore(Conflict):
    sentence = "Bước này đã được ghi trước đó."


class NotToldYet(Conflict):
    sentence = "Chưa thông báo đủ những nơi phải thông báo, nên chưa đóng sự cố được."


class HoldNotFound(NotFound):
    sentence = "Không tìm thấy lệnh tạm giữ này."


class HoldExists(Conflict):
    sentence = "Mã này đang được tạm giữ vì lý do đó rồi."


class HoldMalformed(Invalid):
    sentence = "Bạn ghi mã, lý do và ngày hết tạm giữ sau hôm nay."


class RequestNotFound(NotFound):
    sentence = "Không tìm thấy yêu cầu này, hoặc bạn không có quyền xem."


class NoExtension(Conflict):
    sentence = "Yêu cầu này không gia hạn được, hoặc đã gia hạn một lần rồi."


class ExtensionTooLong(Invalid):
    sentence = "Bạn chọn ngày sau hạn cũ và không quá số ngày được gia hạn."


class AnsweredBefore(Conflict):
    sentence = "Yêu cầu này đã kết thúc nên không rút được nữa."


class RightUnknown(NotFound):
    sentence = "Không có loại yêu cầu này."


class TargetMissing(Invalid):
    sentence = "Bạn chọn mục muốn yêu cầu trước khi gửi."


class ConsentGone(NotFound):
    sentence = "Không tìm thấy điều này, hoặc bạn đã rút lại rồi."


class WantedMissing(Invalid):
    sentence = "Bạn ghi nội dung đúng trước khi gửi."


class ReasonMissing(Invalid):
    sentence = "Bạn ghi lý do trước khi gửi."


class CitationMissing(Invalid):
    sentence = "Từ chối thì phải nêu căn cứ pháp lý. Người yêu cầu sẽ đọc căn cứ này."


class AlreadyAsked(Conflict):
    sentence = "Bạn đã có một yêu cầu như thế đang được giải quyết. Bạn mở yêu cầu đó để theo dõi."


class KeptByLaw(Conflict):
    sentence = (
        "Mọi dữ liệu thuộc yêu cầu này đang được pháp luật buộc giữ, nên không xóa được. "
        "Bạn chọn từ chối và nêu căn cứ."
    )


class LookNotFound(NotFound):
    sentence = "Không tìm thấy lượt xem này."


class QuestionMissing(Invalid):
    sentence = "Bạn ghi điều muốn hỏi trước khi gửi."


class LookAsked(Conflict):
    sentence = "Bạn đã hỏi về lượt xem này. Câu trả lời sẽ hiện ở đây và trong thông báo."


class AnswerMissing(Invalid):
    sentence = "Bạn ghi câu trả lời trước khi gửi."


class LookAnswered(Conflict):
    sentence = "Câu hỏi này đã có người trả lời. Bạn tải lại trang để xem."


class OutcomeMissing(Invalid):
    sentence = "Bạn chọn: có lý do chính đáng, hay chuyển người có thẩm quyền."


class WatchMalformed(Invalid):
    sentence = "Bạn nhập số nguyên trong khoảng cho phép."


class AlertSettled(Conflict):
    sentence = "Cảnh báo này đã đóng. Bạn tải lại trang để xem."
