"""The API over HTTP against the running city: token, submit, follow, act, refusals."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from e2e.api.births import a_birth, sends_a_birth
from e2e.api.client import Program, program, token_of
from e2e.journeys.citizen import KHOA, TUYET


@pytest.fixture
def of_citizen(playwright, city, a_citizen) -> Callable[..., Program]:
    def make(personal_number: str, **more: bool) -> Program:
        person = a_citizen(personal_number)
        return program(playwright, city, token_of(person.page, city, **more))

    return make


@pytest.fixture
def of_officer(playwright, city, an_officer) -> Callable[[str], Program]:
    def make(username: str) -> Program:
        return program(playwright, city, token_of(an_officer(username).page, city))

    return make


def refused(answer, status, code):
    """A problem document with its stable code and a sentence."""
    assert answer.status == status, answer.text()
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["title"]
    return problem


def test_a_program_submits_follows_and_acts(of_citizen, of_officer):
    tuyet = of_citizen(TUYET)
    code = sends_a_birth(tuyet)

    sent = tuyet.gets(f"/dossiers/{code}").json()
    assert (sent["code"], sent["source"]) == (code, "API")
    assert code in [line["code"] for line in tuyet.gets("/dossiers").json()["items"]]

    ngan = of_officer("ngan")
    seen = ngan.gets(f"/dossiers/{code}").json()["version_seen"]
    step = {"action": "receive", "seen_version": seen}
    taken = ngan.posts(f"/dossiers/{code}/steps", step)
    assert taken.ok, taken.text()
    assert tuyet.gets(f"/dossiers/{code}").json()["due_at"]

    refused(ngan.posts(f"/dossiers/{code}/steps", step), 409, "case_moved")


def test_the_same_key_is_one_dossier(of_citizen):
    tuyet = of_citizen(TUYET)
    body, key = a_birth(tuyet), uuid4().hex

    first = tuyet.posts("/dossiers", body, key=key)
    again = tuyet.posts("/dossiers", body, key=key)

    assert first.status == again.status == 201
    assert first.json() == again.json()


def test_refusals_are_problem_documents(playwright, city, of_citizen):
    tuyet = of_citizen(TUYET)
    code = sends_a_birth(tuyet)

    refused(program(playwright, city, "").gets("/dossiers"), 401, "sign_in_needed")
    refused(program(playwright, city, "not-a-token").gets("/dossiers"), 401, "sign_in_needed")
    refused(of_citizen(KHOA).gets(f"/dossiers/{code}"), 404, "dossier_not_found")
    step = {"action": "receive", "seen_version": 1}
    refused(tuyet.posts(f"/dossiers/{code}/steps", step), 403, "wrong_role")
    refused(tuyet.calls.post("api/v1/dossiers", data={}), 422, "idempotency_key_required")
    incomplete = tuyet.posts("/dossiers", a_birth(tuyet, child_full_name=""))
    problem = refused(incomplete, 422, "answers_incomplete")
    assert [error["field"] for error in problem["errors"]] == ["child_full_name"]


def test_a_token_that_only_reads_writes_nothing(of_citizen):
    reader = of_citizen(TUYET, writes=False)

    assert reader.gets("/dossiers").ok
    answer = reader.calls.post("api/v1/dossiers", data={}, headers={"Idempotency-Key": uuid4().hex})

    assert answer.status == 403
