from datetime import date, datetime, time

import pytest

from motcua.contexts.organisations import public
from motcua.contexts.organisations.actions.editions import renew_all
from motcua.contexts.organisations.models import UnitCalendar
from motcua.contexts.reference.testing import a_day_off
from motcua.kernel.clock import CITY_TZ

pytestmark = pytest.mark.usefixtures("city")

SATURDAY = datetime.combine(date(2026, 3, 7), time(8), CITY_TZ)


def test_a_desk_receives_on_saturday_but_saturday_adds_no_processing_time():
    desk = public.one_stop_desk("26740")

    assert public.opening_of(desk.id).is_open(SATURDAY)
    assert not public.calendar_of(desk.id).is_open(SATURDAY)
    assert public.calendar_of(desk.id).add_hours(SATURDAY, 8).date() == date(2026, 3, 9)


def test_divisions_do_not_open_on_saturday():
    assert not public.opening_of(public.unit("H29.99.26740.2").id).is_open(SATURDAY)


def test_police_receive_on_saturday_morning():
    assert public.opening_of(public.unit("H29.99.26740.5").id).is_open(SATURDAY)


def test_holidays_of_reference_are_in_every_calendar():
    calendar = public.calendar_of(public.unit("H29.99.14").id)

    assert not calendar.is_working_day(date(2026, 2, 17))
    assert calendar.is_working_day(date(2026, 8, 22))


def test_units_with_the_same_week_share_one_calendar():
    one, two = public.unit("H29.99.26740.2"), public.unit("H29.99.26743.3")

    assert public.calendar_of(one.id) is public.calendar_of(two.id)


def test_a_new_day_off_shows_in_calendars():
    desk = public.one_stop_desk("26740")
    assert public.calendar_of(desk.id).is_working_day(date(2026, 3, 3))

    a_day_off(date(2026, 3, 3))

    assert not public.calendar_of(desk.id).is_working_day(date(2026, 3, 3))


def test_a_unit_may_keep_hours_of_its_own_for_a_time():
    desk = public.one_stop_desk("26740")
    UnitCalendar.objects.create(
        unit_id=desk.id,
        purpose="PROCESSING",
        shifts={"5": [["08:00", "12:00"]]},
        valid_from=date(2026, 3, 1),
        valid_to=date(2026, 4, 1),
    )
    renew_all()

    assert public.calendar_of(desk.id, date(2026, 3, 7)).is_open(SATURDAY)
    assert not public.calendar_of(desk.id, date(2026, 4, 7)).is_open(SATURDAY)
    assert not public.calendar_of(desk.id).is_open(SATURDAY)
