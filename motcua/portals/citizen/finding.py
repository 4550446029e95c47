"""Tìm: one box for procedures and dossier codes; the catalogue by field and event of life."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import Hit
from motcua.kernel import clock
from motcua.kernel.access import open_to_all, route
from motcua.kernel.clock import city_date
from motcua.kernel.codes import DossierCode, ProcedureCode
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.portals.citizen import saying
from motcua.ui.parts import Action, Chip, Crumb, Empty, Option, Pager, Tone

MOST_FOUND = 20
A_PAGE = 30
LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One procedure in a list: enough to know whether it is the right one."""

    name: str
    language: str
    url: str
    code: str
    field: str
    field_language: str
    who: str
    duration: str
    fee: str
    chip: Chip


@dataclass(frozen=True, slots=True, kw_only=True)
class FindPage:
    query: str
    count: str
    results: tuple[Result, ...]
    empty: Empty


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowsePage:
    title: str
    crumbs: tuple[Crumb, ...]
    results: tuple[Result, ...]
    fields: tuple[Option, ...]
    field: str
    events: tuple[Option, ...]
    event: str
    only_here: bool
    empty: Empty
    pager: Pager | None


@route(open_to_all)
def find(request: HttpRequest) -> HttpResponseBase:
    """Words, a procedure code, or a dossier code: each leads to its place."""
    query = " ".join(request.GET.get("q", "").split())[:LONGEST]
    if not query:
        return redirect_after("/thu-tuc")
    if DossierCode.parses(query):
        return redirect_after(_dossier_url(request, DossierCode(query)))
    hits = procedures.search(query, MOST_FOUND, on=city_date(clock.now()))
    if ProcedureCode.parses(query) and hits and hits[0].code == ProcedureCode(query):
        return redirect_after(f"/thu-tuc/{hits[0].code}")
    model = FindPage(
        query=query,
        count=_count(len(hits)),
        results=tuple(result_of(hit) for hit in hits),
        empty=Empty(
            title=_("Không tìm thấy thủ tục nào"),
            text=_("Bạn thử ít chữ hơn, hoặc chọn theo việc trong đời, hoặc gọi 1022."),
            icon="search",
            action=Action(label=_("Xem tất cả thủ tục"), url="/thu-tuc"),
        ),
    )
    return page(request, "citizen/find.html", model)


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
    only_here = request.GET.get("nop") == "1"
    hits = procedures.browse(
        on=today,
        field=field,
        life_event=event,
        runnable=True if only_here else None,
        after=request.GET.get("sau", ""),
        limit=A_PAGE + 1,
    )
    events = procedures.life_events(today, per_event=1)
    names = {e.key: e.name_en if saying.in_english() else e.name for e in events if e.procedures}
    title = names.get(event) or field or _("Thủ tục")
    kept = {"linh-vuc": field, "viec": event, "nop": "1" if only_here else ""}
    model = BrowsePage(
        title=title,
        crumbs=(Crumb(label=_("Thủ tục"), url="/thu-tuc"), *_crumb(title)),
        results=tuple(result_of(hit) for hit in hits[:A_PAGE]),
        fields=tuple(
            Option(value=f.name, label=f"{f.name} ({f.count})") for f in procedures.fields(today)
        ),
        field=field,
        events=tuple(Option(value=key, label=name) for key, name in names.items()),
        event=event,
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


def result_of(hit: Hit) -> Result:
    version = procedures.version(hit.version_id)
    words = version.texts.in_language("en" if saying.in_english() else "vi")
    here = Chip(label=_("Nộp được ở đây"), tone=Tone.GO, icon="send")
    return Result(
        name=saying.name_of(hit),
        language=saying.language_of(hit),
        url=f"/thu-tuc/{hit.code}",
        code=hit.code,
        field=hit.field,
        field_language="vi" if saying.in_english() else "",
        who=words.for_whom,
        duration=saying.shortest(version.durations),
        fee=saying.fee_summary(version.fees),
        chip=here if hit.is_runnable else Chip(label=_("Xem hướng dẫn"), icon="info"),
    )
