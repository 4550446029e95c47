"""Bảng gọi số: for the screen of a hall and for whoever waits outside. Nobody's name."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.contexts.counters.queries import queue
from motcua.contexts.counters.web import hall_pages
from motcua.kernel import clock
from motcua.kernel.access import open_to_all, route
from motcua.kernel.web import page


@never_cache
@require_safe
@route(open_to_all)
def board(request: HttpRequest, desk: str) -> HttpResponseBase:
    """Draws itself anew; says since when it could not. Raises: DeskNotFound."""
    now = clock.now()
    unit = queue.desk(desk, now=now)
    model = hall_pages.board_page(unit, queue.board(unit.id, now=now), now=now)
    return page(request, "counters/board.html", model)
