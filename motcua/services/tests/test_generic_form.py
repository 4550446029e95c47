"""The generic form: every record that may be filed online with this city is filed, to its result.

NATIONAL_CATALOGUE names a file of the national catalogue; without it a small invented one is taken.
"""

import gzip
import json
import os
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from motcua.contexts.casework.contracts import Phase
from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts import VerificationStatus
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import (
    GivenPaper,
    NationalStatus,
    ProcedureNotRunnable,
    SubmitDossier,
)
from motcua.contexts.identity.testing import a_person
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import NotFiled
from motcua.contexts.procedures.testing import BIRTH, generic_answers, imported
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date
from motcua.kernel.forms import visible
from motcua.kernel.testing import MONDAY_9AM, citizen
from motcua.services.tests import journey
from motcua.services.tests.journey import a_file, hand_in, papers_for, walk

NOW = MONDAY_9AM
TODAY = city_date(NOW)
OWN = Path(__file__).with_name("national_records.jsonl")
BATCH = 250
FILED = [f"9.9990{number:02}" for number in range(1, 11)]
NOT_FILED = {
    "9.999101": NotFiled.CENTRAL,
    "9.999102": NotFiled.NOT_ONLINE,
    "9.999103": NotFiled.OTHER_PROVINCE,
    "9.999104": NotFiled.AGENCY_UNKNOWN,
    "9.999105": NotFiled.AGENCY_UNKNOWN,
    "9.999106": NotFiled.NO_AGENCY,
    "9.999107": NotFiled.FIELD_UNKNOWN,
}
A_COMMUNE, A_DEPARTMENT, A_BRANCH = "9.999002", "9.999004", "9.999006"


def records(path: Path = OWN) -> list[dict[str, object]]:
    raw = path.read_bytes()
    text = gzip.decompress(raw) if path.suffix == ".gz" else raw
    return [json.loads(line) for line in text.splitlines() if line.strip()]


@pytest.fixture
def tuyet(small_city: None) -> Actor:
    return citizen(person=a_person().id)


@pytest.fixture
def catalogue(small_city: None) -> None:
    imported(records(), now=NOW)


def test_every_record_that_may_be_filed_online_is_submitted_with_its_papers(tuyet):
    every = records(Path(os.environ.get("NATIONAL_CATALOGUE", OWN)))
    for start in range(0, len(every), BATCH):
        imported(every[start : start + BATCH], now=NOW)
    hits = [hit for hit in procedures.all_current(TODAY) if hit.generic]
    file_id = a_file(tuyet, now=NOW)

    sent = Counter(_submitted(hit.code, file_id, tuyet) for hit in hits)

    assert len(sent) == len(hits)
    assert len(hits) >= (600 if len(every) > 1_000 else len(FILED))


def _submitted(code, file_id, tuyet):
    version = procedures.open_version(code, TODAY)
    answers = generic_answers(version)
    papers = tuple(
        GivenPaper(component_key=need.component.key, file_id=file_id)
        for need in dossiers.needs(version, answers)
        if need.by_upload
    )
    command = SubmitDossier(
        procedure_code=code,
        ward_code="26740",
        applicant_person_id=tuyet.person_id,
        answers=answers,
        papers=papers,
    )
    return dossiers.submit(command, actor=tuyet, now=NOW).code


@pytest.mark.parametrize("code", [A_COMMUNE, A_DEPARTMENT, A_BRANCH])
def test_it_runs_from_submission_to_a_verified_result_in_the_wallet(
    tuyet, catalogue, deliveries, code
):
    answers = generic_answers(procedures.open_version(code, TODAY))
    sent = hand_in(code, answers, tuyet, now=NOW)
    taken = walk(sent.code, now=NOW + timedelta(hours=1))
    deliveries()

    view = dossiers.dossier(sent.code, tuyet, now=NOW + timedelta(hours=2))
    issued = next(step.issued_code for step in taken if step.issued_code)
    assert (view.status, view.phase) == (NationalStatus.RETURNED, Phase.ENDED)
    assert documents.verify(issued).status is VerificationStatus.VALID
    assert issued in {paper.verify_code for paper in documents.issued_for_person(tuyet.person_id)}


@pytest.mark.parametrize("code", [A_COMMUNE, A_DEPARTMENT])
def test_it_is_filled_page_by_page_names_its_missing_papers_and_is_sent(tuyet, catalogue, code):
    version = procedures.open_version(code, TODAY)
    answers = generic_answers(version)
    draft = dossiers.begin_draft(
        code, ward_code="26740", actor=tuyet, now=NOW, ask_registers=False
    ).draft_id
    for page in visible(version.form, answers):
        raw = {q.key: answers[q.key] for q in page.questions if q.key in answers}
        assert dossiers.save_page(draft, page.key, raw, actor=tuyet, now=NOW).errors == ()
    papers = papers_for(code, answers, tuyet, now=NOW)
    lacking = dossiers.missing_of(dossiers.draft(draft, tuyet, now=NOW), now=NOW)
    assert {key for key, _sentence in lacking} == {paper.component_key for paper in papers}
    for paper in papers:
        dossiers.attach_paper(draft, paper.component_key, paper.file_id, actor=tuyet, now=NOW)

    sent = dossiers.submit_draft(draft, actor=tuyet, now=NOW)
    assert dossiers.dossier(sent.code, tuyet, now=NOW).status is NationalStatus.REGISTERED


@pytest.mark.parametrize(("code", "why"), NOT_FILED.items())
def test_what_this_city_does_not_decide_is_for_reading_and_says_why(tuyet, catalogue, code, why):
    version = procedures.open_version(code, TODAY)

    assert (version.is_runnable, version.not_filed) == (False, why)
    with pytest.raises(ProcedureNotRunnable):
        hand_in(code, {}, tuyet, now=NOW)


def test_importing_again_changes_nothing_and_a_changed_record_leaves_a_dossier_its_version(
    tuyet, catalogue
):
    first, *others = records()
    code = first["code"]
    sent = hand_in(code, generic_answers(procedures.open_version(code, TODAY)), tuyet, now=NOW)
    again = imported(records(), now=NOW)
    later = NOW + timedelta(days=1)
    changed = imported([first | {"name": "Tên mới của thủ tục mẫu"}, *others], now=later)

    pinned = dossiers.dossier(sent.code, tuyet, now=later)
    assert (again.unchanged, again.changed, again.created) == (17, 0, 0)
    assert (changed.unchanged, changed.changed) == (16, 1)
    assert procedures.open_version(code, city_date(later)).name == "Tên mới của thủ tục mẫu"
    assert pinned.version.name == first["name"]


def test_a_closed_form_takes_no_draft_and_no_dossier_while_others_go_on(
    tuyet, catalogue, deliveries
):
    version = procedures.open_version(A_COMMUNE, TODAY)
    sent = hand_in(A_COMMUNE, generic_answers(version), tuyet, now=NOW)
    administrator = journey.member("quynh", TODAY)
    procedures.close_form(A_COMMUNE, why="Đang sửa mẫu.", by=administrator, now=NOW)

    with pytest.raises(ProcedureNotRunnable, match="tạm ngừng nhận"):
        dossiers.begin_draft(
            A_COMMUNE, ward_code="26740", actor=tuyet, now=NOW, ask_registers=False
        )
    with pytest.raises(ProcedureNotRunnable, match="tạm ngừng nhận"):
        _submitted(A_COMMUNE, a_file(tuyet, now=NOW), tuyet)
    walk(sent.code, now=NOW + timedelta(hours=1))
    deliveries()
    assert dossiers.dossier(sent.code, tuyet, now=NOW).status is NationalStatus.RETURNED


def test_machines_read_which_form_a_procedure_is_filed_by(client, catalogue):
    told = {
        code: client.get("/api/v1/procedures", {"q": code}).json()["items"][0]
        for code in (A_COMMUNE, BIRTH)
    }

    assert {code: (one["is_runnable"], one["generic"]) for code, one in told.items()} == {
        A_COMMUNE: (True, True),
        BIRTH: (True, False),
    }
    assert client.get(f"/api/v1/procedures/{A_COMMUNE}").json()["generic"] is True
