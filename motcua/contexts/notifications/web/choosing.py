"""Trang «Cách nhận thông báo»: kinds and ways, quiet hours, devices that are pushed to."""

from datetime import time
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.contexts.exchange import public as exchange
from motcua.contexts.identity import public as identity
from motcua.contexts.notifications import queries
from motcua.contexts.notifications.actions.devices import allow_device, end_device
from motcua.contexts.notifications.actions.wishing import choose
from motcua.contexts.notifications.contracts import Channel, DeviceNotFound, HoursUnreadable
from motcua.contexts.notifications.rules.hours import Quiet
from motcua.contexts.notifications.rules.wishes import CHOSEN, Wishes
from motcua.contexts.notifications.web.choosing_pages import choosing_page
from motcua.kernel import clock
from motcua.kernel.access import actor_of, route, signed_in
from motcua.kernel.web import page, redirect_after
from motcua.ui.words import language

TRIED = "Máy thử của trang mô phỏng"


@never_cache
@require_safe
@route(signed_in)
def choosing(request: HttpRequest) -> HttpResponseBase:
    actor, now = actor_of(request), clock.now()
    model = choosing_page(
        queries.wishes_of(queries.own_preferences(actor, now=now)),
        [queries.device_view(row) for row in queries.own_devices(actor, now=now)],
        push_key=exchange.push_key(),
        may_try=settings.SIMULATORS,
        actor=actor,
    )
    return page(request, "notifications/choosing.html", model)


@require_POST
@route(signed_in)
def save(request: HttpRequest) -> HttpResponseBase:
    """A box that is not ticked is not sent, so it is off. Raises: HoursUnreadable."""
    ticked = frozenset(request.POST.getlist("bat"))
    pairs = frozenset((kind, channel) for kind in CHOSEN for channel in Channel)
    wanted = Wishes(
        off=frozenset(pair for pair in pairs if ":".join(pair) not in ticked),
        quiet=Quiet(_hour(request, "tu"), _hour(request, "den")),
        gathers=request.POST.get("gop") == "1",
    )
    choose(wanted, actor=actor_of(request), now=clock.now())
    messages.success(request, _("Đã lưu cách nhận thông báo."))
    return redirect_after(reverse("notifications:choosing"))


@require_POST
@route(signed_in)
def allow(request: HttpRequest) -> HttpResponseBase:
    """What the browser's `subscribe` gave. Raises: PushServiceUnknown, UnreadableKeys."""
    given = request.POST
    return _allowed(
        request,
        endpoint=given.get("endpoint", ""),
        p256dh=given.get("p256dh", ""),
        auth=given.get("auth", ""),
        name=identity.device_words(request.headers.get("User-Agent", "")),
    )


@require_POST
@route(signed_in)
def try_device(request: HttpRequest) -> HttpResponseBase:
    """A browser played by the stand-ins; where none run there is no such address."""
    if not settings.SIMULATORS:
        raise DeviceNotFound
    made = exchange.try_device(actor=actor_of(request))
    keys = {name: str(made[name]) for name in ("endpoint", "p256dh", "auth")}
    return _allowed(request, name=TRIED, **keys)


@require_POST
@route(signed_in)
def end(request: HttpRequest, push_device_id: UUID) -> HttpResponseBase:
    """Raises: DeviceNotFound."""
    end_device(push_device_id, actor=actor_of(request), now=clock.now())
    messages.success(request, _("Đã gỡ máy. Máy đó không nhận tin đẩy nữa."))
    return redirect_after(reverse("notifications:choosing"))


def _allowed(
    request: HttpRequest, *, endpoint: str, p256dh: str, auth: str, name: str
) -> HttpResponseBase:
    allow_device(
        endpoint=endpoint,
        p256dh=p256dh,
        auth=auth,
        name=name,
        language=language(),
        actor=actor_of(request),
        now=clock.now(),
    )
    messages.success(request, _("Máy này nhận tin đẩy từ bây giờ."))
    return redirect_after(reverse("notifications:choosing"))


def _hour(request: HttpRequest, name: str) -> time:
    try:
        return time.fromisoformat(request.POST.get(name, "")).replace(second=0, microsecond=0)
    except ValueError as problem:
        raise HoursUnreadable from problem
