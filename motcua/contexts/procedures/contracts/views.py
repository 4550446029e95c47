"""Versions as neighbours see them, hits of a search, outcomes of actions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from motcua.contexts.procedures.contracts.definition import Finding, Source
from motcua.contexts.procedures.contracts.parts import (
    ComponentView,
    DurationView,
    FeeRuleView,
    KeptOf,
    LegalView,
    Level,
    NotFiled,
    Online,
    PartialReason,
    RetentionView,
    Routing,
    Texts,
)
from motcua.contexts.procedures.contracts.refusals import DurationNotSet
from motcua.kernel.codes import ProcedureCode
from motcua.kernel.forms import Form, holds


class VersionState(StrEnum):
    """DRAFT, PUBLISHED, REPEALED and TRIAL are stored; the others follow from the day asked."""

    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    FUTURE_EFFECTIVE = "FUTURE_EFFECTIVE"
    AMENDED = "AMENDED"
    REPEALED = "REPEALED"
    TRIAL = "TRIAL"  # for some communes, for a while


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """One published version; never changes once published."""

    id: UUID
    number: int
    procedure_code: ProcedureCode
    name: str
    name_en: str
    field: str
    field_code: str
    levels: tuple[Level, ...]
    agency_key: str
    routing: Routing
    online: Online
    partial_reason: PartialReason | None
    mark: str
    decision: str
    description: str
    conditions: str
    keywords: tuple[str, ...]
    life_events: tuple[str, ...]
    results: tuple[str, ...]
    audience: tuple[str, ...]
    steps: tuple[str, ...]
    notes: tuple[str, ...]
    components: tuple[ComponentView, ...]
    durations: tuple[DurationView, ...]
    fees: tuple[FeeRuleView, ...]
    legal: tuple[LegalView, ...]
    form: Form
    texts: Texts
    process_id: UUID | None
    process_key: str
    source: Source
    pack: str
    valid_from: date | None
    is_runnable: bool
    generic: bool = False
    not_filed: NotFiled | None = None
    retention: tuple[RetentionView, ...] = ()
    closed: str = ""  # why the generic form of the procedure is not taken for now

    def kept(self, of: KeptOf) -> RetentionView | None:
        """How long it is kept; None: the version does not say, so nothing may be disposed of."""
        return next((one for one in self.retention if one.of is of), None)

    def duration_for(self, channel: str, case: str, accepted_on: date) -> DurationView:
        """The time limit of a channel (ONLINE, COUNTER, POSTAL) and case on the day accepted.

        An exact case wins over the rest (""), an exact channel over ALL.
        Raises: DurationNotSet.
        """
        fitting = [
            d
            for d in self.durations
            if d.holds_on(accepted_on) and d.channel in (channel, "ALL") and d.case in (case, "")
        ]
        if not fitting:
            raise DurationNotSet(procedure=self.procedure_code, channel=channel, case=case)
        return max(fitting, key=lambda d: (d.case == case, d.channel == channel))

    def case_for(self, answers: Mapping[str, object]) -> str:
        """The name of the case that the answers make it; "" when no case is special."""
        for duration in self.durations:
            if duration.applies_if is not None and holds(duration.applies_if, answers):
                return duration.case
        return ""

    def components_for(self, answers: Mapping[str, object]) -> tuple[ComponentView, ...]:
        """The papers that these answers call for."""
        return tuple(c for c in self.components if holds(c.applies_if, answers))

    def component(self, key: str) -> ComponentView | None:
        return next((c for c in self.components if c.key == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A procedure in a list: enough to show one line and to link."""

    version_id: UUID
    code: ProcedureCode
    name: str
    name_en: str
    field: str
    field_code: str
    levels: tuple[str, ...]
    online: Online
    routing: Routing
    is_runnable: bool
    generic: bool = False
    life_events: tuple[str, ...] = ()
    score: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search found. read_as: the query as understood, "" as typed.

    nearest: when nothing was found, procedures whose words are like those typed.
    """

    hits: tuple[Hit, ...]
    read_as: str = ""
    nearest: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """Lĩnh vực with how many procedures are in force."""

    name: str
    code: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeEventView:
    """Sự kiện trong đời with its procedures, those that can be filed here first."""

    key: str
    name: str
    name_en: str
    procedures: tuple[Hit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionSummary:
    """One line of a procedure's history for editors."""

    id: UUID
    number: int
    state: VersionState
    source: Source
    decision: str
    valid_from: date | None
    valid_to: date | None
    published_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """Answer of publishing. changed False: the same content was in force already."""

    version_id: UUID
    code: str
    number: int
    changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftResult:
    """A draft saved; findings are the linter's sentences, none of which block a draft."""

    version_id: UUID
    number: int
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOutcome:
    """What one batch of the national catalogue did, in numbers of records."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    reference_only: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RowRemark:
    """What an import says of one row. code: "" when the row has none that can be read."""

    row: int
    code: str
    why: str
    unreadable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRunView:
    """One import of the national catalogue, in numbers of rows."""

    id: UUID
    file: str
    started_at: datetime
    ended_at: datetime
    read: int
    outcome: ImportOutcome
    unreadable: int


class BasisKind(StrEnum):
    """What somebody has to compare with the text of the law."""

    LAW = "LAW"
    DURATION = "DURATION"
    FEE = "FEE"
    SOURCE = "SOURCE"  # the mark of the procedure as a whole: code, name, numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """One statement of a procedure with its mark. verified: somebody compared it."""

    kind: BasisKind
    text: str
    title: str = ""
    article: str = ""
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A procedure in force as editors see it.

    findings, bases: empty for records of the national catalogue, which are not ours to judge.
    """

    hit: Hit
    number: int
    source: Source
    findings: tuple[Finding, ...]
    bases: tuple[Basis, ...]

    @property
    def is_ours(self) -> bool:
        return self.source is not Source.NATIONAL


@dataclass(frozen=True, slots=True, kw_only=True)
class GenericLine:
    """A procedure that has the generic form, or a record that is for reading only and why.

    closed: why its form is not taken for now.
    """

    hit: Hit
    not_filed: NotFiled | None
    closed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalBasis:
    """A document of law that records of the national catalogue name, and how many of them."""

    document: str
    procedures: int
