"""View models of the pages that stand between a person and an application."""

from dataclasses import dataclass
from uuid import UUID

from motcua.ui.parts import Empty, Fact, FieldError


@dataclass(frozen=True, slots=True, kw_only=True)
class DatumRow:
    """One group of data on the consent page. value: masked, whatever the application gets."""

    scope: str
    label: str
    value: str
    purpose: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentPage:
    """asked: the request as the application made it, to be judged again with the answer."""

    application: str
    unit: str
    account: str
    required: tuple[DatumRow, ...]
    optional: tuple[DatumRow, ...]
    asked: str
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgainPage:
    application: str
    unit: str
    account: str
    asked: str
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BackPage:
    """Between a form of ours and another site."""

    application: str
    url: str
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LeavePage:
    """application: empty when it is not known who sent the browser here."""

    application: str
    account: str
    fields: tuple[tuple[str, str], ...]
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowedRow:
    id: UUID
    name: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowedPage:
    shell: str
    rows: tuple[AllowedRow, ...]
    empty: Empty
    errors: tuple[FieldError, ...] = ()
