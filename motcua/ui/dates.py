"""Ngày giờ: the few ways a date is written on a page, in Vietnamese and in English.

Lists call these once per row while building their view models: formatting inside a template costs
more than the query that found the row.
"""

from datetime import date, datetime

from motcua.kernel.clock import city_time
from motcua.ui.words import NBSP, language

_WEEKDAYS = {
    "vi": ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


def weekday(on: date) -> str:
    """«thứ Ba», or its English name."""
    return _WEEKDAYS[language()][on.weekday()].replace(" ", NBSP)


def day(on: date) -> str:
    """«24/11/2026»."""
    return f"{on.day:02}/{on.month:02}/{on.year}"


def short_day(on: date) -> str:
    """«24/11», where the year is plain from the page."""
    return f"{on.day:02}/{on.month:02}"


def long_day(on: date) -> str:
    """«thứ Ba, 24/11/2026»."""
    return f"{weekday(on)}, {day(on)}"


def hour(at: datetime) -> str:
    """«9:05», 24-hour clock."""
    return f"{at.hour}:{at.minute:02}"


def moment(at: datetime) -> str:
    """«9:05, 24/11/2026»."""
    return f"{hour(at)}, {day(at)}"


def city_moment(at: datetime | None) -> str:
    """«9:05, 24/11/2026» in city time, of whatever zone; "" for none."""
    return moment(city_time(at)) if at else ""


def document_day(on: date) -> str:
    """«ngày 24 tháng 11 năm 2026», as papers write it."""
    return f"ngày {on.day:02} tháng {on.month:02} năm {on.year}"


def attribute(at: date | datetime) -> str:
    """The `datetime` attribute of a time element."""
    return at.isoformat(timespec="minutes") if isinstance(at, datetime) else at.isoformat()
