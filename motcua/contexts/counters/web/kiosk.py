"""Kiosk: two touches and a slip. It knows nobody, and forgets whoever stood there."""

from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.contexts.counters.actions.taking import take_ticket
from motcua.contexts.counters.contracts.queue import (
    PriorityKind,
    TakeTicket,
    TicketChannel,
    TicketNotFound,
)
from motcua.contexts.counters.queries import queue
from motcua.contexts.counters.web import hall_pages
from motcua.kernel import clock
from motcua.kernel.access import open_to_all, route
from motcua.kernel.actors import ANONYMOUS
from motcua.kernel.limits import TICKETS_TAKEN
from motcua.kernel.web import page, redirect_after

BACK_AFTER = 40  # seconds; then the next person finds the first question


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(open_to_all, limit=TICKETS_TAKEN)
def kiosk(request: HttpRequest, desk: str) -> HttpResponseBase:
    """First what for, then whether with priority; then the slip."""
    now = clock.now()
    unit = queue.desk(desk, now=now)
    if request.method == "POST":
        said = request.POST.get("kind", "")
        command = TakeTicket(
            unit_id=unit.id,
            group=request.POST.get("group", ""),
            channel=TicketChannel.KIOSK,
            kind=PriorityKind(said) if said in set(PriorityKind) else None,
        )
        taken = take_ticket(command, actor=ANONYMOUS, now=now)
        return redirect_after(f"/kiosk/{unit.code}/so/{taken.ticket_id}")
    model = hall_pages.kiosk_page(unit, request.GET.get("nhom", ""), now=now)
    answer = page(request, "counters/kiosk.html", model)
    if model.chosen:
        answer["Refresh"] = f"{BACK_AFTER};url={model.url}"
    return answer


@never_cache
@require_safe
@route(open_to_all)
def slip(request: HttpRequest, desk: str, ticket_id: UUID) -> HttpResponseBase:
    """80 mm of paper. Raises: DeskNotFound, TicketNotFound."""
    now = clock.now()
    unit, found = queue.desk(desk, now=now), queue.ticket(ticket_id)
    if found.unit_id != unit.id:
        raise TicketNotFound
    back = f"/kiosk/{unit.code}"
    model = hall_pages.ticket_page(found, unit, now=now, back_url=back)
    answer = page(request, "counters/slip.html", model)
    answer["Refresh"] = f"{BACK_AFTER};url={back}"
    return answer
