"""What organisations asks of those above: what is open in a unit."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from uuid import UUID

OpenWork = Callable[[Collection[UUID]], Mapping[UUID, int]]
_counters: dict[str, OpenWork] = {}


def register_open_work(name: str, counter: OpenWork) -> None:
    """counter: how many tasks or cases are open in each of the units; units without may lack."""
    _counters[name] = counter


def open_work(unit_ids: Collection[UUID]) -> Counter[UUID]:
    """How much is open in each unit, over everything that registered."""
    found: Counter[UUID] = Counter()
    for counter in _counters.values():
        found.update(counter(unit_ids))
    return found
