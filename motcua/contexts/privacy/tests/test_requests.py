"""Requests about one's own data: asked, answered, obeyed."""

import json

import pytest

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import CaseMoved, NotYourStep, Phase, Verdict
from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts import FileNotFound
from motcua.contexts.dossiers.testing import a_submitted_birth
from motcua.contexts.identity import public as identity
from motcua.contexts.identity.testing import a_citizen_account, a_consent, a_person, the_actor
from motcua.contexts.organisations import public as organisations
from motcua.contexts.privacy import public
from motcua.contexts.privacy.actions.consents import take_back
from motcua.contexts.privacy.actions.requests import answer_opinion, consult, write
from motcua.contexts.privacy.contracts import (
    AlreadyAsked,
    CitationMissing,
    ConsentGone,
    Decide,
    KeptByLaw,
    Outcome,
    ReasonMissing,
    RequestNotFound,
    Right,
    TargetMissing,
    WantedMissing,
)
from motcua.contexts.privacy.models import DataRequest
from motcua.contexts.privacy.queries import requests
from motcua.contexts.privacy.queries.held import given_by
from motcua.contexts.privacy.testing import an_officer_acting, asked, duyen, granted, tuyet
from motcua.kernel.holdings import Processing, is_stopped
from motcua.kernel.testing import MONDAY_9AM

pytestmark = pytest.mark.usefixtures("small_city")


def the_row(code: str) -> DataRequest:
    return DataRequest.objects.get(code=code)


@pytest.mark.parametrize(
    ("right", "target", "refusal"),
    [
        (Right.CORRECT, "", TargetMissing),
        (Right.CORRECT, "identity:phone", WantedMissing),
        (Right.RESTRICT, "EVERYTHING", TargetMissing),
        (Right.OBJECT, "SMS", ReasonMissing),
        (Right.WITHDRAW, "dossiers:somebody-else", TargetMissing),
    ],
)
def test_a_request_says_what_it_is_about(right, target, refusal):
    person = tuyet()

    with pytest.raises(refusal):
        asked(right, person, target=target)

    assert not DataRequest.objects.exists()


def test_nobody_asks_twice_while_the_first_is_open():
    person = tuyet()
    asked(Right.ACCESS, person)

    with pytest.raises(AlreadyAsked):
        asked(Right.ACCESS, person)

    assert DataRequest.objects.count() == 1


def test_an_officer_has_no_request_of_their_own_to_make():
    officer = duyen()

    with pytest.raises(RequestNotFound):
        asked(Right.ACCESS, officer)


@pytest.mark.parametrize(
    ("right", "target", "reason", "days"),
    [
        (Right.ACCESS, "", "", 10),
        (Right.RESTRICT, "SMS", "", 15),
        (Right.OBJECT, "EMAIL", "Tôi không cần", 15),
        (Right.DELETE, "", "", 20),
    ],
)
def test_each_right_has_its_legal_clock_from_the_day_it_came(right, target, reason, days):
    person = tuyet()

    code = asked(right, person, target=target, reason=reason).code

    case = casework.case(code)
    calendar = organisations.calendar_of(case.competent_unit_id)
    assert case.phase is Phase.RUNNING
    assert case.due_at == calendar.add_calendar_days(MONDAY_9AM, days)
    assert "91/2025/QH15" in case.clock.citation


def test_only_the_data_protection_officer_decides():
    person, other = tuyet(), an_officer_acting("bao")
    code = asked(Right.ACCESS, person).code

    with pytest.raises(RequestNotFound):
        public.decide(Decide(code=code, grant=True), actor=other, now=MONDAY_9AM)
    with pytest.raises(NotYourStep):
        public.decide(Decide(code=code, grant=True), actor=person, now=MONDAY_9AM)

    assert the_row(code).outcome == ""


def test_a_refusal_needs_reason_and_law():
    person, officer = tuyet(), duyen()
    code = asked(Right.DELETE, person).code

    with pytest.raises(ReasonMissing):
        public.decide(Decide(code=code, grant=False), actor=officer, now=MONDAY_9AM)
    with pytest.raises(CitationMissing):
        public.decide(Decide(code=code, grant=False, reason="Còn"), actor=officer, now=MONDAY_9AM)
    command = Decide(code=code, grant=False, reason="Hồ sơ còn lưu", citation="Luật Lưu trữ")
    public.decide(command, actor=officer, now=MONDAY_9AM)

    view = requests.view(the_row(code), person, now=MONDAY_9AM)
    assert (view.line.outcome, view.decision) == (Outcome.REFUSED, "Hồ sơ còn lưu")
    assert view.citation == "Luật Lưu trữ"


def test_a_request_somebody_decided_meanwhile_is_not_decided_again():
    person, officer = tuyet(), duyen()
    code = asked(Right.ACCESS, person).code
    stale = Decide(code=code, grant=True, seen_version=casework.case(code).version + 1)

    with pytest.raises(CaseMoved):
        public.decide(stale, actor=officer, now=MONDAY_9AM)


def test_a_copy_goes_to_its_owner_and_to_nobody_else():
    person, officer = tuyet(), duyen()
    khoa = a_person("Lê Minh Khoa", personal_number="079188999002")
    stranger = the_actor(a_citizen_account(khoa))
    dossier = a_submitted_birth(person, now=MONDAY_9AM)
    code = asked(Right.ACCESS, person).code

    granted(code, officer)

    row = the_row(code)
    told = json.loads(documents.read_file(row.package_data_id))
    kinds = {r["kind"] for group in told["activities"] for r in group["records"]}
    assert {"identity.Person", "dossiers.Dossier", "casework.Case"} <= kinds
    assert dossier in json.dumps(told)
    assert documents.read_file(row.package_id).startswith(b"%PDF")
    for file_id in (row.package_id, row.package_data_id):
        assert documents.file_for(file_id, person, now=MONDAY_9AM)
        for other in (officer, stranger):
            with pytest.raises(FileNotFound):
                documents.file_for(file_id, other, now=MONDAY_9AM)


def test_a_correction_is_applied_and_kept_with_what_stood_before():
    person, officer = tuyet(), duyen()
    code = asked(Right.CORRECT, person, target="identity:phone", wanted="0900 000 345").code

    granted(code, officer)

    assert identity.contact_of(person.person_id).phone == "0900000345"
    assert the_row(code).change == {"before": "0900000001", "after": "0900 000 345"}


def test_what_another_register_holds_is_corrected_there():
    person, officer = tuyet(), duyen()
    code = asked(Right.CORRECT, person, target="identity:full_name", wanted="Nguyễn Ánh").code

    granted(code, officer)

    assert the_row(code).outcome == Outcome.FORWARDED
    assert identity.person(person.person_id).full_name == "Nguyễn Thị Ánh Tuyết"


@pytest.mark.parametrize("right", [Right.RESTRICT, Right.OBJECT])
def test_a_mark_stops_that_processing_and_no_other(right):
    person, officer = tuyet(), duyen()
    code = asked(right, person, target="SMS", reason="Tôi không muốn nhận").code

    granted(code, officer)

    assert is_stopped(Processing.SMS, person.person_id)
    assert not is_stopped(Processing.EMAIL, person.person_id)


def test_a_stopped_register_is_not_asked_about_this_person():
    person, officer = tuyet(), duyen()
    granted(asked(Right.RESTRICT, person, target="REGISTERS").code, officer)

    found = identity.population_facts(person.person_id, "PREFILL", person)

    assert "yêu cầu không lấy dữ liệu" in found.notice


def test_nothing_is_erased_while_a_duty_keeps_everything():
    person, officer = tuyet(), duyen()
    a_submitted_birth(person, now=MONDAY_9AM)
    code = asked(Right.DELETE, person).code

    with pytest.raises(KeptByLaw):
        granted(code, officer)

    assert the_row(code).outcome == ""


def test_the_unit_where_the_data_lie_is_heard():
    person, officer, asked_one = tuyet(), duyen(), an_officer_acting("nghia")
    a_submitted_birth(person, now=MONDAY_9AM)
    code = asked(Right.ACCESS, person).code
    able = requests.units_to_ask(person.person_id)

    with pytest.raises(TargetMissing):
        unit = organisations.unit("H29.99.2").id
        consult(code, unit, question="Hỏi", actor=officer, now=MONDAY_9AM)
    consult(code, able[0], question="Có gì cần giữ kín?", actor=officer, now=MONDAY_9AM)

    opinion = casework.opinions_of(casework.case(code).id)[0]
    with pytest.raises((NotYourStep, RequestNotFound)):
        answer_opinion(
            code, opinion.id, verdict=Verdict.AGREE, text="", actor=asked_one, now=MONDAY_9AM
        )


def test_the_thread_is_for_whoever_asked_and_whoever_answers():
    person, officer = tuyet(), duyen()
    code = asked(Right.ACCESS, person).code

    write(code, "Tôi cần bản tiếng Anh.", actor=person, now=MONDAY_9AM)
    write(code, "Bản này chỉ có tiếng Việt.", actor=officer, now=MONDAY_9AM)
    with pytest.raises(RequestNotFound):
        write(code, "Xin chào", actor=an_officer_acting("quynh"), now=MONDAY_9AM)

    view = requests.view(the_row(code), person, now=MONDAY_9AM)
    assert [message.from_party for message in view.messages] == [True, False]


def test_withdrawing_a_consent_of_an_application_ends_it_within_the_decision():
    person, officer = tuyet(), duyen()
    consent = a_consent(person, now=MONDAY_9AM)
    code = asked(Right.WITHDRAW, person, target=f"identity:{consent}").code

    granted(code, officer)

    assert the_row(code).outcome == Outcome.GRANTED
    assert given_by(person.person_id) == ()


def test_a_consent_is_taken_back_at_once_by_whoever_gave_it():
    person, officer = tuyet(), duyen()
    khoa = a_person("Lê Minh Khoa", personal_number="079188999002")
    stranger = the_actor(a_citizen_account(khoa))
    key = f"identity:{a_consent(person, now=MONDAY_9AM)}"
    code = asked(Right.WITHDRAW, person, target=key).code

    with pytest.raises(ConsentGone):
        take_back(key, actor=stranger, now=MONDAY_9AM)
    take_back(key, actor=person, now=MONDAY_9AM)
    with pytest.raises(ConsentGone):
        take_back(key, actor=person, now=MONDAY_9AM)

    assert given_by(person.person_id) == ()
    granted(code, officer)
    assert the_row(code).outcome == Outcome.GRANTED
