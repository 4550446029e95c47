"""Whoever prepares or checks a draft initials it; a change afterwards voids that and says so."""

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader

from motcua.contexts.casework.contracts import NotYourStep
from motcua.contexts.documents import public as documents
from motcua.contexts.dossiers.actions import initialling
from motcua.contexts.dossiers.contracts import Shortcoming, Supply
from motcua.contexts.dossiers.contracts.initials import (
    DraftMoved,
    InitialView,
    NothingToInitial,
)
from motcua.contexts.dossiers.public import supply
from motcua.contexts.identity.testing import a_person
from motcua.kernel.actors import Actor
from motcua.kernel.models import LedgerLeaf
from motcua.kernel.testing import MONDAY_9AM, citizen
from motcua.services.tests.journey import a_birth, holder_of, member, step, straight_on, walk

pytestmark = pytest.mark.django_db
NOW = MONDAY_9AM
LATER = NOW + timedelta(minutes=30)
NAME = Shortcoming(question_key="child_full_name", reason="wrong_answer")


@pytest.fixture
def tuyet(small_city: None) -> Actor:
    return citizen(person=a_person().id)


@pytest.fixture
def appraised(tuyet: Actor) -> str:
    """A birth registration on the desk of whoever prepares its paper."""
    code = a_birth(tuyet)
    walk(code, now=NOW, until="appraise")
    return code


def initial(code: str, by: Actor, *, now=NOW) -> str:
    digest, _pdf = initialling.draft_to_initial(code, actor=by, now=now)
    initialling.initial_draft(code, digest, actor=by, now=now)
    return digest


def initials(code: str, by: Actor, *, now=NOW) -> tuple[InitialView, ...]:
    return initialling.initials_for([code], by, now=now)[code]


def test_nobody_initials_what_they_have_not_looked_at(appraised):
    bao = holder_of(appraised, now=NOW)

    with pytest.raises(DraftMoved):
        initialling.initial_draft(appraised, "0" * 64, actor=bao, now=NOW)

    assert initials(appraised, bao) == ()


def test_only_the_holder_of_the_step_initials(appraised):
    with pytest.raises(NotYourStep):
        initial(appraised, member("van", NOW.date()))


def test_the_signer_signs_and_does_not_initial(appraised):
    walk(appraised, now=NOW, until="sign")

    with pytest.raises(NothingToInitial):
        initial(appraised, holder_of(appraised, now=NOW))


def test_two_initials_are_seen_by_the_signer_and_stand_on_the_paper(appraised):
    bao = holder_of(appraised, now=NOW)
    digest = initial(appraised, bao)
    initial(appraised, bao)
    straight_on(appraised, now=NOW)
    head = holder_of(appraised, now=NOW)
    initial(appraised, head, now=LATER)
    walk(appraised, now=LATER, until="sign")

    seen = initials(appraised, holder_of(appraised, now=LATER), now=LATER)
    walk(appraised, now=LATER)

    assert [one.holds for one in seen] == [True, True]
    [paper] = [one for one in documents.issued_of(appraised) if one.kind == "RESULT"]
    words = words_of(documents.read_file(paper.file_id))
    assert all(one.full_name in words and one.position in words for one in seen)
    leaves = LedgerLeaf.objects.filter(action="dossiers.initial_draft", subject=appraised)
    assert digest in leaves.first().body


def test_a_change_of_the_draft_voids_the_initial_and_says_so(appraised, tuyet):
    bao = holder_of(appraised, now=NOW)
    before = initial(appraised, bao)
    step(appraised, "supplement", now=NOW, by=bao, items=(NAME,))
    supply(Supply(code=appraised, answers={"child_full_name": "Lê Minh Ân"}), actor=tuyet, now=NOW)

    [seen] = initials(appraised, bao)

    assert not seen.holds
    assert initial(appraised, bao, now=LATER) != before
    assert [one.holds for one in initials(appraised, bao, now=LATER)] == [False, True]
    walk(appraised, now=LATER)
    [paper] = [one for one in documents.issued_of(appraised) if one.kind == "RESULT"]
    assert words_of(documents.read_file(paper.file_id)).count(seen.full_name) == 1


def test_the_day_and_the_signer_change_nothing_of_what_was_initialled(appraised):
    bao = holder_of(appraised, now=NOW)
    initial(appraised, bao)

    [seen] = initials(appraised, bao, now=NOW + timedelta(days=1))

    assert seen.holds


def words_of(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())
