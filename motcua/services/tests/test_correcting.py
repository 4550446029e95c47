"""A wrong result is replaced by a right one: who may, what is asked, what everybody sees."""

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from motcua.contexts.casework.contracts import NotYourStep, ReasonNeeded
from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts import CitationMissing, IssuedKind, VerificationStatus
from motcua.contexts.dossiers.actions import correcting
from motcua.contexts.dossiers.actions.correcting import CorrectResult
from motcua.contexts.dossiers.contracts import CorrectionRefused, NothingToCorrect
from motcua.contexts.identity.testing import a_person
from motcua.contexts.notifications import public as notifications
from motcua.kernel.actors import Actor
from motcua.kernel.testing import MONDAY_9AM, citizen
from motcua.services.tests.journey import a_birth, member, walk

pytestmark = pytest.mark.django_db
NOW = MONDAY_9AM


@pytest.fixture
def tuyet(small_city: None) -> Actor:
    return citizen(person=a_person().id)


@pytest.fixture
def van(small_city: None) -> Actor:
    return replace(member("van", NOW.date()), proven_at=NOW)


@pytest.fixture
def issued(tuyet: Actor) -> str:
    code = a_birth(tuyet)
    walk(code, now=NOW)
    return code


def a_correction(code: str, **other: str) -> CorrectResult:
    said = {"key": "child_full_name", "value": "Lê Minh Ân", "reason": "Ghi sai dấu tên của trẻ."}
    return CorrectResult(code=code, **said | {"citation": "Luật Hộ tịch, Điều 28"} | other)


def test_only_a_signer_of_the_agency_corrects(issued):
    with pytest.raises(NotYourStep):
        correcting.correct_result(a_correction(issued), actor=member("bao", NOW.date()), now=NOW)


def test_before_a_result_there_is_nothing_to_correct(tuyet, van):
    code = a_birth(tuyet)
    walk(code, now=NOW, until="sign")

    with pytest.raises(NothingToCorrect):
        correcting.correct_result(a_correction(code), actor=van, now=NOW)


@pytest.mark.parametrize(
    ("other", "refusal"),
    [
        ({"reason": " "}, ReasonNeeded),
        ({"citation": ""}, CitationMissing),
        ({"value": "Lê Minh An"}, CorrectionRefused),
        ({"value": ""}, CorrectionRefused),
        ({"key": "child_sex"}, CorrectionRefused),
        ({"key": "child_born_on", "value": "hôm qua"}, CorrectionRefused),
    ],
)
def test_a_correction_says_what_why_and_by_which_rule(issued, van, other, refusal):
    with pytest.raises(refusal):
        correcting.correct_result(a_correction(issued, **other), actor=van, now=NOW)

    assert len(results_of(issued)) == 1


def test_the_right_paper_stands_in_the_place_of_the_wrong_one(issued, tuyet, van, deliveries):
    [wrong] = results_of(issued)

    right = correcting.correct_result(a_correction(issued), actor=van, now=NOW)

    old, new = documents.verify(wrong.verify_code), documents.verify(right.verify_code)
    assert (old.status, old.replaced_by_code) == (VerificationStatus.REVOKED, right.verify_code)
    assert new.status is VerificationStatus.VALID
    pages = PdfReader(io.BytesIO(documents.read_file(results_of(issued)[1].file_id))).pages
    words = " ".join(page.extract_text() for page in pages)
    assert "LÊ MINH ÂN" in words
    assert wrong.verify_code in words
    deliveries()
    told = notifications.messages_for(tuyet.person_id)
    assert "result_corrected" in {one.template for one in told}


def results_of(code: str):
    return [one for one in documents.issued_of(code) if one.kind == IssuedKind.RESULT]
