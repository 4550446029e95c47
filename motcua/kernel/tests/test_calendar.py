from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.kernel.calendar import MORNING, OFFICE_HOURS, OFFICE_WEEK, Shift, WorkingCalendar
from motcua.kernel.clock import CITY_TZ

FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)


def at(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=CITY_TZ)


@pytest.fixture
def office() -> WorkingCalendar:
    return WorkingCalendar(
        "office",
        OFFICE_WEEK,
        off={date(2025, 4, 30), date(2025, 5, 1), date(2025, 5, 2)},
        made_up={date(2025, 4, 26)},
    )


shifts = st.lists(st.integers(0, 96), min_size=2, max_size=6, unique=True).map(
    lambda marks: tuple(
        Shift(_time(opens), _time(closes))
        for opens, closes in zip(sorted(marks)[::2], sorted(marks)[1::2], strict=False)
    )
)
dates = st.dates(FIRST, LAST)
moments = st.datetimes(
    datetime.combine(FIRST, time()), datetime.combine(LAST, time()), timezones=st.just(CITY_TZ)
)


def _time(quarter: int) -> time:
    return time(quarter // 4 % 24, quarter % 4 * 15)


@st.composite
def calendars(draw: st.DrawFn) -> WorkingCalendar:
    week = draw(st.dictionaries(st.integers(0, 6), shifts, min_size=1))
    return WorkingCalendar(
        "drawn",
        week,
        off=draw(st.frozensets(dates, max_size=25)),
        made_up=draw(st.frozensets(dates, max_size=10)),
    )


def without_one_holiday(calendar: WorkingCalendar, holiday: date) -> WorkingCalendar:
    return WorkingCalendar("less", calendar.shifts, calendar.off - {holiday}, calendar.made_up)


# Examples


def test_hours_skip_the_noon_break_the_night_and_the_holiday(office: WorkingCalendar):
    assert office.add_hours(at("2025-04-28 10:30"), 2) == at("2025-04-28 14:00")
    assert office.add_hours(at("2025-04-28 16:00"), 2) == at("2025-04-29 08:30")
    assert office.add_hours(at("2025-04-29 16:00"), 2) == at("2025-05-05 08:30")


def test_hours_that_end_with_a_shift_end_at_its_close(office: WorkingCalendar):
    assert office.add_hours(at("2025-04-28 07:30"), 4) == at("2025-04-28 11:30")
    assert office.add_hours(at("2025-04-28 07:30"), 8) == at("2025-04-28 17:00")


def test_counting_begins_at_the_next_opening(office: WorkingCalendar):
    assert office.add_hours(at("2025-04-27 10:00"), 1) == at("2025-04-28 08:30")
    assert office.add_hours(at("2025-04-28 17:00"), 0) == at("2025-04-29 07:30")
    assert office.add_hours(at("2025-04-28 12:00"), 0) == at("2025-04-28 13:00")


def test_half_an_hour_is_thirty_minutes(office: WorkingCalendar):
    assert office.add_hours(at("2025-04-28 07:30"), 0.5) == at("2025-04-28 08:00")


def test_day_one_is_the_day_after_the_event(office: WorkingCalendar):
    assert office.add_working_days(at("2025-04-21 09:00"), 1) == at("2025-04-22 17:00")
    assert office.add_working_days(at("2025-04-21 09:00"), 0) == at("2025-04-21 17:00")


def test_a_made_up_saturday_counts_and_the_holidays_do_not(office: WorkingCalendar):
    assert office.add_working_days(at("2025-04-25 09:00"), 1) == at("2025-04-26 17:00")
    assert office.add_working_days(at("2025-04-29 09:00"), 1) == at("2025-05-05 17:00")


def test_calendar_days_count_weekends_but_never_end_on_one(office: WorkingCalendar):
    assert office.add_calendar_days(at("2025-04-21 09:00"), 4) == at("2025-04-25 17:00")
    assert office.add_calendar_days(at("2025-04-20 09:00"), 10) == at("2025-05-05 17:00")


def test_a_month_without_such_a_day_ends_on_its_last_day(office: WorkingCalendar):
    assert office.add_months(at("2025-01-31 09:00"), 1) == at("2025-02-28 17:00")
    assert office.add_months(at("2025-11-30 09:00"), 14) == at("2027-02-01 17:00")


def test_received_after_three_it_is_due_the_next_working_day(office: WorkingCalendar):
    assert office.same_day(at("2025-04-28 14:59")) == at("2025-04-28 17:00")
    assert office.same_day(at("2025-04-28 15:00")) == at("2025-04-29 17:00")
    assert office.same_day(at("2025-04-29 15:30")) == at("2025-05-05 17:00")
    assert office.same_day(at("2025-05-01 16:00")) == at("2025-05-05 17:00")


def test_saturday_reception_adds_no_processing_hours(office: WorkingCalendar):
    opening = WorkingCalendar("opening", {**OFFICE_WEEK, 5: MORNING})

    assert opening.is_open(at("2025-04-19 08:00"))
    assert not office.is_open(at("2025-04-19 08:00"))
    assert office.add_hours(at("2025-04-19 08:00"), 8) == at("2025-04-21 17:00")


def test_other_zones_are_read_in_city_time(office: WorkingCalendar):
    evening_in_london = datetime(2025, 4, 21, 1, 0, tzinfo=UTC)

    assert office.add_hours(evening_in_london, 1) == at("2025-04-21 09:00")


def test_a_watch_around_the_clock_closes_at_midnight():
    watch = WorkingCalendar("watch", {day: (Shift(time(0), time(0)),) for day in range(7)})

    assert watch.add_hours(at("2025-04-21 22:30"), 4) == at("2025-04-22 02:30")
    assert watch.end_of_day(date(2025, 4, 21)) == at("2025-04-22 00:00")


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: WorkingCalendar("empty", {}),
        lambda: WorkingCalendar("twice", {0: (OFFICE_HOURS[0], OFFICE_HOURS[0])}),
        lambda: Shift(time(9), time(9)),
        lambda: WorkingCalendar("week").add_hours(at("2025-04-21 08:00"), -1),
        lambda: WorkingCalendar("week").add_working_days(at("2025-04-21 08:00"), -1),
        lambda: WorkingCalendar("week").is_open(at("2025-04-21 08:00").replace(tzinfo=None)),
    ],
)
def test_nonsense_is_refused(wrong):
    with pytest.raises(ValueError):
        wrong()


# Laws


@given(calendars(), moments, moments, st.integers(0, 400))
def test_a_later_start_is_never_due_earlier(calendar, one, two, amount):
    first, second = sorted((one, two))

    assert calendar.add_hours(first, amount) <= calendar.add_hours(second, amount)
    assert calendar.add_working_days(first, amount) <= calendar.add_working_days(second, amount)
    assert calendar.add_calendar_days(first, amount) <= calendar.add_calendar_days(second, amount)
    assert calendar.add_months(first, amount % 40) <= calendar.add_months(second, amount % 40)
    assert calendar.same_day(first) <= calendar.same_day(second)


@given(calendars(), moments, st.integers(0, 400), st.integers(1, 50))
def test_a_longer_duration_is_never_due_earlier(calendar, start, amount, more):
    assert calendar.add_working_days(start, amount) <= calendar.add_working_days(
        start, amount + more
    )
    if amount:
        assert calendar.add_hours(start, amount) < calendar.add_hours(start, amount + more)


@given(calendars(), moments, st.integers(0, 200), st.data())
def test_removing_a_holiday_never_makes_a_due_date_later(calendar, start, amount, data):
    if not calendar.off:
        return
    fewer = without_one_holiday(calendar, data.draw(st.sampled_from(sorted(calendar.off))))

    assert fewer.add_hours(start, amount) <= calendar.add_hours(start, amount)
    assert fewer.add_working_days(start, amount) <= calendar.add_working_days(start, amount)
    assert fewer.add_calendar_days(start, amount) <= calendar.add_calendar_days(start, amount)
    assert fewer.next_opening(start) <= calendar.next_opening(start)


@settings(max_examples=40)
@given(calendars(), moments, st.integers(0, 20 * 24 * 60))
def test_time_used_and_time_off_are_the_time_that_passed(calendar, start, minutes):
    start = start.replace(second=0, microsecond=0)
    clock = [start + timedelta(minutes=passed) for passed in range(minutes)]

    used = calendar.working_minutes_between(start, start + timedelta(minutes=minutes))
    idle = sum(not calendar.is_open(moment) for moment in clock)

    assert used + idle == minutes


@given(calendars(), moments, st.integers(1, 5000))
def test_what_was_added_is_found_used(calendar, start, minutes):
    due = calendar.add_hours(start, minutes / 60)

    assert calendar.working_minutes_between(start, due) == minutes
    assert calendar.is_open(due - timedelta(minutes=1))


@given(calendars(), moments, moments, moments)
def test_used_time_adds_up(calendar, one, two, three):
    first, middle, last = sorted((one, two, three))
    used = calendar.working_minutes_between

    assert used(first, middle) + used(middle, last) == used(first, last)
    assert used(last, first) == 0


@given(calendars(), dates, st.integers(1, 60))
def test_counted_working_days_are_the_days_one_would_tick_off(calendar, on, count):
    ticked, day = 0, on
    while ticked < count:
        day += timedelta(days=1)
        ticked += calendar.is_working_day(day)

    due = calendar.add_working_days(datetime.combine(on, time(9), CITY_TZ), count)
    assert due == calendar.end_of_day(day)
    assert calendar.working_days_between(on, day) == count


@given(calendars(), moments)
def test_the_next_opening_is_open_and_nothing_before_it_is(calendar, moment):
    opening = calendar.next_opening(moment)

    assert calendar.is_open(opening)
    assert calendar.working_minutes_between(moment, opening) == 0


def test_an_odd_week_is_put_in_order_and_says_its_name():
    calendar = WorkingCalendar("odd", {0: OFFICE_HOURS[::-1], 1: ()}, made_up={date(2025, 4, 27)})

    assert calendar.shifts_on(date(2025, 4, 28)) == OFFICE_HOURS
    assert calendar.shifts_on(date(2025, 4, 27)) == OFFICE_HOURS
    assert calendar.next_working_day(date(2025, 4, 29)) == date(2025, 5, 5)
    assert "odd" in repr(calendar)
