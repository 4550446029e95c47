"""Certified copies: whoever may, of what is in force, with number, signature and seal."""

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from motcua.contexts.casework.contracts import NotYourStep
from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts import (
    IssuedKind,
    IssuedNotFound,
    IssuedView,
    VerificationStatus,
)
from motcua.contexts.documents.contracts.copies import (
    CopyKind,
    NotToBeCopied,
    PagesNotThere,
    SourceRevoked,
)
from motcua.contexts.dossiers.actions import copying, correcting
from motcua.contexts.dossiers.actions.correcting import CorrectResult
from motcua.contexts.dossiers.contracts import DossierNotFound, SigningProofNeeded
from motcua.contexts.dossiers.contracts.copies import MakeCopy, NothingToCopy
from motcua.contexts.dossiers.queries.copies import asked_at, waiting_for
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


def make(code: str, by: Actor, **more: object) -> IssuedView:
    command = MakeCopy(code=code, **{"source_id": None, **more})
    made = copying.make_copy(command, "", actor=by, now=NOW)
    return next(o for o in documents.issued_of(code) if o.verify_code == made.verify_code)


def result_of(code: str) -> IssuedView:
    return next(one for one in documents.issued_of(code) if one.kind == IssuedKind.RESULT)


def correct(code: str, by: Actor) -> str:
    command = CorrectResult(
        code=code, key="child_full_name", value="Lê Minh Ân", reason="Ghi sai dấu tên của trẻ.",
        citation="Luật Hộ tịch, Điều 28",
    )  # fmt: skip
    return correcting.correct_result(command, actor=by, now=NOW).verify_code


def words_of(paper: IssuedView) -> str:
    pages = PdfReader(io.BytesIO(documents.read_file(paper.file_id))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


# ── who and what ─────────────────────────────────────────────────────────────────────────────────


def test_nobody_asks_for_a_copy_of_somebody_elses_result(issued):
    stranger = citizen(person=a_person("Võ Văn Hậu", personal_number="079190999777").id)

    with pytest.raises(DossierNotFound):
        copying.ask_copy(issued, actor=stranger, now=NOW)


def test_before_a_result_there_is_nothing_to_copy(tuyet):
    with pytest.raises(NothingToCopy):
        copying.ask_copy(a_birth(tuyet), actor=tuyet, now=NOW)


def test_only_a_signer_who_proved_it_copies(issued, van):
    with pytest.raises(NotYourStep):
        make(issued, member("bao", NOW.date()))
    with pytest.raises(SigningProofNeeded):
        make(issued, replace(van, proven_at=None))

    assert documents.copies_of(issued) == ()


def test_a_paper_of_another_dossier_is_no_source(issued, tuyet, van):
    other = a_birth(tuyet)
    walk(other, now=NOW)

    with pytest.raises(IssuedNotFound):
        make(issued, van, source_id=result_of(other).id)


@pytest.mark.parametrize(("first", "last"), [(0, 0), (2, 1), (1, 99)])
def test_an_extract_names_pages_that_are_there(issued, van, first, last):
    with pytest.raises(PagesNotThere):
        make(issued, van, kind=CopyKind.TRICH_SAO, first=first, last=last)


def test_a_copy_of_a_copy_is_made_of_a_whole_copy_alone(issued, van):
    with pytest.raises(NotToBeCopied):
        make(issued, van, kind=CopyKind.SAO_LUC)
    extract = make(issued, van, kind=CopyKind.TRICH_SAO, first=1, last=1)
    with pytest.raises(NotToBeCopied):
        make(issued, van, kind=CopyKind.SAO_LUC, source_id=extract.id)
    with pytest.raises(NotToBeCopied):
        make(issued, van, source_id=extract.id)

    whole = make(issued, van)
    again = make(issued, van, kind=CopyKind.SAO_LUC, source_id=whole.id)

    assert documents.verify(again.verify_code).status is VerificationStatus.VALID


# ── the copy ─────────────────────────────────────────────────────────────────────────────────────


def test_whoever_asks_gets_a_copy_that_says_what_it_is(issued, tuyet, van, deliveries):
    copying.ask_copy(issued, actor=tuyet, now=NOW)
    copying.ask_copy(issued, actor=tuyet, now=NOW)
    assert [one.code for one in waiting_for(van, now=NOW)] == [issued]

    copy = make(issued, van)

    words, original = words_of(copy), result_of(issued)
    assert "SAO Y" in words
    assert "Số: 01/SY" in words
    assert "LÊ MINH AN" in words
    assert original.verify_code in words
    assert copy.verify_code in words
    assert "Đỗ Thanh Vân" in words
    assert documents.verify_pdf(documents.read_file(copy.file_id)).title.startswith("Sao y: ")
    assert asked_at(issued) is None
    wallet = documents.issued_for_person(tuyet.person_id, kinds=[IssuedKind.CERTIFIED_COPY])
    assert [one.id for one in wallet] == [copy.id]
    deliveries()
    told = notifications.messages_for(tuyet.person_id)
    assert "copy_ready" in {one.template for one in told}


def test_numbers_of_copies_follow_each_other_in_the_register(issued, van):
    made = [make(issued, van), make(issued, van)]
    extract = make(issued, van, kind=CopyKind.TRICH_SAO, first=1, last=1)

    numbers = {one.verify_code: one.number for one in documents.copies_of(issued)}

    assert [numbers[one.verify_code] for one in (*made, extract)] == ["01/SY", "02/SY", "01/TrS"]


# ── what is no longer in force ───────────────────────────────────────────────────────────────────


def test_a_corrected_result_is_copied_in_its_right_version(issued, van):
    right = correct(issued, van)

    copy = make(issued, van)

    words = words_of(copy)
    assert "LÊ MINH ÂN" in words
    assert right in words


def test_a_revoked_version_is_never_copied_without_saying_so(issued, van):
    wrong = result_of(issued)
    right = correct(issued, van)

    with pytest.raises(SourceRevoked):
        make(issued, van, source_id=wrong.id)
    copy = make(issued, van, source_id=wrong.id, although_revoked=True)

    words = words_of(copy)
    assert "đã bị thu hồi lúc" in words
    assert right in words
    found = documents.verify(copy.verify_code)
    assert (found.status, found.finding) == (VerificationStatus.REVOKED, "copy_of_revoked")
    assert found.replaced_by_code == right


def test_a_copy_says_so_when_its_original_is_revoked_afterwards(issued, van):
    copy = make(issued, van)
    again = make(issued, van, kind=CopyKind.SAO_LUC, source_id=copy.id)
    assert documents.verify(again.verify_code).status is VerificationStatus.VALID

    right = correct(issued, van)

    for one in (copy, again):
        found = documents.verify(one.verify_code)
        assert (found.finding, found.replaced_by_code) == ("copy_of_revoked", right)
