"""The catalogue over the API, version 1: open to all."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from motcua.contexts.procedures import public
from motcua.contexts.procedures.contracts import (
    ComponentForm,
    FeeKind,
    FeeRule,
    Hit,
    Level,
    Online,
    PartialReason,
    Routing,
    TimeUnit,
    VersionView,
)
from motcua.kernel import clock
from motcua.kernel.access import open_to_all, route
from motcua.kernel.codes import ProcedureCode
from motcua.kernel.forms import to_json_schema

router = Router(tags=["procedures"])
MOST = 100


class HitOut(Schema):
    """A line of a list. `is_runnable`: can be filed here; `generic`: by the generic form."""

    code: str
    name: str
    name_en: str
    field: str
    levels: list[str]
    online: Online
    routing: Routing
    is_runnable: bool
    generic: bool
    life_events: list[str]


class HitsOut(Schema):
    """`next`: pass it as `after` to read on; null at the end and for searches."""

    items: list[HitOut]
    next: str | None


class ComponentOut(Schema):
    """A paper. `replaced_by`: the register that holds it, so that nobody has to hand it in."""

    key: str
    name: str
    required: bool
    form: ComponentForm
    replaced_by: str
    filled_here: bool
    originals: int
    copies: int
    group: str
    note: str


class DurationOut(Schema):
    """A time limit; half-open validity by the day of acceptance."""

    channel: str
    case: str
    unit: TimeUnit
    value: float
    text: str
    valid_from: date | None
    valid_to: date | None
    verified: bool


class FeeOut(Schema):
    """How a fee is reckoned; `amount` in whole đồng, null when it is not fixed."""

    kind: FeeKind
    rule: FeeRule
    label: str
    amount: int | None
    channel: str
    case: str
    text: str
    verified: bool


class LegalOut(Schema):
    document: str
    title: str
    article: str
    verified: bool


class ProcedureOut(Schema):
    """The version in force. `form`: JSON Schema of the answers, null when it has no form here."""

    code: str = Field(alias="procedure_code")
    version: int = Field(alias="number")
    name: str
    name_en: str
    field: str
    levels: list[Level]
    routing: Routing
    online: Online
    partial_reason: PartialReason | None
    decision: str
    valid_from: date | None
    is_runnable: bool
    generic: bool
    audience: list[str]
    results: list[str]
    conditions: str
    steps: list[str]
    notes: list[str]
    components: list[ComponentOut]
    durations: list[DurationOut]
    fees: list[FeeOut]
    legal: list[LegalOut]
    form: dict[str, object] | None

    @staticmethod
    def resolve_form(version: VersionView) -> dict[str, object] | None:
        return to_json_schema(version.form) if version.form.pages else None


class Filter(Schema):
    """q: words or a code; without it, a page of the catalogue."""

    q: Annotated[str, Field(max_length=200)] = ""
    field: Annotated[str, Field(max_length=200)] = ""
    level: Level | None = None
    life_event: Annotated[str, Field(max_length=60)] = ""
    runnable: bool | None = None
    after: Annotated[str, Field(max_length=16)] = ""
    limit: Annotated[int, Field(ge=1, le=MOST)] = 20


@router.get("/procedures", response=HitsOut, operation_id="list_procedures")
@route(open_to_all)
def procedures(request: HttpRequest, wanted: Query[Filter]) -> dict[str, object]:
    """Tìm thủ tục đang có hiệu lực: by words with or without marks, by code, or page by page."""
    today = clock.now().date()
    if wanted.q.strip():
        return {"items": public.search(wanted.q, wanted.limit, on=today), "next": None}
    found = public.browse(
        on=today,
        field=wanted.field,
        level=wanted.level or "",
        life_event=wanted.life_event,
        runnable=wanted.runnable,
        after=wanted.after,
        limit=wanted.limit + 1,
    )
    items: tuple[Hit, ...] = found[: wanted.limit]
    return {"items": items, "next": items[-1].code if len(found) > wanted.limit else None}


@router.get("/procedures/{code}", response=ProcedureOut, operation_id="read_procedure")
@route(open_to_all)
def procedure(request: HttpRequest, code: ProcedureCode) -> VersionView:
    """Một thủ tục, phiên bản đang có hiệu lực.

    Refusals: 404 procedure_not_found; 409 procedure_not_open.
    """
    return public.open_version(code, clock.now().date())
