"""A session of ours ends: what began in it at applications ends with it, and they hear of it."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import jwt
import pytest
import requests
from django.conf import settings
from django.test import Client

from motcua.contexts.identity.actions.accounts import set_account_open
from motcua.contexts.identity.actions.applications import change_application, close_application
from motcua.contexts.identity.adapters.sessions import digest_of
from motcua.contexts.identity.adapters.sign_out_news import EVENT, NewsNotTaken
from motcua.contexts.identity.models import Consent, Grant
from motcua.contexts.identity.queries.sessions import HANDLE
from motcua.contexts.identity.testing import (
    a_citizen_account,
    an_application,
    application_terms,
    signed_in,
)
from motcua.contexts.identity.tests.relying_party import RelyingParty
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM, Role
from motcua.kernel.models import LedgerLeaf
from motcua.kernel.outbound import AddressRefused
from motcua.kernel.testing import officer

ADMINISTRATOR = officer(Role.ADMINISTRATOR)


class TheirServer:
    """What the application's server hears at its registered address, and how it answers."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}/dang-xuat"
        self.heard: list[str] = []
        self.status = 200


@pytest.fixture(scope="module")
def listening() -> Iterator[TheirServer]:
    class Hearing(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            said = self.rfile.read(int(self.headers["Content-Length"])).decode()
            there.heard.append(parse_qs(said)["logout_token"][0])
            self.send_response(there.status)
            self.send_header("Location", "http://127.0.0.1:1/")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return None

    server = HTTPServer(("127.0.0.1", 0), Hearing)
    there = TheirServer(server.server_port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield there
    server.shutdown()
    server.server_close()


@pytest.fixture
def there(listening, settings):
    settings.SIMULATORS = True
    listening.heard.clear()
    listening.status = 200
    return listening


@pytest.fixture
def tuyet(small_city):
    return a_citizen_account()


@pytest.fixture
def library(tuyet, there):
    made = an_application(sign_out_uri=there.url)
    return RelyingParty(made, signed_in(Client(), tuyet), Client())


def is_over(party, tokens) -> bool:
    return (
        party.userinfo(tokens["access_token"]).status_code == 401
        and party.refresh(tokens["refresh_token"]).json().get("error") == "invalid_grant"
    )


def handle_of(browser) -> str:
    return digest_of(browser.session.session_key)[:HANDLE]


def sign_out(party, tuyet):
    party.browser.post("/dang-xuat")


def ended_from_elsewhere(party, tuyet):
    other = signed_in(Client(), tuyet)
    handle = handle_of(party.browser)
    other.post(f"/toi/phien/{handle}/ket-thuc", {"idempotency_key": "e"})


def ended_with_all_others(party, tuyet):
    signed_in(Client(), tuyet).post("/toi/phien/ket-thuc-khac", {"idempotency_key": "e"})


def closed_by_an_administrator(party, tuyet):
    set_account_open(tuyet.id, is_open=False, actor=ADMINISTRATOR, now=clock.now())
    set_account_open(tuyet.id, is_open=True, actor=ADMINISTRATOR, now=clock.now())


def consent_taken_back(party, tuyet):
    consent = Consent.objects.get(ended_at__isnull=True)
    party.browser.post(f"/toi/ung-dung/{consent.id}/thoi", {"idempotency_key": "e"})


@pytest.mark.parametrize(
    "way",
    [
        sign_out,
        ended_from_elsewhere,
        ended_with_all_others,
        closed_by_an_administrator,
        consent_taken_back,
    ],
)
def test_however_a_session_ends_its_sign_ins_at_applications_end_and_are_told(
    library, tuyet, there, deliveries, way
):
    tokens = library.tokens()

    way(library, tuyet)
    deliveries()

    assert is_over(library, tokens)
    assert len(there.heard) == 1
    assert LedgerLeaf.objects.filter(action="identity.tell_sign_out").count() == 1


def test_other_sessions_of_the_person_go_on(library, tuyet, there, deliveries):
    here = library.tokens()
    elsewhere = RelyingParty(library.registered, signed_in(Client(), tuyet), Client())
    there_too = elsewhere.tokens()

    library.browser.post("/dang-xuat")
    deliveries()

    assert is_over(library, here)
    assert elsewhere.userinfo(there_too["access_token"]).status_code == 200
    assert len(there.heard) == 1


def test_a_renewed_key_of_the_session_ends_nothing(library, tuyet, there, deliveries):
    tokens = library.tokens()
    session = library.browser.session
    session.cycle_key()
    session.save()
    library.browser.cookies[settings.SESSION_COOKIE_NAME] = session.session_key

    assert library.userinfo(tokens["access_token"]).status_code == 200
    library.browser.post("/dang-xuat")
    deliveries()

    assert is_over(library, tokens)
    assert len(there.heard) == 1


def test_a_code_is_worth_nothing_once_its_session_is_over(library, there, deliveries):
    code = library.code()

    library.browser.post("/dang-xuat")
    deliveries()

    assert library.redeem(code).json()["error"] == "invalid_grant"
    assert there.heard == []


def test_the_news_is_signed_names_the_sign_in_and_is_no_identity_token(library, there, deliveries):
    tokens = library.tokens()
    key = jwt.PyJWK(library.server.get("/oidc/keys").json()["keys"][0])
    before = jwt.decode(tokens["id_token"], options={"verify_signature": False})

    library.browser.post("/dang-xuat")
    deliveries()

    told = jwt.decode(
        there.heard[0], key, algorithms=["RS256"], audience=library.registered.client_id,
        issuer=settings.PUBLIC_ORIGIN, options={"require": ["exp", "iat", "jti"]},
    )  # fmt: skip
    assert (told["sub"], told["sid"]) == (before["sub"], before["sid"])
    assert told["events"] == {EVENT: {}}
    assert "nonce" not in told
    assert jwt.get_unverified_header(there.heard[0])["typ"] == "logout+jwt"
    as_hint = library.browser.get("/oidc/logout", {"id_token_hint": there.heard[0]})
    assert as_hint.status_code == 403


@pytest.mark.parametrize("status", [400, 500, 302])
def test_news_that_was_not_taken_is_told_again(library, there, deliveries, status):
    library.tokens()
    library.browser.post("/dang-xuat")

    there.status = status
    with pytest.raises(NewsNotTaken):
        deliveries()
    there.status = 204
    deliveries()

    names = {jwt.decode(one, options={"verify_signature": False})["jti"] for one in there.heard}
    assert len(there.heard) == 2
    assert len(names) == 1


def test_a_server_that_is_down_is_tried_again(library, there, deliveries):
    library.tokens()
    moved = application_terms(sign_out_uri="http://127.0.0.1:9/dang-xuat")
    change_application(library.registered.id, moved, actor=ADMINISTRATOR, now=clock.now())
    library.browser.post("/dang-xuat")

    with pytest.raises(requests.ConnectionError):
        deliveries()
    back = application_terms(sign_out_uri=there.url)
    change_application(library.registered.id, back, actor=ADMINISTRATOR, now=clock.now())
    deliveries()

    assert len(there.heard) == 1


def test_no_news_goes_to_our_own_insides(library, deliveries, settings):
    settings.SIMULATORS = False
    library.tokens()
    library.browser.post("/dang-xuat")

    with pytest.raises(AddressRefused):
        deliveries()


def test_an_application_that_is_closed_or_wished_it_itself_hears_nothing(
    library, there, deliveries
):
    tokens = library.tokens()
    library.post("/oidc/revoke", token=tokens["refresh_token"])
    library.tokens()
    library.browser.post("/dang-xuat")
    close_application(library.registered.id, actor=ADMINISTRATOR, now=clock.now())

    deliveries()

    assert there.heard == []


def test_a_replayed_code_is_told_to_the_application(library, there, deliveries):
    code = library.code()
    library.redeem(code)

    library.redeem(code)
    deliveries()

    assert len(there.heard) == 1


def test_somebody_else_who_signs_in_here_ends_what_the_first_left(library, tuyet, browser):
    tokens = library.tokens()
    browser.client = library.browser

    browser.sign_in(who="Lê Minh Khoa")

    assert is_over(library, tokens)
    assert Grant.objects.get().ended_at is not None


def test_every_end_is_in_the_ledger(library, tuyet):
    library.tokens()

    set_account_open(tuyet.id, is_open=False, actor=SYSTEM, now=clock.now())

    leaf = LedgerLeaf.objects.filter(action="identity.end_grant").get()
    assert '"why": "SESSION"' in leaf.body
