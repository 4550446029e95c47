from datetime import date

import pytest

from motcua.kernel.forms.dates import day_of_parts


@pytest.mark.parametrize(
    ("day", "month", "year", "found"),
    [
        ("12", "5", "1990", date(1990, 5, 12)),
        (" 29", "02 ", "2028", date(2028, 2, 29)),
        ("29", "2", "2026", None),
        ("", "5", "1990", None),
        ("mười hai", "5", "1990", None),
        ("12", "5", "99999999999999999999", None),
    ],
)
def test_a_day_of_three_fields_is_one_of_the_calendar_or_none(day, month, year, found):
    typed = {"born_on.day": day, "born_on.month": month, "born_on.year": year}

    assert day_of_parts(typed, "born_on") == found
    assert day_of_parts(typed, "other") is None
