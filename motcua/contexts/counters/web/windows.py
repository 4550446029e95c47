"""Bàn gọi số: sit down, call with F2, call again, absent, on to another, done."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from motcua.contexts.counters.actions import calling, windows
from motcua.contexts.counters.contracts.queue import (
    DeskNotFound,
    NobodyWaits,
    TicketNotFound,
    WindowTaken,
)
from motcua.contexts.counters.policies import SERVING
from motcua.contexts.counters.queries import queue
from motcua.contexts.counters.web import window_pages
from motcua.kernel import clock
from motcua.kernel.access import roles, route
from motcua.kernel.errors import DomainError, Invalid
from motcua.kernel.text import whole
from motcua.kernel.web import actor_of, page, redirect_after, safe_next, uuid_of

serving = roles(*SERVING)
URL = "/quay/ban"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(serving)
def window(request: HttpRequest) -> HttpResponseBase:
    """One's window of today; whoever sits nowhere chooses one."""
    actor, now = actor_of(request), clock.now()
    if request.method == "POST":
        return _sit_down(request)
    own = queue.own_window(actor, now=now)
    if own is None:
        return _opening(request)
    model = window_pages.window_page(own, queue.desk_by_id(own.unit_id), actor, now=now)
    return page(request, "counters/window.html", model)


def _sit_down(request: HttpRequest) -> HttpResponseBase:
    actor, now = actor_of(request), clock.now()
    desks = queue.desks_of(actor, now=now)
    unit_id = uuid_of(request.POST.get("unit", "")) or (desks[0].id if desks else None)
    if unit_id is None:
        raise DeskNotFound
    try:
        opened = windows.open_window(
            unit_id,
            number=whole(request.POST.get("number", "")) or 0,
            groups=request.POST.getlist("groups"),
            actor=actor,
            now=now,
        )
    except (Invalid, WindowTaken) as refusal:
        return _opening(request, refusal)
    messages.success(request, f"Bạn đang ở bàn số {opened.number}. F2 gọi số tiếp theo.")
    return redirect_after(URL)


def _opening(request: HttpRequest, refused: DomainError | None = None) -> HttpResponseBase:
    """Raises: DeskNotFound for whoever has no desk with a queue."""
    actor, now = actor_of(request), clock.now()
    desks = queue.desks_of(actor, now=now)
    if not desks:
        raise DeskNotFound
    wrong = {refused.field or "number": refused.message} if refused else {}
    typed = {name: request.POST.get(name, "") for name in ("unit", "number")}
    model = window_pages.opening_page(
        desks, typed, request.POST.getlist("groups"), now=now, errors=wrong
    )
    return page(request, "counters/opening.html", model, status=422 if refused else 200)


@require_POST
@route(serving)
def close(request: HttpRequest) -> HttpResponseBase:
    windows.close_window(actor=actor_of(request), now=clock.now())
    messages.success(request, "Đã đóng bàn.")
    return redirect_after(URL)


@require_POST
@route(serving)
def call(request: HttpRequest) -> HttpResponseBase:
    """F2: the one at the window is done, the next one comes."""
    try:
        called = calling.call_next(
            seen=uuid_of(request.POST.get("seen", "")), actor=actor_of(request), now=clock.now()
        )
    except NobodyWaits as nobody:
        messages.info(request, nobody.message)
        return redirect_after(safe_next(request, URL))
    messages.success(request, f"Mời số {called.label} đến bàn {called.window}.")
    return redirect_after(safe_next(request, URL))


@require_POST
@route(serving)
def again(request: HttpRequest) -> HttpResponseBase:
    calling.call_again(seen=_seen(request), actor=actor_of(request), now=clock.now())
    return redirect_after(URL)


@require_POST
@route(serving)
def absent(request: HttpRequest) -> HttpResponseBase:
    calling.mark_absent(seen=_seen(request), actor=actor_of(request), now=clock.now())
    messages.success(request, "Đã ghi vắng. Người dân quay lại thì bạn đưa vào hàng.")
    return redirect_after(URL)


@require_POST
@route(serving)
def done(request: HttpRequest) -> HttpResponseBase:
    calling.finish(seen=_seen(request), actor=actor_of(request), now=clock.now())
    return redirect_after(URL)


@require_POST
@route(serving)
def transfer(request: HttpRequest) -> HttpResponseBase:
    """To a group, or to one window of it."""
    calling.transfer(
        seen=_seen(request),
        group=request.POST.get("group", ""),
        window_number=whole(request.POST.get("window", "")),
        actor=actor_of(request),
        now=clock.now(),
    )
    messages.success(request, "Đã chuyển. Người dân giữ số và thời gian đã chờ.")
    return redirect_after(URL)


@require_POST
@route(serving)
def priority(request: HttpRequest) -> HttpResponseBase:
    agreed = request.POST.get("agreed") == "yes"
    calling.settle_priority(
        seen=_seen(request), agreed=agreed, actor=actor_of(request), now=clock.now()
    )
    if not agreed:
        messages.success(request, "Số này về hàng thường, đúng thứ tự đã chờ.")
    return redirect_after(URL)


@require_POST
@route(serving)
def back(request: HttpRequest) -> HttpResponseBase:
    """Who was absent stands there. Raises: TicketNotFound."""
    ticket_id = uuid_of(request.POST.get("ticket", ""))
    if ticket_id is None:
        raise TicketNotFound
    calling.bring_back(ticket_id, actor=actor_of(request), now=clock.now())
    messages.success(request, "Đã đưa vào hàng, giữ thời gian đã chờ.")
    return redirect_after(URL)


def _seen(request: HttpRequest) -> UUID:
    """Raises: TicketNotFound."""
    found = uuid_of(request.POST.get("seen", ""))
    if found is None:
        raise TicketNotFound
    return found
