"""Tình trạng: how the city is, each number with the way to its list."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from motcua.kernel import clock
from motcua.kernel.access import route
from motcua.kernel.web import actor_of, page
from motcua.portals.office.asking import ADMINISTRATORS
from motcua.portals.office.state import state_page


@require_safe
@route(ADMINISTRATORS)
def home(request: HttpRequest) -> HttpResponseBase:
    """How the city is now."""
    return page(request, "office/home.html", state_page(actor_of(request), now=clock.now()))
