"""Hồ sơ: as its applicant, an officer, a list or a public look-up sees it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from motcua.contexts.casework.contracts import (
    ActionKind,
    ClockDay,
    Derivation,
    EarlierTable,
    EventView,
    InboxOrder,
    MessageView,
    OpinionView,
    Phase,
    Silence,
    TaskView,
    Timeliness,
)
from motcua.contexts.documents.contracts import FileView, IssuedView
from motcua.contexts.dossiers.contracts.assisting import AssistanceView
from motcua.contexts.dossiers.contracts.fieldwork import FieldVisitView
from motcua.contexts.dossiers.contracts.rulings import RulingView
from motcua.contexts.dossiers.contracts.shortcomings import ProposalView, Reason, Shortcoming
from motcua.contexts.dossiers.contracts.words import (
    Channel,
    NationalStatus,
    NotReusable,
    PaperForm,
    PaperSource,
    PaperVerdict,
    ReturnForm,
    Source,
    SupplementPhase,
)
from motcua.contexts.payments.contracts import NO_MONEY_BACK, InvoiceView, MoneyBack
from motcua.contexts.procedures.contracts import FeeLine, VersionView
from motcua.contexts.procedures.contracts.exemptions import Exemption
from motcua.kernel.actors import Role
from motcua.kernel.forms import Provenance


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
    issued: IssuedView | None = None  # the file is a result that this city signed
    verdict_reason: str = ""  # key of a reason, "" for the officer's own words


@dataclass(frozen=True, slots=True, kw_only=True)
class WalletPaper:
    """A result of the applicant as an answer to a paper. last_day: None for one without an end."""

    issued: IssuedView
    last_day: date | None
    why_not: NotReusable | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementView:
    number: int
    phase: SupplementPhase
    asked_at: datetime
    asked_by: str
    answer_by: datetime | None
    items: tuple[Shortcoming, ...]
    supplied_at: datetime | None
    form: IssuedView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StageView:
    """One step of the path as the applicant sees it: done, now, or to come.

    who: the officer, for those who may know; post: the position. at: when it was done.
    name_en, text_en: empty where the table of the process has no English.
    """

    key: str
    name: str
    text: str
    state: str  # "done" | "now" | "next"
    unit_name: str
    at: datetime | None
    who: str = ""
    post: str = ""
    expected_at: datetime | None = None
    name_en: str = ""
    text_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookLine:
    """Somebody read the dossier. reader: empty for holders of a code and representatives."""

    id: UUID
    at: datetime
    reader: str
    role: str
    unit: str
    why: str
    by_code: bool


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
    version: int = 1
    unread: bool = False  # changed since the reader opened it last, or never opened
    holder: str = ""  # who has taken the task
    ward_code: str = ""
    supplements: int = 0
    snoozed_until: datetime | None = None
    signs: bool = False  # its step is the one that signs


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
    filed_by: str
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
    withheld: frozenset[str]  # questions answered, whose answers this reader may not have
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
    fees: tuple[FeeLine, ...] = ()  # all of the procedure, also free ones
    money_back: MoneyBack = NO_MONEY_BACK
    due_if_supplied: datetime | None = None  # the due date if the applicant answers now
    ended_for: tuple[Shortcoming, ...] = ()  # why it was not received, or stopped
    rulings: tuple[RulingView, ...] = ()  # where a register said otherwise, oldest first
    earlier: tuple[EarlierTable, ...] = ()  # tables of steps it went by before
    assisted: AssistanceView | None = None  # an officer filed it for whoever was present

    @property
    def open_supplement(self) -> SupplementView | None:
        return next((s for s in self.supplements if s.supplied_at is None), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SilenceRule:
    """What it means when an asked unit does not answer in time, and by which law."""

    means: Silence
    law: str = ""
    verified: bool = False

    @property
    def sentence(self) -> str:
        """Behind «quá hạn»; consent by a law that nobody compared says so."""
        if self.means is Silence.NO_OPINION:
            return "coi là không có ý kiến, không phải đồng ý"
        if not self.law:
            return "coi là đồng ý theo quy trình nội bộ, chưa có căn cứ luật"
        mark = "" if self.verified else ", chưa đối chiếu điều khoản"
        return f"coi là đồng ý (căn cứ: {self.law}{mark})"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedAction:
    """A button of the desk: what the present step offers this officer."""

    key: str
    label: str
    kind: ActionKind
    needs_reason: bool
    assignees: tuple[tuple[UUID, str], ...] = ()
    units: tuple[tuple[UUID, str, bool], ...] = ()  # id, name, asked unless changed
    reasons: tuple[Reason, ...] = ()  # what an item may give
    answer_hours: float = 0  # CONSULT: working hours to answer unless changed
    silence: SilenceRule | None = None  # CONSULT: what it means when nobody answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One line of declared against register.

    mark: of the two values, where they differ. ruled: what was decided about them, and
    instead_of: what was declared then.
    """

    key: str
    label: str
    declared: str
    registered: str
    source: str
    differs: bool
    mark: str = ""
    ruled: RulingView | None = None
    instead_of: str = ""


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
    can_correct: bool = False
    open_fees: tuple[FeeLine, ...] = ()  # an officer must still enter their amounts
    can_fix_fee: bool = False
    exemptions: tuple[Exemption, ...] = ()  # what this officer may grant on a proof
    can_exempt: bool = False
    may_give: bool = False  # the open task to one of its able holders
    snoozed_until: datetime | None = None  # by the reader
    stands_in_for: str = ""  # whom the reader substitutes in doing this step
    returned_for: tuple[Shortcoming, ...] = ()  # by a colleague, and not moved on since
    needs_release: bool = False  # a supplement request now is the head's to let go
    proposals: tuple[ProposalView, ...] = ()  # newest first
    can_release: bool = False
    can_initial: bool = False
    silence_law: SilenceRule | None = None  # of the table that the dossier follows
    asks: bool = False  # holds the step, also while it waits for opinions, or heads its unit
    answers_for: frozenset[UUID] = frozenset()  # units for which the reader gives opinions
    visits: tuple[FieldVisitView, ...] = ()  # newest first
    can_visit: bool = False  # a visit to the place may be planned now


class InboxGroup(StrEnum):
    OVERDUE = "OVERDUE"
    TODAY = "TODAY"
    WEEK = "WEEK"
    LATER = "LATER"
    WAITING = "WAITING"


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxFilter:
    """Which part of the inbox. `role` None: every role of the officer.

    procedures: by code, any of them; none when empty. due_from, due_to: days, both included.
    supplements: asked at least so often. asleep: what one has snoozed.
    """

    role: Role | None = None
    unit_id: UUID | None = None
    waiting: bool = False
    mine_only: bool = False
    group: InboxGroup | None = None  # only what is due so
    procedures: tuple[str, ...] = ()
    field: str = ""
    ward: str = ""
    step: str = ""
    source: Source | None = None
    due_from: date | None = None
    due_to: date | None = None
    holder_id: UUID | None = None
    unassigned: bool = False
    supplements: int = 0
    asleep: bool = False
    order: InboxOrder = InboxOrder.DUE


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxCounts:
    """Counted up to a cap, so that a huge inbox costs no more than a small one."""

    overdue: int
    today: int
    week: int
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
