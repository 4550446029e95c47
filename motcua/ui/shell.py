"""Khung trang: each portal registers what surrounds its pages; the shell templates ask here.

A page of a context is shown inside a portal that the context cannot import. So the portal registers
a provider under the name of its shell (`citizen`, `desk`, `lead`, `office`) when it starts, and the
shell template calls it by that name once per request.
"""

from collections.abc import Callable
from dataclasses import replace

from django.http import HttpRequest
from django.utils.translation import gettext

from motcua.kernel.actors import Actor
from motcua.ui.parts import Band, NavItem, Shell

Provider = Callable[[HttpRequest], Shell]

_PROVIDERS: dict[str, Provider] = {}
_BANDS: list[Callable[[HttpRequest], Band | None]] = []
_BARE = {
    "citizen": Shell(brand="Công dân số", place="Thành phố Hồ Chí Minh", home_url="/"),
    "desk": Shell(brand="Bàn làm việc", place="Một Cửa", home_url="/"),
    "lead": Shell(brand="Điều hành", place="UBND Thành phố", home_url="/"),
    "office": Shell(brand="Quản trị", place="Một Cửa", home_url="/"),
    "plain": Shell(brand="Một Cửa", place="Thành phố Hồ Chí Minh", home_url="/", sign_in_url=""),
}


def register(name: str, provider: Provider) -> None:
    """Called in the `ready` of a portal's app; a later portal of the same name wins."""
    _PROVIDERS[name] = provider


def register_band(provider: Callable[[HttpRequest], Band | None]) -> None:
    """Who knows of emergencies says so here; asked once per page, so it may not ask anybody."""
    _BANDS[:] = [provider]


def frame_for(actor: Actor) -> str:
    """The template around a page that officers and citizens share."""
    return "ui/desk.html" if actor.is_officer else "ui/citizen.html"


def shell_of(request: HttpRequest | None, name: str) -> Shell:
    """The shell with the current navigation item marked; asked from its portal once per request."""
    if request is None:
        return _BARE[name]
    kept: dict[str, Shell] = request.__dict__.setdefault("_shells", {})
    if name not in kept:
        provider = _PROVIDERS.get(name)
        shell = provider(request) if provider else _bare(request, name)
        nav = mark_current(shell.nav, request.path)
        kept[name] = replace(shell, nav=nav, band=shell.band or _band_of(request))
    return kept[name]


def _band_of(request: HttpRequest) -> Band | None:
    """Nothing for a page that is drawn outside of the city's requests."""
    if not _BANDS or not hasattr(request, "session"):
        return None
    return _BANDS[0](request)


def mark_current(items: tuple[NavItem, ...], path: str) -> tuple[NavItem, ...]:
    """Mark the item whose address is the longest beginning of the page's, unless one is set."""
    if any(item.current for item in items):
        return items
    fitting = [item.url for item in items if item.current is None and _leads_to(item.url, path)]
    best = max(fitting, key=len, default=None)
    return tuple(replace(item, current=item.url == best) for item in items)


def _leads_to(url: str, path: str) -> bool:
    address = url.partition("?")[0]
    return path == address or (
        address.count("/") > 1 and path.startswith(address.rstrip("/") + "/")
    )


def _bare(request: HttpRequest, name: str) -> Shell:
    shell = replace(_BARE[name], place=gettext(_BARE[name].place))
    actor = getattr(request, "actor", None)
    return replace(shell, person=actor.name) if actor is not None and actor.is_signed_in else shell
