"""Every address of the city, asked by everybody: the declared answer, never a fault."""

from uuid import UUID

import pytest
from django.test import Client

from motcua.kernel import addresses
from motcua.kernel.access import SignInNeeded, WrongRole, check
from motcua.kernel.actors import ActorKind
from motcua.kernel.addresses import Route

NOBODYS_ID = str(UUID(int=0x0190_0000_0000_7000_8000_0000_0000_0001))
NOBODYS_CODE = "H29.99-20260105-0000000"
NOBODYS_NUMBER = "999999999999"
SAMPLES = {"page_key": "child", "action": "receive"}
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


SIGNED = ("bank-callback", "bank-refund-callback", "sms/receipts", "post/tracking")


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
    if route.address.endswith(SIGNED):  # their own signed numbers keep them from repeating
        return
    send = getattr(Client(), route.methods.lower())

    answer = send(address(route), {}, content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_required")
