"""Cả nước: a commune of any province by name, of today or of before 1 July 2025, in any spelling.

«Hải Châu, Đà Nẵng», «xã Tân Phú Đồng Nai», «P. Bến Nghé, Q.1»: the place may end in a district,
a province, or both, with or without commas.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from motcua.contexts.reference.contracts import PlaceView
from motcua.contexts.reference.rules.former import bare, contradicts, plain
from motcua.kernel.text import fold

MOST = 24
LONGEST = 200
_COMMA = re.compile(r"\s*[,;]\s*")
_ABOVE = re.compile(r"\s*[,;]\s*|\s+(?=(?:quan|huyen|thi xa|thanh pho|tinh)\s)")
_PROVINCE = re.compile(r"^(?:tinh|thanh pho)\s+")
_KIND_LEFT = re.compile(r"\s+(?:tinh|thanh pho)$")
_KINDS = {"phuong", "xa", "thi tran", "dac khu", "quan", "huyen", "thi xa", "thanh pho"}
_SAME = {"hcm": "ho chi minh", "hn": "ha noi", "viet nam": ""}


@dataclass(frozen=True, slots=True)
class Known:
    """called: its plain name with the kind. above: plain names of what it lies or lay in."""

    view: PlaceView
    called: str
    above: frozenset[str]


@dataclass(frozen=True, slots=True)
class Country:
    """Every place by its plain name without kind; provinces of today and of the past, plain."""

    by_name: Mapping[str, tuple[Known, ...]]
    provinces: frozenset[str]
    today: Mapping[str, str]  # full name with province, by code
    former: Mapping[str, str]  # the same by old code


def country_of(rows: Iterable[tuple[PlaceView, str, tuple[str, ...]]]) -> Country:
    """rows: a place, its name alone, and the full names above it, the province of today last."""
    by_name: dict[str, list[Known]] = defaultdict(list)
    provinces: set[str] = set()
    today: dict[str, str] = {}
    former: dict[str, str] = {}
    sets: dict[tuple[str, ...], frozenset[str]] = {}
    for view, name, above in rows:
        if above not in sets:
            sets[above] = frozenset(map(area, above))
            provinces |= {area(one) for one in above if _PROVINCE.match(fold(one))}
        called = spelt(name)
        by_name[bare(called)].append(Known(view, called, sets[above]))
        if view.old_code:
            former.setdefault(view.old_code, view.old_name)
        else:
            today[view.code] = view.name
    return Country({n: tuple(k) for n, k in by_name.items()}, frozenset(provinces), today, former)


def spelt(text: str) -> str:
    """Plain, a hyphen as a blank: «Phan Rang - Tháp Chàm» and «Phan Rang-Tháp Chàm» are one."""
    return " ".join(plain(text).replace("-", " ").split())


def area(text: str) -> str:
    """A district or province without its kind: «TP. Đà Nẵng» is «da nang»."""
    said = bare(_PROVINCE.sub("", spelt(text)))
    return _SAME.get(said, said)


def named(text: str, country: Country) -> tuple[PlaceView, ...]:
    """Places that the words name: those of the city first, then those of today.

    Whole names come before beginnings of names; what stands behind the name narrows the choice.
    """
    readings = list(_readings(spelt(text[:LONGEST]), country.provinces))
    for find in (_called, _beginning):
        for name, above in readings:
            found = [one for one in find(name, country) if above <= one.above]
            if found:
                return _in_order(found)
    return ()


def _readings(said: str, provinces: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """A name and what stands above it, in every way the words can be divided, surest first."""
    for border in (_COMMA, _ABOVE):
        name, *above = [part for part in border.split(said) if part] or [""]
        places = frozenset(filter(None, map(area, above)))
        yield name, places
        for province in (*provinces, *_SAME):
            if name.endswith(f" {province}"):
                shorter = _KIND_LEFT.sub("", name.removesuffix(f" {province}"))
                if shorter not in _KINDS:  # «phường Thái Nguyên» is a name
                    yield shorter, places | {_SAME.get(province, province)} - {""}


def _called(name: str, country: Country) -> Iterator[Known]:
    for one in country.by_name.get(bare(name), ()):
        if not contradicts(one.called, name):
            yield one


def _beginning(name: str, country: Country) -> Iterator[Known]:
    begins = bare(name)
    if len(begins) < 2:
        return
    for called, places in country.by_name.items():
        if called.startswith(begins):
            yield from (one for one in places if not contradicts(one.called, name))


def _in_order(found: list[Known]) -> tuple[PlaceView, ...]:
    """An old commune is left out where the one of today that it became has the same name."""
    now = {(one.view.code, one.called) for one in found if not one.view.old_code}
    kept = [k.view for k in found if not k.view.old_code or (k.view.code, k.called) not in now]
    return tuple(sorted(kept, key=_rank)[:MOST])


def _rank(one: PlaceView) -> tuple[bool, bool, str, str]:
    return not one.in_city, bool(one.old_code), fold(one.old_name or one.name), one.code
