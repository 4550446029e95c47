"""Rows that may be one person: proposed with reasons, merged by an officer, taken back exactly."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.contexts.identity import public
from motcua.contexts.identity.actions.matching import (
    dismiss_candidate,
    merge_people,
    unmerge_people,
)
from motcua.contexts.identity.actions.numbers import change_number, index_people
from motcua.contexts.identity.actions.people import change_contact
from motcua.contexts.identity.contracts.matching import (
    AlreadyDecided,
    AlreadyMerged,
    CandidateNotFound,
    CandidateState,
    MatchReason,
    NumberEnd,
    NumberNotHeld,
    ReasonNeeded,
)
from motcua.contexts.identity.models import MatchCandidate, Person, PersonIdentifier
from motcua.contexts.identity.queries import matching
from motcua.contexts.identity.queries.actors import actor_of
from motcua.contexts.identity.rules.matching import match_key, roots
from motcua.contexts.identity.testing import a_citizen_account, a_person
from motcua.kernel.access import WrongRole
from motcua.kernel.actors import Role
from motcua.kernel.testing import MONDAY_9AM as NOW
from motcua.kernel.testing import citizen, officer

pytestmark = pytest.mark.django_db
DUYEN = officer(Role.DATA_PROTECTION, name="Hồ Mỹ Duyên")
LATER = NOW + timedelta(hours=1)
BORN = date(1990, 5, 12)


def pairs(state=CandidateState.OPEN):
    return matching.candidates(DUYEN, state, now=NOW)


def merge(pair, survivor, *, actor=DUYEN, reason="Cùng một người", evidence="Thẻ căn cước"):
    return merge_people(
        pair.id, survivor_id=survivor, reason=reason, evidence=evidence, actor=actor, now=NOW
    )


@pytest.fixture
def two():
    """The same name and birth date, typed with another number."""
    first = a_person()
    second = a_person("NGUYEN THI ANH TUYET", personal_number="079190999002", phone="0900000009")
    return first, second


def test_a_stranger_to_both_rows_is_proposed_to_nobody():
    a_person()
    a_person("Lê Minh Khoa", personal_number="079188999002", born_on=date(1988, 3, 2))

    assert pairs() == ()


def test_the_same_name_and_birth_date_is_proposed_with_what_differs(two):
    [pair] = pairs()

    assert pair.reasons == (MatchReason.SAME_NAME_AND_BIRTH,)
    assert pair.differs == ("personal_number",)
    assert [side.personal_number_masked for side in pair.sides] == ["•••••••••001", "•••••••••002"]
    assert "079190999" not in repr(pair)


def test_the_same_number_is_proposed_even_when_it_named_somebody_long_ago():
    first = a_person()
    change_number(
        first.id, new_number="079190999011", ended_as=NumberEnd.CHANGED, reason="Cấp lại",
        actor=DUYEN, now=NOW,
    )  # fmt: skip
    a_person("Trần Văn Khác", personal_number="079190999001", born_on=date(1980, 1, 1))

    [pair] = pairs()

    assert pair.reasons == (MatchReason.SAME_NUMBER,)
    assert set(pair.differs) == {"full_name", "personal_number", "born_on"}


def test_nobody_but_who_answers_for_personal_data_decides(two):
    [pair] = pairs()
    administrator = officer(Role.ADMINISTRATOR, Role.DIVISION_HEAD)

    with pytest.raises(WrongRole):
        merge(pair, two[0].id, actor=administrator)

    assert matching.candidates(administrator, CandidateState.OPEN, now=NOW) == ()


@pytest.mark.parametrize("lacking", [{"reason": " "}, {"evidence": ""}])
def test_a_merge_needs_reason_and_evidence(two, lacking):
    [pair] = pairs()

    with pytest.raises(ReasonNeeded):
        merge(pair, two[0].id, **lacking)


def test_a_pair_is_merged_only_into_one_of_its_own(two):
    other = a_person("Lê Minh Khoa", personal_number="079188999002", born_on=date(1988, 3, 2))
    [pair] = pairs()

    with pytest.raises(CandidateNotFound):
        merge(pair, other.id)


def test_after_a_merge_every_reader_sees_the_survivor(two):
    first, second = two
    account = a_citizen_account(second)
    [pair] = pairs()

    merge(pair, first.id)

    assert public.person(second.id).id == first.id
    assert public.names_of([second.id]) == {second.id: "Nguyễn Thị Ánh Tuyết"}
    assert public.contact_of(second.id).phone == "0900000001"
    assert set(public.people_with_number("079190999002")) == {first.id, second.id}
    actor = actor_of(account, assurance=2, now=NOW)
    assert (actor.person_id, actor.party_ids) == (first.id, (first.id, second.id))
    found = public.find_or_register(
        "079190999002", "Nguyễn Thị Ánh Tuyết", BORN, actor=citizen(), now=NOW
    )
    assert found == first.id


def test_a_decided_pair_is_not_decided_again(two):
    [pair] = pairs()
    merge(pair, two[0].id)

    with pytest.raises(AlreadyDecided):
        dismiss_candidate(pair.id, reason="Hai người", actor=DUYEN, now=NOW)


def test_a_dismissed_pair_does_not_come_back(two):
    [pair] = pairs()

    dismiss_candidate(pair.id, reason="Hai chị em trùng tên", actor=DUYEN, now=NOW)

    assert pairs() == ()
    assert [one.id for one in pairs(CandidateState.DISMISSED)] == [pair.id]


def test_a_merged_row_is_not_merged_a_second_time(two):
    first, second = two
    third = a_person(personal_number="079190999003")
    by_sides = {frozenset(s.person_id for s in pair.sides): pair for pair in pairs()}
    merge(by_sides[frozenset({first.id, second.id})], first.id)

    with pytest.raises(AlreadyMerged):
        merge(by_sides[frozenset({second.id, third.id})], third.id)


def test_what_happened_between_merge_and_unmerge_is_told(two):
    first, second = two
    [pair] = pairs()
    merged = merge(pair, first.id)
    own = replace(citizen(person=first.id), proven_at=LATER)
    change_contact(first.id, email="", phone="0900000777", actor=own, now=LATER)

    undone = unmerge_people(merged.merge_id, reason="Gộp nhầm", actor=DUYEN, now=LATER)

    assert undone.meanwhile == {"identity.change_contact": 1}
    assert public.person(second.id).phone == "0900000009"
    assert [one.id for one in pairs()] == [pair.id]


def rows():
    """Everything the tables say about people and pairs."""
    people_ = {row.id: (row.merged_into_id, row.also, row.updated_at) for row in
               Person.objects.order_by("id")}  # fmt: skip
    candidates_ = {row.id: (row.state, row.decided_at, row.decided_by) for row in
                   MatchCandidate.objects.order_by("id")}  # fmt: skip
    return people_, candidates_


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (2, 0, 3, 1), (1, 3, 0, 2)])
@pytest.mark.parametrize("backwards", [True, False])
def test_merges_taken_back_in_any_order_leave_exactly_what_was(order, backwards):
    for serial in (1, 2, 3, 4):
        a_person(personal_number=f"07919099900{serial}")
    before, undo = rows(), []
    known = {pair.id: pair for pair in pairs()}
    for at in order:
        pair = known[sorted(known)[at]]
        try:
            undo.append(merge(pair, pair.sides[at % 2].person_id).merge_id)
        except AlreadyMerged:
            continue

    assert undo
    for merge_id in reversed(undo) if backwards else undo:
        unmerge_people(merge_id, reason="Gộp nhầm", actor=DUYEN, now=LATER)

    assert rows() == before


@given(st.dictionaries(st.integers(1, 9), st.integers(0, 8)).map(
    lambda links: {k: v for k, v in links.items() if v < k}
))  # fmt: skip
def test_everybody_stands_for_a_row_that_is_merged_into_none(merges):
    found = roots(range(10), merges)

    assert all(root not in merges for root in found.values())
    for merged, survivor in merges.items():
        assert found[merged] == found[survivor]


@given(st.text(max_size=30))
def test_a_name_matches_itself_however_it_is_written(name):
    assert match_key(name, BORN) == match_key(f"  {name}  ", BORN)
    assert match_key(name, None) == ""


def test_a_number_is_changed_and_the_old_one_still_leads_here():
    person = a_person()

    change_number(
        person.id, new_number="079190999011", ended_as=NumberEnd.CHANGED, reason="Cấp lại",
        actor=DUYEN, now=NOW,
    )  # fmt: skip

    assert public.personal_number_of(person.id) == "079190999011"
    assert public.people_with_number("079190999001") == (person.id,)
    old, new = PersonIdentifier.objects.order_by("recorded_at", "valid_to")
    assert {old.ended_as, new.ended_as} == {"CHANGED", ""}


def test_a_cancelled_number_leaves_a_person_without_one():
    person = a_person()

    change_number(
        person.id, new_number="", ended_as=NumberEnd.CANCELLED, reason="Hủy số",
        actor=DUYEN, now=NOW,
    )  # fmt: skip

    assert public.personal_number_of(person.id) == ""
    with pytest.raises(NumberNotHeld):
        change_number(
            person.id, new_number="", ended_as=NumberEnd.CANCELLED, reason="Hủy số",
            actor=DUYEN, now=NOW,
        )  # fmt: skip


def test_nobody_changes_their_own_number():
    person = a_person()

    with pytest.raises(WrongRole):
        change_number(
            person.id, new_number="079190999011", ended_as=NumberEnd.CHANGED, reason="Tôi muốn",
            actor=citizen(person=person.id), now=NOW,
        )  # fmt: skip


def test_rows_from_before_the_index_are_proposed_once_they_are_indexed(two):
    MatchCandidate.objects.all().delete()
    Person.objects.update(match_key=None, match_index=None)

    index_people(limit=10, actor=DUYEN, now=NOW)

    assert len(pairs()) == 1
    assert matching.not_indexed(1) == []
