"""Hồ sơ phía sau một con số: names stay initials until somebody says why they look."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST, require_safe

from motcua.contexts.casework.contracts import Timeliness
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import (
    LOOK_REASONS,
    SOURCE_NAMES,
    STATUS_NAMES,
    DossierLine,
    LinePage,
)
from motcua.kernel import clock
from motcua.kernel.access import route
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import city_date, city_time
from motcua.kernel.errors import Invalid
from motcua.kernel.purpose import Purpose
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.portals.lead import saying
from motcua.portals.lead.asking import HERE, PERIODS, SLUG_OF, TITLES, Asked, asked
from motcua.portals.lead.views import WATCHERS
from motcua.ui import dates
from motcua.ui.exporting import csv_answer
from motcua.ui.parts import (
    Cell,
    Chip,
    Crumb,
    Empty,
    Export,
    FieldError,
    Option,
    Pager,
    Table,
    Task,
    Tone,
)

OPENED = "lead_names"  # session key: the lists whose names this session may read
MOST_OPENED = 50
EXPORT_LIMIT, EXPORT_PAGE = 20_000, 500
HEADS = ("Mã hồ sơ", "Thủ tục", "Người nộp", "Đơn vị giải quyết", "Nơi tiếp nhận", "Trạng thái",
         "Nộp lúc", "Hẹn trả", "Còn lại hoặc xong")  # fmt: skip


ON_SCREEN = (0, 1, 2, 3, 5, 7, 8)  # of HEADS; the rest is in the export


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonForm:
    """Why the names are read. hidden: what the address of the list says."""

    url: str
    reasons: tuple[Option, ...]
    hidden: tuple[tuple[str, str], ...]
    chosen: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    title: str
    note: str
    crumbs: tuple[Crumb, ...]
    table: Table
    rows: tuple[Task, ...]  # the same, for narrow screens
    reason: ReasonForm | None  # None: the names are open
    errors: tuple[FieldError, ...] = ()


def is_open(request: HttpRequest, subject: str) -> bool:
    return subject in request.session.get(OPENED, [])


def remember(request: HttpRequest, subject: str) -> None:
    kept = [one for one in request.session.get(OPENED, []) if one != subject]
    request.session[OPENED] = [*kept, subject][-MOST_OPENED:]


@require_safe
@route(WATCHERS, purpose=Purpose.LEAD)
def show(request: HttpRequest) -> HttpResponseBase:
    """The dossiers that a number counts."""
    return _shown(request, asked(request, actor_of(request)))


def _shown(
    request: HttpRequest, wanted: Asked, *, problem: Invalid | None = None
) -> HttpResponseBase:
    actor, now = actor_of(request), clock.now()
    named = is_open(request, wanted.subject)
    found = _lines(actor, wanted, now, named=named, after=request.GET.get("sau", ""))
    model = list_page(found, wanted, request, now=now, named=named, problem=problem)
    return page(request, "lead/list.html", model, status=422 if problem else 200)


@require_POST
@route(WATCHERS, purpose=Purpose.LEAD)
def open_names(request: HttpRequest) -> HttpResponseBase:
    """Keep why the names of this list are read; then show them."""
    actor = actor_of(request)
    wanted = asked(request, actor)
    try:
        dossiers.open_names(
            wanted.subject,
            request.POST.get("reason", ""),
            reference=request.POST.get("reference", "").strip(),
            unit_id=wanted.unit_id,
            actor=actor,
            now=clock.now(),
        )
    except Invalid as problem:
        return _shown(request, wanted, problem=problem)
    remember(request, wanted.subject)
    return redirect_after(wanted.list_url(wanted.bucket))


@require_safe
@route(WATCHERS, purpose=Purpose.LEAD)
def export(request: HttpRequest) -> HttpResponseBase:
    """The list as CSV, with the names only where they are open."""
    actor, now = actor_of(request), clock.now()
    wanted = asked(request, actor)
    named = is_open(request, wanted.subject)
    rows = (_texts(line) for line in _every_line(actor, wanted, now, named=named))
    return csv_answer(f"ho-so-{city_date(now):%Y%m%d}.csv", HEADS, rows)


def _every_line(
    actor: Actor, wanted: Asked, now: datetime, *, named: bool
) -> Iterator[DossierLine]:
    after, sent = "", 0
    while sent < EXPORT_LIMIT:
        part = _lines(actor, wanted, now, named=named, after=after, limit=EXPORT_PAGE)
        yield from part.lines
        sent += len(part.lines)
        after = part.older
        if not after:
            return


def _lines(
    actor: Actor, wanted: Asked, now: datetime, *, named: bool, after: str = "", limit: int = 50
) -> LinePage:
    return dossiers.lines_of(
        wanted.bucket,
        actor,
        now=now,
        months=wanted.months,
        unit_id=wanted.unit_id,
        field=wanted.field,
        procedure=wanted.procedure,
        after=after,
        limit=limit,
        named=named,
        as_was=wanted.as_was,
    )


def list_page(
    found: LinePage,
    wanted: Asked,
    request: HttpRequest,
    *,
    now: datetime,
    named: bool,
    problem: Invalid | None = None,
) -> ListPage:
    fields = saying.field_names(city_date(now))
    parts = [
        wanted.unit.name if wanted.unit else "Toàn thành phố",
        fields.get(wanted.field, wanted.field) if wanted.field else "",
        f"thủ tục {wanted.procedure}" if wanted.procedure else "",
        PERIODS[wanted.months].lower(),
    ]
    title = TITLES[wanted.bucket]
    return ListPage(
        title=title,
        note=" · ".join(part for part in parts if part),
        crumbs=_crumbs(wanted, title, leads_city=actor_of(request).has(Role.LEADER)),
        table=_table(found, wanted, title, named=named, after=request.GET.get("sau", "")),
        rows=tuple(_task(line, named=named) for line in found.lines),
        reason=None if named else reason_form(wanted, request.POST),
        errors=(_error(problem),) if problem else (),
    )


def _error(problem: Invalid) -> FieldError:
    return FieldError(field=problem.field or "reason", text=problem.message)


def reason_form(wanted: Asked, typed: Mapping[str, str]) -> ReasonForm:
    hidden = {
        "phan": SLUG_OF[wanted.bucket],
        "ky": str(wanted.months),
        "don-vi": str(wanted.unit.id) if wanted.unit else "",
        "linh-vuc": wanted.field,
        "thu-tuc": wanted.procedure,
    }
    return ReasonForm(
        url=f"{HERE}/danh-sach/mo-ten",
        reasons=tuple(Option(value=key, label=text) for key, text in LOOK_REASONS.items()),
        hidden=tuple((name, value) for name, value in hidden.items() if value),
        chosen=typed.get("reason", ""),
        reference=typed.get("reference", ""),
    )


def _crumbs(wanted: Asked, title: str, *, leads_city: bool) -> tuple[Crumb, ...]:
    city = Asked(months=wanted.months).board_url() if leads_city else ""
    found = [Crumb(label="Toàn thành phố", url=city)]
    if wanted.unit:
        found.append(Crumb(label=wanted.unit.name, url=wanted.board_url()))
    return (*found, Crumb(label=title))


def _table(found: LinePage, wanted: Asked, title: str, *, named: bool, after: str) -> Table:
    first = wanted.list_url(wanted.bucket)
    older = wanted.list_url(wanted.bucket, sau=found.older) if found.older else ""
    return Table(
        caption=title,
        heads=tuple((HEADS[n], False) for n in ON_SCREEN),
        rows=tuple(_row(line, named=named) for line in found.lines),
        export=Export(formats=(("CSV", wanted.list_url(wanted.bucket, tail="/xuat.csv")),)),
        pager=Pager(older_url=older, newer_url=first if after else "") if older or after else None,
        empty=Empty(title="Không có hồ sơ nào trong phần này", icon="circle-check"),
    )


def _row(line: DossierLine, *, named: bool) -> tuple[Cell, ...]:
    """An opened list leads to the dossier, which asks a leader of the city why this one; a closed
    list to what may be seen unnamed."""
    code, *texts, left = (_texts(line)[n] for n in ON_SCREEN)
    first = Cell(text=code, url=_url(line, named=named))
    return (first, *(Cell(text=text) for text in texts), Cell(text=left, chip=left_chip(line)))


def _url(line: DossierLine, *, named: bool) -> str:
    return f"/ban/ho-so/{line.code}" if named else f"{HERE}/ho-so/{line.code}"


def _task(line: DossierLine, *, named: bool) -> Task:
    due = f"hẹn trả {dates.day(city_time(line.due_at))}" if line.due_at else ""
    return Task(
        title=line.procedure_name,
        url=_url(line, named=named),
        chip=left_chip(line) or Chip(label=STATUS_NAMES[line.status]),
        when=due,
        text=f"{line.code} · {line.applicant_name} · {line.competent_unit}",
    )


def left_chip(line: DossierLine) -> Chip | None:
    words = {
        Timeliness.LATE: Chip(label="Xong trễ", tone=Tone.LATE, icon="triangle-alert"),
        Timeliness.ON_TIME: Chip(label="Xong đúng hẹn", tone=Tone.OK, icon="circle-check"),
        Timeliness.EARLY: Chip(label="Xong sớm", tone=Tone.OK, icon="circle-check"),
        Timeliness.PAUSED: Chip(label="Đồng hồ dừng", icon="pause"),
        Timeliness.OVERDUE: Chip(label=line.left_text, tone=Tone.LATE, icon="triangle-alert"),
    }
    return words.get(line.timeliness)


def _texts(line: DossierLine) -> tuple[str, ...]:
    """One line in the order of HEADS."""
    chip = left_chip(line)
    return (
        line.code,
        line.procedure_name,
        line.applicant_name,
        line.competent_unit,
        line.receiving_unit,
        STATUS_NAMES[line.status],
        dates.city_moment(line.submitted_at),
        dates.day(city_time(line.due_at)) if line.due_at else "",
        chip.label if chip else line.left_text,
    )


def facts_of(line: DossierLine) -> tuple[tuple[str, str], ...]:
    """What may be seen of one dossier without saying why."""
    texts = zip(HEADS, _texts(line), strict=True)
    return (*texts, ("Bước", line.step_name), ("Nguồn", SOURCE_NAMES[line.source]))
