"""Lịch làm việc: working time of an agency, to the minute, over any span of years.

A day is worth the minutes of its shifts. Days off and made-up days are exceptions to the week.
Both questions, "how much working time lies between" and "when is it used up", are answered by
bisection over the exceptions, so their cost does not grow with the distance between two dates.
Instants are taken to the whole minute (seconds are dropped) and answered in city time.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import accumulate, pairwise

from motcua.kernel.clock import CITY_TZ, months_later

DAY_MINUTES = 24 * 60
SAME_DAY_CUT_OFF = time(15, 0)


@dataclass(frozen=True, slots=True)
class Shift:
    """Ca làm việc: half-open hours of one day; an `end` of 00:00 means midnight at its close."""

    start: time
    end: time

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise ValueError(f"a shift must end after it starts: {self.start} to {self.end}")

    @property
    def opens(self) -> int:
        return self.start.hour * 60 + self.start.minute

    @property
    def closes(self) -> int:
        return (self.end.hour * 60 + self.end.minute) or DAY_MINUTES


OFFICE_HOURS = (Shift(time(7, 30), time(11, 30)), Shift(time(13, 0), time(17, 0)))
MORNING = (OFFICE_HOURS[0],)
OFFICE_WEEK: Mapping[int, tuple[Shift, ...]] = dict.fromkeys(range(5), OFFICE_HOURS)


class WorkingCalendar:
    """When an agency works: shifts per weekday (Monday is 0), days off, made-up days.

    A made-up day (ngày làm bù) has the shifts of the fullest weekday. A day that is both off and
    made up is off. Legal: Labour Code 112 (days off); Civil Code 147, 148 (counting of periods).
    """

    def __init__(
        self,
        name: str,
        shifts: Mapping[int, tuple[Shift, ...]] = OFFICE_WEEK,
        off: Iterable[date] = (),
        made_up: Iterable[date] = (),
    ) -> None:
        self.name = name
        self.shifts = {day: _in_order(shifts[day]) for day in sorted(shifts) if shifts[day]}
        if not self.shifts:
            raise ValueError(f"the calendar {name!r} has no working time at all")
        self.off = frozenset(off)
        self.made_up = frozenset(made_up) - self.off
        self._full_day = max(self.shifts.values(), key=_length)

    def __repr__(self) -> str:
        return f"WorkingCalendar({self.name!r})"

    # What one day or one moment is worth

    def shifts_on(self, on: date) -> tuple[Shift, ...]:
        """The shifts of that day, none on a day off."""
        if isinstance(on, datetime):
            raise TypeError("a day is asked for, not a moment: no moment is ever a day off")
        if on in self.off:
            return ()
        if on in self.made_up:
            return self._full_day
        return self.shifts.get(on.weekday(), ())

    def is_working_day(self, on: date) -> bool:
        return bool(self.shifts_on(on))

    def is_open(self, at: datetime) -> bool:
        """Whether the moment lies within a shift; the closing minute is outside."""
        on, minute = _split(at)
        return any(shift.opens <= minute < shift.closes for shift in self.shifts_on(on))

    def next_opening(self, at: datetime) -> datetime:
        """The moment itself within a shift, else the opening of the next shift."""
        on, minute = _split(at)
        for shift in self.shifts_on(on):
            if minute < shift.closes:
                return _moment(on, max(minute, shift.opens))
        following = self._working_day_after(on)
        return _moment(following, self.shifts_on(following)[0].opens)

    def next_working_day(self, on: date) -> date:
        """The day itself when it is a working day, else the first one after it."""
        return on if self.is_working_day(on) else self._working_day_after(on)

    def end_of_day(self, on: date) -> datetime:
        """The close of the last shift of that day, or of the next working day after a day off."""
        working_day = self.next_working_day(on)
        return _moment(working_day, self.shifts_on(working_day)[-1].closes)

    # Due dates

    def add_hours(self, start: datetime, hours: float) -> datetime:
        """The moment at which so many working hours after `start` are used up.

        hours: a whole or fractional number of working hours, taken to the minute. Outside the
        shifts counting begins at the next opening; hours that end with a shift end at its close.
        """
        minutes = round(hours * 60)
        if minutes < 0:
            raise ValueError("working hours are added, never taken away")
        if minutes == 0:
            return self.next_opening(start)
        return self._moment_when(self._worked_before(start) + minutes)

    def add_working_days(self, start: datetime, days: int) -> datetime:
        """The close of the nth working day; day 1 is the working day after the event.

        With 0 days: the close of the day of the event, or of the next working day.
        Legal: Civil Code 147 (the day of the event is not counted).
        """
        if days < 0:
            raise ValueError("working days are added, never taken away")
        on, _ = _split(start)
        if days == 0:
            return self.end_of_day(on)
        counted = self._days.before(on.toordinal() + 1)
        return self.end_of_day(date.fromordinal(self._days.day_reaching(counted + days)))

    def add_calendar_days(self, start: datetime, days: int) -> datetime:
        """The close of the nth day, weekends counted; moved on when that day is off.

        Legal: Civil Code 147 and 148 (a last day that is off moves to the next working day).
        """
        on, _ = _split(start)
        return self.end_of_day(date.fromordinal(on.toordinal() + days))

    def add_months(self, start: datetime, months: int) -> datetime:
        """The close of the same day of the month so many months on, moved on when it is off.

        Legal: Civil Code 148 (a month without such a day ends the period on its last day).
        """
        on, _ = _split(start)
        return self.end_of_day(months_later(on, months))

    def same_day(self, start: datetime, cut_off: time = SAME_DAY_CUT_OFF) -> datetime:
        """The close of the day of reception; of the next working day when received too late.

        Legal: Decree 23/2015/ND-CP art. 7 (received after 15:00: the next working day).
        """
        on, minute = _split(start)
        in_time = minute < cut_off.hour * 60 + cut_off.minute
        if in_time or not self.is_working_day(on):
            return self.end_of_day(on)
        return self.end_of_day(self._working_day_after(on))

    # Time used

    def working_minutes_between(self, start: datetime, end: datetime) -> int:
        """Whole working minutes in [start, end); 0 when `end` is not after `start`."""
        return max(0, self._worked_before(end) - self._worked_before(start))

    def working_hours_between(self, start: datetime, end: datetime) -> float:
        """Working hours in [start, end), to the minute."""
        return self.working_minutes_between(start, end) / 60

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` is earlier."""
        return self._days.before(end.toordinal() + 1) - self._days.before(start.toordinal() + 1)

    # Inside

    @cached_property
    def _minutes(self) -> "_Tally":
        return self._tally(_length)

    @cached_property
    def _days(self) -> "_Tally":
        return self._tally(_counts_as_day)

    def _tally(self, worth: Callable[[tuple[Shift, ...]], int]) -> "_Tally":
        week = tuple(worth(self.shifts.get(day, ())) for day in range(7))
        exceptions = {on.toordinal(): worth(self.shifts_on(on)) for on in self.off | self.made_up}
        return _Tally(week, exceptions)

    def _worked_before(self, at: datetime) -> int:
        on, minute = _split(at)
        worked = self._minutes.before(on.toordinal())
        for shift in self.shifts_on(on):
            worked += max(0, min(minute, shift.closes) - shift.opens)
        return worked

    def _moment_when(self, worked: int) -> datetime:
        ordinal = self._minutes.day_reaching(worked)
        left = worked - self._minutes.before(ordinal)
        on = date.fromordinal(ordinal)
        for shift in self.shifts_on(on):
            length = shift.closes - shift.opens
            if left <= length:
                return _moment(on, shift.opens + left)
            left -= length
        raise AssertionError(f"{self.name}: {on} is worth less than its tally says")

    def _working_day_after(self, on: date) -> date:
        counted = self._days.before(on.toordinal() + 1)
        return date.fromordinal(self._days.day_reaching(counted + 1))


class _Tally:
    """How much all days before a given day are worth, and its inverse, by bisection.

    Days are proleptic ordinals; ordinal 1 is a Monday, so `ordinal - 1` counts days of weeks.
    """

    def __init__(self, week: tuple[int, ...], exceptions: Mapping[int, int]) -> None:
        self._week_starts = tuple(accumulate(week, initial=0))
        self._week_total = self._week_starts[7]
        self._at = sorted(on for on in exceptions if exceptions[on] != week[(on - 1) % 7])
        changes = (exceptions[on] - week[(on - 1) % 7] for on in self._at)
        self._changes = tuple(accumulate(changes, initial=0))
        self._before = [self.before(on) for on in self._at]

    def before(self, ordinal: int) -> int:
        """The worth of all days before this one."""
        return self._regular(ordinal) + self._changes[bisect_left(self._at, ordinal)]

    def day_reaching(self, total: int) -> int:
        """The first day at whose end the total is reached."""
        passed = bisect_left(self._before, total)
        if passed and self.before(self._at[passed - 1] + 1) >= total:
            return self._at[passed - 1]
        weeks, rest = divmod(total - self._changes[passed] - 1, self._week_total)
        return weeks * 7 + bisect_right(self._week_starts, rest)

    def _regular(self, ordinal: int) -> int:
        weeks, weekday = divmod(ordinal - 1, 7)
        return weeks * self._week_total + self._week_starts[weekday]


def _length(shifts: tuple[Shift, ...]) -> int:
    return sum(shift.closes - shift.opens for shift in shifts)


def _counts_as_day(shifts: tuple[Shift, ...]) -> int:
    return int(bool(shifts))


def _in_order(shifts: tuple[Shift, ...]) -> tuple[Shift, ...]:
    ordered = tuple(sorted(shifts, key=lambda shift: shift.opens))
    for earlier, later in pairwise(ordered):
        if later.opens < earlier.closes:
            raise ValueError(f"shifts overlap: {earlier} and {later}")
    return ordered


def _split(at: datetime) -> tuple[date, int]:
    if at.tzinfo is None:
        raise ValueError("a working calendar takes aware datetimes only")
    local = at if at.tzinfo is CITY_TZ else at.astimezone(CITY_TZ)
    return local.date(), local.hour * 60 + local.minute


def _moment(on: date, minute: int) -> datetime:
    if minute == DAY_MINUTES:
        return datetime(on.year, on.month, on.day, tzinfo=CITY_TZ) + timedelta(days=1)
    return datetime(on.year, on.month, on.day, minute // 60, minute % 60, tzinfo=CITY_TZ)
