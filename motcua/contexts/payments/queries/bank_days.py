"""Ngày của tài khoản: what agrees, what differs and why, and whether the day may be signed off."""

from dataclasses import dataclass
from datetime import date, timedelta

from motcua.contexts.payments.models import BankDayClosing, DifferenceNote
from motcua.contexts.payments.queries import statements as reading
from motcua.contexts.payments.rules.matching import (
    REMEDIES,
    Found,
    Remedy,
    explain_pair,
    lay_beside,
)
from motcua.contexts.payments.rules.reconciliation import Difference
from motcua.kernel.money import ZERO, Money

SHOWN_DAYS = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class DayDifference:
    """One difference: both sides, its name, and what somebody said of it."""

    found: Found
    name: Difference
    note: DifferenceNote | None

    @property
    def item(self) -> str:
        return self.found.item

    @property
    def remedy(self) -> Remedy:
        return REMEDIES[self.name]

    @property
    def is_open(self) -> bool:
        """Whether somebody must still do something."""
        return self.remedy is not Remedy.NONE and self.note is None


@dataclass(frozen=True, slots=True, kw_only=True)
class BankDay:
    """One day of the account. opening None: no statement told a balance."""

    day: date
    opening: Money | None
    lines: int
    came: Money
    left: Money
    matched: int
    ours: Money
    differences: tuple[DayDifference, ...]
    closing_row: BankDayClosing | None

    @property
    def moved(self) -> Money:
        """What the bank says came and left."""
        return self.came - self.left

    @property
    def closing(self) -> Money | None:
        return None if self.opening is None else self.opening + self.moved

    @property
    def gap(self) -> Money:
        """What the differences say that bank and books are apart; it always equals the sums."""
        return Money.total(one.found.theirs - one.found.ours for one in self.differences)

    @property
    def open_number(self) -> int:
        return sum(one.is_open for one in self.differences)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLine:
    """A day in the list. open_number None: not looked at, too long ago."""

    day: date
    lines: int
    came: Money
    left: Money
    is_closed: bool


def bank_day(day: date) -> BankDay:
    """Lay both sides of one day beside each other, with what was left over from before."""
    span = reading.covered()
    first = min(span[0], day) if span else day
    pairs = [
        Found(bank=theirs, book=ours, name=explain_pair(theirs, ours))
        for theirs, ours in reading.pairs_of(day)
    ]
    loose = reading.unmatched_entries(day, day)
    known = reading.known_numbers(loose)
    laid = lay_beside(loose, reading.unmatched_books(first, day), day, known)
    found = (*pairs, *laid)
    sums = reading.day_sums(day, day).get(day)
    return BankDay(
        day=day,
        opening=reading.opening_of(day),
        lines=sums.lines if sums else 0,
        came=sums.came if sums else ZERO,
        left=sums.left if sums else ZERO,
        matched=sum(one.name is None and one.theirs == one.ours for one in found),
        ours=Money.total(one.ours for one in found),
        differences=_noted(found),
        closing_row=reading.closings_of([day]).get(day),
    )


def bank_days() -> tuple[DayLine, ...]:
    """The days that statements speak of, newest first, at most a month."""
    span = reading.covered()
    if span is None:
        return ()
    first = max(span[0], span[1] - timedelta(days=SHOWN_DAYS - 1))
    days = [span[1] - timedelta(days=back) for back in range((span[1] - first).days + 1)]
    sums, closed = reading.day_sums(first, span[1]), reading.closings_of(days)
    return tuple(
        DayLine(
            day=day,
            lines=sums[day].lines if day in sums else 0,
            came=sums[day].came if day in sums else ZERO,
            left=sums[day].left if day in sums else ZERO,
            is_closed=day in closed,
        )
        for day in days
    )


def _noted(found: tuple[Found, ...]) -> tuple[DayDifference, ...]:
    """The differences with what was said of them; what is open first."""
    named = [(one, one.name) for one in found if one.name is not None]
    notes = reading.notes_on(one.item for one, _name in named)
    differences = [
        DayDifference(found=one, name=name, note=notes.get((one.item, name))) for one, name in named
    ]
    return tuple(sorted(differences, key=lambda one: (not one.is_open, one.item)))
