"""Tìm: one box for procedures, places and codes; the catalogue by event of life, field, level."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import Found, Hit, Level
from motcua.contexts.reference import public as reference
from motcua.contexts.reference.contracts import StreetView
from motcua.kernel import clock
from motcua.kernel.access import open_to_all, route
from motcua.kernel.clock import city_date
from motcua.kernel.codes import DossierCode, ProcedureCode
from motcua.kernel.text import fold
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.portals.citizen import pasted, saying
from motcua.portals.citizen.nearby import Desk, desk_of
from motcua.portals.citizen.places import Place, desks_on, wards_of
from motcua.portals.citizen.results import Result, results_of
from motcua.portals.citizen.scanning import CARD, SCAN_URL
from motcua.portals.citizen.streets import Streets, address_of, streets_of, url_of
from motcua.ui.parts import Action, Crumb, Empty, Option, Pager
from motcua.ui.words import foreign

MOST_FOUND = 20
FEW, FEW_STREETS = 6, 2  # suggestions; of them streets, beside procedures
LEAST = 2
A_PAGE = 30
LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class FindPage:
    """read_as: the words as they were mended. places: desks of a ward, or that lie on the street
    typed. streets: where streets of the name typed lie.

    nearest: «Có phải bạn tìm …?» when nothing was found. desk: the nearest, for who is known.
    """

    query: str
    read_as: str
    count: str
    places: tuple[Place, ...]
    streets: Streets | None
    streets_first: bool
    results: tuple[Result, ...]
    nearest: tuple[Crumb, ...]
    empty: Empty
    desk: Desk | None
    vietnamese: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowsePage:
    title: str
    crumbs: tuple[Crumb, ...]
    results: tuple[Result, ...]
    fields: tuple[Option, ...]
    field: str
    events: tuple[Option, ...]
    event: str
    levels: tuple[Option, ...]
    level: str
    only_here: bool
    empty: Empty
    pager: Pager | None


@route(open_to_all)
def find(request: HttpRequest) -> HttpResponseBase:
    """Words, a place, or a code of a procedure, dossier or paper: each leads to its place."""
    query = " ".join(request.GET.get("q", "").split())[:LONGEST]
    straight = _straight_to(request, query)
    if straight:
        return redirect_after(straight)
    now = clock.now()
    places = wards_of(query, now=now)
    streets = None if places else streets_of(query, now=now)
    places = places or desks_on(query, now=now)
    if any(place.wholly for place in places) or (streets and streets.surely):
        found = Found(hits=())
    else:
        found = procedures.find(query, MOST_FOUND, on=city_date(now))
    if ProcedureCode.parses(query) and found.hits and found.hits[0].code == ProcedureCode(query):
        return redirect_after(f"/thu-tuc/{found.hits[0].code}")
    nothing = not (found.hits or places or streets)
    model = FindPage(
        query=query,
        read_as=found.read_as,
        count=_count(len(found.hits)) if found.hits else "",
        places=places,
        streets=streets,
        streets_first=bool(streets) and not _has_title(query, found.hits),
        results=results_of(found.hits),
        nearest=tuple(_link(hit) for hit in found.nearest) if nothing else (),
        empty=_nothing(),
        desk=desk_of(actor_of(request), now=now) if nothing else None,
        vietnamese=foreign(),
    )
    return page(request, "citizen/find.html", model)


def _has_title(query: str, hits: tuple[Hit, ...]) -> bool:
    return any(fold(query) in fold(hit.name) for hit in hits)


def _straight_to(request: HttpRequest, query: str) -> str:
    """The one page that the words stand for; "" when they are to be searched."""
    if not query:
        return "/thu-tuc"
    if pasted.is_identity_card(query):
        return f"{SCAN_URL}?{urlencode({'vi-sao': CARD})}"
    if known := pasted.verification_url(query) or pasted.share_url(query):
        return known
    code = pasted.dossier_code(query)
    return _dossier_url(request, code) if code else ""


def _nothing() -> Empty:
    return Empty(
        title=_("Không tìm thấy thủ tục nào"),
        text=_(
            "Bạn thử ít chữ hơn, hoặc chọn theo việc trong đời. Gọi 1022 hoặc đến bộ phận "
            "Một cửa gần bạn: cán bộ tìm giúp."
        ),
        icon="search",
        action=Action(label=_("Xem tất cả thủ tục"), url="/thu-tuc"),
    )


def _link(hit: Hit) -> Crumb:
    return Crumb(
        label=saying.name_of(hit), url=f"/thu-tuc/{hit.code}", language=saying.language_of(hit)
    )


@route(open_to_all)
def suggest(request: HttpRequest) -> HttpResponseBase:
    """The first few procedures and streets for what is being typed, as data for the box."""
    query = " ".join(request.GET.get("q", "").split())[:LONGEST]
    if len(query) < LEAST:
        return JsonResponse({"found": [], "count": ""})
    today = city_date(clock.now())
    streets = reference.streets(query, today)
    hits = () if streets and streets[0].surely else procedures.search(query, FEW, on=today)
    found = [_suggestion(hit) for hit in hits]
    found[FEW - FEW_STREETS :] = [
        *found[FEW - FEW_STREETS : FEW - len(streets[:FEW_STREETS])],
        *(_street_suggestion(street) for street in streets[: FEW if not hits else FEW_STREETS]),
    ]
    return JsonResponse({"found": found, "count": _choices(len(found))})


def _suggestion(hit: Hit) -> dict[str, str]:
    return {
        "name": saying.name_of(hit),
        "language": saying.language_of(hit),
        "field": hit.field,
        "url": f"/thu-tuc/{hit.code}",
    }


def _street_suggestion(street: StreetView) -> dict[str, str]:
    return {
        "name": address_of(street),
        "language": foreign(),
        "field": _("Tìm phường, xã theo tên đường"),
        "url": url_of(street),
    }


def _choices(found: int) -> str:
    return ngettext("%(n)s gợi ý", "%(n)s gợi ý", found) % {"n": found} if found else ""


def _count(found: int) -> str:
    if found == MOST_FOUND:
        return _("%(n)s thủ tục gần với lời bạn gõ nhất") % {"n": found}
    return ngettext("%(n)s thủ tục", "%(n)s thủ tục", found) % {"n": found}


def _dossier_url(request: HttpRequest, code: DossierCode) -> str:
    """One's own dossier opens; anybody else's asks for the secret of the receipt."""
    if dossiers.find(code, actor_of(request), now=clock.now()):
        return f"/ho-so/{code}"
    return f"/tra-cuu?{urlencode({'ma': code})}"


@route(open_to_all)
def browse(request: HttpRequest) -> HttpResponseBase:
    """The catalogue, a page at a time, narrowed by field or event of life."""
    today = city_date(clock.now())
    field, event = request.GET.get("linh-vuc", ""), request.GET.get("viec", "")
    level = request.GET.get("cap", "")
    only_here = request.GET.get("nop") == "1"
    hits = procedures.browse(
        on=today,
        field=field,
        level=level,
        life_event=event,
        runnable=True if only_here else None,
        after=request.GET.get("sau", ""),
        limit=A_PAGE + 1,
    )
    events = procedures.life_events(today, per_event=1)
    names = {e.key: e.name_en if saying.in_english() else e.name for e in events if e.procedures}
    title = names.get(event) or field or _("Thủ tục")
    kept = {"linh-vuc": field, "viec": event, "cap": level, "nop": "1" if only_here else ""}
    model = BrowsePage(
        title=title,
        crumbs=(Crumb(label=_("Thủ tục"), url="/thu-tuc"), *_crumb(title)),
        results=results_of(hits[:A_PAGE]),
        fields=tuple(
            Option(value=f.name, label=f"{f.name} ({f.count})") for f in procedures.fields(today)
        ),
        field=field,
        events=tuple(Option(value=key, label=name) for key, name in names.items()),
        event=event,
        levels=tuple(Option(value=one, label=saying.level_words((one,))) for one in Level),
        level=level,
        only_here=only_here,
        empty=Empty(
            title=_("Không có thủ tục nào ở mục này"),
            icon="search",
            action=Action(label=_("Xem tất cả thủ tục"), url="/thu-tuc"),
        ),
        pager=_pager(hits, kept),
    )
    return page(request, "citizen/browse.html", model)


def _crumb(title: str) -> tuple[Crumb, ...]:
    return (Crumb(label=title),) if title != _("Thủ tục") else ()


def _pager(hits: tuple[Hit, ...], kept: dict[str, str]) -> Pager | None:
    if len(hits) <= A_PAGE:
        return None
    said = {key: value for key, value in kept.items() if value}
    return Pager(older_url="/thu-tuc?" + urlencode({**said, "sau": hits[A_PAGE - 1].code}))
