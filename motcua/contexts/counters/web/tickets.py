"""Lấy số qua điện thoại: choose a place, take a number, see how many come first, give it up."""

from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.contexts.counters.actions import taking
from motcua.contexts.counters.contracts.queue import TakeTicket, TicketChannel
from motcua.contexts.counters.queries import queue
from motcua.contexts.counters.rules.queue_data import groups_of
from motcua.contexts.counters.web import hall_pages
from motcua.contexts.counters.web.hall_pages import DeskRow, DesksPage, TakePage
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import UnitView
from motcua.kernel import clock
from motcua.kernel.access import open_to_all, route
from motcua.kernel.clock import city_date
from motcua.kernel.errors import Invalid
from motcua.kernel.limits import TICKETS_TAKEN
from motcua.kernel.text import fold
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.ui.parts import Crumb, FieldError
from motcua.ui.words import foreign

SHOWN = 20
ROOT = "/lay-so"


@never_cache
@require_safe
@route(open_to_all)
def desks(request: HttpRequest) -> HttpResponseBase:
    """Where one may go; on top one's own tickets of today."""
    actor, now = actor_of(request), clock.now()
    asked = request.GET.get("q", "").strip()[:80]
    wanted = fold(asked)
    on = city_date(now)
    found = [one for one in organisations.one_stop_desks(on) if wanted in fold(one.name)]
    found = [one for one in found if groups_of(one.kind)]
    own = queue.own_tickets(actor, now=now)
    units = organisations.units_by_id(one.unit_id for one in own)
    model = DesksPage(
        asked=asked,
        desks=tuple(
            DeskRow(name=one.name, url=f"{ROOT}/{one.code}", address=one.address)
            for one in found[:SHOWN]
        ),
        tickets=tuple(
            DeskRow(name=one.label, url=f"/so/{one.id}", address=units[one.unit_id].name)
            for one in own
        ),
        language=foreign(),
        more=len(found) > SHOWN,
        crumbs=(Crumb(label=_("Lấy số")),),
    )
    return page(request, "counters/desks.html", model)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(open_to_all, limit=TICKETS_TAKEN)
def take(request: HttpRequest, desk: str) -> HttpResponseBase:
    """The number; without a sign-in for a phone number. Raises: DeskNotFound, DeskClosed."""
    now = clock.now()
    unit = queue.desk(desk, now=now)
    if request.method != "POST":
        return _form(request, unit)
    command = TakeTicket(
        unit_id=unit.id,
        group=request.POST.get("group", ""),
        channel=TicketChannel.PHONE,
        phone=request.POST.get("phone", "")[:40],
    )
    try:
        taken = taking.take_ticket(command, actor=actor_of(request), now=now)
    except Invalid as refusal:
        return _form(request, unit, refusal)
    return redirect_after(f"/so/{taken.ticket_id}")


def _form(request: HttpRequest, unit: UnitView, refused: Invalid | None = None) -> HttpResponseBase:
    wrong = {refused.field or "group": refused.message} if refused else {}
    nobody = not actor_of(request).party_ids
    model = TakePage(
        place=unit.name,
        place_language=foreign(),
        question=hall_pages.take_question(
            unit, request.POST.get("group", ""), wrong.get("group", "")
        ),
        phone=hall_pages.phone_question(request.POST.get("phone", ""), wrong.get("phone", ""))
        if nobody
        else None,
        book_url=f"/hen-gio/{unit.code}",
        closed=hall_pages.closed_words(unit, now=clock.now()),
        crumbs=(
            Crumb(label=_("Lấy số"), url=ROOT),
            Crumb(label=unit.short_name or unit.name, language=foreign()),
        ),
        errors=tuple(FieldError(text=text, field=name) for name, text in wrong.items()),
    )
    return page(request, "counters/take.html", model, status=422 if wrong else 200)


@never_cache
@require_safe
@route(open_to_all)
def ticket(request: HttpRequest, ticket_id: UUID) -> HttpResponseBase:
    """The place in the line, for whoever holds the address."""
    now = clock.now()
    found = queue.ticket(ticket_id)
    unit = queue.desk_by_id(found.unit_id)
    model = hall_pages.ticket_page(found, unit, now=now)
    return page(request, "counters/ticket.html", model)


@require_POST
@route(open_to_all)
def cancel(request: HttpRequest, ticket_id: UUID) -> HttpResponseBase:
    taking.cancel_ticket(ticket_id, actor=actor_of(request), now=clock.now())
    return redirect_after(f"/so/{ticket_id}")
