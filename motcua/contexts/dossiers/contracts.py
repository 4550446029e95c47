"""Hồ sơ: what pages, portals and neighbours hold of dossiers. Frozen values, enums, refusals."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from uuid import UUID

from motcua.contexts.casework.contracts import (
    ActionKind,
    ClockDay,
    Derivation,
    EventView,
    MessageView,
    OpinionView,
    Phase,
    TaskView,
    Timeliness,
    Verdict,
)
from motcua.contexts.documents.contracts import FileView, IssuedView
from motcua.contexts.payments.contracts import InvoiceView
from motcua.contexts.procedures.contracts import FeeLine, VersionView
from motcua.kernel.actors import Role
from motcua.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from motcua.kernel.forms import FieldError, Provenance


class NationalStatus(IntEnum):
    """Trạng thái hồ sơ: the ten states synchronised with the national portal (facts 1.4)."""

    REGISTERED = 1
    RECEIVED = 2
    NOT_RECEIVED = 3
    IN_PROCESS = 4
    SUPPLEMENT_ASKED = 5
    OBLIGATION_ASKED = 6
    WITHDRAWAL_ASKED = 7
    STOPPED = 8
    DONE = 9
    RETURNED = 10


STATUS_NAMES: dict[NationalStatus, str] = {
    NationalStatus.REGISTERED: "Mới đăng ký",
    NationalStatus.RECEIVED: "Được tiếp nhận",
    NationalStatus.NOT_RECEIVED: "Không được tiếp nhận",
    NationalStatus.IN_PROCESS: "Đang xử lý",
    NationalStatus.SUPPLEMENT_ASKED: "Yêu cầu bổ sung giấy tờ",
    NationalStatus.OBLIGATION_ASKED: "Yêu cầu thực hiện nghĩa vụ tài chính",
    NationalStatus.WITHDRAWAL_ASKED: "Công dân yêu cầu rút hồ sơ",
    NationalStatus.STOPPED: "Dừng xử lý",
    NationalStatus.DONE: "Đã xử lý xong",
    NationalStatus.RETURNED: "Đã trả kết quả",
}

# The same, in the words of ux 14, for the people who wait.
PLAIN_STATUS: dict[NationalStatus, str] = {
    NationalStatus.REGISTERED: "Đã nộp, chờ tiếp nhận",
    NationalStatus.RECEIVED: "Đã tiếp nhận",
    NationalStatus.NOT_RECEIVED: "Chưa tiếp nhận được",
    NationalStatus.IN_PROCESS: "Đang xử lý",
    NationalStatus.SUPPLEMENT_ASKED: "Cần bạn gửi thêm",
    NationalStatus.OBLIGATION_ASKED: "Cần bạn trả phí, thuế",
    NationalStatus.WITHDRAWAL_ASKED: "Bạn đã xin rút",
    NationalStatus.STOPPED: "Đã dừng",
    NationalStatus.DONE: "Có kết quả",
    NationalStatus.RETURNED: "Đã trả kết quả",
}


class Source(StrEnum):
    """Where a dossier came from."""

    NATIONAL_PORTAL = "NATIONAL_PORTAL"
    CITY_APP = "CITY_APP"
    COUNTER = "COUNTER"
    ASSISTED = "ASSISTED"
    POST = "POST"
    API = "API"


SOURCE_NAMES: dict[Source, str] = {
    Source.NATIONAL_PORTAL: "Cổng Dịch vụ công quốc gia",
    Source.CITY_APP: "Công dân số",
    Source.COUNTER: "Tại quầy",
    Source.ASSISTED: "Cán bộ nộp giúp",
    Source.POST: "Bưu chính",
    Source.API: "Hệ thống kết nối",
}


class Channel(IntEnum):
    """KenhThucHien of the national exchange."""

    COUNTER = 1
    ONLINE = 2
    POSTAL = 3


CHANNEL_OF: dict[Source, Channel] = {
    Source.NATIONAL_PORTAL: Channel.ONLINE,
    Source.CITY_APP: Channel.ONLINE,
    Source.API: Channel.ONLINE,
    Source.ASSISTED: Channel.ONLINE,
    Source.COUNTER: Channel.COUNTER,
    Source.POST: Channel.POSTAL,
}


class ReturnForm(StrEnum):
    """How the result reaches the applicant."""

    ELECTRONIC = "ELECTRONIC"
    COUNTER = "COUNTER"
    POST = "POST"


class PaperForm(IntEnum):
    """LoaiBan of the national exchange."""

    ORIGINAL = 0
    COPY = 1
    ELECTRONIC = 2


class PaperSource(StrEnum):
    UPLOADED = "UPLOADED"
    SCANNED = "SCANNED"
    FROM_STORE = "FROM_STORE"
    FROM_DATABASE = "FROM_DATABASE"
    PRODUCED = "PRODUCED"  # the form filled here


class PaperVerdict(StrEnum):
    NOT_CHECKED = "NOT_CHECKED"
    PASSED = "PASSED"
    FAILED = "FAILED"


class SupplementPhase(StrEnum):
    INTAKE = "INTAKE"
    PROCESSING = "PROCESSING"


# ── drafts ───────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    draft_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPaper:
    """A paper of a draft. `file` None: taken from a register, filled here, or shown at the desk."""

    component_key: str
    name: str
    source: PaperSource
    file: FileView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftView:
    """Bản nháp: what the applicant has so far. Answers are keyed by question."""

    id: UUID
    version: VersionView
    answers: Mapping[str, object]
    provenance: Mapping[str, Provenance]
    ward_code: str
    source: Source
    applicant_person_id: UUID | None
    assisted_by: UUID | None
    papers: tuple[DraftPaper, ...]
    return_form: ReturnForm
    saved_at: datetime
    register_trouble: str = ""  # a sentence when a register could not be asked
    receiving_unit_id: UUID | None = (
        None  # borderless: a desk of one's choice; None: that of the ward
    )
    competent_ward: str = ""  # the commune that decides, as the answers name it


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPage:
    """Answer of saving one page. Errors keep nothing from being stored as typed."""

    saved_at: datetime
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitDossier:
    """A complete application, from whatever door it comes."""

    procedure_code: str
    ward_code: str
    applicant_person_id: UUID
    answers: Mapping[str, object]
    papers: tuple["GivenPaper", ...] = ()
    source: Source = Source.CITY_APP
    receiving_unit_id: UUID | None = None  # borderless: any desk; None: the desk of the ward
    return_form: ReturnForm = ReturnForm.ELECTRONIC
    provenance: Mapping[str, Provenance] = field(default_factory=dict)
    draft_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenPaper:
    component_key: str
    source: PaperSource = PaperSource.UPLOADED
    form: PaperForm = PaperForm.ELECTRONIC
    file_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the applicant holds after sending: code, secret, explained due date, what to pay."""

    code: str
    secret: str
    submitted_at: datetime
    receive_due_at: datetime
    expected_at: datetime | None
    due_sentence: str
    invoice_code: str = ""


# ── one dossier ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperView:
    id: UUID
    component_key: str
    name: str
    source: PaperSource
    form: PaperForm
    file: FileView | None
    verdict: PaperVerdict
    verdict_note: str
    added_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementItem:
    """One thing to send: which paper (or question), what is wrong, how to mend it, which law."""

    component_key: str
    what: str
    why: str
    how: str
    law: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementView:
    number: int
    phase: SupplementPhase
    asked_at: datetime
    asked_by: str
    answer_by: datetime | None
    items: tuple[SupplementItem, ...]
    supplied_at: datetime | None
    form: IssuedView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StageView:
    """One step of the path as the applicant sees it: done, now, or to come."""

    key: str
    name: str
    text: str
    state: str  # "done" | "now" | "next"
    unit_name: str
    at: datetime | None
    who: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierLine:
    """One line of a list."""

    code: str
    procedure_code: str
    procedure_name: str
    applicant_name: str
    status: NationalStatus
    phase: Phase
    source: Source
    step_name: str
    receiving_unit: str
    competent_unit: str
    submitted_at: datetime
    receive_due_at: datetime
    due_at: datetime | None
    ended_at: datetime | None
    timeliness: Timeliness
    left_text: str
    your_turn: bool = False
    task: TaskView | None = None
    priority: bool = False
    unanswered: bool = False  # the applicant wrote last


@dataclass(frozen=True, slots=True, kw_only=True)
class LinePage:
    """A keyset page; `older` goes into the next request, empty when this is the end.

    `newer`: the way back, where a list has one.
    """

    lines: tuple[DossierLine, ...]
    older: str = ""
    newer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierView:
    """Everything the applicant or an officer with a task may see of one dossier."""

    code: str
    case_id: UUID
    version_seen: int
    version: VersionView
    status: NationalStatus
    status_text: str
    phase: Phase
    source: Source
    channel: Channel
    return_form: ReturnForm
    applicant_person_id: UUID
    applicant_name: str
    secret: str
    receiving_unit: str
    competent_unit: str
    handling_unit: str
    supporting_unit: str
    submitted_at: datetime
    receive_due_at: datetime
    clock: Derivation
    days: tuple[ClockDay, ...]
    stages: tuple[StageView, ...]
    answers: Mapping[str, object]
    provenance: Mapping[str, Provenance]
    papers: tuple[PaperView, ...]
    supplements: tuple[SupplementView, ...]
    invoice: InvoiceView | None
    messages: tuple[MessageView, ...]
    events: tuple[EventView, ...]
    issued: tuple[IssuedView, ...]
    stars: int | None
    turn_sentence: str  # whose turn, in one sentence
    your_turn: bool
    can_withdraw: bool

    @property
    def open_supplement(self) -> SupplementView | None:
        return next((s for s in self.supplements if s.supplied_at is None), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedAction:
    """A button of the desk: what the present step offers this officer."""

    key: str
    label: str
    kind: ActionKind
    needs_reason: bool
    assignees: tuple[tuple[UUID, str], ...] = ()
    units: tuple[tuple[UUID, str, bool], ...] = ()  # id, name, asked unless changed
    reasons: tuple[tuple[str, str], ...] = ()  # library: key, text
    answer_hours: float = 0  # CONSULT: working hours to answer unless changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One line of declared against register."""

    label: str
    declared: str
    registered: str
    source: str
    differs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What the applicant declared beside what registers hold; `trouble` says why it is empty."""

    lines: tuple[Comparison, ...] = ()
    trouble: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskView:
    """A dossier on an officer's desk, with what they may do now and why not more."""

    dossier: DossierView
    step_name: str
    task: TaskView | None
    mine: bool
    holder_sentence: str  # whose step it is
    actions: tuple[OfferedAction, ...]
    opinions: tuple[OpinionView, ...]
    opinion_to_answer: OpinionView | None
    tasks: tuple[TaskView, ...]
    unit_names: Mapping[UUID, str]
    warnings: tuple[str, ...] = ()
    can_extend: bool = False
    open_fees: tuple[FeeLine, ...] = ()  # an officer must still enter their amounts


class InboxGroup(StrEnum):
    OVERDUE = "OVERDUE"
    TODAY = "TODAY"
    LATER = "LATER"
    WAITING = "WAITING"


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxFilter:
    """Which part of the inbox. `role` None: every role of the officer."""

    role: Role | None = None
    unit_id: UUID | None = None
    waiting: bool = False
    mine_only: bool = False
    group: InboxGroup | None = None  # OVERDUE or TODAY: only what is due so


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxCounts:
    """Counted up to a cap, so that a huge inbox costs no more than a small one."""

    overdue: int
    today: int
    open: int
    waiting: int
    capped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicStatus:
    """What anybody who holds code and secret may see. No name, no answer."""

    code: str
    procedure_name: str
    status: NationalStatus
    status_text: str
    competent_unit: str
    submitted_at: datetime
    due_at: datetime | None
    due_sentence: str
    stages: tuple[StageView, ...]
    timeliness: Timeliness
    left_text: str


# ── desk commands ────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeStep:
    """An action of the present step. Papers failed by the officer make the supplement request."""

    code: str
    action: str
    seen_version: int
    reason: str = ""
    note: str = ""
    citation: str = ""
    assignee_id: UUID | None = None
    asked_unit_ids: tuple[UUID, ...] = ()
    question: str = ""
    answer_hours: float | None = None
    items: tuple[SupplementItem, ...] = ()
    answer_by: datetime | None = None
    obligation_dong: int | None = None
    obligation_label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTaken:
    """Where the dossier is now, and the paper that was issued with the step."""

    code: str
    status: int
    phase: str
    step: str
    sentence: str
    issued_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FixFee:
    """The amount of one open fee, as an officer read it in the table that fixes it."""

    code: str
    label: str
    amount_dong: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerOpinion:
    code: str
    opinion_id: UUID
    verdict: Verdict
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """What the applicant sends after a supplement request."""

    code: str
    papers: tuple[GivenPaper, ...] = ()
    answers: Mapping[str, object] = field(default_factory=dict)
    note: str = ""


# ── figures ──────────────────────────────────────────────────────────────────────────────────────


class Bucket(StrEnum):
    """A part of the figures; each drills down to exactly the dossiers it counts."""

    RECEIVED = "RECEIVED"  # accepted within the period
    IN_PROCESS = "IN_PROCESS"  # accepted, not decided, now
    OVERDUE = "OVERDUE"  # part of IN_PROCESS whose due date has passed
    PAUSED = "PAUSED"  # part of IN_PROCESS that waits for the applicant
    WAITING_RECEPTION = "WAITING_RECEPTION"  # sent, not yet accepted, now
    LATE_RECEPTION = "LATE_RECEPTION"  # part of it, past one working day
    DONE = "DONE"  # decided within the period
    ON_TIME = "ON_TIME"  # part of DONE
    LATE = "LATE"  # the other part of DONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Counts of one unit, field or city; DONE = ON_TIME + LATE by construction."""

    unit_id: UUID | None
    unit_name: str
    field: str
    counts: Mapping[Bucket, int]

    @property
    def on_time_share(self) -> float | None:
        done = self.counts[Bucket.DONE]
        return self.counts[Bucket.ON_TIME] / done if done else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The leader's page: the whole, its parts by unit and by field, the trend by month."""

    as_of: datetime
    period_from: datetime
    whole: Figures
    by_unit: tuple[Figures, ...]
    by_field: tuple[Figures, ...]
    months: tuple[tuple[str, int, int], ...]  # "2026-11", on time, late
    stars: float | None
    rated: int


class LookReason(StrEnum):
    """Why somebody who only watches figures reads the names behind them."""

    DELAY = "DELAY"
    COMPLAINT = "COMPLAINT"
    INSPECTION = "INSPECTION"
    DIRECTIVE = "DIRECTIVE"


LOOK_REASONS: dict[LookReason, str] = {
    LookReason.DELAY: "Tìm nguyên nhân hồ sơ trễ",
    LookReason.COMPLAINT: "Trả lời phản ánh, khiếu nại",
    LookReason.INSPECTION: "Kiểm tra theo kế hoạch",
    LookReason.DIRECTIVE: "Chỉ đạo một hồ sơ cụ thể",
}


# ── refusals ─────────────────────────────────────────────────────────────────────────────────────


class DossierNotFound(NotFound):
    sentence = "Không tìm thấy hồ sơ này, hoặc bạn không có quyền xem."
    next_step = "Bạn kiểm tra lại mã hồ sơ trên giấy hẹn, hoặc gọi 1022."


class DraftNotFound(NotFound):
    sentence = "Không tìm thấy bản nháp này. Có thể bạn đã nộp hoặc đã xóa."


class DraftChanged(Conflict):
    sentence = "Bản nháp vừa được sửa ở thiết bị khác. Bạn mở lại để xem bản mới nhất."


class NotADesk(Invalid):
    sentence = "Bạn chọn một quầy Một cửa trong danh sách."


class ProcedureNotRunnable(Conflict):
    sentence = "Thủ tục này chưa nộp được ở đây. Bạn xem cách nộp trên trang thủ tục."


class AnswersIncomplete(Invalid):
    sentence = "Còn câu chưa trả lời hoặc trả lời chưa đúng. Bạn xem lại các mục được đánh dấu."


class PapersMissing(Invalid):
    sentence = "Còn thiếu giấy tờ."


class FileNotYours(Forbidden):
    sentence = "Tệp này không phải của bạn."


class StatusNotAllowed(Conflict):
    sentence = "Trạng thái hiện nay của hồ sơ không cho làm việc này."


class SupplementItemsNeeded(Invalid):
    sentence = "Bạn ghi rõ cần gửi thêm giấy nào, vì sao và sửa thế nào."


class SecondSupplementNeedsHead(Forbidden):
    sentence = "Yêu cầu bổ sung lần thứ hai cần trưởng phòng cho phép."


class NothingSupplied(Invalid):
    sentence = "Bạn chưa gửi giấy tờ nào được yêu cầu."


class NothingAsked(Conflict):
    sentence = "Hồ sơ không chờ bạn gửi thêm."


class NotYourDossier(Forbidden):
    sentence = "Chỉ người nộp hồ sơ làm được việc này."


class RatingNotYet(Conflict):
    sentence = "Bạn chấm điểm sau khi nhận kết quả."


class StarsMalformed(Invalid):
    sentence = "Bạn chọn từ 1 đến 5 sao."


class ObligationAmountNeeded(Invalid):
    sentence = "Bạn ghi số tiền phải nộp và tên khoản tiền."


class FeeAmountNeeded(Invalid):
    sentence = "Bạn ghi số tiền lớn hơn 0 đồng. Khoản được miễn thì không cần nhập."


class FeeNotOpen(Conflict):
    sentence = "Hồ sơ không có khoản thu này, hoặc mức thu đã được nhập."


class CannotFixFee(Forbidden):
    sentence = "Chỉ quầy tiếp nhận hoặc người đang giữ bước nhập được mức thu."


class ResultDataMissing(Conflict):
    sentence = "Chưa lập được văn bản kết quả từ dữ liệu hồ sơ."


class AskedFewUnits(Invalid):
    sentence = "Bạn chọn đơn vị cần hỏi ý kiến."


class TooManyTries(Conflict):
    sentence = "Bạn đã tra cứu sai nhiều lần. Bạn chờ 10 phút rồi thử lại."


class LookReasonNeeded(Invalid):
    sentence = "Bạn chọn lý do xem tên người nộp."


class ReferenceMalformed(Invalid):
    sentence = "Số văn bản chỉ gồm chữ, số và các dấu / . -, dài không quá 40 ký tự."
