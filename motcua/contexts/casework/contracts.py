"""Vụ việc: what neighbours may hold of casework. Frozen values, enums, refusals."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from motcua.kernel.actors import Role
from motcua.kernel.errors import Conflict, Forbidden, Invalid, NotFound


class Phase(StrEnum):
    """Where a case stands for its clocks; every kind of case maps its states to these."""

    INTAKE = "INTAKE"  # sent, not yet accepted: the receive clock runs
    RUNNING = "RUNNING"  # accepted: the processing clock runs
    PAUSED = "PAUSED"  # waiting for the party: the processing clock stands still
    DECIDED = "DECIDED"  # decided, waiting to be handed over: the clock has ended
    ENDED = "ENDED"


class Seat(StrEnum):
    """Which of the units of a case does a step."""

    RECEIVING = "RECEIVING"
    DIVISION = "DIVISION"
    AUTHORITY = "AUTHORITY"
    RETURNING = "RETURNING"


@dataclass(frozen=True, slots=True)
class CaseUnits:
    """With whom a case is. supporting: whoever helped to file it, if anybody."""

    receiving: UUID
    competent: UUID
    handling: UUID
    supporting: UUID | None

    def seat(self, seat: Seat) -> UUID:
        """Which unit sits there."""
        return {
            Seat.RECEIVING: self.receiving,
            Seat.DIVISION: self.handling,
            Seat.AUTHORITY: self.competent,
            Seat.RETURNING: self.receiving,
        }[seat]


class StepClock(StrEnum):
    """Which clock runs while somebody holds a step, as its designer promised it."""

    RECEIVING = "RECEIVING"
    RUNS = "RUNS"
    ENDED = "ENDED"


class ActionKind(StrEnum):
    """What an action of a step does to the case."""

    MOVE = "MOVE"
    ASSIGN = "ASSIGN"
    RETURN = "RETURN"
    SUPPLEMENT = "SUPPLEMENT"
    OBLIGATION = "OBLIGATION"
    CONSULT = "CONSULT"
    DECLINE = "DECLINE"
    STOP = "STOP"
    SIGN = "SIGN"
    ISSUE = "ISSUE"
    RETURN_RESULT = "RETURN_RESULT"


NEEDS_REASON = frozenset(
    {ActionKind.RETURN, ActionKind.SUPPLEMENT, ActionKind.DECLINE, ActionKind.STOP}
)
ENDS = frozenset({ActionKind.DECLINE, ActionKind.STOP, ActionKind.RETURN_RESULT})


class Silence(StrEnum):
    """What it means when an asked unit does not answer in time."""

    CONSENT = "CONSENT"
    NO_OPINION = "NO_OPINION"


class TaskKind(StrEnum):
    STEP = "STEP"
    OPINION = "OPINION"


class TaskState(StrEnum):
    OPEN = "OPEN"
    WAITING = "WAITING"  # blocked by opinions or by a pause
    DONE = "DONE"
    CANCELLED = "CANCELLED"


class OpinionState(StrEnum):
    ASKED = "ASKED"
    ANSWERED = "ANSWERED"
    SILENT = "SILENT"
    WITHDRAWN = "WITHDRAWN"


class Verdict(StrEnum):
    AGREE = "AGREE"
    DISAGREE = "DISAGREE"
    COMMENT = "COMMENT"


class PauseReason(StrEnum):
    SUPPLEMENT = "SUPPLEMENT"
    FINANCIAL = "FINANCIAL"
    FORCE_MAJEURE = "FORCE_MAJEURE"
    SUSPENDED = "SUSPENDED"


class TimeUnit(StrEnum):
    """SAME_DAY_15H: the same day when received before 15:00, else the next working day."""

    HOUR = "HOUR"
    WORKING_DAY = "WORKING_DAY"
    CALENDAR_DAY = "CALENDAR_DAY"
    MONTH = "MONTH"
    SAME_DAY_15H = "SAME_DAY_15H"
    RULE_TEXT = "RULE_TEXT"


class Timeliness(StrEnum):
    NOT_SET = "NOT_SET"
    RUNNING_OK = "RUNNING_OK"
    DUE_SOON = "DUE_SOON"
    OVERDUE = "OVERDUE"
    PAUSED = "PAUSED"
    EARLY = "EARLY"
    ON_TIME = "ON_TIME"
    LATE = "LATE"


# ── the approved table of steps ──────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class StepAction:
    """One thing the holder of a step may do."""

    key: str
    label: str
    kind: ActionKind
    to: str = ""
    status: int = 0  # national status after it; 0 leaves it as it is
    units: tuple[str, ...] = ()  # CONSULT: agency keys asked unless others are chosen
    answer_hours: float = 16.0
    silence: Silence = Silence.CONSENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One row of the approved table: who does what, within how many working hours."""

    key: str
    name: str
    citizen_name: str
    citizen_text: str
    seat: Seat
    role: Role
    hours: float
    actions: tuple[StepAction, ...]
    citizen_name_en: str = ""
    citizen_text_en: str = ""
    citizen_do: str = ""  # what the citizen must do meanwhile
    citizen_do_en: str = ""
    message: str = ""  # what they are told when the case comes here
    message_en: str = ""
    clock: StepClock | None = None

    def action(self, key: str) -> StepAction:
        """Raises: ActionNotOffered."""
        for offered in self.actions:
            if offered.key == key:
                return offered
        raise ActionNotOffered(f"Bước «{self.name}» không có thao tác «{key}».")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessTable:
    """Quy trình nội bộ: the chairman's approved table of steps is the definition.

    intake: somebody accepts the case before its clock runs. Where the law counts from the day
    it came, nobody accepts: it runs from its opening.
    """

    key: str
    name: str
    approved_by: str
    invented: bool
    steps: tuple[Step, ...]
    intake: bool = True

    @property
    def first(self) -> Step:
        return self.steps[0]

    def step(self, key: str) -> Step:
        for step in self.steps:
            if step.key == key:
                return step
        raise KeyError(key)

    def index(self, key: str) -> int:
        return [step.key for step in self.steps].index(key)


# ── clock ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockSpec:
    """How long the law gives: value and unit of the pinned version, and its citation.

    apology: whoever is late owes the party a letter and a new date (one-stop cases do).
    """

    unit: TimeUnit
    value: float = 1
    restart: bool = False  # after a pause the count starts again, instead of going on
    text: str = ""
    citation: str = ""
    apology: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseSpan:
    """[started_at, ended_at) does not count. `ended_at` None: still waiting."""

    reason: PauseReason
    started_at: datetime
    ended_at: datetime | None = None
    evidence: str = ""
    citation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockLine:
    """One line of the explanation."""

    at: datetime | None
    text: str


class DayKind(StrEnum):
    OFF = "off"
    USED = "used"
    PAUSE = "pause"
    TODAY = "today"
    LEFT = "left"
    DUE = "due"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockDay:
    on: date
    kind: DayKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """A due date with everything it follows from, as known at `as_of`."""

    as_of: datetime
    started_at: datetime | None
    due_original: datetime | None
    due_at: datetime | None
    extended: bool
    timeliness: Timeliness
    sentence: str
    lines: tuple[ClockLine, ...]
    consumed_minutes: int = 0
    paused_minutes: int = 0
    nonworking_minutes: int = 0
    left_minutes: int | None = None
    left_text: str = ""


# ── views ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase:
    """What a kind of case gives to open one. Units: see architecture 3."""

    kind: str
    code: str
    party_person_id: UUID | None
    subject_code: str
    process_id: UUID
    clock: ClockSpec
    receiving_unit_id: UUID
    competent_unit_id: UUID
    handling_unit_id: UUID
    supporting_unit_id: UUID | None = None
    status: int
    source: str = ""
    field: str = ""
    priority: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedCase:
    id: UUID
    code: str
    receive_due_at: datetime
    due_at: datetime | None
    due_sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """The projection of a case."""

    id: UUID
    kind: str
    code: str
    party_person_id: UUID | None
    subject_code: str
    process_id: UUID
    step: str
    phase: Phase
    status: int
    version: int
    receiving_unit_id: UUID
    competent_unit_id: UUID
    handling_unit_id: UUID
    supporting_unit_id: UUID | None
    opened_at: datetime
    started_at: datetime | None
    receive_due_at: datetime
    due_original: datetime | None
    due_at: datetime | None
    ended_at: datetime | None
    priority: bool
    clock: ClockSpec
    source: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InHand:
    """A case taken up to act on: what it is, and what casework keeps of it until `act`."""

    view: CaseView
    kept: object


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """One thing that happened to a case."""

    id: UUID
    serial: int
    kind: str
    at: datetime
    happened_at: datetime
    actor_name: str
    actor_account_id: UUID | None
    unit_id: UUID | None
    on_behalf_of: UUID | None
    step: str
    action: str
    status: int
    visible_to_party: bool
    note: str
    facts: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView:
    """Việc cần làm: what one unit and role must do on a case by when."""

    id: UUID
    case_id: UUID
    case_code: str
    kind: TaskKind
    step: str
    unit_id: UUID
    role: Role
    assignee_id: UUID | None
    state: TaskState
    opened_at: datetime
    due_at: datetime
    closed_at: datetime | None = None
    closed_by: UUID | None = None  # the account


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionView:
    id: UUID
    task_id: UUID
    unit_id: UUID
    question: str
    due_at: datetime
    silence: Silence
    state: OpinionState
    verdict: Verdict | None
    text: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageView:
    id: UUID
    at: datetime
    from_party: bool
    author_name: str
    text: str
    file_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedUnit:
    """A unit asked for its opinion."""

    unit_id: UUID
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An action of a step, as its holder asks for it. `seen_version`: the case as they saw it."""

    case_code: str
    action: str
    seen_version: int | None = None
    reason: str = ""
    note: str = ""
    citation: str = ""
    evidence: str = ""
    assignee_id: UUID | None = None
    asked: tuple[AskedUnit, ...] = ()
    answer_hours: float | None = None
    status: int | None = None  # None: the one that the table names
    clock: ClockSpec | None = None  # the limit of the day of acceptance; None: as opened


# ── refusals ─────────────────────────────────────────────────────────────────────────────────────


class CaseNotFound(NotFound):
    sentence = "Không tìm thấy hồ sơ này, hoặc bạn không có quyền xem."


class CaseMoved(Conflict):
    sentence = (
        "Hồ sơ này vừa được người khác xử lý, nên thao tác của bạn chưa được ghi. "
        "Bạn mở lại hồ sơ để xem bước mới."
    )


class CaseEnded(Conflict):
    sentence = "Hồ sơ đã kết thúc, không làm thêm bước nào được nữa."


class CasePaused(Conflict):
    sentence = "Hồ sơ đang dừng chờ người nộp, chưa làm bước này được."


class NotPaused(Conflict):
    sentence = "Hồ sơ không chờ bổ sung, nên không gửi thêm được lúc này."


class OpinionsOutstanding(Conflict):
    sentence = "Còn đơn vị chưa trả lời ý kiến. Bạn chờ trả lời hoặc hết hạn trả lời."


class NotYourStep(Forbidden):
    sentence = "Bước này thuộc vị trí khác."


class ActionNotOffered(Invalid):
    sentence = "Bước này không có thao tác bạn chọn."


class ReasonNeeded(Invalid):
    sentence = "Bạn ghi lý do trước khi gửi. Người nộp sẽ đọc lý do này."


class AssigneeNotInUnit(Invalid):
    sentence = "Người được giao không giữ vị trí xử lý ở đơn vị này."


class NobodyAsked(Invalid):
    sentence = "Bạn chọn ít nhất một đơn vị để hỏi ý kiến."


class AlreadyAnswered(Conflict):
    sentence = "Ý kiến này đã được trả lời hoặc đã hết hạn."


class ProcessMalformed(Invalid):
    sentence = "Bảng quy trình chưa đúng."


class NoAbleHolder(Conflict):
    sentence = "Đơn vị nhận việc chưa có ai giữ vị trí này. Bạn báo quản trị viên."


class ExtensionRefused(Conflict):
    sentence = "Hồ sơ chỉ được hẹn lại một lần, và ngày hẹn mới phải sau ngày hẹn cũ."


class EmptyMessage(Invalid):
    sentence = "Bạn viết nội dung trước khi gửi."
