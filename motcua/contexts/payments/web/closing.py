"""Chốt ngày của một nơi thu: the list of days, one day, two signatures, paper and file."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from motcua.contexts.identity import public as identity
from motcua.contexts.organisations import public as organisations
from motcua.contexts.payments.actions import closing as acts
from motcua.contexts.payments.adapters.typesetting import unit_day_as_pdf
from motcua.contexts.payments.contracts.closing import ClosingNotFound, SignDay
from motcua.contexts.payments.models import UnitClosing
from motcua.contexts.payments.queries import closings
from motcua.contexts.payments.rules.closing import Sheet
from motcua.contexts.payments.web import closing_pages as pages
from motcua.kernel import clock
from motcua.kernel.access import actor_of, roles, route
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import city_date
from motcua.kernel.errors import DomainError, Kind
from motcua.kernel.limits import SIGN_INS
from motcua.kernel.web import as_file, page, redirect_after
from motcua.ui.exporting import csv_answer

signers = roles(Role.FEE_COLLECTOR, Role.DIVISION_HEAD, Role.SIGNER)
readers = roles(Role.FEE_COLLECTOR, Role.DIVISION_HEAD, Role.SIGNER, Role.AUDITOR)


@never_cache
@require_safe
@route(readers)
def listed(request: HttpRequest) -> HttpResponseBase:
    """Days that wait to be closed, the oldest first, and those that are."""
    actor, now = actor_of(request), clock.now()
    today, units = city_date(now), closings.units_of(actor)
    waiting = closings.open_days(units, today) if units else ()
    known = organisations.units_by_id({one.unit_id for one in waiting})
    names = {unit_id: unit.name for unit_id, unit in known.items()}
    model = pages.list_page(waiting, closings.closings(actor, now=now), names, today)
    return page(request, "payments/closings.html", model)


@never_cache
@require_safe
@route(readers)
def show(request: HttpRequest, unit_id: UUID, day: str) -> HttpResponseBase:
    """One day on one page: it adds up, or says what does not. Raises: ClosingNotFound."""
    return _shown(request, unit_id, day, {})


@never_cache
@require_safe
@route(readers)
def export(request: HttpRequest, unit_id: UUID, day: str) -> HttpResponseBase:
    """Every line of the day as a file."""
    shown = _day(unit_id, day, actor_of(request))
    rows = pages.csv_rows(shown.sheet.entries, shown.sheet.day)
    return csv_answer(f"chot-ngay-{shown.sheet.day:%Y%m%d}.csv", pages.CSV_HEADS, rows)


@never_cache
@require_safe
@route(readers)
def report(request: HttpRequest, unit_id: UUID, day: str) -> HttpResponseBase:
    """The day on paper, with who signed and who closed it."""
    shown = _day(unit_id, day, actor_of(request))
    content = unit_day_as_pdf(pages.printed(shown, now=clock.now()))
    answer = HttpResponse(content, content_type="application/pdf")
    return as_file(answer, f"chot-ngay-{shown.sheet.day:%Y%m%d}.pdf", shown=True)


@sensitive_post_parameters("code")
@require_POST
@route(signers, limit=SIGN_INS)
def sign(request: HttpRequest, unit_id: UUID, day: str) -> HttpResponseBase:
    """The collector signs, having shown who they are."""
    now = clock.now()
    command = SignDay(
        unit_id=unit_id,
        day=_day(unit_id, day, actor_of(request)).sheet.day,
        digest=request.POST.get("digest", "")[:64],
        words=request.POST.get("words", ""),
    )
    try:
        actor = identity.proved_anew(request, now=now)
        acts.sign_day(command, actor=actor, now=now)
    except DomainError as refusal:
        return _shown(request, unit_id, day, _beside(refusal))
    messages.success(request, "Đã ký. Bạn báo người phụ trách xem lại và chốt.")
    return redirect_after(_url(unit_id, day))


@sensitive_post_parameters("code")
@require_POST
@route(signers, limit=SIGN_INS)
def close(request: HttpRequest, unit_id: UUID, day: str) -> HttpResponseBase:
    """The second person closes the day for ever."""
    now, row = clock.now(), _signed(unit_id, day, actor_of(request))
    try:
        actor = identity.proved_anew(request, now=now)
        acts.close_day(row.id, actor=actor, now=now)
    except DomainError as refusal:
        return _shown(request, unit_id, day, _beside(refusal))
    messages.success(request, "Đã chốt ngày. Số liệu này không đổi nữa.")
    return redirect_after(_url(unit_id, day))


@require_POST
@route(signers)
def send_back(request: HttpRequest, unit_id: UUID, day: str) -> HttpResponseBase:
    """The second person does not agree, and says why."""
    row = _signed(unit_id, day, actor_of(request))
    try:
        reason = request.POST.get("reason", "")
        acts.return_day(row.id, reason=reason, actor=actor_of(request), now=clock.now())
    except DomainError as refusal:
        return _shown(request, unit_id, day, _beside(refusal))
    messages.success(request, "Đã trả lại cho người thu phí xem lại.")
    return redirect_after(_url(unit_id, day))


def _signed(unit_id: UUID, day: str, actor: Actor) -> UnitClosing:
    """Raises: ClosingNotFound."""
    row = _day(unit_id, day, actor).row
    if row is None:
        raise ClosingNotFound
    return row


def _beside(refusal: DomainError) -> dict[str, str]:
    """What the page says of a refusal; what is not there stays a page of its own."""
    if refusal.kind is Kind.NOT_FOUND:
        raise refusal
    field = refusal.field if refusal.field in ("words", "code", "reason") else "page"
    return {field: refusal.message}


def _shown(
    request: HttpRequest, unit_id: UUID, day: str, errors: Mapping[str, str]
) -> HttpResponseBase:
    actor = actor_of(request)
    shown = _day(unit_id, day, actor)
    act = _act(shown, actor, clock.now())
    model = pages.day_page(
        shown, act, identity.ways_to_prove(request), errors, request.POST.get("words", "")
    )
    return page(request, "payments/unit_day.html", model, status=422 if errors else 200)


def _day(unit_id: UUID, text: str, actor: Actor) -> pages.Shown:
    """Raises: ClosingNotFound, also for a day to come and for a unit of others."""
    on = _date(text)
    unit = organisations.units_by_id([unit_id]).get(unit_id)
    if unit is None or not closings.may_read(unit_id, actor):
        raise ClosingNotFound
    row = closings.closing_of(unit_id, on)
    if row is not None and row.closed_at is not None:
        sheet = Sheet(day=on, entries=closings.lines_of(row), tills=closings.tills_of(row))
    else:
        sheet = closings.sheet_of(unit_id, on)
    people = {till.cashier_id for till in sheet.tills}
    people |= {one for one in (row and row.signed_by_id, row and row.closed_by_id) if one}
    known = organisations.officers_by_id(people)
    return pages.Shown(
        unit_id=unit_id,
        unit=unit.name,
        sheet=sheet,
        said=pages.said_of(sheet, row),
        row=row,
        earlier=closings.earlier_open(unit_id, on) if row is None else None,
        names={one: officer.full_name for one, officer in known.items()},
        returned=closings.returned_of(unit_id, on),
    )


def _act(shown: pages.Shown, actor: Actor, now: datetime) -> pages.Act:
    """What this reader may do now: sign first, or close what another signed."""
    sheet, row = shown.sheet, shown.row
    if row is None:
        ready = bool(sheet.entries) and not sheet.blocked and shown.earlier is None
        if not (ready and acts.may_sign(shown.unit_id, actor, now=now)):
            return pages.Act()
        return pages.Act(
            url=_url(shown.unit_id, sheet.day.isoformat(), "unit_day_sign"),
            label="Ký số liệu của ngày",
            asks_words=sheet.needs_words,
        )
    mine = row.signed_by_id == actor.officer_id
    if row.closed_at is not None or not acts.may_close(shown.unit_id, actor, now=now):
        return pages.Act()
    back = _url(shown.unit_id, sheet.day.isoformat(), "unit_day_return")
    if mine or row.digest != sheet.digest:
        return pages.Act(return_url=back)
    return pages.Act(
        url=_url(shown.unit_id, sheet.day.isoformat(), "unit_day_close"),
        label="Chốt ngày",
        return_url=back,
    )


def _url(unit_id: UUID, day: str, name: str = "unit_day") -> str:
    return reverse(f"payments:{name}", args=[unit_id, day])


def _date(text: str) -> date:
    """Raises: ClosingNotFound, also for a day to come."""
    try:
        found = date.fromisoformat(text)
    except ValueError as problem:
        raise ClosingNotFound from problem
    if found > city_date(clock.now()) or len(text) != len("2026-01-05"):
        raise ClosingNotFound
    return found
