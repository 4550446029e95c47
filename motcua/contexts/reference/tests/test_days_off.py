import tomllib
from datetime import date

import pytest

from motcua.contexts.reference import adapters, public
from motcua.contexts.reference.contracts import DayKind
from motcua.contexts.reference.rules.days_off import DayOff, statutory_days_off
from motcua.contexts.reference.testing import a_day_off, reference_loaded

LUNAR = tomllib.loads(adapters.DAYS_OFF.read_text(encoding="utf-8"))["lunar"]


def listed(year: int) -> set[date]:
    return {day.on for day in adapters.days() if day.on.year == year}


def derived(year: int) -> list[DayOff]:
    lunar = LUNAR[str(year)]
    return statutory_days_off(
        year, lunar_new_year=lunar["new_year"], hung_kings=lunar["hung_kings"]
    )


@pytest.mark.parametrize("year", range(2027, 2031))
def test_years_not_announced_yet_follow_the_law_and_say_so(year: int):
    assert listed(year) == {day.on for day in derived(year)}
    assert not any(day.confirmed for day in adapters.days() if day.on.year == year)


@pytest.mark.parametrize("year", [2026])
def test_an_announced_year_is_the_law_and_its_swaps(year: int):
    swaps = {day.on for day in adapters.days() if "hoán đổi" in day.name or "Làm bù" in day.name}

    assert listed(year) - swaps == {day.on for day in derived(year)}


def test_a_year_before_the_culture_day_has_none():
    assert derived(2025)[-1].on == date(2025, 9, 2)


@pytest.mark.parametrize("year", range(2024, 2031))
def test_a_year_has_the_days_that_the_law_gives(year: int):
    weekdays_off = [
        day
        for day in adapters.days()
        if day.on.year == year
        and day.on.weekday() < 5
        and day.kind in (DayKind.HOLIDAY, DayKind.COMPENSATED)
    ]

    assert len(weekdays_off) == (11 if year < 2026 else 12)


def test_every_made_up_day_is_a_weekend_day_that_pays_for_a_weekday():
    made_up = [day.on for day in adapters.days() if day.kind is DayKind.MADE_UP]
    swapped = [day.on for day in adapters.days() if day.kind is DayKind.SWAPPED]

    assert len(made_up) == len(swapped)
    assert all(on.weekday() >= 5 for on in made_up)
    assert all(on.weekday() < 5 for on in swapped)


def test_culture_day_is_off_from_2026():
    assert date(2025, 11, 24) not in listed(2025)
    assert date(2026, 11, 24) in listed(2026)


@pytest.mark.django_db
def test_calendars_get_all_years_at_once():
    reference_loaded()

    days = public.days_off()

    assert date(2026, 2, 17) in days.off
    assert date(2026, 4, 27) in days.off
    assert date(2026, 8, 22) in days.made_up
    assert date(2027, 2, 8) in days.unconfirmed
    assert days.off.isdisjoint(days.made_up)


@pytest.mark.django_db
def test_a_new_day_off_is_seen_at_once_by_the_process_that_wrote_it():
    reference_loaded()
    before = public.edition()
    assert date(2026, 3, 3) not in public.days_off().off

    a_day_off(date(2026, 3, 3))

    assert date(2026, 3, 3) in public.days_off().off
    assert public.edition() != before
    assert [day.name for day in public.days(date(2026, 3, 1), date(2026, 3, 31))] == ["Nghỉ"]
