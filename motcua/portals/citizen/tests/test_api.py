"""API of dossiers: submit, follow, act; refusals as problem details."""

import io
import itertools
import json

import pytest

from motcua.contexts.documents import public as documents
from motcua.contexts.documents.testing import a_pdf
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.models import Dossier
from motcua.contexts.dossiers.testing import ANSWERS
from motcua.contexts.identity.testing import an_officer_account, signed_in
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel import clock
from motcua.portals.citizen.tests.conftest import BIRTH, PASSPORT, Browser

KEYS = itertools.count()
API = "/api/v1"


def call(browser, path: str, body: object, *, key: str = ""):
    headers = {"Idempotency-Key": key or f"api-{next(KEYS)}"}
    return browser.post(API + path, json.dumps(body), "application/json", headers=headers)


@pytest.fixture
def file_id(actor) -> str:
    kept = documents.keep_upload(io.BytesIO(a_pdf()), filename="a.pdf", by=actor, now=clock.now())
    return str(kept.id)


@pytest.fixture
def application(file_id) -> dict:
    return {
        "procedure_code": BIRTH,
        "ward_code": "26740",
        "answers": ANSWERS,
        "papers": [{"component_key": "giay_chung_sinh", "file_id": file_id}],
    }


@pytest.fixture
def ngan(small_city) -> Browser:
    return signed_in(Browser(), an_officer_account("ngan", officer_id=the_officer("ngan").id))


def test_submitting_gives_a_receipt_and_twice_the_same(tuyet, application):
    first = call(tuyet, "/dossiers", application, key="mot-lan")
    again = call(tuyet, "/dossiers", application, key="mot-lan")
    assert first.status_code == 201
    assert first.json()["code"] == again.json()["code"]
    assert Dossier.objects.get().source == "API"


def test_every_wrong_field_is_named(tuyet, application):
    application["answers"] = ANSWERS | {"requester_phone": "12", "child_full_name": ""}
    answer = call(tuyet, "/dossiers", application)
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert {e["field"] for e in answer.json()["errors"]} == {"requester_phone", "child_full_name"}
    assert answer.json()["code"] == "answers_incomplete"


def test_a_missing_paper_is_named(tuyet, application):
    answer = call(tuyet, "/dossiers", application | {"papers": []})
    assert (answer.status_code, answer.json()["code"]) == (422, "papers_missing")
    assert answer.json()["field"] == "giay_chung_sinh"


def test_somebody_elses_file_is_refused(khoa, application):
    answer = call(khoa, "/dossiers", application)
    assert (answer.status_code, answer.json()["code"]) == (403, "file_not_yours")


def test_what_is_not_runnable_is_refused(tuyet, application):
    answer = call(tuyet, "/dossiers", application | {"procedure_code": PASSPORT})
    assert (answer.status_code, answer.json()["code"]) == (409, "procedure_not_runnable")


@pytest.mark.parametrize(
    "body", [{}, [], {"procedure_code": 1}, {"answers": "x"}, {"procedure_code": "x" * 99}]
)
def test_a_malformed_body_is_refused(tuyet, body):
    assert call(tuyet, "/dossiers", body).status_code == 422


def test_nobody_and_officers_cannot_submit_for_themselves(stranger, ngan, application):
    assert call(stranger, "/dossiers", application).status_code == 401
    assert call(ngan, "/dossiers", application).status_code == 403


def test_a_self_registered_account_cannot_submit(account, application):
    alone = signed_in(Browser(), account, assurance=1)
    answer = call(alone, "/dossiers", application)
    assert (answer.status_code, answer.json()["code"]) == (403, "assurance_too_low")


def test_without_a_key_nothing_is_written(tuyet, application):
    answer = tuyet.post(f"{API}/dossiers", json.dumps(application), "application/json")
    assert answer.status_code == 422
    assert not Dossier.objects.exists()


def test_reading_ones_own_and_not_a_foreign_one(tuyet, khoa, submitted):
    code = submitted()
    read = tuyet.get(f"{API}/dossiers/{code}").json()
    assert (read["status"], read["procedure_code"]) == (1, BIRTH)
    assert {p["component_key"] for p in read["papers"] if p["file"]} == {"giay_chung_sinh"}
    assert khoa.get(f"{API}/dossiers/{code}").status_code == 404


def test_the_list_goes_on_from_its_key(tuyet, submitted):
    codes = [submitted() for _ in range(3)]
    first = tuyet.get(f"{API}/dossiers", {"limit": 2}).json()
    rest = tuyet.get(f"{API}/dossiers", {"limit": 2, "before": first["next"]}).json()
    assert [line["code"] for line in first["items"] + rest["items"]] == codes[::-1]
    assert rest["next"] == ""


def test_an_officer_takes_a_step_once(ngan, tuyet, submitted):
    code = submitted()
    seen = ngan.get(f"{API}/dossiers/{code}").json()["version_seen"]
    body = {"action": "receive", "seen_version": seen}
    assert call(ngan, f"/dossiers/{code}/steps", body).json()["status"] == 2
    late = call(ngan, f"/dossiers/{code}/steps", body)
    assert (late.status_code, late.json()["code"]) == (409, "case_moved")
    assert call(tuyet, f"/dossiers/{code}/steps", body).status_code == 403


def test_what_is_not_offered_to_an_applicant_now_is_refused(tuyet, submitted, file_id):
    code = submitted()
    papers = [{"component_key": "giay_chung_sinh", "file_id": file_id}]
    supply = call(tuyet, f"/dossiers/{code}/supply", {"papers": papers})
    rating = call(tuyet, f"/dossiers/{code}/rating", {"stars": 5})
    assert (supply.status_code, supply.json()["code"]) == (409, "nothing_asked")
    assert (rating.status_code, rating.json()["code"]) == (409, "rating_not_yet")
    assert call(tuyet, f"/dossiers/{code}/rating", {"stars": 9}).status_code == 422


def test_withdrawing(tuyet, khoa, submitted):
    code = submitted()
    assert call(khoa, f"/dossiers/{code}/withdraw", {}).status_code == 404
    assert call(tuyet, f"/dossiers/{code}/withdraw", {"reason": "Nhầm"}).json()["status"] == 7


def test_the_public_look_up_takes_the_secret_in_a_header(stranger, actor, submitted):
    code = submitted()
    secret = dossiers.receipt(code, actor, now=clock.now()).secret
    url, query = f"{API}/track", {"code": code}
    found = stranger.get(url, query, headers={"X-Dossier-Secret": secret})
    assert found.json()["status"] == 1
    assert "Tuyết" not in found.content.decode()
    assert stranger.get(url, query, headers={"X-Dossier-Secret": "SAI"}).status_code == 404
    assert stranger.get(url, query).status_code == 422
