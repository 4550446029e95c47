"""Giờ hẹn: the times of a day, by opening hours, and how many seats each has."""

from datetime import date, datetime, timedelta

from motcua.kernel.calendar import WorkingCalendar
from motcua.kernel.clock import start_of_day


def times_of(calendar: WorkingCalendar, day: date, *, minutes: int) -> tuple[datetime, ...]:
    """Each begins and ends within one shift; none on a day off."""
    midnight = start_of_day(day)
    return tuple(
        midnight + timedelta(minutes=minute)
        for shift in calendar.shifts_on(day)
        for minute in range(shift.opens, shift.closes - minutes + 1, minutes)
    )


def seats_of(windows: int, *, share_percent: int) -> int:
    """So many of the windows wait for who has an appointment; at least one."""
    return max(1, windows * share_percent // 100)
