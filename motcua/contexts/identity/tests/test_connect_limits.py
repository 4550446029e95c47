"""Applications that call too often are told to wait, each by itself, in words they can read."""

from contextlib import suppress

import pytest
from django.test import Client

from motcua.contexts.identity.testing import a_citizen_account, an_application, signed_in
from motcua.contexts.identity.tests.relying_party import RelyingParty
from motcua.kernel import clock
from motcua.kernel.limits import (
    APPLICATION_CALLS,
    APPLICATION_VISITS,
    CALLS_OF_AN_APPLICATION,
    Limit,
    TooManyCalls,
    spend,
)

ELSEWHERE = {"REMOTE_ADDR": "192.0.2.7"}


@pytest.fixture
def library(small_city):
    return RelyingParty(an_application(), signed_in(Client(), a_citizen_account()), Client())


def used_up(limit: Limit, who: str) -> None:
    with suppress(TooManyCalls):
        for _ in range(limit.calls):
            spend(limit, who, now=clock.now())


def is_told_to_wait(answer) -> bool:
    said = answer.json()
    return (
        answer.status_code == 429
        and said["error"] == "temporarily_unavailable"
        and 0 < int(answer["Retry-After"]) <= 60
        and answer["Retry-After"] in said["error_description"]
    )


@pytest.mark.parametrize("door", ["token", "revoke", "introspect"])
def test_an_address_that_calls_too_often_waits_and_another_does_not(library, door):
    used_up(APPLICATION_CALLS, "address/127.0.0.1")

    here = library.post(f"/oidc/{door}", token="x")
    library.server = Client(**ELSEWHERE)
    there = library.post(f"/oidc/{door}", token="x")

    assert is_told_to_wait(here)
    assert there.status_code != 429


def test_an_application_waits_wherever_it_calls_from(library):
    token = library.tokens()["access_token"]
    used_up(CALLS_OF_AN_APPLICATION, library.registered.client_id)

    library.server = Client(**ELSEWHERE)

    assert is_told_to_wait(library.refresh("x"))
    assert is_told_to_wait(library.userinfo(token))


def test_nobody_uses_up_what_another_application_may(library):
    other = RelyingParty(an_application(sector="bao-tang.example.vn"), library.browser, Client())
    for _ in range(3):
        library.post("/oidc/token", secret="wrong", grant_type="refresh_token", refresh_token="x")
    used_up(CALLS_OF_AN_APPLICATION, library.registered.client_id)

    stranger = library.post(
        "/oidc/token", secret="wrong", grant_type="refresh_token", refresh_token="x"
    )
    own = other.refresh("x")

    assert stranger.json()["error"] == "invalid_client"
    assert own.json()["error"] == "invalid_grant"


@pytest.mark.parametrize("door", ["authorize", "logout"])
def test_a_browser_sent_here_again_and_again_gets_a_page_that_says_when(library, door):
    account = library.browser.session["_auth_user_id"]
    used_up(APPLICATION_VISITS, f"account/{account}")

    answer = library.browser.get(f"/oidc/{door}", library.asked())

    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert "quá nhiều lần" in answer.content.decode()
