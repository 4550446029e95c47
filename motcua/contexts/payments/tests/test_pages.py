"""The pay page is honest in every state; the desk sees what it may."""

import pytest
from django.test import Client

from motcua.contexts.identity import testing as identity
from motcua.contexts.organisations.testing import a_small_city, the_officer
from motcua.contexts.payments import ports, public
from motcua.contexts.payments.actions.receiving import receive_bank_credit
from motcua.contexts.payments.contracts import InvoiceView
from motcua.contexts.payments.models import Invoice
from motcua.contexts.payments.rules import vietqr
from motcua.contexts.payments.testing import SUBJECT, a_credit, an_invoice
from motcua.kernel.actors import SYSTEM
from motcua.kernel.testing import MONDAY_9AM

NOW = MONDAY_9AM


@pytest.fixture
def bill(db: None, client: Client) -> InvoiceView:
    """A bill of the citizen who is signed in."""
    account = identity.a_citizen_account()
    identity.signed_in(client, account)
    return an_invoice(payer=account.person_id)


@pytest.fixture
def city(db: None) -> None:
    a_small_city("26740")


def at_the_desk(username: str) -> Client:
    account = identity.an_officer_account(username, officer_id=the_officer(username).id)
    return identity.signed_in(Client(), account)


def text_of(client: Client, url: str) -> str:
    return client.get(url).content.decode().replace("\u00a0", " ")


def post(client: Client, url: str, **data: str):
    return client.post(url, {"idempotency_key": f"key {url} {data}", **data})


def receive(memo: str, dong: int = 8_000, *, transaction: str = "BANK-1") -> None:
    receive_bank_credit(a_credit(memo, dong, transaction=transaction), actor=SYSTEM, now=NOW)


def test_a_bill_is_shown_to_its_payer_only(bill: InvoiceView, client: Client):
    stranger = identity.a_person("Lê Minh Khoa", personal_number="079188999002")
    other = identity.signed_in(Client(), identity.a_citizen_account(stranger))

    assert client.get(f"/thanh-toan/{bill.code}").status_code == 200
    assert other.get(f"/thanh-toan/{bill.code}").status_code == 404
    assert other.get(f"/thanh-toan/{bill.code}/bien-lai").status_code == 404
    assert other.get(f"/api/v1/invoices/{bill.code}").status_code == 404
    assert Client().get(f"/thanh-toan/{bill.code}").status_code == 302


def test_the_page_asks_for_the_exact_amount(bill: InvoiceView, client: Client):
    page = client.get(f"/thanh-toan/{bill.code}")

    model = page.context["page"]
    assert model.news.title == "Cần trả 8.000\u00a0₫"
    assert vietqr.read(model.qr_payload).amount == 8_000
    assert vietqr.read(model.qr_payload).purpose == bill.code
    assert "hx-trigger" in page.content.decode()


def test_the_bank_is_left_for_and_the_state_is_not_known(bill: InvoiceView, client: Client):
    answer = post(client, f"/thanh-toan/{bill.code}/ngan-hang")

    assert answer.status_code == 303
    assert "/bank/tra?qr=000201" in answer["Location"]
    page = text_of(client, f"/thanh-toan/{bill.code}")
    assert "Đang chờ ngân hàng" in page
    assert "bạn không cần trả lại" in page


def test_the_poll_is_silent_until_something_changes(bill: InvoiceView, client: Client):
    poll = client.get(f"/thanh-toan/{bill.code}").context["page"].poll_url
    assert client.get(poll).status_code == 204

    receive(bill.code, 5_000)
    partly = client.get(poll)
    assert "còn thiếu 3.000" in partly.content.decode()

    receive(bill.code, 3_000, transaction="BANK-2")
    paid = client.get(partly.context["page"].poll_url).content.decode()
    assert "Đã trả đủ" in paid
    assert "hx-get" not in paid


def test_a_paid_bill_gives_its_receipt(bill: InvoiceView, client: Client):
    assert client.get(f"/thanh-toan/{bill.code}/bien-lai").status_code == 409
    receive(bill.code)

    answer = client.get(f"/thanh-toan/{bill.code}/bien-lai")

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="bien-lai-{bill.code}.pdf"'
    assert answer.content.startswith(b"%PDF-")
    assert post(client, f"/thanh-toan/{bill.code}/ngan-hang").status_code == 409


def test_the_api_says_the_same_as_the_page(bill: InvoiceView, client: Client):
    told = client.get(f"/api/v1/invoices/{bill.code}").json()

    assert told | {"qr_payload": None} == {
        "code": bill.code,
        "subject": SUBJECT,
        "state": "UNPAID",
        "total": 8_000,
        "paid": 0,
        "outstanding": 8_000,
        "refundable": 0,
        "refunds": [],
        "items": [
            {
                "kind": "LE_PHI",
                "label": "Lệ phí cấp trích lục",
                "amount": 8_000,
                "when": "RECEPTION",
            }
        ],
        "qr_payload": None,
    }


def test_the_desk_takes_cash_and_the_payer_sees_it(bill: InvoiceView, client: Client, city: None):
    ngan = at_the_desk("ngan")
    form = ngan.get(f"/thanh-toan/{bill.code}").context["page"].cash

    answer = post(ngan, form.url, amount=str(form.amount_dong), unit=form.unit_id)

    assert answer.status_code == 303
    assert "Đã trả đủ 8.000 ₫" in text_of(client, f"/thanh-toan/{bill.code}")
    assert ngan.get(f"/thanh-toan/{bill.code}").context["page"].cash is None


@pytest.mark.parametrize("typed", ["", "tám nghìn", "9" * 20])
def test_cash_needs_an_amount_in_figures(bill: InvoiceView, city: None, typed: str):
    ngan = at_the_desk("ngan")
    form = ngan.get(f"/thanh-toan/{bill.code}").context["page"].cash

    assert post(ngan, form.url, amount=typed, unit=form.unit_id).status_code == 422


def test_a_citizen_takes_no_cash(bill: InvoiceView, client: Client):
    assert post(client, f"/thanh-toan/{bill.code}/tien-mat", amount="8000").status_code == 403
    assert client.get("/thu-phi").status_code == 403


def test_the_counter_finds_a_bill_by_any_writing_of_its_code(bill: InvoiceView, city: None):
    ngan = at_the_desk("ngan")

    assert ngan.get("/thu-phi").status_code == 200
    spaced = f"{bill.code[:5].lower()} {bill.code[5:]}"
    answer = ngan.get("/thu-phi", {"ma": spaced})
    assert answer["Location"] == f"/thanh-toan/{bill.code}"
    assert ngan.get("/thu-phi", {"ma": "khong co"}).status_code == 404


def test_an_officer_without_the_dossier_sees_no_bill(bill: InvoiceView, city: None):
    bao = at_the_desk("bao")
    assert bao.get(f"/thanh-toan/{bill.code}").status_code == 404

    def works_on_it(actor, now):
        return ports.Q(subject=SUBJECT) if actor.is_officer else ports.Q(pk__in=[])

    public.share_with(works_on_it)
    public.share_with(works_on_it)
    try:
        assert bao.get(f"/thanh-toan/{bill.code}").status_code == 200
    finally:
        ports.withdraw(works_on_it)
    assert bao.get(f"/thanh-toan/{bill.code}").status_code == 404


def test_bills_of_many_dossiers_come_in_two_queries(bill: InvoiceView, django_assert_num_queries):
    other = "H29.99-20261123-0000043"
    an_invoice(payer=Invoice.objects.get().payer_id, subject=other)

    with django_assert_num_queries(2):
        found = public.invoices_of((SUBJECT, other, "H29.99-20261123-0000044"))

    assert {subject: view.total for subject, view in found.items()} == {
        SUBJECT: 8_000,
        other: 8_000,
    }
