"""Tra tên đường: in which old district a street lies, and which communes of today lie there."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from motcua.contexts.reference import queries
from motcua.contexts.reference.contracts import CommuneView, StreetView
from motcua.contexts.reference.models import Edition, Street
from motcua.contexts.reference.rules import former
from motcua.contexts.reference.rules import streets as rules
from motcua.kernel.snapshots import Snapshot
from motcua.kernel.text import fold, sort_key

STREETS = "streets"
MOST = 24


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    said: str
    district_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Streets:
    """by_key: one spelling of a name; nearly: the name with one syllable left out."""

    by_key: Mapping[str, tuple[Line, ...]]
    nearly: Mapping[tuple[int, str], tuple[str, ...]]
    districts: Mapping[str, frozenset[str]]


def streets(text: str, on: date) -> tuple[StreetView, ...]:
    """Streets that the words may name, each once for each old district; none when none is known.

    A district or a ward behind the name narrows the choice.
    """
    known = snapshot.current()
    if not known.by_key or not text.strip():
        return ()
    asked = rules.asked(text, known.districts)
    lines = _named(asked, known)
    if asked.districts:
        lines = [line for line in lines if former.plain(line.said) in asked.districts]
    there = [(line, _communes(line.district_code, on)) for line in lines]
    if asked.ward:
        narrowed = [(line, _of_ward(asked.ward, line, now)) for line, now in there]
        there = narrowed if any(now for _line, now in narrowed) else there
    views = [
        StreetView(name=line.name, district=line.said, communes=now, surely=asked.surely)
        for line, now in there
        if now
    ]
    return tuple(sorted(views, key=lambda view: sort_key(view.district))[:MOST])


def _named(asked: rules.Asked, known: Streets) -> list[Line]:
    for key in asked.names:
        if found := known.by_key.get(key):
            return list(found)
    if not asked.surely:
        return []
    return [line for key in asked.names for line in _nearly(key, known)]


def _nearly(key: str, known: Streets) -> list[Line]:
    near = {n for gap in rules.neighbours(key) for n in known.nearly.get(gap, ())}
    return [line for n in sorted(near) if rules.is_nearly(n, key) for line in known.by_key[n]]


def _communes(district: str, on: date) -> tuple[CommuneView, ...]:
    """The communes of today that took over a commune of that old district, whole or in part."""
    known = queries.snapshot.current()
    olds = {view.code for view in known.communes if view.district_code == district} | {district}
    codes = {passed.new_code for old in olds for passed in known.by_old_code.get(old, ())}
    return tuple(
        view for view in known.communes if view.code in codes and queries.is_valid(view, on)
    )


def _of_ward(ward: str, line: Line, there: Iterable[CommuneView]) -> tuple[CommuneView, ...]:
    """Those of today's name, else what the old ward of that district became."""
    there = tuple(there)
    today = tuple(view for view in there if fold(view.full_name) == ward)
    known = queries.snapshot.current()
    became = {
        passed.new_code
        for view in known.communes
        if view.district_code == line.district_code and former.plain(view.full_name) == ward
        for passed in known.by_old_code.get(view.code, ())
    }
    return today or tuple(view for view in there if view.code in became)


def _load() -> Streets:
    lines: dict[str, dict[tuple[str, str], Line]] = defaultdict(dict)
    rows = Street.objects.order_by("said", "name").values_list("name", "said", "district_code")
    for name, said, code in rows:
        lines[rules.key_of(name)][said, code] = Line(name, said, code)
    nearly: dict[tuple[int, str], list[str]] = defaultdict(list)
    for key in lines:
        for gap in rules.neighbours(key):
            nearly[gap].append(key)
    return Streets(
        by_key={key: tuple(found.values()) for key, found in lines.items()},
        nearly={gap: tuple(keys) for gap, keys in nearly.items()},
        districts=_ways({place for found in lines.values() for place in found}),
    )


def _ways(places: set[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """By the name of the file, and by the name that the district bore in June 2025."""
    ways: dict[str, set[str]] = defaultdict(set)
    names = {view.district_code: view.district_name for view in queries.snapshot.current().communes}
    for said, code in places:
        for name in (said, names.get(code, "")):
            for way in rules.ways_to_say(name) if name else ():
                ways[way].add(former.plain(said))
    return {way: frozenset(plain) for way, plain in ways.items()}


def _version() -> UUID | None:
    found = Edition.objects.filter(name=STREETS).first()
    return found.version if found else None


snapshot = Snapshot(_load, _version)
