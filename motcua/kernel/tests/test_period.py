from datetime import date, timedelta

import pytest
from django.db.models import DateField, Value
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.period import ALWAYS, Period, in_force

days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start = draw(st.none() | days)
    length = draw(st.none() | st.integers(1, 4000))
    if length is None:
        return Period(start, None)
    base = start or draw(days)
    return Period(start, base + timedelta(days=length))


def test_the_last_day_is_outside():
    period = Period(date(2025, 7, 1), date(2026, 7, 1))

    assert period.contains(date(2025, 7, 1))
    assert period.contains(date(2026, 6, 30))
    assert not period.contains(date(2026, 7, 1))


def test_a_period_without_a_day_is_refused():
    with pytest.raises(ValueError, match="at least a day"):
        Period(date(2026, 1, 1), date(2026, 1, 1))


def test_neighbours_do_not_overlap():
    before, after = Period(None, date(2025, 7, 1)), Period(date(2025, 7, 1), None)

    assert not before.overlaps(after)
    assert before.intersection(after) is None


def test_closing_never_lengthens():
    assert Period(None, date(2026, 1, 1)).until(date(2027, 1, 1)).end == date(2026, 1, 1)
    assert ALWAYS.until(date(2027, 1, 1)).end == date(2027, 1, 1)
    assert Period.single(date(2026, 2, 28)).end == date(2026, 3, 1)


@given(periods(), periods(), days)
def test_a_day_lies_in_the_intersection_when_it_lies_in_both(one: Period, two: Period, on: date):
    both = one.intersection(two)

    assert (both is not None and both.contains(on)) == (one.contains(on) and two.contains(on))
    assert one.overlaps(two) == two.overlaps(one) == (both is not None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "end"),
    [(None, None), (None, date(2026, 3, 2)), (date(2026, 3, 2), None), (date(2026, 3, 3), None)],
)
def test_the_database_reads_a_period_as_we_do(start: date | None, end: date | None):
    row = {"valid_from": Value(start, DateField()), "valid_to": Value(end, DateField())}

    for on in (date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 3)):
        assert in_force(on).check(row) == Period(start, end).contains(on)
