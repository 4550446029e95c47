"""Lọc: everything the inbox can be narrowed by, in words, as a page of its own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from motcua.contexts.casework import public as casework
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import SOURCE_NAMES, Source
from motcua.contexts.dossiers.web.desk import columns
from motcua.contexts.dossiers.web.desk.asking import NOBODY, Asked, asked
from motcua.contexts.organisations import public as organisations
from motcua.contexts.procedures import public as procedures
from motcua.contexts.reference import public as reference
from motcua.kernel import clock
from motcua.kernel.access import officers, route
from motcua.kernel.actors import ROLE_NAMES, Actor, Role
from motcua.kernel.clock import city_date
from motcua.kernel.text import sort_key
from motcua.kernel.web import actor_of, page, uuid_of
from motcua.ui import dates
from motcua.ui.parts import Action, FieldError, Option

HELD_WORDS = {"": "Ai giữ cũng được", NOBODY: "Chưa ai nhận"}
DUE_WORDS = {"qua-han": "Quá hạn", "hom-nay": "Hạn hôm nay", "tuan-nay": "Tuần này",
             "sau": "Sau tuần này"}  # fmt: skip
STATE_WORDS = {"": "Đang làm được", "cho": "Đang chờ người khác", "gac": "Tôi đang gác"}
ORDER_WORDS = {"": "Hạn của bước, gần nhất trước", "moi": "Mới đến bước này trước",
               "cu": "Đến bước này lâu nhất trước"}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A select of the form. options: the chosen one is `value`."""

    name: str
    label: str
    value: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterPage:
    choices: tuple[Choice, ...]
    text: str
    mine_only: bool
    due_from: str
    due_to: str
    supplements: str
    columns: tuple[tuple[str, str, bool], ...]  # value, head, chosen
    back_url: str
    errors: tuple[FieldError, ...] = ()


@require_safe
@route(officers)
def narrow(request: HttpRequest) -> HttpResponseBase:
    """Choose what the list shows; the answer is an address that can be kept and sent."""
    actor, wanted = actor_of(request), asked(request)
    return page(request, "dossiers/desk/filter.html", _page(actor, wanted, clock.now()))


def _page(actor: Actor, wanted: Asked, now: datetime) -> FilterPage:
    said = wanted.filters
    return FilterPage(
        choices=tuple(
            Choice(name=name, label=label, value=said.get(name, ""), options=options)
            for name, label, options in _choices(actor, now)
            if len(options) > 1
        ),
        text=said.get("chu", ""),
        mine_only=wanted.wanted.mine_only,
        due_from=said.get("tu", ""),
        due_to=said.get("den", ""),
        supplements=said.get("bo-sung", ""),
        columns=tuple(
            (name, column.head, name in wanted.columns)
            for name, column in columns.COLUMNS.items()
            if name not in columns.ALWAYS_SHOWN
        ),
        back_url=wanted.url(),
    )


def _choices(actor: Actor, now: datetime) -> Iterable[tuple[str, str, tuple[Option, ...]]]:
    today = city_date(now)
    kinds = dossiers.kinds_in_inbox(actor, now=now)
    names, fields = _procedures(today), _fields(today)
    steps, units = casework.step_names(), {post.unit_id for post in actor.posts}
    staff = {o.id: o.full_name for unit in units for o in organisations.officers_of(unit, today)}
    roles = {post.role for post in actor.posts}
    at = organisations.units_by_id(units)
    yield "viec", "Việc", _kept(STATE_WORDS)
    yield "han", "Hạn của bước", _kept({"": "Mọi hạn", **DUE_WORDS})
    yield "thu-tuc", "Thủ tục", _any("Mọi thủ tục", {k.subject_code for k in kinds}, names.get)
    yield "linh-vuc", "Lĩnh vực", _any("Mọi lĩnh vực", {k.field for k in kinds}, fields.get)
    yield "buoc", "Bước", _any("Mọi bước", {k.step for k in kinds}, steps.get)
    wards = {one.code for one in reference.communes(today)}
    yield "phuong", "Phường, xã, đặc khu", _any("Mọi nơi", wards, dossiers.ward_name)
    yield "kenh", "Kênh nộp", _any("Mọi kênh", set(Source), lambda s: SOURCE_NAMES[Source(s)])
    people = _any("", {str(one) for one in staff}, {str(i): n for i, n in staff.items()}.get)
    yield "giu", "Người giữ việc", (*_kept(HELD_WORDS), *people[1:])
    yield (
        "vai",
        "Vai trò của tôi",
        _any("Mọi vai trò", roles, lambda role: ROLE_NAMES[Role(role)].capitalize()),
    )
    yield (
        "don-vi",
        "Đơn vị của tôi",
        _any("Mọi đơn vị", {str(one) for one in at}, {str(i): u.name for i, u in at.items()}.get),
    )
    yield "xep", "Xếp theo", _kept(ORDER_WORDS)


def _kept(words: dict[str, str]) -> tuple[Option, ...]:
    return tuple(Option(value=value, label=label) for value, label in words.items())


def _any(
    every: str, values: Iterable[str], name: Callable[[str], str | None]
) -> tuple[Option, ...]:
    """Sorted by name; a choice of one is no choice."""
    named = [Option(value=str(value), label=name(value) or str(value)) for value in values if value]
    return (Option(value="", label=every), *sorted(named, key=lambda one: sort_key(one.label)))


def _procedures(on: date) -> dict[str, str]:
    return {str(hit.code): hit.name for hit in procedures.all_current(on)}


def _fields(on: date) -> dict[str, str]:
    return {field.code: field.name for field in procedures.fields(on)}


def conditions(asked: Asked) -> tuple[Action, ...]:
    """Each condition of the list in words; the link leaves it out."""
    today = city_date(clock.now())
    words: dict[str, Callable[[str], str]] = {
        "cua-toi": lambda _said: "Giao cho tôi",
        "thu-tuc": lambda said: _procedures(today).get(said, said),
        "linh-vuc": lambda said: _fields(today).get(said, said),
        "buoc": lambda said: f"Bước {casework.step_names().get(said, said)}",
        "phuong": dossiers.ward_name,
        "kenh": lambda said: SOURCE_NAMES[Source(said)] if said in set(Source) else said,
        "giu": _holder,
        "vai": lambda said: ROLE_NAMES[Role(said)].capitalize() if said in set(Role) else said,
        "don-vi": _unit,
        "tu": lambda said: f"Hạn từ {_day(said)}",
        "den": lambda said: f"Hạn đến {_day(said)}",
        "bo-sung": lambda said: f"Bổ sung từ {said} lần",
        "chu": lambda said: f"Thủ tục có chữ «{said}»",
    }
    said = asked.filters
    return tuple(
        Action(label=tell(said[name]), url=asked.without(name))
        for name, tell in words.items()
        if name in said
    )


def _holder(said: str) -> str:
    officer_id = uuid_of(said)
    if officer_id is None:
        return HELD_WORDS.get(said, said)
    found = organisations.officers_by_id([officer_id]).get(officer_id)
    return f"Đang ở {found.full_name}" if found else "Người giữ không còn"


def _unit(said: str) -> str:
    unit_id = uuid_of(said)
    found = organisations.units_by_id([unit_id]).get(unit_id) if unit_id else None
    return found.name if found else "Đơn vị không còn"


def _day(said: str) -> str:
    try:
        return dates.day(date.fromisoformat(said))
    except ValueError:
        return said
