"""Bổ sung lần nữa: no applicant is asked twice unless a head lets it go."""

from dataclasses import replace
from datetime import timedelta

import pytest

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import CaseMoved, NotYourStep
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import (
    NationalStatus,
    SecondSupplementNeedsHead,
    Shortcoming,
    Supply,
    TakeStep,
)
from motcua.contexts.dossiers.contracts.shortcomings import (
    ItemSubjectUnknown,
    NotYoursToRelease,
    ProposalDecided,
    ProposalNotNeeded,
    ProposalOvertaken,
    ProposalState,
    ProposalWaits,
    ProposeSupplement,
    ReleaseReasonNeeded,
    WhyAgainNeeded,
)
from motcua.contexts.dossiers.models import Dossier
from motcua.contexts.dossiers.queries.proposals import proposals_waiting
from motcua.contexts.dossiers.testing import a_submitted_birth
from motcua.contexts.identity.testing import a_person
from motcua.contexts.organisations.testing import acting, the_officer
from motcua.kernel.models import LedgerLeaf
from motcua.kernel.testing import MONDAY_9AM, citizen, stable_id

NAME = Shortcoming(question_key="child_full_name", reason="wrong_answer")
PAPER = Shortcoming(component_key="giay_chung_sinh", reason="pages_missing")
WHY = "Trang hai chỉ thấy được khi đã có ảnh rõ."


def at(minutes: int):
    return MONDAY_9AM + timedelta(minutes=minutes)


def officer(name: str):
    return replace(acting(name, MONDAY_9AM.date()), account_id=stable_id(f"account {name}"))


def step(code: str, who: str, action: str, minutes: int, **more: object):
    seen = dossiers.desk_view(code, officer(who), now=at(minutes)).dossier.version_seen
    command = TakeStep(code=code, action=action, seen_version=seen, **more)
    return dossiers.take_step(command, actor=officer(who), now=at(minutes))


def propose(code: str, minutes: int, who: str = "bao", **more: object):
    seen = dossiers.desk_view(code, officer(who), now=at(minutes)).dossier.version_seen
    told = {"items": (PAPER,), "why_again": WHY, "seen_version": seen, **more}
    command = ProposeSupplement(code=code, action="supplement", **told)
    return dossiers.propose_supplement(command, actor=officer(who), now=at(minutes))


def newest(code: str, who: str = "nghia"):
    return dossiers.desk_view(code, officer(who), now=at(100)).proposals[0]


@pytest.fixture
def tuyet(small_city):
    return citizen(person=a_person().id)


@pytest.fixture
def code(tuyet) -> str:
    """A dossier with Bảo, whose applicant was asked once and answered."""
    code = a_submitted_birth(tuyet, now=MONDAY_9AM, desk_ward="26743")
    step(code, "khue", "receive", 10)
    step(code, "nghia", "assign", 20, assignee_id=the_officer("bao").id)
    step(code, "bao", "supplement", 30, items=(NAME,))
    answers = {"child_full_name": "Lê Minh Ân"}
    dossiers.supply(Supply(code=code, answers=answers), actor=tuyet, now=at(40))
    return code


def test_the_first_request_needs_nobody(tuyet):
    code = a_submitted_birth(tuyet, now=MONDAY_9AM, desk_ward="26743")
    step(code, "khue", "receive", 10)
    step(code, "nghia", "assign", 20, assignee_id=the_officer("bao").id)

    with pytest.raises(ProposalNotNeeded):
        propose(code, 30)


def test_an_officer_alone_asks_nobody_twice(code):
    with pytest.raises(SecondSupplementNeedsHead):
        step(code, "bao", "supplement", 50, items=(PAPER,))

    assert dossiers.desk_view(code, officer("bao"), now=at(50)).needs_release
    assert not dossiers.desk_view(code, officer("nghia"), now=at(50)).needs_release


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"why_again": " \u200b"}, WhyAgainNeeded),
        ({"items": (replace(PAPER, component_key="ho_chieu"),)}, ItemSubjectUnknown),
        ({"seen_version": 1}, CaseMoved),
        ({"who": "nghia"}, NotYourStep),
    ],
)
def test_a_proposal_is_whole_or_is_not_made(code, more, refusal):
    with pytest.raises(refusal):
        propose(code, 50, **more)

    assert not dossiers.desk_view(code, officer("bao"), now=at(50)).proposals


def test_a_head_releases_in_the_words_of_the_officer(code, tuyet, deliveries):
    propose(code, 50)
    waiting = dossiers.dossier(code, tuyet, now=at(55))
    waits_for = proposals_waiting(officer("nghia"), now=at(55))
    dossiers.release_supplement(newest(code).id, actor=officer("nghia"), now=at(60))
    deliveries()

    view = dossiers.dossier(code, tuyet, now=at(70))
    event = casework.events_of(casework.case(code))[-1]
    assert waiting.status is NationalStatus.IN_PROCESS
    assert [(one.code, one.items) for one in waits_for] == [(code, 1)]
    assert proposals_waiting(officer("nghia"), now=at(65)) == ()
    assert view.status is NationalStatus.SUPPLEMENT_ASKED
    assert view.supplements[1].items[0].component_key == "giay_chung_sinh"
    assert (event.kind, event.on_behalf_of) == ("supplement", the_officer("bao").id)
    assert newest(code).state is ProposalState.RELEASED
    assert Dossier.objects.get(code=code).supplements == 2
    assert [one.kind for one in view.issued].count("FORM_02") == 2


def test_a_head_declines_with_a_reason_and_no_word_is_lost(code, tuyet):
    propose(code, 50)
    with pytest.raises(ReleaseReasonNeeded):
        dossiers.decline_supplement(newest(code).id, " ", actor=officer("nghia"), now=at(55))
    dossiers.decline_supplement(
        newest(code).id, "Tra cứu dữ liệu dân cư là đủ.", actor=officer("nghia"), now=at(60)
    )

    one = newest(code, "bao")
    kinds = [event.kind for event in casework.events_of(casework.case(code))]
    leaves = LedgerLeaf.objects.filter(subject=code).values_list("action", flat=True)
    assert (one.state, one.answer) == (ProposalState.DECLINED, "Tra cứu dữ liệu dân cư là đủ.")
    assert (one.why_again, one.items[0].why) == (WHY, "Giấy này còn thiếu trang.")
    assert kinds[-2:] == ["proposed", "proposal_declined"]
    assert {"dossiers.propose_supplement", "dossiers.decline_supplement"} <= set(leaves)
    assert dossiers.dossier(code, tuyet, now=at(70)).status is NationalStatus.IN_PROCESS


def test_of_two_answers_the_first_holds(code):
    propose(code, 50)
    one = newest(code).id
    dossiers.release_supplement(one, actor=officer("nghia"), now=at(60))

    with pytest.raises(ProposalDecided):
        dossiers.decline_supplement(one, "Không", actor=officer("nghia"), now=at(61))


def test_nobody_proposes_twice_at_once_nor_releases_their_own(code):
    propose(code, 50)

    with pytest.raises(ProposalWaits):
        propose(code, 51)
    with pytest.raises(NotYoursToRelease):
        dossiers.release_supplement(newest(code).id, actor=officer("bao"), now=at(52))


def test_a_dossier_that_moved_on_leaves_its_proposal_behind(code):
    propose(code, 50)
    one = newest(code).id
    step(code, "bao", "propose", 60)

    with pytest.raises(ProposalOvertaken):
        dossiers.release_supplement(one, actor=officer("nghia"), now=at(70))
    assert newest(code).state is ProposalState.OVERTAKEN
    assert proposals_waiting(officer("nghia"), now=at(70)) == ()
