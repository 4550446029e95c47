"""Địa chỉ của trang quản trị: who may come in, and what an address asks for."""

from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest

from motcua.kernel.access import roles
from motcua.kernel.actors import Role
from motcua.kernel.clock import moment_in
from motcua.kernel.text import whole

HERE = "/quan-tri"
ADMINISTRATORS = roles(Role.ADMINISTRATOR)
PAGE = 50


def said(request: HttpRequest, name: str, most: int = 100) -> str:
    """A parameter without the signs that no database takes."""
    text = request.GET.get(name, "")
    return "".join(letter for letter in text if letter.isprintable()).strip()[:most]


def number(request: HttpRequest, name: str) -> int | None:
    return whole(said(request, name), digits=18)


def moment(request: HttpRequest, name: str) -> datetime | None:
    """A time of day with its zone; anything else says nothing."""
    return moment_in(said(request, name))


def address(path: str, **parameters: str) -> str:
    """`address("/so-cai", truoc="12")`; underscores of names become dashes."""
    kept = {name.replace("_", "-"): value for name, value in parameters.items() if value}
    return f"{HERE}{path}?{urlencode(kept)}" if kept else f"{HERE}{path}"
