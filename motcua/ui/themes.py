"""Nền sáng, tối: what a person chose, kept in a cookie so that the server draws it at once."""

from django.http import HttpRequest

THEME_COOKIE = "theme"
THEMES = ("auto", "light", "dark")


def theme_of(request: HttpRequest | None) -> str:
    """What the person chose; `auto` follows the device."""
    chosen = request.COOKIES.get(THEME_COOKIE, "") if request else ""
    return chosen if chosen in THEMES else "auto"
