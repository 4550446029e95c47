"""Định nghĩa thủ tục: all that a version says, before it has a number and a place in time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as member
from datetime import date
from enum import StrEnum

from motcua.contexts.procedures.contracts.parts import (
    ComponentView,
    DurationView,
    FeeRuleView,
    LegalView,
    Level,
    NotFiled,
    Online,
    PartialReason,
    RetentionView,
    Routing,
    Texts,
)
from motcua.kernel.codes import ProcedureCode
from motcua.kernel.forms import Complaint, Form


class Source(StrEnum):
    """Where a definition comes from. NATIONAL is reference data and never replaces the others."""

    CATALOGUE = "CATALOGUE"
    PACK = "PACK"
    EDITOR = "EDITOR"
    NATIONAL = "NATIONAL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What an editor writes and an approver publishes."""

    code: ProcedureCode
    name: str
    name_en: str = ""
    field: str
    field_code: str = ""
    levels: tuple[Level, ...]
    agency_key: str = ""
    routing: Routing = Routing.HERE
    online: Online = Online.NONE
    partial_reason: PartialReason | None = None
    mark: str = ""
    decision: str = ""
    valid_from: date | None = None
    description: str = ""
    conditions: str = ""
    keywords: tuple[str, ...] = ()
    life_events: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    components: tuple[ComponentView, ...] = ()
    durations: tuple[DurationView, ...] = ()
    fees: tuple[FeeRuleView, ...] = ()
    legal: tuple[LegalView, ...] = ()
    retention: tuple[RetentionView, ...] = ()
    form: Form = member(default_factory=lambda: Form(pages=()))
    texts: Texts = member(default_factory=Texts)
    process_key: str = ""
    process: Mapping[str, object] | None = None
    source: Source = Source.CATALOGUE
    pack: str = ""
    generic: bool = False  # filed by the form that all procedures without one of their own share
    not_filed: NotFiled | None = None

    @property
    def is_runnable(self) -> bool:
        """Can be filed here: has a form and a process and is not a ministry's own system."""
        return bool(self.form.pages and self.process and self.routing is Routing.HERE)


class DefinitionFault(ValueError):
    """The table is not a definition; `complaints` names every fault with path and remedy."""

    def __init__(self, complaints: Iterable[Complaint]) -> None:
        self.complaints = tuple(complaints)
        super().__init__("; ".join(map(str, self.complaints)))


class Severity(StrEnum):
    """ERROR blocks publishing, WARNING does not."""

    ERROR = "ERROR"
    WARNING = "WARNING"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One remark of the publishing linter."""

    severity: Severity
    path: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.severity} {self.path}: {self.sentence}"
