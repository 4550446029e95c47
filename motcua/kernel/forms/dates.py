"""Ngày như người ta viết: 12/5/1990, mùng 5 tháng 3 năm 1990, thứ Ba 24/11/2026, 12 May 1990."""

import re
from collections.abc import Mapping
from datetime import date

_WEEKDAY = re.compile(r"^(?:thứ\s+\w+|chủ\s+nhật|t[2-7]|cn|[a-z]+day)\b[\s,]*", re.IGNORECASE)
_WORDS = re.compile(
    r"\b(?:ngày|hôm|mùng|mồng|tháng|thg|th|năm|of|the)(?=[\s.\d]|$)\.?", re.IGNORECASE
)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})[a-z]*\.?", re.IGNORECASE)
_GAP = r"[\s./\-,]+"
_DAY_FIRST = re.compile(rf"([0-9]{{1,2}}){_GAP}([0-9]{{1,2}}){_GAP}([0-9]{{4}})")
_MONTH_FIRST = re.compile(rf"m([0-9]{{1,2}}){_GAP}([0-9]{{1,2}}){_GAP}([0-9]{{4}})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[./\-]([0-9]{1,2})[./\-]([0-9]{1,2})")
_TOGETHER = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})")
_SHORT_YEAR = re.compile(rf"[0-9]{{1,2}}{_GAP}[0-9]{{1,2}}{_GAP}[0-9]{{2}}")


class ShortYear(ValueError):
    """A year of two figures: nobody can tell 1926 from 2026."""


def date_in(text: str) -> date | None:
    """The day that the text writes; None when it writes none. Raises: ShortYear, ValueError for
    a day that no calendar has.
    """
    plain = _WORDS.sub(" ", _ORDINAL.sub("", _WEEKDAY.sub("", text.strip())))
    begins_with_month = bool(_MONTH.match(plain.strip()))
    plain = _MONTH.sub(_number, plain)
    plain = plain.strip(" ,.")
    if begins_with_month:
        found = _MONTH_FIRST.fullmatch(f"m{plain}")
        return date(int(found[3]), int(found[1]), int(found[2])) if found else None
    if found := _YEAR_FIRST.fullmatch(plain):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.fullmatch(plain) or _TOGETHER.fullmatch(plain):
        return date(int(found[3]), int(found[2]), int(found[1]))
    if _SHORT_YEAR.fullmatch(plain):
        raise ShortYear
    return None


def day_of_parts(typed: Mapping[str, str], name: str) -> date | None:
    """Of the three fields `name.day`, `name.month`, `name.year`; None when no calendar has it."""
    try:
        return date(*(int(typed.get(f"{name}.{part}", "")) for part in ("year", "month", "day")))
    except (ValueError, OverflowError):
        return None


def _number(month: re.Match[str]) -> str:
    return f" {_MONTHS.index(month[1].lower()) + 1} "
