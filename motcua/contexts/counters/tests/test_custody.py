"""A paper is always somebody's, and the day's papers leave by the hour that the rule says."""

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from motcua.contexts.counters.contracts.bundles import Carrier, HolderKind, LineState
from motcua.contexts.counters.rules.custody import Leg, half_day, hand_on_by, holder_after
from motcua.kernel.calendar import WorkingCalendar
from motcua.kernel.clock import CITY_TZ
from motcua.kernel.testing import stable_id

UNITS = [stable_id(f"unit {n}") for n in range(4)]
CALENDAR = WorkingCalendar("tuần", off={datetime(2026, 11, 24, tzinfo=CITY_TZ).date()})
legs = st.lists(
    st.tuples(
        st.sampled_from(UNITS), st.sampled_from(Carrier), st.booleans(), st.sampled_from(LineState)
    ),
    max_size=8,
)


def at(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=CITY_TZ)


def walked(told):
    """Legs that follow on: each begins where the paper lay."""
    found, here = [], UNITS[0]
    for to, carrier, given_away, arrived in told:
        leg = Leg(
            from_unit_id=here,
            to_unit_id=to,
            carrier=carrier,
            given=given_away,
            found=arrived if given_away else LineState.ON_WAY,
        )
        found.append(leg)
        if given_away and arrived in {LineState.ARRIVED, LineState.DAMAGED}:
            here = to
    return found


@given(legs)
def test_at_every_moment_exactly_one_answers_for_a_paper(told):
    walk = walked(told)

    for seen in range(len(walk) + 1):
        holder = holder_after(UNITS[0], walk[:seen])
        assert holder.unit_id in UNITS
        assert (holder.kind is HolderKind.CARRIER) == (holder.carrier is not None)
        last = walk[seen - 1] if seen else None
        if last and last.given and last.found in {LineState.ARRIVED, LineState.DAMAGED}:
            assert (holder.kind, holder.unit_id) == (HolderKind.UNIT, last.to_unit_id)


@given(legs)
def test_what_did_not_arrive_is_never_with_the_receiver(told):
    walk = walked(told)

    for seen, leg in enumerate(walk, start=1):
        if leg.given and leg.found in {LineState.ON_WAY, LineState.MISSING}:
            holder = holder_after(UNITS[0], walk[:seen])
            assert holder.unit_id == leg.from_unit_id
            assert holder.missing == (leg.found is LineState.MISSING)


def test_what_came_before_three_leaves_the_same_day():
    assert hand_on_by(at(23, 14, 59), CALENDAR) == at(23, 17)
    assert hand_on_by(at(23, 15), CALENDAR) == at(25, 7, 30)
    assert hand_on_by(at(27, 16), CALENDAR) == at(30, 7, 30)


def test_a_day_has_two_halves():
    assert (half_day(at(23, 11, 59)), half_day(at(23, 12))) == ("sáng", "chiều")
