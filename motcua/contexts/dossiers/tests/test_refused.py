"""Who knocks at a door that is not theirs leaves a leaf, and cannot fill the ledger with it."""

import json

import pytest
from django.test import Client

from motcua.contexts.dossiers.testing import a_submitted_birth
from motcua.contexts.identity.testing import (
    a_citizen_account,
    an_officer_account,
    signed_in,
    the_actor,
)
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel import refused
from motcua.kernel.models import LedgerLeaf
from motcua.kernel.testing import MONDAY_9AM

pytestmark = pytest.mark.usefixtures("small_city")


def noted() -> list[tuple[str, str, str]]:
    leaves = LedgerLeaf.objects.filter(action=refused.ACTION).order_by("at", "id")
    bodies = [(leaf.subject, json.loads(leaf.body)["facts"]) for leaf in leaves]
    return [(subject, facts["what"], facts["why"]) for subject, facts in bodies]


def officer(name: str) -> Client:
    return signed_in(Client(), an_officer_account(name, officer_id=the_officer(name).id))


def test_a_bad_token_leaves_a_leaf():
    answer = Client().get("/api/v1/dossiers", headers={"Authorization": "Bearer guess"})

    assert answer.status_code == 401
    assert noted() == [("unknown", "token", "")]


def test_a_foreign_dossier_leaves_its_code_and_who_asked():
    code = a_submitted_birth(the_actor(a_citizen_account()), now=MONDAY_9AM)
    stranger = officer("quynh")

    assert stranger.get(f"/ban/ho-so/{code}").status_code in {403, 404}
    assert stranger.get(f"/api/v1/dossiers/{code}").status_code in {403, 404}

    assert [subject for subject, _, _ in noted()] == [code, code]
    assert LedgerLeaf.objects.filter(action=refused.ACTION, actor_id__isnull=False).count() == 2


def test_a_form_without_its_token_leaves_a_leaf():
    strict = signed_in(Client(enforce_csrf_checks=True), a_citizen_account())

    page = strict.post("/nop/1.001193", {"idempotency_key": "k"})
    call = strict.post("/api/v1/dossiers", {}, "application/json", headers={"Idempotency-Key": "k"})

    assert (page.status_code, call.status_code) == (403, 401)
    assert [what for _, what, _ in noted()] == ["csrf", "csrf"]


def test_nothing_that_was_typed_gets_into_the_ledger():
    browser = signed_in(Client(), a_citizen_account())

    browser.get("/ho-so/Nguyễn Thị Ánh Tuyết")

    assert [subject for subject, _, _ in noted()] == ["unknown"]


def test_who_knocks_again_and_again_is_answered_but_not_kept():
    browser = signed_in(Client(), a_citizen_account())

    answers = {browser.get(f"/ho-so/H29.99-{n}").status_code for n in range(15)}

    assert answers == {404}
    assert len(noted()) == refused.OF_A_CALLER.calls


def test_who_is_not_signed_in_is_sent_to_the_door_without_a_leaf():
    Client().get("/ho-so/H29.99-20261128-0000001")

    assert noted() == []
