"""Received at the counter in one act, with the declaration on paper."""

from datetime import timedelta

import pytest

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import NotYourStep, Phase
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import (
    AnswersIncomplete,
    DeclarationOnPaper,
    GivenPaper,
    NationalStatus,
    PaperForm,
    PapersMissing,
    PaperSource,
    Source,
    SubmitDossier,
    TakeStep,
)
from motcua.contexts.dossiers.contracts.counter import (
    GivenOut,
    NothingIsMissing,
    NothingToTakeIn,
    Outcome,
    ReasonForDecliningNeeded,
    TakeIn,
)
from motcua.contexts.dossiers.contracts.shortcomings import Shortcoming
from motcua.contexts.dossiers.models import Dossier
from motcua.contexts.dossiers.testing import ANSWERS, BIRTH
from motcua.contexts.identity.testing import a_person, an_officer_account, own_actor
from motcua.contexts.organisations.testing import SAI_GON, acting, the_officer
from motcua.kernel.testing import MONDAY_9AM

SHOWN = GivenPaper(component_key="giay_chung_sinh", form=PaperForm.ORIGINAL)
TODAY = MONDAY_9AM.date()
MISSING = Shortcoming(component_key="giay_chung_sinh", reason="missing")
DECIDES = {"birth_place": "facility", "relation": "mother", "copies": 0}


@pytest.fixture
def khue(small_city: None):
    return own_actor(an_officer_account("khue", officer_id=the_officer("khue").id))


@pytest.fixture
def person(small_city: None):
    return a_person()


def a_birth(person, *, answers=DECIDES, papers=(SHOWN,), **more) -> TakeIn:
    dossier = SubmitDossier(
        procedure_code=BIRTH,
        ward_code=SAI_GON,
        applicant_person_id=person.id,
        answers=answers,
        papers=papers,
        source=Source.COUNTER,
    )
    return TakeIn(dossier=dossier, **more)


def does(staff_no, action, code):
    step = TakeStep(code=code, action=action, seen_version=casework.case(code).version)
    dossiers.take_step(step, actor=acting(staff_no, TODAY), now=MONDAY_9AM)


def taken(command, actor, *, now=MONDAY_9AM):
    return dossiers.take_in_visit([command], actor=actor, now=now).dossiers[0]


def test_a_visit_without_a_procedure_is_refused(khue):
    with pytest.raises(NothingToTakeIn):
        dossiers.take_in_visit([], actor=khue, now=MONDAY_9AM)


def test_what_decides_must_be_answered_and_a_wrong_answer_is_refused(khue, person):
    with pytest.raises(AnswersIncomplete) as unanswered:
        taken(a_birth(person, answers={"copies": 0}), khue)
    with pytest.raises(AnswersIncomplete) as wrong:
        taken(a_birth(person, answers=DECIDES | {"requester_phone": "12"}), khue)

    assert {e.path for e in unanswered.value.facts["errors"]} == {"birth_place", "relation"}
    assert [e.path for e in wrong.value.facts["errors"]] == ["requester_phone"]


def test_a_missing_paper_stops_the_reception_unless_it_is_said_to_be_missing(khue, person):
    with pytest.raises(PapersMissing):
        taken(a_birth(person, papers=()), khue)
    guided = taken(a_birth(person, papers=(), outcome=Outcome.GUIDE, items=(MISSING,)), khue)

    view = dossiers.dossier(guided.code, khue, now=MONDAY_9AM)
    assert view.status == NationalStatus.REGISTERED and guided.due_at is None
    assert view.open_supplement.items[0].component_key == "giay_chung_sinh"


def test_guidance_names_a_paper_and_declining_a_reason(khue, person):
    with pytest.raises(NothingIsMissing):
        taken(a_birth(person, outcome=Outcome.GUIDE), khue)
    with pytest.raises(ReasonForDecliningNeeded):
        taken(a_birth(person, outcome=Outcome.DECLINE, reason=" "), khue)
    declined = taken(
        a_birth(person, outcome=Outcome.DECLINE, reason="Đã đăng ký rồi.", items=(MISSING,)), khue
    )

    case = casework.case(declined.code)
    assert (case.status, case.phase) == (NationalStatus.NOT_RECEIVED, Phase.ENDED)


def test_two_procedures_of_one_visit_come_in_together_or_not_at_all(khue, person):
    with pytest.raises(PapersMissing):
        dossiers.take_in_visit(
            [a_birth(person), a_birth(person, papers=())], actor=khue, now=MONDAY_9AM
        )
    assert Dossier.objects.count() == 0
    visit = dossiers.take_in_visit([a_birth(person), a_birth(person)], actor=khue, now=MONDAY_9AM)

    assert len({one.code for one in visit.dossiers}) == 2 == Dossier.objects.count()
    assert all(one.due_at for one in visit.dossiers)


def test_a_dossier_is_received_with_its_declaration_on_paper(khue, person):
    done = taken(a_birth(person), khue)

    view = dossiers.dossier(done.code, khue, now=MONDAY_9AM)
    assert view.status == NationalStatus.RECEIVED
    assert {p.component_key: p.source for p in view.papers} == {
        "giay_chung_sinh": PaperSource.UPLOADED,
        "giay_to_tuy_than": PaperSource.FROM_DATABASE,
        "to_khai": PaperSource.HANDED_IN,
    }
    assert done.due_at == view.clock.due_at


def test_nobody_signs_before_the_declaration_is_typed_in(khue, person):
    code = taken(a_birth(person), khue).code
    for staff_no, action in (("nghia", "assign"), ("bao", "propose"), ("nghia", "approve")):
        does(staff_no, action, code)
    signer = acting("van", TODAY)
    sign = TakeStep(code=code, action="sign", seen_version=casework.case(code).version)

    with pytest.raises(DeclarationOnPaper):
        dossiers.take_step(sign, actor=signer, now=MONDAY_9AM)
    with pytest.raises(AnswersIncomplete):
        dossiers.type_in_declaration(code, DECIDES, actor=khue, now=MONDAY_9AM)
    with pytest.raises(NotYourStep):
        dossiers.type_in_declaration(code, ANSWERS, actor=acting("nghia", TODAY), now=MONDAY_9AM)
    dossiers.type_in_declaration(code, ANSWERS, actor=khue, now=MONDAY_9AM)

    assert dossiers.take_step(sign, actor=signer, now=MONDAY_9AM).code == code


def test_what_was_given_out_without_a_network_keeps_its_number_secret_and_hour(khue, person):
    at = MONDAY_9AM - timedelta(hours=1)
    given = GivenOut(code="H29.99-20261123-0000777", secret="ABC234", happened_at=at)

    done = taken(a_birth(person, given_out=given), khue)

    case = casework.case(done.code)
    assert (done.code, done.secret, done.received_at) == (given.code, given.secret, at)
    assert (case.opened_at, case.started_at) == (at, at)
    events = dossiers.dossier(done.code, khue, now=MONDAY_9AM).events
    assert {(e.happened_at, e.at) for e in events} == {(at, MONDAY_9AM)}
