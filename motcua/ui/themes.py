"""Nền sáng, tối: what a person chose, kept in a cookie so that the server draws it at once."""

from django.conf import settings
from django.http import HttpRequest

THEMES = ("auto", "light", "dark")


def theme_of(request: HttpRequest | None) -> str:
    """What the person chose; `auto` follows the device."""
    chosen = request.COOKIES.get(settings.THEME_COOKIE_NAME, "") if request else ""
    return chosen if chosen in THEMES else "auto"
