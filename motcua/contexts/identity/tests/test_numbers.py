"""Numbers over time: told otherwise, changed on evidence, taken back exactly."""

from datetime import date, timedelta

import pytest

from motcua.contexts.identity import public
from motcua.contexts.identity.actions.matching import ask_evidence, dismiss_candidate
from motcua.contexts.identity.actions.numbers import change_number, keep_number, undo_number
from motcua.contexts.identity.contracts import NotAtYourDesk, Source
from motcua.contexts.identity.contracts.matching import (
    AlreadyDecided,
    CandidateState,
    MatchReason,
    NumberCaseState,
    NumberEnd,
    NumberMoved,
    ReasonNeeded,
)
from motcua.contexts.identity.models import NumberCase
from motcua.contexts.identity.queries import matching, numbers
from motcua.contexts.identity.testing import a_citizen_account, a_person, at_the_desk_of
from motcua.kernel.access import WrongRole
from motcua.kernel.actors import SYSTEM, Role
from motcua.kernel.models import LedgerLeaf
from motcua.kernel.testing import MONDAY_9AM as NOW
from motcua.kernel.testing import officer

pytestmark = pytest.mark.django_db
DUYEN = officer(Role.DATA_PROTECTION, name="Hồ Mỹ Duyên")
RECEIVER = officer(Role.RECEIVER, name="Lê Quốc Bảo")
LATER = NOW + timedelta(hours=1)
OLD, NEW = "079190999001", "079190999011"


def report(person, told=NEW):
    return public.report_number(person.id, told, source=Source.VNEID, actor=SYSTEM, now=NOW)


def changed(person, new=NEW, *, actor=DUYEN, now=NOW, **told):
    said = {"ended_as": NumberEnd.CHANGED, "reason": "Cấp lại"} | told
    return change_number(person.id, new_number=new, actor=actor, now=now, **said).id


def undo(case_id, *, actor=DUYEN, reason="Nhầm người"):
    undo_number(case_id, reason=reason, actor=actor, now=LATER)


def number_of(person):
    return public.personal_number_of(person.id)


def opened():
    return numbers.cases(DUYEN, NumberCaseState.OPEN, now=NOW)


def test_another_number_told_changes_nothing_and_waits_once_for_an_officer():
    person = a_person()

    first, again = report(person), report(person)

    assert first == again
    assert number_of(person) == OLD
    [case] = opened()
    assert (case.held_masked, case.told_masked) == ("•••••••••001", "•••••••••011")
    assert "079190" not in repr(case)


def test_the_number_that_is_held_opens_nothing():
    assert report(a_person(), OLD) is None
    assert opened() == ()


def test_a_number_that_somebody_else_bears_is_a_pair_too():
    person = a_person()
    other = a_person("Lê Minh Khoa", personal_number=NEW, born_on=date(1988, 3, 2))

    report(person)

    [pair] = matching.candidates(DUYEN, CandidateState.OPEN, now=NOW)
    assert {side.person_id for side in pair.sides} == {person.id, other.id}
    assert pair.reasons == (MatchReason.SAME_NUMBER,)


def test_a_change_answers_the_question_and_the_history_keeps_both():
    person = a_person()
    case_id = report(person)

    changed(person, case_id=case_id, evidence_note="Giấy xác nhận số 5")

    assert opened() == ()
    history = numbers.history(person.id)
    assert [(one.masked, one.ended_as) for one in history] == [
        ("•••••••••011", None), ("•••••••••001", NumberEnd.CHANGED),
    ]  # fmt: skip
    with pytest.raises(AlreadyDecided):
        changed(person, "079190999012", case_id=case_id)
    with pytest.raises(AlreadyDecided):
        keep_number(case_id, reason="Giữ", actor=DUYEN, now=LATER)


def test_a_change_is_taken_back_exactly():
    person = a_person()
    case_id = changed(person)

    undo(case_id)

    assert number_of(person) == OLD
    held = {one.masked: one.ended_as for one in numbers.history(person.id)}
    assert held == {"•••••••••001": None, "•••••••••011": NumberEnd.WRONG}
    with pytest.raises(AlreadyDecided):
        undo(case_id)


def test_a_number_given_to_who_had_none_is_taken_back_to_none():
    newborn = a_person("Lê Nguyễn An", personal_number="", born_on=date(2026, 1, 2))
    case_id = changed(newborn, "079226999050")

    undo(case_id)

    assert number_of(newborn) == ""


def test_only_the_newest_change_is_taken_back():
    person = a_person()
    first = changed(person)
    changed(person, "079190999012", now=LATER)

    with pytest.raises(NumberMoved):
        undo(first)


def test_a_receiver_changes_on_paper_but_takes_nothing_back():
    person = a_person()
    with pytest.raises(NotAtYourDesk):
        changed(person, actor=RECEIVER)
    at_the_desk_of(RECEIVER, person.id)
    case_id = changed(person, actor=RECEIVER)

    with pytest.raises(WrongRole):
        undo(case_id, actor=RECEIVER)
    with pytest.raises(WrongRole):
        keep_number(case_id, reason="Giữ", actor=RECEIVER, now=LATER)


def test_taking_back_and_keeping_need_a_reason():
    person = a_person()
    waiting = report(person)

    with pytest.raises(ReasonNeeded):
        keep_number(waiting, reason=" ", actor=DUYEN, now=NOW)
    keep_number(waiting, reason="VNeID nhầm", actor=DUYEN, now=NOW)
    with pytest.raises(ReasonNeeded):
        undo(changed(person), reason="")

    assert NumberCase.objects.get(id=waiting).state == NumberCaseState.DISMISSED
    bodies = " ".join(LedgerLeaf.objects.values_list("body", flat=True))
    assert OLD not in bodies and NEW not in bodies


def test_a_refused_link_opens_a_pair_again_that_was_judged_to_be_two():
    first = a_person()
    second = a_person(personal_number="079190999002")
    [pair] = matching.candidates(DUYEN, CandidateState.OPEN, now=NOW)
    dismiss_candidate(pair.id, reason="Hai chị em", actor=DUYEN, now=NOW)

    told = {"reasons": [MatchReason.LINK_REFUSED], "actor": SYSTEM, "now": LATER}
    again = public.propose_match(second.id, first.id, **told)
    assert public.propose_match(first.id, second.id, **told) == again == pair.id

    [found] = matching.candidates(DUYEN, CandidateState.OPEN, now=NOW)
    assert MatchReason.LINK_REFUSED in found.reasons


def test_evidence_is_asked_of_who_has_an_account():
    first = a_person()
    a_citizen_account(first)
    a_person(personal_number="079190999002")
    [pair] = matching.candidates(DUYEN, CandidateState.OPEN, now=NOW)

    with pytest.raises(ReasonNeeded):
        ask_evidence(pair.id, what=" ", actor=DUYEN, now=NOW)
    ask_evidence(pair.id, what="Giấy khai sinh bản gốc", actor=DUYEN, now=NOW)

    assert matching.candidate_view(pair.id, DUYEN, now=NOW).state is CandidateState.WAITING
    assert public.evidence_asked(pair.id) == "Giấy khai sinh bản gốc"
    [leaf] = LedgerLeaf.objects.filter(action="identity.ask_evidence")
    assert str(first.id) in leaf.body and "khai sinh" not in leaf.body
    dismiss_candidate(pair.id, reason="Hai người", actor=DUYEN, now=LATER)
    assert public.evidence_asked(pair.id) == ""
