"""Hệ thống cấp phát: which personnel systems may tell us of officers, over SCIM."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from motcua.contexts.identity import public as identity
from motcua.contexts.identity.contracts.provisioning import ClientNameMissing
from motcua.kernel import clock
from motcua.kernel.access import route
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.portals.office.accounts import TITLE as ACCOUNTS
from motcua.portals.office.accounts import URL as ACCOUNTS_URL
from motcua.portals.office.asking import ADMINISTRATORS
from motcua.portals.office.listing import crumbs
from motcua.ui import dates
from motcua.ui.parts import Action, Crumb, FieldError

URL = f"{ACCOUNTS_URL}/cap-phat"
TITLE = "Hệ thống cấp phát tài khoản"


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemRow:
    name: str
    since: str
    revoke: Action


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemsPage:
    """made: the token of a system just let in; shown once, kept nowhere."""

    title: str
    crumbs: tuple[Crumb, ...]
    rows: tuple[SystemRow, ...]
    made: str = ""
    errors: tuple[FieldError, ...] = ()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(ADMINISTRATORS)
def systems(request: HttpRequest) -> HttpResponseBase:
    """Who may call; let one more in."""
    if request.method != "POST":
        return page(request, "office/systems.html", _page(request))
    token, name = identity.new_client_token(), request.POST.get("name", "")
    try:
        identity.make_client(token, name=name, actor=actor_of(request), now=clock.now())
    except ClientNameMissing as refusal:
        model = _page(request, FieldError(text=refusal.message, field="name"))
        return page(request, "office/systems.html", model, status=int(refusal.kind))
    return page(request, "office/systems.html", _page(request, made=token))


@require_POST
@route(ADMINISTRATORS)
def revoke(request: HttpRequest, client_id: UUID) -> HttpResponseBase:
    identity.revoke_client(client_id, actor=actor_of(request), now=clock.now())
    messages.success(request, "Đã thu hồi. Hệ thống đó không gọi được nữa.")
    return redirect_after(URL)


def _page(request: HttpRequest, *errors: FieldError, made: str = "") -> SystemsPage:
    return SystemsPage(
        title=TITLE,
        crumbs=crumbs(Crumb(label=ACCOUNTS, url=ACCOUNTS_URL), Crumb(label=TITLE)),
        rows=tuple(
            SystemRow(
                name=one.name,
                since=dates.city_moment(one.created_at),
                revoke=Action(label="Thu hồi", url=f"{URL}/{one.id}/thu-hoi", post=True),
            )
            for one in identity.provisioning_clients(actor_of(request))
        ),
        made=made,
        errors=errors,
    )
