"""The desk enters a fee that the council's table fixes, on its page."""

import pytest
from django.test import Client

from motcua.contexts.identity.testing import (
    a_citizen_account,
    an_officer_account,
    signed_in,
    the_actor,
)
from motcua.contexts.organisations.testing import the_officer
from motcua.contexts.payments import public as payments
from motcua.kernel import clock
from motcua.kernel.web import FIELD
from motcua.services.packs.civil_status.marital_status.test_pack import ANSWERS
from motcua.services.tests.journey import hand_in

MARITAL, FEE = "1.004873", "Lệ phí cấp giấy xác nhận tình trạng hôn nhân"


@pytest.fixture
def code(small_city) -> str:
    return hand_in(MARITAL, ANSWERS, the_actor(a_citizen_account()), now=clock.now()).code


def an_officer(name: str) -> Client:
    return signed_in(Client(), an_officer_account(name, officer_id=the_officer(name).id))


def test_the_desk_sees_the_open_fee_enters_it_and_it_is_gone(code):
    ngan, url = an_officer("ngan"), f"/ban/ho-so/{code}/muc-thu"
    page = ngan.get(url).content.decode()
    wrong = ngan.post(url, {"label": FEE, "amount_dong": "không", FIELD: "a"})
    sent = ngan.post(url, {"label": FEE, "amount_dong": "15.000", FIELD: "b"})

    assert f"Nhập mức thu: {FEE}" in page
    assert (wrong.status_code, sent.status_code) == (422, 303)
    invoice = payments.invoice_of(code)
    assert invoice and invoice.total == 15_000
    assert "Nhập mức thu" not in ngan.get(f"/ban/ho-so/{code}").content.decode()


def test_whoever_only_watches_is_not_offered_it(code):
    bao, url = an_officer("bao"), f"/ban/ho-so/{code}/muc-thu"

    refused = bao.post(url, {"label": FEE, "amount_dong": "15000", FIELD: "c"})

    assert refused.status_code == 403
    assert payments.invoice_of(code) is None
