"""Applications on people's own devices: no secret, so PKCE and one-time tokens carry it all."""

from datetime import timedelta

import pytest
from django.test import Client

from motcua.contexts.identity import public
from motcua.contexts.identity.contracts.applications import ApplicationHasNoSecret
from motcua.contexts.identity.models import Application, Grant, IssuedToken
from motcua.contexts.identity.rules.applications import GRANT_LIFE
from motcua.contexts.identity.testing import a_citizen_account, an_application, signed_in
from motcua.contexts.identity.tests.relying_party import RelyingParty, told
from motcua.kernel import clock
from motcua.kernel.actors import Role
from motcua.kernel.models import LedgerLeaf
from motcua.kernel.testing import officer

ADMINISTRATOR = officer(Role.ADMINISTRATOR)


@pytest.fixture
def phone(small_city):
    made = an_application(is_public=True)
    return RelyingParty(made, signed_in(Client(), a_citizen_account()), Client())


def last_refusal() -> str:
    leaf = LedgerLeaf.objects.filter(action="identity.refuse_connection").order_by("id").last()
    return leaf.body.partition('"reason": "')[2].partition('"')[0]


def test_it_signs_people_in_without_a_secret(phone):
    tokens = phone.tokens()

    assert phone.userinfo(tokens["access_token"]).json()["name"] == "Nguyễn Thị Ánh Tuyết"
    assert bool(Application.objects.get().secret_digest) is False


@pytest.mark.parametrize("challenge", [{"code_challenge": None}, {"code_challenge_method": None}])
def test_without_pkce_it_gets_nothing(phone, challenge):
    assert told(phone.visit(**challenge))["error"] == "invalid_request"


@pytest.mark.parametrize("verifier", [None, "x" * 43])
def test_a_stolen_code_is_worth_nothing_without_the_verifier(phone, verifier):
    answer = phone.redeem(phone.code(), code_verifier=verifier)

    assert answer.status_code == 400
    assert not IssuedToken.objects.exists()


def test_a_refresh_token_that_comes_twice_ends_the_sign_in(phone):
    first = phone.tokens()
    second = phone.refresh(first["refresh_token"]).json()

    stolen = phone.refresh(first["refresh_token"])

    assert stolen.json()["error"] == "invalid_grant"
    assert phone.refresh(second["refresh_token"]).json()["error"] == "invalid_grant"
    assert phone.userinfo(second["access_token"]).status_code == 401


def test_who_shows_a_secret_for_it_is_not_it(phone):
    answer = phone.redeem(phone.code(), secret="guess")

    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert last_refusal() == "secret_wrong"


def test_an_application_with_a_secret_is_not_heard_without_it(phone):
    library = an_application(name="Thư viện", sector="thu-vien.example.vn")

    answer = phone.server.post(
        "/oidc/token",
        {"grant_type": "refresh_token", "refresh_token": "x", "client_id": library.client_id},
    )

    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


def test_it_takes_its_tokens_back_but_asks_nothing_about_them(phone):
    tokens = phone.tokens()

    asked = phone.post("/oidc/introspect", token=tokens["access_token"])
    taken = phone.post("/oidc/revoke", token=tokens["refresh_token"])

    assert (asked.status_code, taken.status_code) == (401, 200)
    assert phone.userinfo(tokens["access_token"]).status_code == 401


def test_it_has_no_secret_to_change(phone):
    with pytest.raises(ApplicationHasNoSecret):
        public.change_secret(
            phone.registered.id, public.new_secret(), actor=ADMINISTRATOR, now=clock.now()
        )


def test_a_sign_in_ends_after_ninety_days_however_often_it_was_refreshed(phone):
    token = phone.tokens()["refresh_token"]
    began_at = clock.now() - GRANT_LIFE + timedelta(days=1)
    Grant.objects.update(started_at=began_at)

    token = phone.refresh(token).json()["refresh_token"]

    newest = IssuedToken.objects.filter(kind="REFRESH", used_at__isnull=True).get()
    assert newest.expires_at == began_at + GRANT_LIFE
    IssuedToken.objects.update(expires_at=began_at + GRANT_LIFE - timedelta(days=1, seconds=1))
    assert phone.refresh(token).json()["error"] == "invalid_grant"
    assert last_refusal() == "refresh_expired"
