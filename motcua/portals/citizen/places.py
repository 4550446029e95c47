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
    """A desk that receives there. why: how the words typed lead to it, "" when they name it."""

    desk: Desk
    why: str
    language: str


def places_of(query: str, *, now: datetime) -> tuple[Place, ...]:
    """Wards first, by today's name, then by an old one; then streets of desks."""
    typed = " ".join(fold(query).replace(",", " ").split())
    if not typed:
        return ()
    wards = _wards(typed, now)
    found = wards or _on_the_street(typed, now)
    return found[:MOST]


def _wards(typed: str, now: datetime) -> tuple[Place, ...]:
    names = {typed, _KIND_FIRST.sub("", typed)}
    if within := _KIND_WITHIN.search(typed):
        names.add(within[1])
    today = city_date(now)
    communes = reference.communes(today)
    named = [one for one in communes if not names.isdisjoint(_names(one.name, one.full_name))]
    if named:
        return tuple(place for one in named if (place := _place(one, "", now)))
    return tuple(
        place
        for one in communes
        if (old := _old_name(one, names)) and (place := _place(one, _became(old, one), now))
    )


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


def _place(commune: CommuneView, why: str, now: datetime) -> Place | None:
    try:
        unit = organisations.one_stop_desk(commune.code, city_date(now))
    except UnitNotFound:
        return None
    return Place(desk=desk_at(unit, now=now), why=why, language=foreign())


def _on_the_street(typed: str, now: datetime) -> tuple[Place, ...]:
    street = _STREET.fullmatch(typed)
    name = street[1] if street else ""
    if len(name) < _LEAST_STREET or " " not in name:
        return ()
    desks = organisations.one_stop_desks(city_date(now))
    on_it = [unit for unit in desks if re.search(rf"\b{re.escape(name)}\b", fold(unit.address))]
    return tuple(Place(desk=desk_at(u, now=now), why="", language=foreign()) for u in on_it[:MOST])
