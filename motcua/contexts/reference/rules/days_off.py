"""Ngày nghỉ theo luật: the days off of a year, derived from Labour Code article 112.

Used for years whose schedule the government has not announced, and to check announced ones.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from motcua.contexts.reference.contracts import DayKind

CULTURE_DAY_FROM = date(2026, 7, 1)  # Legal: Resolution 28/2026/QH16, 24 November
TET_DAYS_BEFORE, TET_DAYS = (1, 5)  # the statutory minimum around the first day of the lunar year


@dataclass(frozen=True, slots=True, order=True)
class DayOff:
    """A day off and why."""

    on: date
    kind: DayKind
    name: str


def statutory_days_off(year: int, *, lunar_new_year: date, hung_kings: date) -> list[DayOff]:
    """The days off of a year, holidays on weekends made good on the next working day.

    Legal: Labour Code 112 (days; a holiday on a weekly day off is made good).
    """
    holidays = sorted(_holidays(year, lunar_new_year, hung_kings))
    return sorted([*holidays, *_compensations(holidays)])


def _holidays(year: int, lunar_new_year: date, hung_kings: date) -> Iterable[DayOff]:
    yield _holiday(date(year, 1, 1), "Tết Dương lịch")
    for number in range(TET_DAYS):
        on = lunar_new_year + timedelta(days=number - TET_DAYS_BEFORE)
        yield _holiday(on, "Tết Nguyên đán")
    yield _holiday(hung_kings, "Giỗ Tổ Hùng Vương")
    yield _holiday(date(year, 4, 30), "Ngày Chiến thắng")
    yield _holiday(date(year, 5, 1), "Quốc tế Lao động")
    yield _holiday(date(year, 9, 2), "Quốc khánh")
    yield _holiday(_beside_national_day(year), "Quốc khánh")
    if (on := date(year, 11, 24)) >= CULTURE_DAY_FROM:
        yield _holiday(on, "Ngày Văn hóa Việt Nam")


def _holiday(on: date, name: str) -> DayOff:
    return DayOff(on, DayKind.HOLIDAY, name)


def _beside_national_day(year: int) -> date:
    """1 or 3 September: the one that joins the weekend, else the day before."""
    before, after = date(year, 9, 1), date(year, 9, 3)
    return after if after.weekday() in (0, 1, 4) and before.weekday() >= 2 else before


def _compensations(holidays: list[DayOff]) -> Iterable[DayOff]:
    taken = {holiday.on for holiday in holidays}
    for holiday in holidays:
        if holiday.on.weekday() < 5:
            continue
        on = holiday.on
        while on in taken or on.weekday() >= 5:
            on += timedelta(days=1)
        taken.add(on)
        yield DayOff(on, DayKind.COMPENSATED, f"Nghỉ bù {holiday.name}")
