"""Thời gian hiệu lực: half-open periods of days, from `start` up to but not including `end`."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from django.db.models import CheckConstraint, F, Q


@dataclass(frozen=True, slots=True, order=False)
class Period:
    """The days on which something holds; None on a side means without limit on that side."""

    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.start >= self.end:
            raise ValueError(f"a period must last at least a day: {self.start} to {self.end}")

    @classmethod
    def single(cls, on: date) -> Self:
        """The period of one day."""
        return cls(on, date.fromordinal(on.toordinal() + 1))

    def contains(self, on: date) -> bool:
        """Whether it holds on this day; the end day is already outside."""
        return (self.start is None or self.start <= on) and (self.end is None or on < self.end)

    def overlaps(self, other: "Period") -> bool:
        """Whether there is a day on which both hold."""
        return _before(self.start, other.end) and _before(other.start, self.end)

    def intersection(self, other: "Period") -> "Period | None":
        """The days on which both hold, or None when there is no such day."""
        if not self.overlaps(other):
            return None
        starts = [start for start in (self.start, other.start) if start is not None]
        ends = [end for end in (self.end, other.end) if end is not None]
        return Period(max(starts, default=None), min(ends, default=None))

    def until(self, end: date) -> "Period":
        """The same period closed at `end`."""
        return Period(self.start, end if self.end is None else min(self.end, end))


ALWAYS = Period()


def in_force(on: date, *, prefix: str = "") -> Q:
    """Rows whose columns `valid_from` and `valid_to` contain the day. prefix: as in `post__`."""
    started = Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": on})
    not_ended = Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": on})
    return started & not_ended


def lasts_a_day(name: str) -> CheckConstraint:
    """The row truth of a period: `valid_to`, when known, comes after `valid_from`."""
    condition = (
        Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_from__lt=F("valid_to"))
    )
    return CheckConstraint(condition=condition, name=name)


def _before(start: date | None, end: date | None) -> bool:
    return start is None or end is None or start < end
