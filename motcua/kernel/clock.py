"""Đồng hồ: the one place where the time of day is read.

Only entry points (web, api, commands, tasks) call `now`; rules and actions receive it.
"""

from calendar import monthrange
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

CITY_TZ = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """This instant, aware, in city time."""
    return datetime.now(tz=CITY_TZ)


def city_time(at: datetime) -> datetime:
    """The same instant in city time. `at` must be aware."""
    if at.tzinfo is None:
        raise ValueError("a datetime without a zone has no place here")
    return at.astimezone(CITY_TZ)


def moment_in(text: str) -> datetime | None:
    """A moment of an address, with its zone; anything else says nothing."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def city_date(at: datetime) -> date:
    """The calendar day in the city at that instant."""
    return city_time(at).date()


def start_of_day(on: date) -> datetime:
    """Midnight in the city, with which the day begins."""
    return datetime.combine(on, time(0), CITY_TZ)


def months_later(on: date, months: int) -> date:
    """The same day of that month, or its last where it has no such day."""
    years, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return date(years, month + 1, min(on.day, monthrange(years, month + 1)[1]))
