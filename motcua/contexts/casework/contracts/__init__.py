"""Vụ việc: what neighbours may hold of casework. Frozen values, enums, refusals."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from motcua.contexts.casework.contracts.process import (
    ENDS,
    NEEDS_REASON,
    ActionKind,
    CaseUnits,
    EarlierTable,
    ProcessTable,
    Seat,
    Silence,
    Step,
    StepAction,
    StepClock,
)
from motcua.contexts.casework.contracts.refusals import (
    ActionNotOffered,
    AlreadyAnswered,
    AssigneeNotInUnit,
    BpmnRefused,
    CaseEnded,
    CaseMoved,
    CaseNotFound,
    CasePaused,
    EmptyMessage,
    ExtensionRefused,
    LongerAskedBefore,
    LongerNotAsked,
    NoAbleHolder,
    NobodyAsked,
    NotPaused,
    NotYourStep,
    OpinionsOutstanding,
    ProcessMalformed,
    ReasonNeeded,
)
from motcua.kernel.actors import Role

__all__ = [
    "ENDS",
    "NEEDS_REASON",
    "OPEN_PHASES",
    "Act",
    "ActionKind",
    "ActionNotOffered",
    "AlreadyAnswered",
    "AskedUnit",
    "AssigneeNotInUnit",
    "BpmnRefused",
    "CaseEnded",
    "CaseMoved",
    "CaseNotFound",
    "CasePaused",
    "CaseUnits",
    "CaseView",
    "ClockDay",
    "ClockLine",
    "ClockSpec",
    "DayKind",
    "Derivation",
    "EarlierTable",
    "EmptyMessage",
    "EventView",
    "ExtensionRefused",
    "InHand",
    "InboxOrder",
    "LongerAskedBefore",
    "LongerNotAsked",
    "MessageView",
    "NoAbleHolder",
    "NobodyAsked",
    "NotPaused",
    "NotYourStep",
    "OpenCase",
    "OpenedCase",
    "OpinionState",
    "OpinionView",
    "OpinionsOutstanding",
    "PauseReason",
    "PauseSpan",
    "Phase",
    "ProcessMalformed",
    "ProcessTable",
    "ReasonNeeded",
    "Seat",
    "Silence",
    "Step",
    "StepAction",
    "StepClock",
    "TaskKind",
    "TaskState",
    "TaskView",
    "TimeUnit",
    "Timeliness",
    "Verdict",
]


class Phase(StrEnum):
    """Where a case stands for its clocks; every kind of case maps its states to these."""

    INTAKE = "INTAKE"  # sent, not yet accepted: the receive clock runs
    RUNNING = "RUNNING"  # accepted: the processing clock runs
    PAUSED = "PAUSED"  # waiting for the party: the processing clock stands still
    DECIDED = "DECIDED"  # decided, waiting to be handed over: the clock has ended
    ENDED = "ENDED"


OPEN_PHASES = (Phase.INTAKE, Phase.RUNNING, Phase.PAUSED)  # nothing is decided yet


class TaskKind(StrEnum):
    STEP = "STEP"
    OPINION = "OPINION"


class TaskState(StrEnum):
    OPEN = "OPEN"
    WAITING = "WAITING"  # blocked by opinions or by a pause
    DONE = "DONE"
    CANCELLED = "CANCELLED"


class InboxOrder(StrEnum):
    """By the deadline of one's own step; by when the task came."""

    DUE = "DUE"
    NEWEST = "NEWEST"
    OLDEST = "OLDEST"


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
    recorded_at: datetime | None = None  # when it happened without a network; None: as it happens


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
    earlier: tuple[EarlierTable, ...] = ()


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
    longer_hours: float | None = None  # working hours more that it asked for
    longer_reason: str = ""
    longer_granted: bool | None = None


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
    released_for: UUID | None = None  # the officer who holds the step; their head does it for them
    recorded_at: datetime | None = None  # when it happened without a network; None: as it happens
