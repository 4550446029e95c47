"""Lịch hẹn: from the dates of the clock to the small calendar that explains a deadline."""

from collections.abc import Callable, Collection
from datetime import date, timedelta

from motcua.ui import dates
from motcua.ui.parts import DueDay

WEEK = 7
MOST_WEEKS = 9  # a longer path shows only the weeks around today and the due date


def due_days(
    received: date,
    due: date,
    *,
    today: date,
    is_working: Callable[[date], bool],
    paused: Collection[date] = (),
) -> tuple[DueDay, ...]:
    """Whole weeks, Monday first, from the day of receipt to the due date (or today, when late).

    is_working: of the unit's calendar. paused: days on which the clock stood still.
    """
    first, last = _whole_weeks(received, max(due, today if today > due else due))
    if (last - first).days > MOST_WEEKS * WEEK:
        first, last = _whole_weeks(today, min(last, today + timedelta(weeks=MOST_WEEKS - 1)))
    days: list[DueDay] = []
    worked = 0
    for offset in range((last - first).days + 1):
        on = first + timedelta(days=offset)
        counts = received < on <= due and is_working(on) and on not in paused
        worked += counts
        days.append(
            _day(
                on,
                received=received,
                due=due,
                today=today,
                working=is_working(on),
                paused=on in paused,
                worked=worked,
            )
        )
    return tuple(days)


def _day(
    on: date, *, received: date, due: date, today: date, working: bool, paused: bool, worked: int
) -> DueDay:
    if on < received or on > max(due, today):
        return DueDay(kind="out")
    kind, meaning = _meaning(
        on, received=received, due=due, today=today, working=working, paused=paused, worked=worked
    )
    return DueDay(kind=kind, number=str(on.day), label=f"{dates.short_day(on)}: {meaning}")


def _meaning(
    on: date, *, received: date, due: date, today: date, working: bool, paused: bool, worked: int
) -> tuple[str, str]:
    if on == due:
        return "due", "ngày hẹn trả"
    if on == today:
        return (
            "today",
            f"hôm nay, ngày làm việc thứ {worked}" if working and not paused else "hôm nay",
        )
    if paused:
        return "pause", "đồng hồ dừng"
    if on > due:
        return "late", "đã qua ngày hẹn"
    if not working:
        return "off", "ngày nghỉ"
    if on == received:
        return "used", "ngày nhận"
    return ("used" if on < today else "left"), f"ngày làm việc thứ {worked}"


def _whole_weeks(first: date, last: date) -> tuple[date, date]:
    return first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())
