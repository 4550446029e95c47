"""Bảng lệnh: one box for commands, views, procedures and dossiers; a page, and a sheet on Ctrl+K.

Asked by POST, like the search: what is typed may be somebody's number, and stays out of addresses.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.contexts.casework import public as casework
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import DossierNotFound, ReasonNotKept
from motcua.contexts.dossiers.web.desk import panes, undoing
from motcua.contexts.dossiers.web.desk.asking import BAN, asked
from motcua.contexts.dossiers.web.desk.viewing import address_of
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import Hit
from motcua.kernel import clock
from motcua.kernel.access import officers, route
from motcua.kernel.clock import city_date
from motcua.kernel.codes import DossierCode, PersonalNumber
from motcua.kernel.text import fold
from motcua.kernel.web import actor_of, page
from motcua.ui.parts import FieldError
from motcua.ui.shell import shell_of

URL = f"{BAN}/lenh"
PROCEDURES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """post: pressed, it does something; else it leads somewhere. note: in smaller letters."""

    label: str
    url: str
    note: str = ""
    post: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandsPage:
    """number: a personal number was typed, which the search asks a purpose for."""

    text: str
    at: str
    groups: tuple[tuple[str, tuple[Command, ...]], ...]
    number: str = ""
    errors: tuple[FieldError, ...] = ()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(officers, keyless=True)
def commands(request: HttpRequest) -> HttpResponseBase:
    """What fits the words, all when there are none. `hs`: the dossier that is open."""
    text = request.POST.get("q", "").strip()[:80]
    at = request.POST.get("hs", "") or request.GET.get("hs", "")
    by_number = PersonalNumber.parses(text) and not DossierCode.parses(text)
    groups = () if by_number else tuple(_groups(request, text, at))
    model = CommandsPage(text=text, at=at, groups=groups, number=text if by_number else "")
    return page(request, "dossiers/desk/commands.html", model)


def _groups(request: HttpRequest, text: str, at: str) -> Iterator[tuple[str, tuple[Command, ...]]]:
    hits = _hits(text)
    for title, found in (
        ("Hồ sơ", tuple(_dossiers(request, text))),
        (f"Hồ sơ đang mở {at}", _fitting(_here(request, at), text)),
        ("Khung nhìn", _fitting(_views(request), text)),
        ("Đi tới", _fitting(_places(request), text)),
        ("Thủ tục", tuple(_procedures(hits))),
        ("Việc của tôi theo thủ tục", tuple(_of_procedures(hits))),
    ):
        if found:
            yield title, found


def _fitting(commands: Iterator[Command], text: str) -> tuple[Command, ...]:
    """Those whose words begin with the words typed, without accents."""
    wanted = fold(text).split()
    return tuple(
        one
        for one in commands
        if all(any(w.startswith(part) for w in fold(one.label).split()) for part in wanted)
    )


def _dossiers(request: HttpRequest, text: str) -> Iterator[Command]:
    if DossierCode.parses(text):
        for line in dossiers.find(text, actor_of(request), now=clock.now()):
            note = f"{line.applicant_name} · {line.procedure_name}"
            yield Command(label=line.code, url=f"{BAN}/ho-so/{line.code}", note=note)


def _here(request: HttpRequest, at: str) -> Iterator[Command]:
    """What may be done with the open dossier, and what can be undone."""
    if sentence := undoing.offered(request):
        yield Command(label="Hoàn tác", url=f"{BAN}/hoan-tac", note=sentence, post=True)
    if not DossierCode.parses(at):
        return
    try:
        view = dossiers.desk_view(at, actor_of(request), now=clock.now())
    except (DossierNotFound, ReasonNotKept):
        return
    wanted, base = asked(request), f"{BAN}/ho-so/{at}"
    for button in panes.buttons_of(view, wanted):
        yield Command(label=button.label, url=button.url)
    if panes.may_claim(view):
        yield Command(label="Nhận việc này", url=f"{base}/nhan-viec", post=True)
    if view.may_give:
        yield Command(label="Giao cho người khác", url=f"{base}/giao")
    if view.mine:
        yield Command(label="Gác lại, làm sau", url=f"{base}/gac")
    for tab in panes.tabs_of(view, wanted, ""):
        yield Command(label=f"Xem phần {tab.label}", url=tab.url)


def _views(request: HttpRequest) -> Iterator[Command]:
    for view in casework.saved_views(actor_of(request), now=clock.now()):
        yield Command(label=view.name, url=address_of(view))


def _places(request: HttpRequest) -> Iterator[Command]:
    for item in shell_of(request, "desk").nav:
        yield Command(label=item.label, url=item.url)
    for label, url in (
        ("Lọc danh sách", f"{BAN}/loc"),
        ("Khung nhìn, lưu khung nhìn", f"{BAN}/khung-nhin"),
        ("Việc tôi đang gác", f"{BAN}?viec=gac"),
        ("Phím tắt", f"{BAN}/phim"),
        ("Thư viện câu chữ", f"{BAN}/cau-chu"),
        ("Các lần làm cùng lúc", f"{BAN}/cung-luc"),
    ):
        yield Command(label=label, url=url)


def _procedures(hits: tuple[Hit, ...]) -> Iterator[Command]:
    for hit in hits:
        yield Command(label=hit.name, url=f"/thu-tuc/{hit.code}", note=f"{hit.code} · {hit.field}")


def _of_procedures(hits: tuple[Hit, ...]) -> Iterator[Command]:
    for hit in hits:
        yield Command(label=hit.name, url=f"{BAN}?thu-tuc={hit.code}", note="lọc danh sách")


def _hits(text: str) -> tuple[Hit, ...]:
    if not text or DossierCode.parses(text):
        return ()
    return procedures.search(text, PROCEDURES, on=city_date(clock.now()))
