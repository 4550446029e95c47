"""At no instant is there a task without an able holder: over random posts, people and days."""

from datetime import date, timedelta
from uuid import UUID, uuid5

from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.contexts.organisations.rules import covering
from motcua.contexts.organisations.rules.staffing import Absence, Holding, Seat, Staffing
from motcua.kernel.actors import Role
from motcua.kernel.period import ALWAYS, Period

FIRST = date(2026, 3, 1)
DAYS = tuple(FIRST + timedelta(days=number) for number in range(12))
UNITS = ("room", "office", "committee")  # each below the next
ROLES = (Role.CASE_OFFICER, Role.DIVISION_HEAD, Role.SIGNER)
PEOPLE = ("an", "binh", "cuc", "dung", "giang")
CHIEF = "thanh"  # heads the committee all the while, may be away, and cannot be suspended


def a(name: str) -> UUID:
    return uuid5(UUID(int=2), name)


starts = st.integers(0, 8)
periods = st.builds(
    lambda start, length: Period(DAYS[start], DAYS[start] + timedelta(days=length)),
    starts,
    st.integers(1, 6),
)
open_periods = periods | st.builds(lambda start: Period(DAYS[start], None), starts)
people = st.sampled_from(PEOPLE)
seats = st.lists(
    st.tuples(
        st.sampled_from(UNITS),
        st.sampled_from(ROLES),
        open_periods,
        st.lists(st.tuples(people, open_periods), max_size=2),
        st.lists(open_periods, max_size=2),
    ),
    min_size=1,
    max_size=7,
)
absences = st.lists(
    st.tuples(st.sampled_from((*PEOPLE, CHIEF)), st.none() | people, periods), max_size=6
)
suspensions = st.lists(st.tuples(people, open_periods), max_size=3)


@st.composite
def cities(draw) -> Staffing:
    """Posts that begin and end, held, vacant or left, signing by authority that ends."""
    made: dict[UUID, list[Seat]] = {}
    held: dict[UUID, tuple[Holding, ...]] = {}
    signing: dict[UUID, tuple[Period, ...]] = {}
    for number, (unit, role, period, holders, given_) in enumerate(draw(seats)):
        post = a(f"post {number}")
        made.setdefault(a(unit), []).append(Seat(post, a(unit), unit, role, "", period))
        held[post] = tuple(Holding(a(who), of) for who, of in holders)
        signing[post] = tuple(given_)
    top = Seat(a("chief"), a("committee"), "committee", Role.LEADER, "", ALWAYS)
    made.setdefault(a("committee"), []).append(top)
    held[top.id] = (Holding(a(CHIEF), ALWAYS),)
    away: dict[UUID, list[Absence]] = {}
    for who, other, of in draw(absences):
        away.setdefault(a(who), []).append(
            Absence(None if other == who or not other else a(other), of)
        )
    stopped: dict[UUID, list[Period]] = {}
    for who, of in draw(suspensions):
        stopped.setdefault(a(who), []).append(of)
    return Staffing(
        seats={unit: tuple(found) for unit, found in made.items()},
        holdings=held,
        absences={who: tuple(found) for who, found in away.items()},
        parents={a("room"): a("office"), a("office"): a("committee"), a("committee"): None},
        suspensions={who: tuple(found) for who, found in stopped.items()},
        signing=signing,
    )


@settings(max_examples=300, deadline=None)
@given(cities())
def test_at_no_instant_is_a_task_without_an_able_holder(known):
    for unit, found in known.seats.items():
        for seat in found:
            for day in DAYS:
                begun = seat.period.start is None or seat.period.start <= day
                if not begun:  # no task is opened where there is no post yet
                    continue
                able = known.able(unit, seat.role, day)

                assert able, (seat, day)
                for one in able:
                    assert not known.is_suspended(one.officer_id, day)
                    held = known.posts_held(one.officer_id, day)
                    assert any(h.unit_id == unit and h.role is seat.role for h in held)


@settings(max_examples=150, deadline=None)
@given(cities(), people, st.none() | people, periods)
def test_an_absence_that_leaves_nobody_is_found_before_it_stands(known, who, other, away):
    absence = Absence(a(other) if other and other != who else None, away)
    then = covering.with_absence(known, a(who), absence)

    alone = list(covering.left_alone(known, then, a(who), away.start, away.end))

    for day, place in alone:
        assert not (place.there or place.heads)
        assert all(known.place(place.unit_id, place.role, day).able for day in (day,))
    if not alone:
        for post in known.posts_held(a(who), away.start):
            before = known.place(post.unit_id, post.role, away.start)
            after = then.place(post.unit_id, post.role, away.start)
            assert after.there or after.heads or not (before.there or before.heads)


@settings(max_examples=150, deadline=None)
@given(cities(), people, st.sampled_from(DAYS))
def test_who_is_suspended_acts_nowhere_and_the_posts_go_on(known, who, day):
    then = covering.with_suspension(known, a(who), day)

    assert then.posts_held(a(who), day) == ()
    for post in known.posts_held(a(who), day):
        assert then.able(post.unit_id, post.role, day)
