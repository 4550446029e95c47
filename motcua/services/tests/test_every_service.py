"""Every runnable service, with the sample application of its own pack, from draft to result."""

import importlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from motcua.contexts.casework.contracts import Phase
from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts import VerificationStatus
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import NationalStatus, Source
from motcua.contexts.identity.testing import a_person
from motcua.contexts.organisations.testing import acting
from motcua.kernel.actors import Actor
from motcua.kernel.forms import visible
from motcua.kernel.testing import MONDAY_9AM, citizen, stable_id
from motcua.services.loading import load_services
from motcua.services.tests import journey
from motcua.services.tests.journey import hand_in, papers_for, walk

COPY_OF_A_PAPER = "2.000815"
pytestmark = pytest.mark.django_db
RUNNABLE = {
    service.definition.code: service.definition
    for service in load_services().services
    if service.definition.is_runnable and not service.definition.generic
}
each_service = pytest.mark.parametrize("code", sorted(RUNNABLE))


def sample(code: str) -> Mapping[str, object]:
    pack = RUNNABLE[code].pack.replace("/", ".")
    answers: Mapping[str, object] = importlib.import_module(
        f"motcua.services.packs.{pack}.test_pack"
    ).ANSWERS
    return answers


@pytest.fixture
def tuyet(small_city: None) -> Actor:
    return citizen(person=a_person().id)


@each_service
def test_it_runs_from_submission_to_a_verified_result_in_the_wallet(tuyet, deliveries, code):
    sent = hand_in(code, sample(code), tuyet, now=MONDAY_9AM, desk_ward="26743")
    taken = walk(sent.code, now=MONDAY_9AM + timedelta(hours=1))
    deliveries()

    later = MONDAY_9AM + timedelta(hours=2)
    view = dossiers.dossier(sent.code, tuyet, now=later)
    issued = next(step.issued_code for step in taken if step.issued_code)
    assert (view.status, view.phase) == (NationalStatus.RETURNED, Phase.ENDED)
    assert view.clock.due_original == view.clock.due_at
    assert documents.verify(issued).status is VerificationStatus.VALID
    assert {paper.kind for paper in view.issued} == {"FORM_01", "RESULT"}
    wallet = documents.issued_for_person(tuyet.person_id)
    assert [paper.verify_code for paper in wallet] == [issued]


@each_service
def test_it_is_filled_page_by_page_names_its_missing_papers_and_is_sent(tuyet, code):
    answers, now = sample(code), MONDAY_9AM
    draft = dossiers.begin_draft(
        code, ward_code="26740", actor=tuyet, now=now, ask_registers=False
    ).draft_id
    for page in visible(dossiers.draft(draft, tuyet, now=now).version.form, answers):
        raw = {q.key: answers[q.key] for q in page.questions if q.key in answers}
        assert dossiers.save_page(draft, page.key, raw, actor=tuyet, now=now).errors == ()
    papers = papers_for(code, answers, tuyet, now=now)
    lacking = dossiers.missing_of(dossiers.draft(draft, tuyet, now=now), now=now)
    assert {key for key, _sentence in lacking} == {paper.component_key for paper in papers}
    for paper in papers:
        dossiers.attach_paper(draft, paper.component_key, paper.file_id, actor=tuyet, now=now)

    assert dossiers.missing_of(dossiers.draft(draft, tuyet, now=now), now=now) == ()
    sent = dossiers.submit_draft(draft, actor=tuyet, now=now)
    assert journey.seen(sent.code, now=now, by=tuyet).answers.keys() >= answers.keys()


@pytest.mark.parametrize(("at_desk", "wanted"), [(False, set()), (True, {"ban_chinh"})])
def test_an_original_is_brought_to_the_desk_and_asked_for_only_there(tuyet, at_desk, wanted):
    answers = sample(COPY_OF_A_PAPER)
    receiver = replace(acting("khue", MONDAY_9AM.date()), account_id=stable_id("khue"))
    draft = dossiers.begin_draft(
        COPY_OF_A_PAPER,
        ward_code="26740",
        actor=receiver if at_desk else tuyet,
        now=MONDAY_9AM,
        source=Source.COUNTER if at_desk else Source.CITY_APP,
        applicant_person_id=tuyet.person_id,
        ask_registers=False,
    ).draft_id
    by = receiver if at_desk else tuyet
    for page in visible(dossiers.draft(draft, by, now=MONDAY_9AM).version.form, answers):
        raw = {q.key: answers[q.key] for q in page.questions if q.key in answers}
        dossiers.save_page(draft, page.key, raw, actor=by, now=MONDAY_9AM)

    lacking = dossiers.missing_of(dossiers.draft(draft, by, now=MONDAY_9AM), now=MONDAY_9AM)

    assert {key for key, _sentence in lacking} == wanted
