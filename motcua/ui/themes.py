"""Nền sáng, tối, cỡ chữ, chế độ trợ giúp: kept in cookies so that the server draws them at once."""

from django.conf import settings
from django.http import HttpRequest

THEMES = ("auto", "light", "dark")
TEXTS = ("100", "125", "150")  # percent
ON, OFF = "on", "off"
HELPS = (ON, OFF)
_NORMAL, _HELPED = TEXTS[0], TEXTS[1]


def theme_of(request: HttpRequest | None) -> str:
    """What the person chose; `auto` follows the device."""
    chosen = _kept(request, settings.THEME_COOKIE_NAME)
    return chosen if chosen in THEMES else "auto"


def is_helped(request: HttpRequest | None) -> bool:
    """Chế độ trợ giúp: larger targets, an explanation and ways to people on every page."""
    return _kept(request, settings.HELP_COOKIE_NAME) == ON


def text_of(request: HttpRequest | None) -> str:
    """Percent. Who asked for help and chose no size reads one step larger."""
    chosen = _kept(request, settings.TEXT_COOKIE_NAME)
    if chosen in TEXTS:
        return chosen
    return _HELPED if is_helped(request) else _NORMAL


def _kept(request: HttpRequest | None, name: str) -> str:
    return request.COOKIES.get(name, "") if request else ""
