"""Sắp xếp tổ chức: what an act changes, worked out before anything is written."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from motcua.kernel.period import Period


@dataclass(frozen=True, slots=True)
class Passing:
    """An old unit and the unit that takes over; None when its work ends with it.

    takes_work: of several heirs, the one that what is open goes to.
    """

    old_id: UUID
    new_id: UUID | None
    partial: bool = False
    takes_work: bool = False


@dataclass(frozen=True, slots=True)
class HeldRuling:
    """A row of competence that names an old unit."""

    id: UUID
    authority_id: UUID
    division_id: UUID
    period: Period


@dataclass(frozen=True, slots=True)
class Moved:
    """A ruling that closes on the day of the act and opens again for other units."""

    ruling_id: UUID
    authority_id: UUID
    division_id: UUID


@dataclass(frozen=True, slots=True)
class Effect:
    """moved: competence that passes; orphaned: competence that nobody takes over by itself."""

    ending: tuple[UUID, ...]
    moved: tuple[Moved, ...]
    orphaned: tuple[UUID, ...]


def whole_heirs(passings: Iterable[Passing]) -> dict[UUID, UUID]:
    """Old units that go undivided into another, with that one."""
    return {
        old: ways[0].new_id
        for old, ways in _ways(passings).items()
        if len(ways) == 1 and ways[0].new_id is not None and not ways[0].partial
    }


def work_heirs(passings: Iterable[Passing]) -> dict[UUID, UUID]:
    """Who does what is open in each old unit: the only heir, or the one that the act names."""
    heirs = {}
    for old, ways in _ways(passings).items():
        named = ways if len(ways) == 1 else [way for way in ways if way.takes_work]
        if len(named) == 1 and named[0].new_id is not None:
            heirs[old] = named[0].new_id
    return heirs


def _ways(passings: Iterable[Passing]) -> dict[UUID, list[Passing]]:
    """What the act says of each old unit."""
    found: dict[UUID, list[Passing]] = {}
    for passing in passings:
        found.setdefault(passing.old_id, []).append(passing)
    return found


def effect_of(
    passings: Iterable[Passing], rulings: Iterable[HeldRuling], effective_on: date
) -> Effect:
    """What passes by itself: competence of a unit that goes whole into exactly one other.

    A divided unit leaves its competence open; the act must be followed by rulings of its own.
    """
    passings = tuple(passings)
    ending = dict.fromkeys(passing.old_id for passing in passings)
    heir = whole_heirs(passings)
    moved, orphaned = [], []
    for ruling in rulings:
        touched = ending.keys() & {ruling.authority_id, ruling.division_id}
        if not touched or not _lasts_beyond(ruling.period, effective_on):
            continue
        authority = _passed(ruling.authority_id, ending, heir)
        division = _passed(ruling.division_id, ending, heir)
        if authority is None or division is None:
            orphaned.append(ruling.id)
        else:
            moved.append(Moved(ruling.id, authority, division))
    return Effect(tuple(ending), tuple(moved), tuple(orphaned))


def _passed(unit_id: UUID, ending: Container[UUID], heir: dict[UUID, UUID]) -> UUID | None:
    return heir.get(unit_id) if unit_id in ending else unit_id


def _lasts_beyond(period: Period, day: date) -> bool:
    return period.end is None or period.end > day
