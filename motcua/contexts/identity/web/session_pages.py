"""One's own sessions: where one is signed in, and the way to end each."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.contexts.identity.actions.sessions import end_other_sessions, end_session
from motcua.contexts.identity.adapters.sessions import digest_of
from motcua.contexts.identity.contracts import SessionView
from motcua.contexts.identity.queries import sessions
from motcua.kernel import clock
from motcua.kernel.access import actor_of, route, signed_in
from motcua.kernel.actors import Actor
from motcua.kernel.web import page, redirect_after
from motcua.ui import dates
from motcua.ui.parts import Fact, FieldError


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """id: empty for the session that asks, which is ended by signing out."""

    id: str
    device: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionsPage:
    shell: str
    rows: tuple[SessionRow, ...]
    has_others: bool
    errors: tuple[FieldError, ...] = ()


@never_cache
@require_safe
@route(signed_in)
def show(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    held = sessions.views_of(actor, this=_this(request), now=clock.now())
    model = SessionsPage(
        shell="ui/citizen.html" if actor.is_citizen else "ui/plain.html",
        rows=tuple(_row(one, actor) for one in held),
        has_others=any(not one.is_this for one in held),
    )
    return page(request, "identity/sessions.html", model)


@require_POST
@route(signed_in)
def end(request: HttpRequest, handle: str) -> HttpResponseBase:
    end_session(handle, actor=actor_of(request), now=clock.now())
    messages.success(request, _("Phiên đó đã kết thúc. Thiết bị ấy phải đăng nhập lại."))
    return redirect_after(reverse("identity:sessions"))


@require_POST
@route(signed_in)
def end_others(request: HttpRequest) -> HttpResponseBase:
    end_other_sessions(_this(request), actor=actor_of(request), now=clock.now())
    messages.success(request, _("Mọi phiên khác đã kết thúc. Chỉ còn phiên bạn đang dùng."))
    return redirect_after(reverse("identity:sessions"))


def _this(request: HttpRequest) -> str:
    return digest_of(request.session.session_key or "")


def _row(one: SessionView, actor: Actor) -> SessionRow:
    facts = (
        Fact(label=_("Mạng"), value=one.origin or _("Không rõ")),
        Fact(
            label=_("Đăng nhập lúc"),
            value=dates.city_moment(one.began_at),
        ),
        Fact(
            label=_("Dùng lần cuối"),
            value=dates.city_moment(one.used_at),
        ),
        Fact(label=_("Cách xác nhận"), value=_level(one.level, actor)),
    )
    return SessionRow(
        id="" if one.is_this else one.id,
        device=one.device or _("Thiết bị khác"),
        facts=tuple(fact for fact in facts if fact.value),
    )


def _level(level: int, actor: Actor) -> str:
    if actor.is_officer:
        return _("Hai lớp")
    return _("VNeID mức %(level)s") % {"level": level}
