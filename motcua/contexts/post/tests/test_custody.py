"""An original is never with nobody, and each hand-over names two people."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.contexts.post.contracts import HolderKind, NamesNeeded, OriginalElsewhere
from motcua.contexts.post.rules.custody import Hand, Passing, holder_after, passed

hands = st.sampled_from(
    [
        Hand(kind=HolderKind.OWNER),
        Hand(kind=HolderKind.POST),
        Hand(kind=HolderKind.DESK, unit_id=UUID(int=1)),
        Hand(kind=HolderKind.DESK, unit_id=UUID(int=2)),
    ]
)
OWNER, POST = Hand(kind=HolderKind.OWNER), Hand(kind=HolderKind.POST)


def step(giver: Hand, taker: Hand, gave: str = "An", took: str = "Bình") -> Passing:
    return Passing(giver=giver, taker=taker, gave=gave, took=took)


@given(hands, st.lists(st.tuples(hands, hands), max_size=8))
def test_a_paper_is_always_with_the_one_who_took_it_last(first, wanted):
    holder, done = first, []
    for giver, taker in wanted:
        try:
            holder = passed(holder, step(giver, taker))
        except OriginalElsewhere:
            assert giver != holder or giver == taker
        else:
            done.append(step(giver, taker))

    assert holder == holder_after(done, first=first)
    assert holder == (done[-1].taker if done else first)


@pytest.mark.parametrize("names", [("", "Bình"), ("An", " "), ("\u200b", "Bình")])
def test_a_hand_over_without_two_names_is_refused(names):
    with pytest.raises(NamesNeeded):
        passed(OWNER, step(OWNER, POST, *names))


def test_nobody_gives_what_another_holds():
    with pytest.raises(OriginalElsewhere):
        passed(OWNER, step(POST, OWNER))
