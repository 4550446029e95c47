"""Một quá khứ tin được: when dossiers came in, how they went, how late. Pure but for its dice.

Weeks have their weekdays, years their Tết and their school summer; fields differ in lateness.
The shares are assumptions, chosen near facts 0 and ux 1; nothing here is a statistic.
"""

import random
from bisect import bisect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate

from motcua.kernel.calendar import WorkingCalendar
from motcua.kernel.clock import CITY_TZ

Promise = Callable[[datetime], datetime | None]

YEARS = 3
WEEKDAY_WEIGHT = (1.25, 1.1, 1.0, 1.0, 0.9, 0.12, 0.05)
MONTH_WEIGHT = (0.9, 0.6, 1.1, 1.0, 1.0, 1.1, 1.15, 1.25, 1.05, 1.0, 1.0, 0.95)
GROWTH_A_YEAR = 1.25
LATE_SHARE = {"dat_dai": 0.08, "xay_dung": 0.05, "land": 0.08, "construction": 0.05}
USUAL_LATE_SHARE = 0.025


def day_weights(
    last: date, calendar: WorkingCalendar, *, years: float = YEARS
) -> list[tuple[date, float]]:
    """How busy each day of the past was; a day off has next to nothing."""
    first = last - timedelta(days=365 * years)
    days = [first + timedelta(days=n) for n in range((last - first).days)]
    return [(day, _weight(day, first, calendar)) for day in days]


def _weight(day: date, first: date, calendar: WorkingCalendar) -> float:
    weight = WEEKDAY_WEIGHT[day.weekday()] * MONTH_WEIGHT[day.month - 1]
    if day.weekday() < 5 and not calendar.is_working_day(day):
        weight *= 0.03
    growth: float = GROWTH_A_YEAR ** ((day - first).days / 365)
    return weight * growth


@dataclass(frozen=True, slots=True)
class Fate:
    """How one dossier went. Moments in order; None where it never came to that."""

    submitted_at: datetime
    received_at: datetime | None
    due_at: datetime | None
    decided_at: datetime | None
    returned_at: datetime | None
    ended_at: datetime | None
    status: int


class Dice:
    """Draws days and fates; the same seed gives the same past."""

    def __init__(self, *, seed: int, days: list[tuple[date, float]], now: datetime) -> None:
        self.random = random.Random(seed)
        self.now = now
        self.days = [day for day, _weight in days]
        self._cumulated = list(accumulate(weight for _day, weight in days))

    def submitted_at(self) -> datetime:
        roll = self.random.random() * self._cumulated[-1]
        day = self.days[bisect(self._cumulated, roll)]
        minute = min(max(int(self.random.gauss(10.5 * 60, 170)), 0), 24 * 60 - 1)
        return datetime.combine(day, time(minute // 60, minute % 60), CITY_TZ)

    def fate(
        self,
        submitted_at: datetime,
        *,
        hours: float,
        late_share: float,
        calendar: WorkingCalendar,
        promise: Promise,
    ) -> Fate:
        """hours: about how long the work takes. promise: the due date by law, from acceptance."""
        roll = self.random.random()
        answered = calendar.add_hours(submitted_at, self.random.uniform(0.2, 7))
        if answered > self.now:
            return Fate(submitted_at, None, None, None, None, None, 1)
        if roll < 0.03:
            return Fate(submitted_at, None, None, None, None, answered, 3)
        due = promise(answered)
        if due and self.random.random() < late_share:
            decided = calendar.add_hours(due, max(hours * self.random.uniform(0.05, 0.6), 8))
        else:
            spent = hours * self.random.uniform(0.35, 0.95)
            decided = calendar.add_hours(answered, max(spent, 0.5))
            decided = min(decided, due) if due else decided
        if decided > self.now:
            return Fate(submitted_at, answered, due, None, None, None, self._open_status())
        if roll < 0.045:
            return Fate(submitted_at, answered, due, None, None, decided, 8)
        returned = calendar.add_hours(decided, self.random.uniform(0.5, 16))
        if returned > self.now:
            return Fate(submitted_at, answered, due, decided, None, decided, 9)
        return Fate(submitted_at, answered, due, decided, returned, decided, 10)

    def _open_status(self) -> int:
        return 5 if self.random.random() < 0.08 else 4
