"""Tùy chọn hiển thị: they live in cookies, so that they work before signing in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from motcua.kernel.access import open_to_all, route
from motcua.kernel.web import safe_next
from motcua.ui.themes import HELPS, TEXTS, THEMES

_A_YEAR = 365 * 24 * 3600


@route(open_to_all)
@require_POST
def set_preferences(request: HttpRequest) -> HttpResponse:
    """Keep what was chosen and go back to the page it was chosen on."""
    response = HttpResponseRedirect(safe_next(request))
    offered = {
        "language": (settings.LANGUAGE_COOKIE_NAME, dict(settings.LANGUAGES)),
        "theme": (settings.THEME_COOKIE_NAME, THEMES),
        "text": (settings.TEXT_COOKIE_NAME, TEXTS),
        "help": (settings.HELP_COOKIE_NAME, HELPS),
    }
    for field, (cookie, values) in offered.items():
        chosen = request.POST.get(field, "")
        if chosen in values:
            _keep(response, cookie, chosen, request)
    return response


def _keep(response: HttpResponse, name: str, value: str, request: HttpRequest) -> None:
    # Readable by our own script (the theme button); holds nothing about the person.
    response.set_cookie(name, value, max_age=_A_YEAR, secure=request.is_secure(), samesite="Lax")
