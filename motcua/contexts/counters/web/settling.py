"""Đối chiếu: machines, numbers, and what a window took in that does not agree."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.contexts.counters.actions import machines, syncing
from motcua.contexts.counters.contracts.offline import Settle
from motcua.contexts.counters.queries import offline as queries
from motcua.contexts.counters.web import offline_pages as pages
from motcua.kernel import clock
from motcua.kernel.access import roles, route
from motcua.kernel.actors import Role
from motcua.kernel.clock import CITY_TZ
from motcua.kernel.errors import DomainError, Kind
from motcua.kernel.web import actor_of, page, redirect_after

receivers = roles(Role.RECEIVER)
LISTED = "/quay/mat-mang/doi-chieu"


@require_safe
@route(receivers)
def window(request: HttpRequest) -> HttpResponseBase:
    """The window that goes on without a network. Names nobody, so that a machine may keep it."""
    return page(request, "counters/offline_window.html", None)


@require_safe
@route(receivers)
def listed(request: HttpRequest) -> HttpResponseBase:
    """What waits, which machines there are, where every number went."""
    actor, now = actor_of(request), clock.now()
    model = pages.listed_page(
        queries.waiting_entries(actor, now=now),
        queries.devices(actor, now=now),
        queries.accounts(actor, now=now),
    )
    return page(request, "counters/settling.html", model)


@require_http_methods(["GET", "HEAD", "POST"])
@route(receivers)
def show(request: HttpRequest, entry_id: UUID) -> HttpResponseBase:
    """One entry, field by field; POST: how it goes on."""
    actor, now = actor_of(request), clock.now()
    if request.method != "POST":
        return _show(request, entry_id, {}, now=now)
    command = Settle(
        entry_id=entry_id, choices=request.POST.dict(), at=_moment(request.POST.get("at", ""))
    )
    try:
        done = syncing.settle_entry(command, actor=actor, now=now)
    except DomainError as refusal:
        if refusal.kind is Kind.NOT_FOUND:
            raise
        wrong = {refusal.field or "form": refusal.message}
        return _show(request, entry_id, wrong, now=now, status=int(refusal.kind))
    messages.success(request, f"Đã xử lý lượt {done.code}. {done.sentence}")
    return redirect_after(LISTED)


def _show(
    request: HttpRequest,
    entry_id: UUID,
    wrong: Mapping[str, str],
    *,
    now: datetime,
    status: int = 200,
) -> HttpResponseBase:
    row = queries.entry_row(entry_id, actor_of(request), now=now)
    model = pages.entry_page(row, wrong, request.POST)
    return page(request, "counters/entry.html", model, status=status)


def _moment(text: str) -> datetime | None:
    """As `datetime-local` sends it, of the city."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=CITY_TZ)
    except ValueError:
        return None


@require_POST
@route(receivers)
def revoke(request: HttpRequest, counter_device_id: UUID) -> HttpResponseBase:
    """A machine that is lost gets no more numbers."""
    machines.revoke_device(counter_device_id, actor=actor_of(request), now=clock.now())
    messages.success(request, "Đã thu hồi máy và các dải số của máy.")
    return redirect_after(LISTED)
