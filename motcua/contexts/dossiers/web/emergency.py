"""Truy cập khẩn cấp: an administrator reads one dossier, watched; the guard of data sees all."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.contexts.dossiers.actions.emergency import open_in_emergency, report_emergency
from motcua.contexts.dossiers.contracts import DossierNotFound
from motcua.contexts.dossiers.contracts.emergency import EmergencyView
from motcua.contexts.dossiers.queries.emergency import (
    dossier_in_emergency,
    emergencies,
    emergency,
)
from motcua.contexts.dossiers.web.desk import panes
from motcua.kernel import clock, refused
from motcua.kernel.access import roles, route
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Conflict, DomainError, Invalid
from motcua.kernel.purpose import Purpose
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.ui import dates
from motcua.ui.parts import Chip, Crumb, Fact, FieldError, Tone

URL = "/quan-tri/khan-cap"
TITLE = "Truy cập khẩn cấp"
ADMINS = roles(Role.ADMINISTRATOR)
WATCHERS = roles(Role.ADMINISTRATOR, Role.DATA_PROTECTION)


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyRow:
    title: str
    chip: Chip
    facts: tuple[Fact, ...]
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergenciesPage:
    rows: tuple[EmergencyRow, ...]
    may_open: bool
    crumbs: tuple[Crumb, ...]
    code: str = ""
    reason: str = ""
    errors: tuple[FieldError, ...] = ()

    @property
    def wrong(self) -> dict[str, str]:
        return {error.field: error.text for error in self.errors}


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyPage:
    id: UUID
    row: EmergencyRow
    crumbs: tuple[Crumb, ...]
    facts: tuple[Fact, ...]
    answers: tuple[tuple[str, tuple[Fact, ...]], ...]
    owes_report: bool
    report: str = ""
    errors: tuple[FieldError, ...] = ()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(WATCHERS, purpose=Purpose.PROTECT_DATA)
def listed(request: HttpRequest) -> HttpResponseBase:
    """Every access with its reason and report; an administrator opens one here."""
    actor, now, typed = actor_of(request), clock.now(), request.POST
    if request.method != "POST":
        return page(request, "dossiers/emergencies.html", _list(actor))
    try:
        opened = open_in_emergency(
            typed.get("code", "").strip(), typed.get("reason", ""), actor=actor, now=now
        )
    except (Invalid, Conflict, DossierNotFound) as problem:
        if isinstance(problem, DossierNotFound):
            refused.note(request, "not_found", subject=typed.get("code", ""), why=problem.code)
        model = _list(actor, typed.get("code", ""), typed.get("reason", ""), problem)
        status = int(problem.kind)
        return page(request, "dossiers/emergencies.html", model, status=status)
    return redirect_after(f"{URL}/{opened.id}")


@never_cache
@require_safe
@route(ADMINS, purpose=Purpose.EMERGENCY)
def show(request: HttpRequest, emergency_id: UUID) -> HttpResponseBase:
    """The dossier, read only, while the access stands; then the form of its report."""
    return _page(request, emergency(emergency_id, actor_of(request), now=clock.now()))


@require_POST
@route(ADMINS, purpose=Purpose.EMERGENCY)
def report(request: HttpRequest, emergency_id: UUID) -> HttpResponseBase:
    actor, now = actor_of(request), clock.now()
    said = request.POST.get("report", "")
    try:
        report_emergency(emergency_id, said, actor=actor, now=now)
    except Invalid as problem:
        found = emergency(emergency_id, actor, now=now)
        return _page(request, found, said=said, problem=problem)
    messages.success(request, "Đã báo cáo. Lần truy cập này đã đóng.")
    return redirect_after(URL)


def _page(
    request: HttpRequest,
    found: EmergencyView,
    *,
    said: str = "",
    problem: DomainError | None = None,
) -> HttpResponseBase:
    actor, now = actor_of(request), clock.now()
    facts: tuple[Fact, ...] = ()
    answers: tuple[tuple[str, tuple[Fact, ...]], ...] = ()
    if found.is_open and found.mine:
        dossier = dossier_in_emergency(found, actor, now=now)
        facts = (
            Fact(label="Thủ tục", value=dossier.version.name),
            Fact(label="Tình trạng", value=dossier.status_text),
            *(Fact(label=one.label, value=one.value) for one in panes.facts_of(dossier)),
        )
        answers = tuple(panes.answers_of(dossier, now))
    model = EmergencyPage(
        id=found.id,
        row=_row(found),
        crumbs=(_home(actor), Crumb(label=TITLE, url=URL), Crumb(label=found.code)),
        facts=facts,
        answers=answers,
        owes_report=found.owes_report and found.mine,
        report=said,
        errors=_errors(problem),
    )
    return page(request, "dossiers/emergency.html", model, status=422 if problem else 200)


def _list(
    actor: Actor, code: str = "", reason: str = "", problem: DomainError | None = None
) -> EmergenciesPage:
    return EmergenciesPage(
        rows=tuple(_row(one) for one in emergencies(actor, now=clock.now())),
        may_open=ADMINS.allows(actor),
        crumbs=(_home(actor), Crumb(label=TITLE)),
        code=code,
        reason=reason,
        errors=_errors(problem),
    )


def _home(actor: Actor) -> Crumb:
    """The room that the reader came from."""
    if ADMINS.allows(actor):
        return Crumb(label="Quản trị", url="/quan-tri")
    return Crumb(label="Bảo vệ dữ liệu", url="/bao-ve-du-lieu")


def _errors(problem: DomainError | None) -> tuple[FieldError, ...]:
    return (FieldError(text=problem.message, field=problem.field or "code"),) if problem else ()


def _row(one: EmergencyView) -> EmergencyRow:
    return EmergencyRow(
        title=f"{one.code}, {one.who}",
        chip=_chip(one),
        facts=(
            Fact(label="Mở lúc", value=dates.city_moment(one.opened_at)),
            Fact(label="Hết lúc", value=dates.city_moment(one.until)),
            Fact(label="Lý do", value=one.reason),
            Fact(label="Báo cáo", value=one.report or "Chưa có"),
        ),
        url=f"{URL}/{one.id}" if one.mine and one.owes_report else "",
    )


def _chip(one: EmergencyView) -> Chip:
    if one.is_open:
        return Chip(label="Đang mở", tone=Tone.LATE, icon="siren")
    if one.is_overdue:
        return Chip(label="Quá hạn báo cáo", tone=Tone.LATE, icon="clock-alert")
    if one.owes_report:
        return Chip(label="Chưa báo cáo", tone=Tone.TURN, icon="clock")
    return Chip(label="Đã đóng", tone=Tone.OK, icon="circle-check")
