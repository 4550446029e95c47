"""The pages of receipts at the desk: a wrong one is ended there, ranges are read and taken."""

import pytest
from django.test import Client

from motcua.contexts.identity import testing as identity
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.testing import a_small_city, the_officer
from motcua.contexts.payments.actions.receiving import receive_bank_credit
from motcua.contexts.payments.models import Receipt, ReceiptRange
from motcua.contexts.payments.testing import a_credit, an_invoice
from motcua.contexts.payments.tests.conftest import a_person
from motcua.kernel.actors import SYSTEM
from motcua.kernel.testing import MONDAY_9AM

RANGES = "/thu-phi/dai-bien-lai"


@pytest.fixture
def ngan(db: None) -> Client:
    """Võ Thị Kim Ngân, who also collects fees at the desk of Sài Gòn."""
    a_small_city("26740")
    return signed_in("ngan")


def signed_in(name: str) -> Client:
    account = identity.an_officer_account(name, officer_id=the_officer(name).id)
    return identity.signed_in(Client(), account)


def paid() -> Receipt:
    desk = organisations.one_stop_desk("26740").id
    bill = an_invoice(payer=a_person("Nguyễn Thị Ánh Tuyết"), unit_id=desk)
    receive_bank_credit(a_credit(bill.code), actor=SYSTEM, now=MONDAY_9AM)
    return Receipt.objects.get()


def text(answer) -> str:
    return answer.content.decode().replace("\u00a0", " ")


def post(client: Client, url: str, **typed: str):
    return client.post(url, {"idempotency_key": f"k{url}{sorted(typed.items())}", **typed})


def test_a_wrong_receipt_is_replaced_from_the_page_of_its_bill(ngan: Client):
    row = paid()
    url = f"/thanh-toan/{row.invoice.code}/cac-bien-lai"

    nothing = post(ngan, url, number=row.number, reason="Sai")
    unsaid = post(ngan, url, number=row.number, act="replace", reason=" ")
    odd = post(ngan, url, number=row.number, act="adjust", amount="x", reason="Sai")
    done = post(ngan, url, number=row.number, act="replace", reason="Sai nơi thu")

    assert [one.status_code for one in (nothing, unsaid, odd, done)] == [422, 422, 422, 303]
    page = text(ngan.get(url))
    assert "Đã thay thế" in page
    assert "Sai nơi thu" in page
    assert post(ngan, url, number="MC-26E-9", act="cancel", reason="Sai").status_code == 409
    assert "Các biên lai" in text(ngan.get(f"/thanh-toan/{row.invoice.code}"))


def test_an_adjustment_is_typed_with_its_sign(ngan: Client):
    row = paid()
    url = f"/thanh-toan/{row.invoice.code}/cac-bien-lai"

    post(ngan, url, number=row.number, act="adjust", amount="-3.000", reason="Thu thừa")

    assert Receipt.objects.get(kind="ADJUSTMENT").adjust_dong == -3_000


def test_ranges_are_listed_and_another_is_taken(ngan: Client):
    paid()
    desk = organisations.one_stop_desk("26740").id

    wrong = post(ngan, RANGES, unit=str(desk), size="0")
    nowhere = post(ngan, RANGES, unit="", size="5")
    done = post(ngan, RANGES, unit=str(desk), size="5")

    assert [one.status_code for one in (wrong, nowhere, done)] == [422, 422, 303]
    page = text(ngan.get(RANGES))
    assert "MC-26E" in page
    assert "không bỏ số" in page
    assert ReceiptRange.objects.count() == 2
    rows = b"".join(ngan.get(f"{RANGES}.csv").streaming_content).decode()
    assert rows.count("MC-26E") == 2
    assert signed_in("bao").get(RANGES).status_code == 403
