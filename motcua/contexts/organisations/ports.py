"""What organisations asks of those above: what is open in a unit, and what a shift is about."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from motcua.contexts.organisations.contracts import Shift, Shifted

OpenWork = Callable[[Collection[UUID]], Mapping[UUID, int]]
Affected = Callable[[Sequence[Shift], date], Sequence[Shifted]]
_counters: dict[str, OpenWork] = {}
_affected: list[Affected] = []


def register_open_work(name: str, counter: OpenWork) -> None:
    """counter: how many tasks or cases are open in each of the units; units without may lack."""
    _counters[name] = counter


def open_work(unit_ids: Collection[UUID]) -> Counter[UUID]:
    """How much is open in each unit, over everything that registered."""
    found: Counter[UUID] = Counter()
    for counter in _counters.values():
        found.update(counter(unit_ids))
    return found


def register_affected(affected: Affected) -> None:
    """affected: which open cases each shift of competence is about, as the city stands then."""
    _affected[:] = [affected]


def affected(shifts: Sequence[Shift], on: date) -> tuple[Shifted, ...]:
    for one in _affected:
        return tuple(one(shifts, on))
    return tuple(Shifted(shift=shift, cases=0, codes=()) for shift in shifts)
