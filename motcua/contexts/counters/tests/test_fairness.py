"""Who goes first goes first, and nobody waits for ever."""

from datetime import timedelta
from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from motcua.contexts.counters.rules.fairness import InLine, in_a_row_after, next_of
from motcua.kernel.testing import MONDAY_9AM

MOST = 2
hall = st.lists(st.tuples(st.integers(0, 200), st.booleans()), max_size=40)


def lined_up(told):
    return [
        InLine(
            id=UUID(int=1000 - n),  # what a row is called says nothing of who was first
            since=MONDAY_9AM + timedelta(minutes=minute),
            number=n,
            ahead=ahead,
        )
        for n, (minute, ahead) in enumerate(told)
    ]


def calls_of(waiting, coming=()):
    """All calls until nobody waits; one of `coming` enters before each call."""
    left, entering, row, called = list(waiting), list(coming), 0, []
    while left or entering:
        if entering:
            left.append(entering.pop(0))
        chosen = next_of(left, in_a_row=row, most=MOST)
        row = in_a_row_after(chosen, row)
        left.remove(chosen)
        called.append(chosen)
    return called


@given(hall)
def test_everybody_is_called_once(told):
    waiting = lined_up(told)

    called = calls_of(waiting)

    assert sorted(called, key=lambda one: one.number) == waiting


@given(hall, st.integers(1, 60))
def test_an_endless_stream_of_priority_starves_nobody(told, streaming):
    waiting = lined_up(told)
    stream = [
        InLine(id=UUID(int=2000 + n), since=MONDAY_9AM - timedelta(hours=1), number=n, ahead=True)
        for n in range(streaming)
    ]

    called = calls_of(waiting, stream)

    others = sorted((one for one in waiting if not one.ahead), key=lambda one: one.order)
    for before, one in enumerate(others):
        assert called.index(one) < (MOST + 1) * (before + 1)


@given(hall)
def test_within_a_line_the_longest_waiting_is_first(told):
    called = calls_of(lined_up(told))

    for ahead in (True, False):
        line = [one.order for one in called if one.ahead is ahead]
        assert line == sorted(line)


@given(hall)
def test_priority_waits_for_one_ordinary_call_at_most(told):
    called = calls_of(lined_up(told))

    last_ahead = max((n for n, one in enumerate(called) if one.ahead), default=-1)
    pairs = pairwise(called[: last_ahead + 1])
    assert not [one for one, then in pairs if not one.ahead and not then.ahead]
