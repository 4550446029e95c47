"""Every submission can be proved against the operator: by page, file, API and paper."""

import io
import json
import re

import pytest
from django.db import connection
from django.test import Client
from pypdf import PdfReader

from motcua.contexts.casework import public as casework
from motcua.contexts.documents import public as documents
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.actions.letters import issue_receipt
from motcua.contexts.dossiers.contracts import (
    DossierNotFound,
    ProofNotYet,
    TakeStep,
    WithoutLeaf,
)
from motcua.contexts.dossiers.testing import a_submitted_birth
from motcua.contexts.identity.testing import a_citizen_account, a_person, signed_in, the_actor
from motcua.contexts.organisations.testing import acting
from motcua.kernel import ledger, verify_ledger
from motcua.kernel.clock import city_date
from motcua.kernel.models import LedgerLeaf
from motcua.kernel.testing import MONDAY_9AM
from motcua.kernel.testing.sealing import sealed_unasked


@pytest.fixture
def tuyet(small_city):
    return a_citizen_account()


@pytest.fixture
def code(tuyet) -> str:
    return a_submitted_birth(the_actor(tuyet), now=MONDAY_9AM)


def holds(text: bytes) -> bool:
    findings, _, _ = verify_ledger.check_proof(json.loads(text), key=ledger.public_key(), keys={})
    return not findings


def test_a_stranger_gets_no_proof(code):
    khoa = a_citizen_account(a_person("Lê Minh Khoa", personal_number="079188999002", sex="nam"))

    with pytest.raises(DossierNotFound):
        dossiers.submission_proof(code, the_actor(khoa), now=MONDAY_9AM)
    assert signed_in(Client(), khoa).get(f"/ho-so/{code}/bang-chung.json").status_code == 404


def test_in_the_first_seconds_the_page_says_to_press_again(code, tuyet):
    answer = signed_in(Client(), tuyet).get(f"/ho-so/{code}/bang-chung.json")

    assert answer.status_code == 409
    assert "vài giây" in answer.content.decode()
    with pytest.raises(ProofNotYet):
        dossiers.submission_proof(code, the_actor(tuyet), now=MONDAY_9AM)


def test_page_and_api_give_the_same_proof(code, tuyet):
    sealed_unasked(now=MONDAY_9AM)
    browser = signed_in(Client(), tuyet)

    file = browser.get(f"/ho-so/{code}/bang-chung.json")
    spoken = browser.get(f"/api/v1/dossiers/{code}/proof")

    assert holds(file.content)
    assert holds(spoken.content)
    assert json.loads(file.content) == spoken.json()
    assert file["Content-Disposition"] == f'attachment; filename="bang-chung-{code}.json"'


def test_the_receipt_and_the_tracker_show_the_mark_and_the_file(code, tuyet):
    browser = signed_in(Client(), tuyet)
    mark = bytes(LedgerLeaf.objects.get(subject=code, action="dossiers.submit").digest).hex()

    for address in (f"/ho-so/{code}/da-nop", f"/ho-so/{code}"):
        text = browser.get(address).content.decode()
        assert f"/ho-so/{code}/bang-chung.json" in text
        assert f"{mark[:4]} {mark[4:8]}" in text


def test_a_dossier_of_an_older_system_has_no_leaf_of_its_own(code, tuyet):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE kernel_ledger_leaf DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM kernel_ledger_leaf WHERE subject = %s", [code])

    assert dossiers.submission_mark(code) == ""
    assert "bang-chung" not in signed_in(Client(), tuyet).get(f"/ho-so/{code}").content.decode()
    with pytest.raises(WithoutLeaf):
        dossiers.submission_proof(code, the_actor(tuyet), now=MONDAY_9AM)


def test_the_paper_in_the_hand_carries_the_mark(tuyet):
    code = a_submitted_birth(the_actor(tuyet), now=MONDAY_9AM, desk_ward="26743")
    khue = acting("khue", city_date(MONDAY_9AM))
    command = TakeStep(code=code, action="receive", seen_version=casework.case(code).version)
    dossiers.take_step(command, actor=khue, now=MONDAY_9AM)

    issue_receipt(code, now=MONDAY_9AM)

    [issued] = documents.issued_of(code)
    pages = PdfReader(io.BytesIO(documents.read_file(issued.file_id))).pages
    printed = re.sub(r"\s+|\u200b", "", "".join(page.extract_text() for page in pages))
    assert dossiers.submission_mark(code) in printed
