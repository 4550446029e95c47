"""The API of dossiers keeps its word: whatever is sent, the answer is one it describes."""

import itertools
import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from uuid import UUID

import jsonschema_rs
import pytest
import schemathesis
from django.test import Client
from django.urls import resolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.core import NOT_SET

from motcua.contexts.dossiers import contracts
from motcua.contexts.dossiers.testing import a_submitted_birth
from motcua.contexts.identity.testing import (
    a_citizen_account,
    a_person,
    an_officer_account,
    signed_in,
    the_actor,
)
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.api import api, problem_response
from motcua.kernel.errors import DomainError, Kind

pytestmark = pytest.mark.usefixtures("small_city")
API = "/api/v1"
KEYS = itertools.count()
REFUSED = {int(kind) for kind in Kind} | {400, 401, 405}
few = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@dataclass(frozen=True, slots=True)
class City:
    """Who asks, and the dossier they ask about."""

    code: str
    applicant: Actor
    clients: dict[str, Client]


@pytest.fixture
def city(small_city: None) -> City:
    tuyet = a_citizen_account()
    khoa = a_citizen_account(a_person("Lê Minh Khoa", personal_number="079188999002", sex="nam"))
    applicant = the_actor(tuyet)
    return City(
        code=a_submitted_birth(applicant, now=clock.now()),
        applicant=applicant,
        clients={
            "tuyet": signed_in(Client(), tuyet),
            "khoa": signed_in(Client(), khoa),
            **{
                name: signed_in(Client(), an_officer_account(name, officer_id=the_officer(name).id))
                for name in ("ngan", "khue")
            },
        },
    )


def operations() -> list[Any]:
    resolve("/healthz")  # the routers join the API with the addresses of the city
    described = schemathesis.openapi.from_dict(api.get_openapi_schema())
    found = [result.ok() for result in described.get_all_operations()]
    return sorted(
        (one for one in found if "dossiers" in one.tags), key=lambda one: (one.path, one.method)
    )


def call(
    client: Client, method: str, path: str, body: object = None, *, key: str = "", **query: object
):
    """JSON under a fresh key unless one is named."""
    headers = {"Idempotency-Key": key or f"hop-dong-{next(KEYS)}"}
    if method == "get":
        return client.get(API + path, query, headers=headers)
    return client.post(API + path, json.dumps(body), "application/json", headers=headers)


def check_answer(operation: Any, answer: Any) -> None:
    """Described and well formed, or a refusal that names itself; never a fault."""
    if answer.status_code in REFUSED:
        assert answer.headers["Content-Type"] == "application/problem+json"
        problem = answer.json()
        assert problem["status"] == answer.status_code
        assert problem["code"] and problem["title"] and problem["instance"]
        return
    whole = api.get_openapi_schema()
    described = whole["paths"][operation.path][operation.method]["responses"]
    assert answer.status_code in described, (answer.status_code, answer.content[:300])
    content = described[answer.status_code].get("content", {})
    if content:
        schema = {**content["application/json"]["schema"], "components": whole["components"]}
        jsonschema_rs.validator_for(schema).validate(answer.json())


@pytest.mark.parametrize("who", ["tuyet", "khoa", "ngan"])
@pytest.mark.parametrize("operation", operations(), ids=lambda one: one.label)
def test_whatever_is_sent_the_answer_is_one_it_describes(city, operation, who):
    @few
    @given(operation.as_strategy(), st.booleans())
    def send(case: Any, real: bool) -> None:
        code = city.code if real else str(case.path_parameters.get("code", ""))
        path = operation.path.replace("{code}", quote(code, safe="") or "x")
        for name, value in case.path_parameters.items():
            path = path.replace(f"{{{name}}}", quote(str(value), safe="") or "x")
        headers = {k: v for k, v in (case.headers or {}).items() if k.lower().startswith("x-")}
        headers["Idempotency-Key"] = f"hop-dong-{next(KEYS)}"
        client = city.clients[who]
        if operation.method == "get":
            answer = client.get(path, case.query or {}, headers=headers)
        else:
            body = json.dumps(case.body) if case.body is not NOT_SET else ""
            answer = client.post(path, body, "application/json", headers=headers)
        check_answer(operation, answer)

    send()


UNSAFE = [one for one in operations() if one.method == "post"]
REFUSALS = sorted(
    {
        refusal
        for refusal in vars(contracts).values()
        if isinstance(refusal, type) and issubclass(refusal, DomainError)
    },
    key=lambda refusal: refusal.__name__,
)


@pytest.mark.parametrize("operation", UNSAFE, ids=lambda one: one.label)
def test_nothing_is_written_without_a_key(city, operation):
    path = re.sub(r"{\w+}", str(UUID(int=1)), operation.path.replace("{code}", city.code))

    answer = city.clients["tuyet"].post(path, "{}", "application/json")

    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_required")


OF_ONE = [one for one in operations() if "{code}" in one.path]
BODIES: dict[str, dict[str, object]] = {
    "steps": {"action": "receive", "seen_version": 1},
    "supply": {"note": "x"},
    "withdraw": {"reason": "x"},
    "rating": {"stars": 5},
    "messages": {"text": "x"},
    "supplement-proposals": {"action": "supplement", "seen_version": 1},
    "{further_id}": {"release": True},
    "fees": {"label": "x", "amount_dong": 1},
    "extension": {"new_due": "2030-01-01T09:00:00+07:00", "reason": "x"},
}


@pytest.mark.parametrize("operation", OF_ONE, ids=lambda one: one.label)
def test_of_somebody_elses_dossier_no_door_tells_that_it_exists(city, operation):
    opinion = UUID(int=1)
    body = BODIES.get(operation.path.rsplit("/", 1)[-1], {"verdict": "AGREE"})
    answers = []
    for code in (city.code, "H29.99-20200101-0000001"):
        path = operation.path.format(code=code, opinion_id=opinion, further_id=opinion)
        for client in (city.clients["khoa"], city.clients["khue"]):
            answer = call(client, operation.method, path.removeprefix(API), body)
            answers.append((answer.status_code, answer.json()["code"]))

    real, absent = answers[:2], answers[2:]
    assert real == absent
    assert {status for status, _code in answers} <= {403, 404}
    assert answers[1] == (404, "dossier_not_found")


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.code)
def test_every_refusal_is_a_problem_with_a_sentence_and_a_stable_code(rf, refusal):
    answer = problem_response(rf.get("/api/v1/dossiers"), refusal(field="code"))

    problem = json.loads(answer.content)
    assert answer.status_code == problem["status"] == int(refusal.kind)
    assert problem["code"] == refusal.code
    assert problem["title"].endswith((".", "…"))
    assert problem["field"] == "code"


def test_a_list_is_read_page_by_page_without_gap_or_repetition(city):
    tuyet = city.clients["tuyet"]
    codes = [a_submitted_birth(city.applicant, now=clock.now()) for _ in range(4)]
    codes.append(city.code)
    found, before = [], ""
    while True:
        page = call(tuyet, "get", "/dossiers", limit=2, before=before).json()
        assert len(page["items"]) <= 2
        found += [line["code"] for line in page["items"]]
        before = page["next"]
        if not before:
            break

    assert sorted(found) == sorted(codes)


@pytest.mark.parametrize("limit", [0, -1, 101, "nhiều"])
def test_a_page_has_bounds(city, limit):
    assert call(city.clients["tuyet"], "get", "/dossiers", limit=limit).status_code == 422


@pytest.mark.parametrize("key", ["x", "1_2", "9" * 70, "nan_" + str(UUID(int=1)), "\x00"])
def test_a_broken_key_of_a_page_is_no_fault(city, key):
    assert call(city.clients["tuyet"], "get", "/dossiers", before=key).status_code in {200, 422}
    assert call(city.clients["ngan"], "get", "/inbox", after=key).status_code in {200, 422}


def test_an_officer_finds_and_takes_a_step_by_the_api_alone(city):
    ngan = city.clients["ngan"]
    line = call(ngan, "get", "/inbox").json()["items"][0]
    desk = call(ngan, "get", f"/dossiers/{line['code']}/desk").json()
    assert {action["key"] for action in desk["actions"]} == {"receive", "supplement", "decline"}

    body = {"action": "receive", "seen_version": desk["version_seen"]}
    step = call(ngan, "post", f"/dossiers/{line['code']}/steps", body, key="mot-lan")
    again = call(ngan, "post", f"/dossiers/{line['code']}/steps", body, key="mot-lan")

    assert step.json() == again.json()
    after = call(ngan, "get", f"/dossiers/{line['code']}/desk").json()
    assert (after["mine"], after["actions"]) == (False, [])
    assert "Phạm Hữu Nghĩa" in after["holder_sentence"]
