"""Every address of the city, asked by everybody: the declared answer, never a fault."""

from uuid import UUID

import pytest
from django.test import Client

from motcua.contexts.identity.queries.actors import actor_of
from motcua.contexts.identity.testing import (
    a_citizen_account,
    an_officer_account,
    signed_in,
)
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel import addresses, clock
from motcua.kernel.access import SignInNeeded, WrongRole, check
from motcua.kernel.actors import ANONYMOUS, ActorKind
from motcua.kernel.addresses import Route, may

CAST = ("khue", "bao", "nghia", "van", "ha", "thanh", "quynh", "duyen")
NOBODYS_ID = str(UUID(int=0x0190_0000_0000_7000_8000_0000_0000_0001))
NOBODYS_CODE = "H29.99-20260105-0000000"
NOBODYS_NUMBER = "999999999999"
SAMPLES = {"page_key": "child", "action": "receive"}
ANSWERED = {200, 204, 302, 303, 400, 403, 404, 405, 409, 422}
NEEDS_A_NEIGHBOUR = {"/dang-nhap/vneid": {503}}  # no neighbour answers in a test: said so, kindly
OF_MACHINES = "/scim/"  # their token is no session: whoever has only a session is nobody there
NEEDS_A_TOKEN = {"/oidc/userinfo": {401}}  # of an application; a session is none
PAGES = sorted(addresses.pages(), key=lambda one: one.address)
OPERATIONS = sorted(addresses.operations(), key=lambda one: (one.address, one.methods))


def by_address(route: Route) -> str:
    return f"{route.methods} {route.address}".strip()


def address(route: Route) -> str:
    """The address with its parameters filled in: nobody's object."""
    parts = []
    for part in route.address.split("/"):
        if not part.startswith(("<", "{")):
            parts.append(part)
            continue
        kind, _, name = part.strip("<>{}").rpartition(":")
        default = NOBODYS_ID if kind == "uuid" or name.endswith("_id") else NOBODYS_CODE
        if kind == "int":
            default = NOBODYS_NUMBER
        parts.append(SAMPLES.get(name, default))
    return "/".join(parts)


@pytest.mark.parametrize("route", [*PAGES, *OPERATIONS], ids=by_address)
def test_every_route_declares_who_may_call_it(route):
    assert route.access is not None, f"{route.view} lacks @route(…)"


@pytest.mark.parametrize("route", [*PAGES, *OPERATIONS], ids=by_address)
def test_the_policy_answers_every_role(route):
    for actor in addresses.people().values():
        if route.access.allows(actor):
            check(route.access, actor)
        else:
            refusal = SignInNeeded if actor.kind is ActorKind.ANONYMOUS else WrongRole
            with pytest.raises(refusal):
                check(route.access, actor)


@pytest.mark.parametrize(
    "route", [one for one in PAGES if one.access and not one.keyless], ids=by_address
)
def test_an_unsafe_call_without_a_key_is_refused(route, db):
    answer = Client().post(address(route))

    assert answer.status_code == 422
    assert "chống gửi lặp" in answer.content.decode()


@pytest.mark.parametrize(
    "route", [one for one in OPERATIONS if one.methods != "GET" and not one.keyless], ids=by_address
)
def test_an_unsafe_operation_without_a_key_is_refused(route, db):
    if route.address.endswith("bank-callback"):  # its own signed number keeps it from repeating
        return
    send = getattr(Client(), route.methods.lower())

    answer = send(address(route), {}, content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_required")


@pytest.fixture
def everybody(small_city):
    """Browser and actor of each: nobody, a citizen, the officers of the cast."""
    now = clock.now()
    people = {"nobody": (Client(), ANONYMOUS)}
    accounts = {"citizen": a_citizen_account()} | {
        name: an_officer_account(name, officer_id=the_officer(name).id) for name in CAST
    }
    for name, account in accounts.items():
        browser = signed_in(Client(raise_request_exception=False), account)
        people[name] = (browser, actor_of(account, assurance=2, now=now))
    return people


@pytest.mark.parametrize("route", PAGES, ids=by_address)
def test_every_page_answers_everybody_as_declared(route, everybody):
    for name, (browser, actor) in everybody.items():
        answer = browser.get(address(route))
        if may(route.access, actor) or answer.status_code == 405:
            if route.address.startswith(OF_MACHINES):
                assert answer.status_code == 401, name
                continue
            special = NEEDS_A_NEIGHBOUR | NEEDS_A_TOKEN
            assert answer.status_code in ANSWERED | special.get(route.address, set()), name
            continue
        if actor.kind is ActorKind.ANONYMOUS:
            assert answer.status_code == 302, name
            assert answer["Location"].startswith("/dang-nhap?next="), name
        else:
            assert answer.status_code == 403, name


@pytest.mark.parametrize(
    "route", [one for one in OPERATIONS if one.methods == "GET"], ids=by_address
)
def test_every_reading_operation_answers_everybody_as_declared(route, everybody):
    for name, (browser, actor) in everybody.items():
        status = browser.get(address(route)).status_code
        if may(route.access, actor):
            assert status in ANSWERED, name
        else:
            assert status == (401 if actor.kind is ActorKind.ANONYMOUS else 403), name
