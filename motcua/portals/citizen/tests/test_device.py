"""The app on a phone: its manifest, its worker, and for whom a waiting act may be sent."""

import json
import re
from dataclasses import replace
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import Resolver404, resolve

from motcua.contexts.identity.testing import a_citizen_account, an_officer_account, signed_in
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel.actors import Actor, ActorKind, Mandate, MandateKind, PrincipalKind
from motcua.portals.citizen import device

pytestmark = pytest.mark.usefixtures("small_city")
DRAFT = "01a22101-905f-7684-86b2-1dbca6f26dd8"


def a_citizen() -> Actor:
    return Actor(kind=ActorKind.CITIZEN, account_id=uuid4(), person_id=uuid4())


def a_mandate() -> Mandate:
    return Mandate(
        id=uuid4(),
        kind=MandateKind.LEGAL_REPRESENTATIVE,
        principal_id=uuid4(),
        principal_kind=PrincipalKind.ORGANISATION,
        principal_name="Công ty TNHH Minh Phát",
        acts=frozenset(),
    )


def told_to_the_worker(client: Client) -> dict[str, object]:
    line = client.get("/sw.js").content.decode().splitlines()[1]
    found: dict[str, object] = json.loads(line.removeprefix("const CONFIG = ").rstrip(";"))
    return found


def test_who_acts_for_a_company_is_somebody_else_for_what_waits():
    own = a_citizen()

    tags = {device.account_tag(actor) for actor in (own, replace(own, mandate=a_mandate()))}

    assert len(tags) == 2
    assert device.account_tag(replace(own, account_id=None)) == ""


def test_the_pulse_tells_the_account_without_its_id_and_is_never_kept(client):
    account = a_citizen_account()
    signed_in(client, account)

    answer = client.get("/may-nay/nhip")

    assert re.fullmatch(r"[0-9a-f]{16}", answer.json()["account"])
    assert str(account.id) not in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_nobody_signed_in_has_no_account_to_send_for(client):
    assert client.get("/may-nay/nhip").json()["account"] == ""


def test_the_worker_is_asked_for_anew_and_keeps_only_pages_of_the_citizen(client):
    answer = client.get("/sw.js")
    told = told_to_the_worker(client)

    assert answer["Cache-Control"] == "no-cache"
    assert not {"/ban", "/quan-tri", "/dieu-hanh", "/quay"} & {*told["own"], *told["open"]}


def test_every_address_that_the_worker_knows_is_answered():
    addresses = {*device.OPEN_PAGES, *device.OWN_PAGES, *device.FIRST_PAGES}
    addresses |= {device.DEVICE, device.OFFLINE, device.PULSE, device.SHARED}

    for address in addresses - {"/nhap"}:
        resolve(address)
    with pytest.raises(Resolver404):
        resolve("/khong-co-trang-nay")


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        (f"/nhap/{DRAFT}/trang/applicant", "answers"),
        (f"/nhap/{DRAFT}/trang/applicant/luu", "answers"),
        (f"/nhap/{DRAFT}/xem-lai", "submission"),
        ("/ho-so/H29.99-20261102-0000001/gui-them", "supplement"),
        ("/ho-so/H29.99-20261102-0000001/nhan-tin", "message"),
        ("/ho-so/H29.99-20261102-0000001/cham-diem", "rating"),
    ],
)
def test_an_act_that_may_wait_is_an_address_of_ours(address, kind):
    resolve(address)

    assert [q.kind for q in device.QUEUED if re.search(q.path, address)] == [kind]


@pytest.mark.parametrize(
    "address", ["/dang-nhap", "/dang-xuat", "/thanh-toan/X", "/ho-so/H29.99-1/rut", "/toi/uy-quyen"]
)
def test_money_identity_and_withdrawal_never_wait(address):
    assert not [q for q in device.QUEUED if re.search(q.path, address)]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_manifest_names_pictures_that_are_there(client, language):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    told = client.get("/app.webmanifest").json()

    assert told["lang"] == language
    assert told["share_target"]["action"] == device.SHARED
    sizes = {icon["sizes"] for icon in told["icons"]}
    assert {"192x192", "512x512"} <= sizes
    for icon in told["icons"]:
        assert finders.find(icon["src"].removeprefix(settings.STATIC_URL))


def test_pages_of_a_citizen_are_an_app_and_those_at_the_counter_are_not(client):
    signed_in(client, an_officer_account(officer_id=the_officer("khue").id))
    at_the_counter = client.get("/thu-tuc").content.decode()
    client.logout()

    assert "motcua-device" not in at_the_counter
    assert 'content="">' in client.get("/thu-tuc").content.decode().split("motcua-device")[1][:30]


@pytest.mark.parametrize("address", ["/may-nay", "/mat-mang"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_pages_that_the_worker_keeps_name_nobody(client, address, language):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    answer = client.get(address)

    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.content.decode()


def test_a_page_travels_compressed_and_a_picture_as_it_is(client):
    page = client.get("/may-nay", headers={"Accept-Encoding": "gzip"})

    assert page["Content-Encoding"] == "gzip"
    assert len(page.content) < 6_000
