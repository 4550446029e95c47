"""Tùy chọn hiển thị: language and theme live in cookies, so that they work before signing in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from motcua.kernel.access import open_to_all, route
from motcua.kernel.web import safe_next
from motcua.ui.themes import THEMES

_A_YEAR = 365 * 24 * 3600


@route(open_to_all)
@require_POST
def set_preferences(request: HttpRequest) -> HttpResponse:
    """Keep the language or the theme and go back to the page it was chosen on."""
    response = HttpResponseRedirect(safe_next(request))
    language, theme = request.POST.get("language", ""), request.POST.get("theme", "")
    if language in dict(settings.LANGUAGES):
        _keep(response, settings.LANGUAGE_COOKIE_NAME, language, request)
    if theme in THEMES:
        _keep(response, settings.THEME_COOKIE_NAME, theme, request)
    return response


def _keep(response: HttpResponse, name: str, value: str, request: HttpRequest) -> None:
    # Readable by our own script (the theme button); holds nothing about the person.
    response.set_cookie(name, value, max_age=_A_YEAR, secure=request.is_secure(), samesite="Lax")
