"""Nơi chốn gõ vào ô tìm: a ward of today or of the past, or a street where a desk stands."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import UnitNotFound
from motcua.contexts.reference import public as reference
from motcua.contexts.reference.contracts import CommuneView
from motcua.kernel.clock import city_date
from motcua.kernel.text import fold
from motcua.portals.citizen.nearby import Desk, desk_at
from motcua.ui.words import foreign

MOST = 4
_KIND = r"(?:phuong|p|xa|thi tran|tt|dac khu|uy ban nhan dan phuong|ubnd phuong|ubnd xa|ubnd)"
_KIND_FIRST = re.compile(rf"^{_KIND}\.?\s+")
_KIND_WITHIN = re.compile(r"\b(?:phuong|xa|dac khu)\s+(.+)$")
_STREET = re.compile(r"^(?:so\s+)?(?:\d+\S*\s+)?(?:duong\s+)?(.+)$")
_LEAST_STREET = 7  # letters: shorter names of streets are parts of other words


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A desk that receives there. why: how the words typed lead to it, "" when they name it.

    wholly: nothing but the place was typed.
    """

    desk: Desk
    why: str
    language: str
    wholly: bool


def wards_of(query: str, *, now: datetime) -> tuple[Place, ...]:
    """Wards by today's name, else by an old one."""
    typed = _typed(query)
    return _wards(typed, now)[:MOST] if typed else ()


def desks_on(query: str, *, now: datetime) -> tuple[Place, ...]:
    """Desks whose own address lies on the street typed."""
    typed = _typed(query)
    return _on_the_street(typed, now)[:MOST] if typed else ()


def _typed(query: str) -> str:
    return " ".join(fold(query).replace(",", " ").split())


def _wards(typed: str, now: datetime) -> tuple[Place, ...]:
    whole = {typed, _KIND_FIRST.sub("", typed)}
    if found := _named(whole, now, wholly=True):
        return found
    within = _KIND_WITHIN.search(typed)
    return _named({within[1]}, now, wholly=False) if within else ()


def _named(names: set[str], now: datetime, *, wholly: bool) -> tuple[Place, ...]:
    """By today's names; by those of the past when none is today's."""
    communes = reference.communes(city_date(now))
    today = [one for one in communes if not names.isdisjoint(_names(one.name, one.full_name))]
    why = {one.code: "" for one in today} or {
        one.code: _became(old, one) for one in communes if (old := _old_name(one, names))
    }
    asked = [one for one in communes if one.code in why]
    places = (_place(one, why[one.code], now, wholly=wholly) for one in asked)
    return tuple(place for place in places if place)


def _names(*names: str) -> set[str]:
    return {fold(name) for name in names}


def _old_name(commune: CommuneView, names: set[str]) -> str:
    for old in reference.predecessors(commune.code):
        bare = _KIND_FIRST.sub("", fold(old.old_name))
        if not bare.isdigit() and not names.isdisjoint({fold(old.old_name), bare}):
            return f"{old.old_name}, {old.old_district}" if old.old_district else old.old_name
    return ""


def _became(old: str, commune: CommuneView) -> str:
    return _("%(old)s (cũ) nay thuộc %(new)s.") % {"old": old, "new": commune.full_name}


def _place(commune: CommuneView, why: str, now: datetime, *, wholly: bool) -> Place | None:
    try:
        unit = organisations.one_stop_desk(commune.code, city_date(now))
    except UnitNotFound:
        return None
    return Place(desk=desk_at(unit, now=now), why=why, language=foreign(), wholly=wholly)


def _on_the_street(typed: str, now: datetime) -> tuple[Place, ...]:
    street = _STREET.fullmatch(typed)
    name = street[1] if street else ""
    if len(name) < _LEAST_STREET or " " not in name:
        return ()
    desks = organisations.one_stop_desks(city_date(now))
    on_it = [unit for unit in desks if re.search(rf"\b{re.escape(name)}\b", fold(unit.address))]
    desks_there = [desk_at(unit, now=now) for unit in on_it[:MOST]]
    return tuple(Place(desk=d, why="", language=foreign(), wholly=False) for d in desks_there)
