"""Ai tới lượt: who goes first goes first, and nobody waits for ever."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class InLine:
    """One who waits. ahead: of a priority group, or with an appointment whose time has come.

    number: on the ticket; of two taken in the same moment the lower one goes first.
    """

    id: UUID
    since: datetime
    number: int
    ahead: bool

    @property
    def order(self) -> tuple[datetime, int, UUID]:
        return (self.since, self.number, self.id)


def next_of(waiting: Iterable[InLine], *, in_a_row: int, most: int) -> InLine | None:
    """The next one: of those who go ahead the longest waiting, but after `most` of them in a row

    one of the others, if there is one. So whoever has k before them in their own line comes at
    the latest after (most + 1) times (k + 1) calls.
    """
    ahead, others = _first(waiting)
    if ahead is None or others is None:
        return ahead or others
    return others if in_a_row >= most else ahead


def in_a_row_after(called: InLine, in_a_row: int) -> int:
    return in_a_row + 1 if called.ahead else 0


def _first(waiting: Iterable[InLine]) -> tuple[InLine | None, InLine | None]:
    lines = sorted(waiting, key=lambda one: one.order)
    ahead = next((one for one in lines if one.ahead), None)
    return ahead, next((one for one in lines if not one.ahead), None)
