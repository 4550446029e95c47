"""Danh sách: drafts, trials that run, and every procedure that a draft can be begun of."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST, require_safe

from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import Hit
from motcua.kernel import clock
from motcua.kernel.access import route
from motcua.kernel.clock import city_date
from motcua.kernel.text import fold
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.portals.office.asking import said
from motcua.portals.office.design.asking import DESIGNERS, URL, address_of
from motcua.portals.office.listing import Search
from motcua.ui import dates
from motcua.ui.parts import Cell, Empty, FieldError, Table

MOST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    title: str
    drafts: Table
    trials: Table
    search: Search
    found: tuple[Hit, ...]
    begin_url: str
    one_url: str
    errors: tuple[FieldError, ...] = ()


@require_safe
@route(DESIGNERS)
def show(request: HttpRequest) -> HttpResponseBase:
    words = said(request, "tim")
    model = HomePage(
        title="Thiết kế thủ tục",
        drafts=_drafts(),
        trials=_trials(),
        search=Search(url=URL, label="Tên hoặc mã thủ tục", value=words),
        found=_found(words),
        begin_url=f"{URL}/bat-dau",
        one_url=f"{URL}/thu-tuc",
    )
    return page(request, "office/design/home.html", model)


@require_POST
@route(DESIGNERS)
def begin(request: HttpRequest) -> HttpResponseBase:
    """Open the draft of a procedure, or begin it from what is in force."""
    code = request.POST.get("code", "")[:20]
    begun = procedures.begin_design(code, by=actor_of(request), now=clock.now())
    return redirect_after(address_of(begun.version_id))


def _found(words: str) -> tuple[Hit, ...]:
    """Procedures that are filed here; those that fit what was asked for."""
    wanted = fold(words)
    runs = [hit for hit in procedures.all_current(city_date(clock.now())) if hit.is_runnable]
    return tuple(
        hit for hit in runs if not wanted or wanted in fold(hit.name) or words in hit.code
    )[:MOST]


def _drafts() -> Table:
    rows = tuple(
        (
            Cell(text=one.code, url=address_of(one.version_id)),
            Cell(text=one.name),
            Cell(text=str(one.number), number=True),
            Cell(text=dates.city_moment(one.saved_at)),
        )
        for one in procedures.designs()
    )
    return Table(
        caption="Đang soạn",
        heads=(("Mã", False), ("Thủ tục", False), ("Phiên bản", True), ("Lưu lúc", False)),
        rows=rows,
        empty=Empty(title="Chưa có bản soạn nào", icon="file-pen"),
    )


def _trials() -> Table:
    rows = tuple(
        (
            Cell(text=one.code, url=f"{URL}/thu-tuc/{one.code}"),
            Cell(text=str(one.number), number=True),
            Cell(text=str(len(one.wards)), number=True),
            Cell(text=f"{one.starts_on:%d/%m/%Y} đến trước {one.ends_on:%d/%m/%Y}"),
        )
        for one in procedures.trials_of()
        if one.ended_at is None
    )
    return Table(
        caption="Đang thử ở một số phường, xã",
        heads=(("Mã", False), ("Phiên bản", True), ("Phường, xã", True), ("Thời gian", False)),
        rows=rows,
        empty=Empty(title="Không có lần thử nào", icon="flask-conical"),
    )
