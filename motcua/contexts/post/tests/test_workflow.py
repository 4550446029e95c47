"""Where a consignment is follows from what happened, however it was told."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.contexts.post.contracts import ConsignmentState, TrackingKind
from motcua.contexts.post.workflow import TABLE, Happened, place_after
from motcua.kernel.testing import MONDAY_9AM

S, T = ConsignmentState, TrackingKind


def told(*kinds: TrackingKind) -> list[Happened]:
    return [
        Happened(id=f"E{at}", kind=kind, at=MONDAY_9AM + timedelta(hours=at))
        for at, kind in enumerate(kinds)
    ]


journeys = st.lists(st.sampled_from(TrackingKind), max_size=7).map(lambda kinds: told(*kinds))


@given(journeys, st.data())
def test_order_and_repetition_of_what_is_told_change_nothing(journey, data):
    shuffled = data.draw(st.permutations([*journey, *journey]))

    assert place_after(shuffled) == place_after(journey)


@pytest.mark.parametrize(
    ("kinds", "state", "attempts"),
    [
        ((), S.BOOKED, 0),
        ((T.TAKEN, T.MOVED), S.WITH_POST, 0),
        ((T.TAKEN, T.NOT_HOME, T.NOT_HOME), S.WITH_POST, 2),
        ((T.TAKEN, T.NOT_HOME, T.NOT_HOME, T.NOT_HOME), S.COMING_BACK, 3),
        ((T.TAKEN, T.NOT_HOME, T.NOT_HOME, T.NOT_HOME, T.BROUGHT_BACK), S.CAME_BACK, 3),
        ((T.TAKEN, T.NOT_HOME, T.DELIVERED), S.DELIVERED, 1),
        ((T.TAKEN, T.LOST), S.LOST, 0),
        ((T.TAKEN, T.LOST, T.FOUND, T.DELIVERED), S.DELIVERED, 0),
        ((T.TAKEN, T.DELIVERED, T.LOST), S.DELIVERED, 0),
        ((T.TAKEN, T.BROUGHT_BACK, T.DELIVERED), S.CAME_BACK, 0),
        ((T.FOUND, T.TURNED), S.BOOKED, 0),
    ],
)
def test_each_way_ends_where_the_table_says(kinds, state, attempts):
    place = place_after(told(*kinds))

    assert (place.state, place.attempts) == (state, attempts)


def test_every_state_of_the_table_is_left_or_ends():
    reached = {S.BOOKED, *TABLE.values()}

    assert reached == {S.BOOKED, S.WITH_POST, S.COMING_BACK, S.CAME_BACK, S.DELIVERED, S.LOST}
