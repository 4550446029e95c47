"""Ai được làm gì: roles and addresses, from the policy that each route declares."""

from collections.abc import Iterable, Iterator

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from motcua.kernel import addresses
from motcua.kernel.access import route
from motcua.kernel.actors import ROLE_NAMES
from motcua.kernel.addresses import Route
from motcua.kernel.text import fold
from motcua.portals.office.asking import ADMINISTRATORS, HERE, PAGE, address, said
from motcua.portals.office.listing import (
    Choice,
    Listing,
    Row,
    Search,
    exported,
    list_page,
    page_after,
    shown,
)
from motcua.ui.parts import Cell, Empty, Option
from motcua.ui.words import count

URL = f"{HERE}/quyen"
WHO = {
    "nobody": "Chưa đăng nhập",
    "citizen": "Người dân",
    "officer": "Cán bộ",
    **{role.value: name[0].upper() + name[1:] for role, name in ROLE_NAMES.items()},
}
YES, NO = "Có", "–"


@require_safe
@route(ADMINISTRATORS)
def matrix(request: HttpRequest) -> HttpResponseBase:
    """Addresses by roles; one role narrows it to what that role may do."""
    api, who, words = _asked(request)
    found = _found(api=api, who=who, words=words)
    start, end, after = page_after([_key(one) for one in found], said(request, "sau", 300), PAGE)
    kept = {"phan": "api" if api else "", "vai": who, "tim": words}
    listing = Listing(
        heads=_heads(who),
        rows=tuple(_rows(found[start:end], who)),
        told=tuple(f"Dành cho: {_named(one)}" for one in found[start:end]),
        empty=Empty(title="Không có địa chỉ nào khớp", icon="search-x"),
        older_url=address("/quyen", **kept, sau=after) if after else "",
        first_url=address("/quyen", **kept) if start else "",
        export_url=address("/quyen/xuat.csv", **kept),
        by_time=False,
    )
    model = list_page(
        "Ai được làm gì",
        listing,
        note=f"{count(len(found))} địa chỉ. Đọc từ chính quyền khai ở mỗi địa chỉ. Ai thấy hồ sơ "
        "nào còn tùy hồ sơ, xem «vì sao» ở từng hồ sơ.",
        tabs=(
            Choice(label="Trang", url=address("/quyen", vai=who), current=not api),
            Choice(label="API", url=address("/quyen", phan="api", vai=who), current=api),
        ),
        search=Search(
            url=URL,
            label="Địa chỉ",
            value=words,
            hidden=(("phan", "api"),) if api else (),
            select_name="vai",
            select_label="Vai trò được vào",
            options=(
                Option(value="", label="Mọi vai trò"),
                *(Option(value=key, label=label) for key, label in WHO.items()),
            ),
            chosen=who,
        ),
    )
    return shown(request, model)


@require_safe
@route(ADMINISTRATORS)
def export(request: HttpRequest) -> HttpResponseBase:
    """The whole matrix as a file."""
    api, who, words = _asked(request)
    rows = tuple(_rows(_found(api=api, who=who, words=words), ""))
    return exported("quyen.csv", Listing(heads=_heads(""), rows=rows, empty=Empty(title="")))


def _asked(request: HttpRequest) -> tuple[bool, str, str]:
    who = said(request, "vai")
    return said(request, "phan") == "api", who if who in WHO else "", said(request, "tim")


def _found(*, api: bool, who: str, words: str) -> list[Route]:
    routes = addresses.operations() if api else addresses.pages()
    people, wanted = addresses.people(), fold(words)
    return sorted(
        (
            one
            for one in routes
            if (not wanted or wanted in fold(one.address))
            and (not who or (one.access is not None and addresses.may(one.access, people[who])))
        ),
        key=_key,
    )


def _key(one: Route) -> str:
    return f"{one.address} {one.methods}".strip()


def _heads(who: str) -> tuple[tuple[str, bool], ...]:
    if who:
        return (("Địa chỉ", False), ("Dành cho", False))
    return (("Địa chỉ", False), *((label, False) for label in WHO.values()))


def _rows(routes: Iterable[Route], who: str) -> Iterator[Row]:
    """With a role chosen: whom each address is for. Without: a mark for each role."""
    people = addresses.people()
    for one in routes:
        name = Cell(text=_key(one))
        if who:
            yield (name, Cell(text=_named(one)))
            continue
        allowed = (one.access is not None and addresses.may(one.access, people[key]) for key in WHO)
        yield (name, *(Cell(text=YES if may else NO) for may in allowed))


def _named(one: Route) -> str:
    return one.access.who if one.access else "chưa khai"
