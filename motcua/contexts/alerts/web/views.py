"""Trang cảnh báo cho mọi người: the list, each alert, «Tôi đã đọc», followed wards."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.contexts.alerts import public
from motcua.contexts.alerts.actions import following as follow_actions
from motcua.contexts.alerts.actions import reading
from motcua.contexts.alerts.contracts import PlaceKind, PlaceMalformed
from motcua.contexts.alerts.queries import alerts, following, reach
from motcua.contexts.alerts.web import pages
from motcua.kernel import clock
from motcua.kernel.access import actor_of, citizens, open_to_all, route
from motcua.kernel.errors import Conflict, Invalid
from motcua.kernel.web import page, redirect_after, uuid_of
from motcua.ui.parts import FieldError


@never_cache
@require_safe
@route(open_to_all)
def listed(request: HttpRequest) -> HttpResponseBase:
    """What holds now, ward by ward, and everything that was released. Raises: AlertNotFound."""
    actor, now = actor_of(request), clock.now()
    released = alerts.released(actor, now=now, before=request.GET.get("truoc", ""))
    places = following.places(actor, now=now) if actor.is_citizen else ()
    followed = frozenset(one.ward_code for one in places)
    model = pages.list_page(public.in_force(now), released, followed, now=now)
    return page(request, "alerts/list.html", model)


@never_cache
@require_safe
@route(open_to_all)
def show(request: HttpRequest, alert_code: str) -> HttpResponseBase:
    """One alert. A resident on its list has seen it from here on. Raises: AlertNotFound."""
    actor, now = actor_of(request), clock.now()
    one = alerts.public_one(alert_code, actor, now=now)
    row = reach.of_person(one.id, actor.own_ids) if actor.is_citizen else None
    if row is not None and row.seen_at is None:
        reading.note_seen(one, actor=actor, now=now)
    model = pages.alert_page(
        one,
        successor=alerts.successor(one.code, actor, now=now),
        confirm=row is not None and row.read_at is None,
        confirmed_at=row.read_at if row else None,
        now=now,
    )
    return page(request, "alerts/show.html", model)


@require_POST
@route(citizens)
def confirm(request: HttpRequest, alert_code: str) -> HttpResponseBase:
    """«Tôi đã đọc». Raises: AlertNotFound."""
    actor, now = actor_of(request), clock.now()
    one = alerts.public_one(alert_code, actor, now=now)
    reading.confirm_read(one, actor=actor, now=now)
    messages.success(request, _("Đã ghi nhận bạn đã đọc cảnh báo."))
    return redirect_after(f"{pages.HERE}/{one.code}")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(citizens)
def places(request: HttpRequest) -> HttpResponseBase:
    """Wards one follows: add, consent to the registered home, stop."""
    if request.method != "POST":
        return _places(request)
    try:
        _change(request)
    except (Invalid, Conflict) as refusal:
        error = FieldError(text=refusal.message, field=refusal.field or "")
        return _places(request, error, status=int(refusal.kind))
    messages.success(request, _("Đã lưu nơi theo dõi."))
    return redirect_after("/toi/noi-theo-doi")


def _change(request: HttpRequest) -> None:
    """Raises: PlaceMalformed, TooManyPlaces, NoKnownHome."""
    actor, now, said = actor_of(request), clock.now(), request.POST
    if said.get("viec") == "bo":
        follow_actions.unfollow(_place(said.get("noi", "")), actor=actor, now=now)
    elif said.get("viec") == "noi-o":
        follow_actions.follow_home(actor=actor, now=now)
    else:
        kind = said.get("kind", "")
        if kind not in set(PlaceKind):
            raise PlaceMalformed(_("Bạn chọn vì sao theo dõi nơi này."), field="kind")
        follow_actions.follow(said.get("ward", ""), PlaceKind(kind), actor=actor, now=now)


def _place(text: str) -> UUID:
    found = uuid_of(text)
    if found is None:
        raise PlaceMalformed
    return found


def _places(request: HttpRequest, *errors: FieldError, status: int = 200) -> HttpResponseBase:
    found = following.places(actor_of(request), now=clock.now())
    typed = {name: request.POST.get(name, "") for name in ("ward", "kind")}
    model = pages.places_page(found, typed, *errors)
    return page(request, "alerts/places.html", model, status=status)
