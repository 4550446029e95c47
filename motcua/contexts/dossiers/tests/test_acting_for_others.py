"""A receiver does for the applicant only what an applicant at their own desk asks for."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.contexts.documents.testing import a_pdf
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import Shortcoming, TakeStep
from motcua.contexts.dossiers.models import Dossier
from motcua.contexts.dossiers.testing import a_submitted_birth
from motcua.contexts.identity.testing import (
    a_citizen_account,
    an_officer_account,
    signed_in,
    the_actor,
)
from motcua.contexts.organisations.testing import acting, the_officer
from motcua.kernel import clock
from motcua.kernel.actors import Role
from motcua.kernel.models import LedgerLeaf

pytestmark = pytest.mark.usefixtures("small_city")
AT_COUNTER = "theo yêu cầu của người nộp tại quầy"
ASKED = Shortcoming(
    component_key="giay_chung_sinh",
    what="Giấy chứng sinh",
    why="Ảnh mờ.",
    how="Chụp lại.",
    law="Luật Hộ tịch 60/2014/QH13",
)


@pytest.fixture
def account(small_city: None):
    return a_citizen_account()


@pytest.fixture
def phoned(account) -> str:
    """A dossier that its applicant filed on a phone."""
    return a_submitted_birth(the_actor(account), now=clock.now())


def officer(name: str) -> Client:
    return signed_in(Client(), an_officer_account(name, officer_id=the_officer(name).id))


def withdraw(client: Client, code: str, key: str, **said: object):
    url = f"/api/v1/dossiers/{code}/withdraw"
    return client.post(url, json.dumps(said), "application/json", headers={"Idempotency-Key": key})


def notes(code: str, kind: str) -> list[str]:
    """What the course of the case says of such events, as the receiver reads it."""
    now = clock.now()
    view = dossiers.dossier(code, acting("ngan", now.date()), now=now)
    return [event.note for event in view.events if event.kind == kind]


def step(code: str, who: str, action: str, **more: object) -> None:
    now = clock.now()
    by = acting(who, now.date())
    seen = dossiers.desk_view(code, by, now=now).dossier.version_seen
    command = TakeStep(code=code, action=action, seen_version=seen, **more)
    dossiers.take_step(command, actor=by, now=now)


def test_a_receiver_does_not_withdraw_what_was_filed_on_a_phone_unasked(phoned):
    answer = withdraw(officer("ngan"), phoned, "k1", reason="Nhầm")

    assert (answer.status_code, answer.json()["code"]) == (422, "presence_not_marked")
    assert answer.json()["field"] == "person_present"
    assert notes(phoned, "withdrawal") == []


def test_what_the_applicant_asks_for_at_the_desk_is_done_and_says_so(phoned):
    answer = withdraw(officer("ngan"), phoned, "k1", reason="Nhầm", person_present=True)

    assert answer.json()["status"] == 7
    assert notes(phoned, "withdrawal") == [f"Nhầm ({AT_COUNTER})"]
    assert AT_COUNTER in LedgerLeaf.objects.get(action="dossiers.withdraw").body


def test_a_receiver_of_a_desk_that_only_helps_cannot_act_for_the_applicant(account):
    elsewhere = a_submitted_birth(the_actor(account), now=clock.now(), desk_ward="26743")
    case = Dossier.objects.get(code=elsewhere).case
    (case.supporting_unit_id,) = acting("ngan", clock.now().date()).unit_ids(Role.RECEIVER)
    case.save(update_fields=["supporting_unit_id"])
    ngan = officer("ngan")

    assert ngan.get(f"/api/v1/dossiers/{elsewhere}").status_code == 200
    answer = withdraw(ngan, elsewhere, "k1", reason="Nhầm", person_present=True)

    assert (answer.status_code, answer.json()["code"]) == (403, "not_your_dossier")


def test_a_receiver_marks_the_applicant_present_on_the_page_that_sends_more(phoned):
    step(phoned, "ngan", "receive")
    step(phoned, "nghia", "assign", assignee_id=the_officer("bao").id)
    step(phoned, "bao", "supplement", reason="Ảnh mờ", items=(ASKED,))
    ngan, url = officer("ngan"), f"/ho-so/{phoned}/gui-them"

    page = ngan.get(url).content.decode()
    refused = ngan.post(url, form("k1"))
    sent = ngan.post(url, form("k2") | {"person_present": "yes"})

    assert 'name="person_present" value="yes" required' in page
    assert refused.status_code == 422
    assert sent.headers["Location"] == f"/ho-so/{phoned}"
    assert notes(phoned, "supplied") == [AT_COUNTER.capitalize()]
    assert AT_COUNTER in LedgerLeaf.objects.get(action="dossiers.supply").body


def form(key: str) -> dict[str, object]:
    paper = SimpleUploadedFile("ro-hon.pdf", a_pdf("rõ hơn"))
    return {"giay_chung_sinh": paper, "idempotency_key": key}


def test_the_applicant_is_asked_for_no_mark(account, phoned):
    tuyet = signed_in(Client(), account)

    assert withdraw(tuyet, phoned, "k1", reason="Nhầm").json()["status"] == 7
    assert notes(phoned, "withdrawal") == ["Nhầm"]
    assert AT_COUNTER not in LedgerLeaf.objects.get(action="dossiers.withdraw").body
