"""Hẹn giờ: choose a day and a time, change it, give it up; the code at the kiosk."""

from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.contexts.counters.actions import booking
from motcua.contexts.counters.contracts.appointments import BookAppointment, SlotTaken
from motcua.contexts.counters.queries import appointments, queue
from motcua.contexts.counters.web import appointment_pages
from motcua.contexts.organisations.contracts import UnitView
from motcua.kernel import clock
from motcua.kernel.access import open_to_all, route
from motcua.kernel.actors import ANONYMOUS
from motcua.kernel.clock import city_date, moment_in
from motcua.kernel.errors import DomainError, Invalid
from motcua.kernel.limits import TICKETS_TAKEN
from motcua.kernel.web import actor_of, page, redirect_after


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(open_to_all, limit=TICKETS_TAKEN)
def book(request: HttpRequest, desk: str) -> HttpResponseBase:
    """Raises: DeskNotFound, AppointmentHeldAlready."""
    now = clock.now()
    unit = queue.desk(desk, now=now)
    url = f"/hen-gio/{unit.code}"
    if request.method != "POST":
        return _choose(request, unit, url=url)
    try:
        command = BookAppointment(
            unit_id=unit.id,
            group=request.POST.get("group", ""),
            starts_at=_at(request),
            phone=request.POST.get("phone", "")[:40],
        )
        booked = booking.book(command, actor=actor_of(request), now=now)
    except (Invalid, SlotTaken) as refusal:
        return _choose(request, unit, url=url, refused=refusal)
    return redirect_after(f"/lich-hen/{booked.appointment_id}")


def _at(request: HttpRequest) -> datetime:
    """Raises: SlotTaken for what is no time."""
    found = moment_in(request.POST.get("at", ""))
    if found is None:
        raise SlotTaken(field="at")
    return found


def _choose(
    request: HttpRequest,
    unit: UnitView,
    *,
    url: str,
    moving: bool = False,
    refused: DomainError | None = None,
) -> HttpResponseBase:
    typed = {name: request.POST.get(name, "") for name in ("group", "phone", "at")}
    at = moment_in(typed["at"])
    model = appointment_pages.book_page(
        unit,
        city_date(at) if at else _day(request.GET.get("ngay", "")),
        url=url,
        now=clock.now(),
        typed=typed,
        nobody=not actor_of(request).party_ids,
        moving=moving,
        wrong={refused.field or "at": refused.message} if refused else {},
    )
    return page(request, "counters/book.html", model, status=int(refused.kind) if refused else 200)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@never_cache
@require_safe
@route(open_to_all)
def show(request: HttpRequest, appointment_id: UUID) -> HttpResponseBase:
    """For whoever holds the address."""
    found = appointments.appointment(appointment_id)
    unit = queue.desk_by_id(found.unit_id)
    model = appointment_pages.appointment_page(found, unit, now=clock.now())
    return page(request, "counters/appointment.html", model)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(open_to_all, limit=TICKETS_TAKEN)
def move(request: HttpRequest, appointment_id: UUID) -> HttpResponseBase:
    """Another time. Raises: AppointmentNotFound, AppointmentOver, MovedTooOften."""
    found = appointments.appointment(appointment_id)
    unit, url = queue.desk_by_id(found.unit_id), f"/lich-hen/{appointment_id}/doi"
    if request.method != "POST":
        return _choose(request, unit, url=url, moving=True)
    try:
        booking.move_appointment(
            appointment_id, _at(request), actor=actor_of(request), now=clock.now()
        )
    except SlotTaken as refusal:
        return _choose(request, unit, url=url, moving=True, refused=refusal)
    return redirect_after(f"/lich-hen/{appointment_id}")


@require_POST
@route(open_to_all)
def cancel(request: HttpRequest, appointment_id: UUID) -> HttpResponseBase:
    booking.cancel_appointment(appointment_id, actor=actor_of(request), now=clock.now())
    return redirect_after(f"/lich-hen/{appointment_id}")


@require_POST
@route(open_to_all, limit=TICKETS_TAKEN)
def arrive(request: HttpRequest, desk: str) -> HttpResponseBase:
    """At the kiosk. Raises: DeskNotFound, AppointmentNotFound, AppointmentOver, TooEarly."""
    now = clock.now()
    unit = queue.desk(desk, now=now)
    code = request.POST.get("code", "").strip()[:6]
    taken = booking.arrive(unit.id, code, actor=ANONYMOUS, now=now)
    return redirect_after(f"/kiosk/{unit.code}/so/{taken.ticket_id}")
