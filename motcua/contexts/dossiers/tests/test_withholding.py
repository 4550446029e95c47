"""Sensitive answers: who is not cleared sees that there is one, never which, wherever they ask."""

from dataclasses import replace

import pytest
from django.test import Client

from motcua.contexts.documents import public as documents
from motcua.contexts.dossiers.actions.drafts import begin_draft
from motcua.contexts.dossiers.contracts import Source
from motcua.contexts.dossiers.models import Dossier, DossierPaper
from motcua.contexts.dossiers.queries import compared, dossier_view, draft_view
from motcua.contexts.dossiers.testing import BIRTH, a_submitted_birth
from motcua.contexts.identity.testing import (
    a_citizen_account,
    an_officer_account,
    signed_in,
    the_actor,
)
from motcua.contexts.organisations.testing import acting, the_officer
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM, Role
from motcua.kernel.clearance import WITHHELD
from motcua.kernel.db import owns_transaction, record
from motcua.kernel.privacy import DataClass
from motcua.kernel.testing import officer

pytestmark = pytest.mark.usefixtures("small_city")
SENSITIVE = {"requester_ethnicity", "child_ethnicity"}


@pytest.fixture
def tuyet(small_city):
    return a_citizen_account()


@pytest.fixture
def code(tuyet) -> str:
    return a_submitted_birth(the_actor(tuyet), now=clock.now(), desk_ward="26740")


def receiver(*, is_cleared: bool) -> Client:
    officer_id = the_officer("ngan").id
    account = an_officer_account("ngan", officer_id=officer_id, is_cleared=is_cleared)
    return signed_in(Client(), account)


def test_an_officer_without_clearance_sees_the_question_and_the_way_to_clearance(code):
    shown = receiver(is_cleared=False).get(f"/ban/ho-so/{code}?muc=thong-tin").content.decode()

    assert "Dân tộc" in shown
    assert "Kinh" not in shown
    assert f'<a href="/toi/cam-ket">{WITHHELD}</a>' in shown


def test_an_officer_with_clearance_reads_the_answer(code):
    shown = receiver(is_cleared=True).get(f"/ban/ho-so/{code}?muc=thong-tin").content.decode()

    assert WITHHELD not in shown
    assert "Kinh" in shown


def test_the_api_names_what_it_keeps_back(code, tuyet):
    told = receiver(is_cleared=False).get(f"/api/v1/dossiers/{code}").json()
    own = signed_in(Client(), tuyet).get(f"/api/v1/dossiers/{code}").json()

    assert set(told["withheld"]) == SENSITIVE
    assert not SENSITIVE & told["answers"].keys()
    assert told["answers"]["child_full_name"] == own["answers"]["child_full_name"]
    assert own["withheld"] == []
    assert own["answers"]["child_ethnicity"] == "Kinh"


def test_a_comparison_does_not_tell_whether_a_kept_back_answer_differs(code):
    row = Dossier.objects.get(code=code)
    known = {"population": {"ethnicity": "Tày", "full_name": "Nguyễn Thị Ánh Tuyết"}}
    bare = officer(Role.RECEIVER, cleared_for=frozenset())

    told = compared(row, known, bare, now=clock.now())
    cleared = compared(row, known, officer(Role.RECEIVER), now=clock.now())

    assert [line.label for line in told] == ["Họ và tên"]
    assert len(cleared) == 2


def test_a_register_does_not_tell_an_uncleared_receiver_what_is_sensitive(tuyet):
    now, person = clock.now(), the_actor(tuyet).person_id
    known = {"population": {"ethnicity": "Tày", "full_name": "Nguyễn Thị Ánh Tuyết"}}
    ngan = replace(acting("ngan", now.date()), account_id=tuyet.id, cleared_for=frozenset())

    begun = begin_draft(
        BIRTH, ward_code="26740", actor=ngan, now=now, source=Source.COUNTER,
        applicant_person_id=person, known=known,
    )  # fmt: skip

    answers = draft_view(begun.draft_id, ngan, now=now).answers
    assert "requester_full_name" in answers
    assert "requester_ethnicity" not in answers


@pytest.mark.parametrize("role", [Role.LEADER, Role.AUDITOR, Role.CONSULTED])
def test_who_only_watches_or_advises_reads_numbers_and_addresses_masked(code, role):
    row = Dossier.objects.get(code=code)
    watcher = officer(role)

    answers = dossier_view(row, watcher, now=clock.now()).answers

    assert answers["requester_personal_number"] == "•••••••••001"
    assert answers["requester_address"]["street"] == "••••••"
    assert answers["child_full_name"] == "Lê Minh An"


def test_who_works_on_the_dossier_reads_them_whole(code, tuyet):
    row = Dossier.objects.get(code=code)

    for reader in (acting("ngan", clock.now().date()), the_actor(tuyet)):
        answers = dossier_view(row, reader, now=clock.now()).answers
        assert answers["requester_personal_number"] == "079190999001"


@owns_transaction
def told_of_health(file_id, *, now) -> None:
    documents.classify(file_id, DataClass.PERSONAL_SENSITIVE)
    documents.classify(file_id, DataClass.OPEN)
    record(action="documents.classify", subject=f"file {file_id}", actor=SYSTEM)


@pytest.mark.parametrize(("is_cleared", "status"), [(False, 403), (True, 200)])
def test_a_paper_of_health_is_opened_only_by_who_is_cleared(code, is_cleared, status):
    file_id = DossierPaper.objects.exclude(file=None).get(dossier__code=code).file_id
    told_of_health(file_id, now=clock.now())

    reader = receiver(is_cleared=is_cleared)
    answer = reader.get(f"/giay-to/tep/{file_id}")

    assert answer.status_code == status
    assert reader.get(f"/api/v1/files/{file_id}").status_code == status
    assert is_cleared or "cam kết" in answer.content.decode()
