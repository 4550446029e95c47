"""The ten national states: invariant 1 of the facts, over every walk."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.contexts.dossiers.contracts import NationalStatus, StatusNotAllowed
from motcua.contexts.dossiers.rules.statuses import (
    NEXT,
    TERMINAL,
    WITHDRAWABLE,
    check_transition,
)

S = NationalStatus


@st.composite
def walks(draw: st.DrawFn) -> list[NationalStatus]:
    path = [S.REGISTERED]
    for _ in range(draw(st.integers(0, 12))):
        after = sorted(NEXT[path[-1]])
        if not after:
            break
        path.append(draw(st.sampled_from(after)))
    return path


@given(walks())
def test_returned_implies_done_before(path):
    if S.RETURNED in path:
        assert S.DONE in path[: path.index(S.RETURNED)]


@given(walks())
def test_nothing_follows_an_end(path):
    assert all(state not in TERMINAL for state in path[:-1])


@given(walks())
def test_withdrawal_is_asked_before_the_decision_only(path):
    if S.WITHDRAWAL_ASKED in path:
        at = path.index(S.WITHDRAWAL_ASKED)
        assert int(path[at - 1]) <= 6
        assert path[at + 1 :] in ([], [S.STOPPED])


def test_three_eight_and_ten_are_ends():
    assert {S.NOT_RECEIVED, S.STOPPED, S.RETURNED} == TERMINAL
    assert {int(s) for s in WITHDRAWABLE} == {1, 2, 4, 5, 6}


def test_a_leap_is_refused():
    with pytest.raises(StatusNotAllowed):
        check_transition(S.REGISTERED, S.DONE)
