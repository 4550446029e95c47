"""Chuyển hồ sơ đang chạy sang phiên bản khác: choosing, the dry run, the second person, the way."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import ProcessTable
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts.migrating import (
    Choice,
    LineState,
    MigrationRuns,
    NothingChosen,
    PlaceUnknown,
    PlanMigration,
    TooManyChosen,
    VersionsDoNotFit,
)
from motcua.contexts.organisations import public as organisations
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import VersionState, VersionSummary
from motcua.contexts.reference import public as reference
from motcua.kernel import clock
from motcua.kernel.access import route
from motcua.kernel.clock import city_date
from motcua.kernel.codes import ProcedureCode
from motcua.kernel.errors import DomainError
from motcua.kernel.forms.dates import day_of_parts
from motcua.kernel.web import actor_of, page, redirect_after, uuid_of
from motcua.portals.office.design.asking import APPROVERS, DESIGNERS, URL
from motcua.portals.office.design.editor import crumbs
from motcua.portals.office.design.migration_pages import HERE, STATES, SUMMARY
from motcua.portals.office.design.versions import STATES as VERSION_STATES
from motcua.portals.office.listing import number_cell
from motcua.ui import dates
from motcua.ui.parts import Cell, Crumb, Empty, FieldError, Option, Table
from motcua.ui.parts import QuestionView as Question
from motcua.ui.words import count

REFUSALS = (
    MigrationRuns,
    NothingChosen,
    PlaceUnknown,
    TooManyChosen,
    VersionsDoNotFit,
)
PLACE = "place."  # before the key of a step that has to be placed by hand
HEADS = (("Lần chuyển", False), ("Tình trạng", False), ("Hồ sơ", True), ("Đã chuyển", True))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage:
    """questions: empty until two versions are chosen."""

    title: str
    code: str
    crumbs: tuple[Crumb, ...]
    here: str
    versions: tuple[Option, ...]
    before: str
    after: str
    whole: str
    questions: tuple[Question, ...]
    earlier: Table
    errors: tuple[FieldError, ...] = ()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(DESIGNERS)
def plan(request: HttpRequest, code: str) -> HttpResponseBase:
    """`tu`, `den`: which two versions. «Chạy thử» lets the worker try each chosen dossier."""
    if request.method != "POST":
        return page(request, "office/design/migrating.html", _page(request, code))
    asked = _asked(request.POST, code)
    try:
        planned = dossiers.plan_migration(asked, actor=actor_of(request), now=clock.now())
    except REFUSALS as refusal:
        model = _page(request, code, refusal)
        return page(request, "office/design/migrating.html", model, status=int(refusal.kind))
    messages.success(request, "Đang chạy thử từng hồ sơ. Chưa có gì thay đổi.")
    return redirect_after(f"{HERE}/{planned.migration_id}")


def _asked(typed: QueryDict, code: str) -> PlanMigration:
    nothing = UUID(int=0)
    return PlanMigration(
        procedure_code=code,
        from_id=uuid_of(typed.get("tu", "")) or nothing,
        to_id=uuid_of(typed.get("den", "")) or nothing,
        choice=Choice(
            unit_id=uuid_of(typed.get("unit", "")),
            ward=typed.get("ward", "")[:5],
            step=typed.get("step", "")[:40],
            filed_from=day_of_parts(typed, "filed_from"),
            filed_to=day_of_parts(typed, "filed_to"),
        ),
        places={
            name.removeprefix(PLACE): said
            for name, said in typed.dict().items()
            if name.startswith(PLACE) and isinstance(said, str) and said
        },
    )


def _page(request: HttpRequest, code: str, refusal: DomainError | None = None) -> PlanPage:
    typed = request.POST if request.method == "POST" else request.GET
    today = city_date(clock.now())
    published = tuple(one for one in procedures.history(code, today) if _is_out(one))
    before, after = _two(typed, published)
    fits = before is not None and after is not None and before != after
    pinned = [one for one in dossiers.pinned(ProcedureCode(code)) if one.version_id == before]
    return PlanPage(
        title="Chuyển hồ sơ đang chạy",
        code=code,
        crumbs=crumbs(Crumb(label=code, url=f"{URL}/thu-tuc/{code}"), "Chuyển hồ sơ"),
        here=f"{URL}/thu-tuc/{code}/chuyen",
        versions=tuple(
            Option(
                value=str(one.id),
                label=f"Phiên bản {one.number}: {VERSION_STATES[one.state].label}",
            )
            for one in published
        ),
        before=str(before or ""),
        after=str(after or ""),
        whole=count(sum(one.dossiers for one in pinned)),
        questions=tuple(_questions(typed, before, after, pinned, today))
        if fits and before and after
        else (),
        earlier=_earlier(code),
        errors=(FieldError(text=refusal.message, field=refusal.field or ""),) if refusal else (),
    )


def _is_out(one: VersionSummary) -> bool:
    return one.state not in {VersionState.DRAFT, VersionState.FUTURE_EFFECTIVE}


def _two(
    typed: QueryDict, published: tuple[VersionSummary, ...]
) -> tuple[UUID | None, UUID | None]:
    """Those that were asked for, else the one before the newest, and the newest."""
    known = {one.id for one in published}
    usual = [one.id for one in published[1::-1]] if len(published) > 1 else [None, None]
    asked = [uuid_of(typed.get(name, "")) for name in ("tu", "den")]
    before, after = (
        one if one in known else other for one, other in zip(asked, usual, strict=True)
    )
    return before, after


def _table_of(version_id: UUID) -> ProcessTable | None:
    process_id = procedures.version(version_id).process_id
    return casework.process_table(process_id) if process_id else None


def _questions(
    typed: QueryDict,
    before: UUID,
    after: UUID,
    pinned: list[dossiers.Pinned],
    today: date,
) -> Iterator[Question]:
    old, new = _table_of(before), _table_of(after)
    if old is None or new is None:
        return
    names = {step.key: step.name for step in old.steps}
    units = organisations.units_by_id({one.unit_id for one in pinned})
    yield _choice(typed, "unit", "Đơn vị đang giải quyết", "Mọi đơn vị", [
        (str(unit.id), unit.name) for unit in units.values()
    ])  # fmt: skip
    yield _choice(typed, "ward", "Phường, xã", "Mọi phường, xã", [
        (one.code, one.full_name) for one in reference.communes(today)
    ])  # fmt: skip
    yield _choice(typed, "step", "Đang ở bước", "Mọi bước", [
        (key, names.get(key, key)) for key in dict.fromkeys(one.step for one in pinned)
    ])  # fmt: skip
    yield _day(typed, "filed_from", "Nộp từ ngày")
    yield _day(typed, "filed_to", "Nộp đến hết ngày")
    lost = [step for step in old.steps if step.key not in {one.key for one in new.steps}]
    for step in lost:
        yield _choice(
            typed,
            f"{PLACE}{step.key}",
            f"Bước «{step.name}» không còn. Hồ sơ ở bước đó đi tiếp từ bước",
            "Không chuyển hồ sơ ở bước này",
            [(one.key, one.name) for one in new.steps],
        )


def _choice(
    typed: QueryDict, key: str, label: str, all_: str, options: list[tuple[str, str]]
) -> Question:
    return Question(
        key=key,
        label=label,
        type="choice",
        required=False,
        value=typed.get(key, ""),
        options=(
            Option(value="", label=all_),
            *(Option(value=value, label=name) for value, name in options),
        ),
    )


def _day(typed: QueryDict, key: str, label: str) -> Question:
    parts = tuple((part, typed.get(f"{key}.{part}", "")) for part in ("day", "month", "year"))
    return Question(key=key, label=label, type="date", parts=parts, required=False)


def _earlier(code: str) -> Table:
    rows = tuple(
        (
            Cell(
                text=f"Phiên bản {one.from_number} sang {one.to_number},"
                f" {dates.city_moment(one.planned_at)}",
                url=f"{HERE}/{one.id}",
            ),
            Cell(text="", chip=STATES[one.state]),
            number_cell(count(one.count())),
            number_cell(count(one.count(LineState.MOVED))),
        )
        for one in dossiers.migrations_of(code)
    )
    return Table(
        caption="Các lần chuyển",
        heads=HEADS,
        rows=rows,
        empty=Empty(title="Chưa chuyển lần nào", icon="inbox"),
    )


@require_POST
@route(APPROVERS)
def approve(request: HttpRequest, migration_id: UUID) -> HttpResponseBase:
    """By somebody else than who planned it."""
    dossiers.approve_migration(migration_id, actor=actor_of(request), now=clock.now())
    messages.success(request, SUMMARY["approved"])
    return redirect_after(f"{HERE}/{migration_id}")


@require_POST
@route(DESIGNERS)
def drop(request: HttpRequest, migration_id: UUID) -> HttpResponseBase:
    """Nothing was moved."""
    dossiers.drop_migration(migration_id, actor=actor_of(request), now=clock.now())
    messages.success(request, SUMMARY["dropped"])
    return redirect_after(f"{HERE}/{migration_id}")


@require_POST
@route(APPROVERS)
def undo(request: HttpRequest, migration_id: UUID) -> HttpResponseBase:
    """Give back what nobody has gone on with."""
    dossiers.undo_migration(migration_id, actor=actor_of(request), now=clock.now())
    messages.success(request, SUMMARY["undone"])
    return redirect_after(f"{HERE}/{migration_id}")
