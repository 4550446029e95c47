"""Who may enter: the administrator, nobody else, and everybody is told."""

import pytest
from django.test import Client
from django.urls import reverse

from motcua.contexts.identity.testing import a_citizen_account, signed_in
from motcua.kernel.db import uuid7
from motcua.portals.office.design.urls import urlpatterns as designers
from motcua.portals.office.tests.conftest import browser, text_of
from motcua.portals.office.urls import urlpatterns

OURS = [one for one in urlpatterns if one not in designers]
LISTS = [one.name for one in OURS if "<" not in str(one.pattern)]
READ = [name for name in LISTS if name not in {"ledger-check", "law-uses", "signing-key"}]


def address(one) -> str:
    given = {
        "act_id": uuid7(),
        "proposal_id": uuid7(),
        "job_id": 1,
        "leaf_id": uuid7(),
        "run_id": uuid7(),
        "account_id": uuid7(),
        "recovery_id": uuid7(),
        "certificate_id": uuid7(),
        "client_id": uuid7(),
        "application_id": uuid7(),
        "code": "1.001193",
    }
    wanted = one.pattern.converters
    return reverse(f"office:{one.name}", kwargs={name: given[name] for name in wanted})


@pytest.mark.parametrize("name", READ)
def test_the_administrator_reads_every_page(quynh, name):
    answer = quynh.get(reverse(f"office:{name}"))

    assert answer.status_code == 200


@pytest.mark.parametrize("name", ["khue", "bao", "nghia", "van", "ha", "thanh"])
def test_every_other_officer_is_refused_and_told_who_may(small_city, name):
    client = browser(name)

    for one in OURS:
        answer = client.get(address(one))
        if answer.status_code != 405:
            assert answer.status_code == 403, one.name
            assert "quản trị viên" in text_of(answer), one.name


def test_a_citizen_is_refused_and_a_stranger_is_asked_to_sign_in(small_city):
    citizen = signed_in(Client(), a_citizen_account())

    assert citizen.get("/quan-tri").status_code == 403
    assert Client().get("/quan-tri")["Location"] == "/dang-nhap?next=/quan-tri"


ODD = (
    "tim=%00",
    "tim=%ED%A0%80&khoa=%00&viec=%00x",
    "truoc=٣&sau=%F0%9F%8C%B8&phan=la&vai=la",
    "loai=%27--&ve=%C3%28&nam=99999999999999999999",
    "truoc=2026-13-99T00:00:00Z_x&ket-qua=la&he-thong=%E2%80%AE",
    "truoc=99999999999999999999",
)


@pytest.mark.parametrize("query", ODD)
@pytest.mark.parametrize("name", [one for one in READ if not one.endswith("export")])
def test_an_odd_address_shows_a_page(quynh, name, query):
    answer = quynh.get(f"{reverse(f'office:{name}')}?{query}")

    assert answer.status_code in {200, 404}
