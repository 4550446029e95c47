"""Khung nhìn: filters kept under a name, one's own and those of the unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts.desk import SavedViewLine, ViewNotFound
from motcua.contexts.dossiers.web.desk.asking import BAN, Asked, asked, view_url
from motcua.contexts.dossiers.web.desk.filtering import conditions
from motcua.contexts.organisations import public as organisations
from motcua.kernel import clock
from motcua.kernel.access import officers, route
from motcua.kernel.actors import Actor
from motcua.kernel.errors import DomainError
from motcua.kernel.web import actor_of, page, redirect_after, uuid_of
from motcua.ui.parts import Action, FieldError, Option

URL = f"{BAN}/khung-nhin"


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewRow:
    """id: empty for a colleague's, which one only opens."""

    id: str
    name: str
    url: str
    note: str
    shared: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewsPage:
    """said: what the filter that one came with asks, in words."""

    rows: tuple[ViewRow, ...]
    url: str
    back_url: str
    said: tuple[Action, ...]
    units: tuple[Option, ...]
    name: str
    unit: str
    errors: tuple[FieldError, ...] = ()
    wrong: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@route(officers)
def views(request: HttpRequest) -> HttpResponseBase:
    """Keep the filter in the address under a name; open, share or drop those kept."""
    wanted, actor = asked(request), actor_of(request)
    if request.method != "POST":
        return page(request, "dossiers/desk/views.html", _page(actor, wanted, {}))
    typed = {name: str(value) for name, value in request.POST.items()}
    try:
        sentence = _done(typed, actor, wanted)
    except DomainError as refusal:
        model = _page(actor, wanted, typed, refusal)
        return page(request, "dossiers/desk/views.html", model, status=int(refusal.kind))
    messages.success(request, sentence)
    return redirect_after(URL)


def _done(typed: Mapping[str, str], actor: Actor, wanted: Asked) -> str:
    """Raises: what the actions raise."""
    now, unit = clock.now(), uuid_of(typed.get("unit", ""))
    if "drop" in typed:
        casework.drop_view(_view(typed["drop"]), actor=actor, now=now)
        return "Đã xóa khung nhìn."
    if "share" in typed:
        casework.share_view(_view(typed["share"]), unit_id=unit, actor=actor, now=now)
        return "Cả đơn vị thấy khung nhìn này." if unit else "Chỉ bạn thấy khung nhìn này."
    name, filters = typed.get("name", ""), view_url(wanted.filters).partition("?")[2]
    casework.save_view(name, filters, unit_id=unit, actor=actor, now=now)
    return f"Đã lưu khung nhìn «{name.strip()}»."


def _view(text: str) -> UUID:
    view_id = uuid_of(text)
    if view_id is None:
        raise ViewNotFound
    return view_id


def _page(
    actor: Actor, wanted: Asked, typed: Mapping[str, str], refusal: DomainError | None = None
) -> ViewsPage:
    found = casework.saved_views(actor, now=clock.now())
    units = organisations.units_by_id({post.unit_id for post in actor.posts})
    names = organisations.officers_by_id({view.officer_id for view in found})
    wrong = refusal.message if refusal else ""
    return ViewsPage(
        rows=tuple(_row(view, names[view.officer_id].full_name) for view in found),
        url=wanted.url(URL),
        back_url=wanted.url(),
        said=conditions(wanted),
        units=tuple(Option(value=str(i), label=unit.name) for i, unit in units.items()),
        name=typed.get("name", ""),
        unit=typed.get("unit", ""),
        errors=(FieldError(text=wrong, field="name"),) if wrong else (),
        wrong=wrong,
    )


def _row(view: SavedViewLine, owner: str) -> ViewRow:
    note = "Cả đơn vị thấy" if view.shared else "Chỉ bạn thấy"
    return ViewRow(
        id=str(view.id) if view.mine else "",
        name=view.name,
        url=address_of(view),
        note=note if view.mine else f"{owner} chia sẻ",
        shared=view.shared,
    )


def address_of(view: SavedViewLine) -> str:
    """The list as the view asks, under its name."""
    return f"{BAN}?{view.asked}{'&' if view.asked else ''}khung={view.id}"
