"""Điều hành: the board of the city or of a unit, its definitions, its export."""

from collections.abc import Iterator
from datetime import datetime

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import Board
from motcua.kernel import clock
from motcua.kernel.access import roles, route
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import city_date
from motcua.kernel.purpose import Purpose
from motcua.kernel.web import actor_of, page
from motcua.portals.lead import pages, saying
from motcua.portals.lead.asking import Asked, asked
from motcua.portals.lead.method import method_page
from motcua.ui.exporting import csv_answer

WATCHERS = roles(Role.LEADER, Role.SIGNER, Role.DIVISION_HEAD)


@require_safe
@route(WATCHERS, purpose=Purpose.LEAD)
def board(request: HttpRequest) -> HttpResponseBase:
    """How the city or one unit stands, and what asks for a decision."""
    actor, now = actor_of(request), clock.now()
    wanted = asked(request, actor)
    sort = request.GET.get("xep", "tre")
    model = pages.board_page(
        _board(actor, wanted, now),
        wanted,
        sort=sort if sort in pages.SORTS else "tre",
        every=request.GET.get("het") == "1",
        today=city_date(now),
        leads_city=actor.has(Role.LEADER),
    )
    return page(request, "lead/board.html", model)


@require_safe
@route(WATCHERS, purpose=Purpose.LEAD)
def export(request: HttpRequest) -> HttpResponseBase:
    """The table of the board as CSV, all rows and the total."""
    actor, now = actor_of(request), clock.now()
    wanted = asked(request, actor)
    shown = _board(actor, wanted, now)
    heads = ("Đơn vị" if wanted.unit is None else "Lĩnh vực", *(t for t, _b in pages.COLUMNS))
    name = f"dieu-hanh-{city_date(now):%Y%m%d}.csv"
    return csv_answer(name, heads, _rows(shown, wanted))


def _board(actor: Actor, wanted: Asked, now: datetime) -> Board:
    return dossiers.board(
        actor, now=now, months=wanted.months, unit_id=wanted.unit_id, as_was=wanted.as_was
    )


def _rows(board: Board, wanted: Asked) -> Iterator[tuple[str, ...]]:
    names = saying.field_names(city_date(board.as_of))
    parts = board.by_unit if wanted.unit is None else board.by_field
    for part in (*parts, board.whole):
        name = names.get(part.field, part.field) if part.field else part.unit_name
        name = "Tổng" if part is board.whole else name
        yield (name, *(str(part.counts[bucket]) for _title, bucket in pages.COLUMNS))


@require_safe
@route(WATCHERS, purpose=Purpose.LEAD)
def method(request: HttpRequest) -> HttpResponseBase:
    """What each number counts."""
    return page(request, "lead/method.html", method_page())
