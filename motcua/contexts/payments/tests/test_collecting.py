"""A fee collector clears what did not fit, pays back, and reads the books."""

import pytest
from django.test import Client

from motcua.contexts.identity import testing as identity
from motcua.contexts.organisations.testing import a_small_city, the_officer
from motcua.contexts.payments import public
from motcua.contexts.payments.actions.receiving import receive_bank_credit
from motcua.contexts.payments.contracts import Finding, InvoiceState, InvoiceView
from motcua.contexts.payments.models import Credit, Invoice, Refund
from motcua.contexts.payments.testing import a_credit, an_invoice, paid_back
from motcua.kernel.actors import SYSTEM, Role
from motcua.kernel.testing import MONDAY_9AM, officer

NOW = MONDAY_9AM


@pytest.fixture
def ngan(db: None) -> Client:
    """Võ Thị Kim Ngân, who also collects fees at the desk of Sài Gòn."""
    a_small_city("26740")
    account = identity.an_officer_account("ngan", officer_id=the_officer("ngan").id)
    return identity.signed_in(Client(), account)


@pytest.fixture
def bill(db: None) -> InvoiceView:
    return an_invoice(payer=identity.a_person().id)


def text_of(client: Client, url: str) -> str:
    return client.get(url).content.decode().replace("\u00a0", " ")


def post(client: Client, url: str, **data: str):
    return client.post(url, {"idempotency_key": f"key {url} {data}", **data})


def receive(memo: str, dong: int = 8_000, *, transaction: str = "BANK-1") -> Credit:
    receive_bank_credit(a_credit(memo, dong, transaction=transaction), actor=SYSTEM, now=NOW)
    return Credit.objects.get(reference=transaction)


def test_nothing_to_clear_is_said(ngan: Client):
    assert "Không có tiền chưa rõ" in text_of(ngan, "/thu-phi/tien-chua-ro")


def test_unknown_money_is_given_to_its_bill(ngan: Client, bill: InvoiceView):
    credit = receive("tien phi cua toi")
    assert "8.000 ₫: Nội dung không có mã khoản phí" in text_of(ngan, "/thu-phi/tien-chua-ro")

    url = f"/thu-phi/tien-chua-ro/{credit.id}/gan"
    assert post(ngan, url, code="MC nhầm").status_code == 404
    assert post(ngan, url, code=bill.code.lower()).status_code == 303

    assert Invoice.objects.get().state == InvoiceState.PAID
    assert "Không có tiền chưa rõ" in text_of(ngan, "/thu-phi/tien-chua-ro")


def test_money_paid_twice_goes_back(ngan: Client, bill: InvoiceView):
    receive(bill.code)
    second = receive(bill.code, transaction="BANK-2")

    post(ngan, f"/thu-phi/tien-chua-ro/{second.id}/tra-lai", reason="Trả hai lần")
    assert f"8.000 ₫ · {bill.code}" in text_of(ngan, "/thu-phi/hoan?phan=dang-hoan")
    paid_back(Refund.objects.get().id)

    assert Refund.objects.get().paid_at is not None
    assert "Không có khoản nào đang hoàn" in text_of(ngan, "/thu-phi/hoan?phan=dang-hoan")


def test_a_short_payment_is_looked_at(ngan: Client, bill: InvoiceView):
    credit = receive(bill.code, 5_000)
    page = text_of(ngan, "/thu-phi/tien-chua-ro")
    assert "Chuyển thiếu" in page
    assert bill.code in page

    post(ngan, f"/thu-phi/tien-chua-ro/{credit.id}/da-xem")

    assert "Không có tiền chưa rõ" in text_of(ngan, "/thu-phi/tien-chua-ro")


def test_a_paid_bill_is_refunded_on_request(ngan: Client, bill: InvoiceView):
    receive(bill.code)

    answer = post(ngan, f"/thanh-toan/{bill.code}/hoan", amount="8.000 ₫", reason="Thu nhầm")
    paid_back(Refund.objects.get().id)

    assert answer.status_code == 303
    assert Invoice.objects.get().state == InvoiceState.REFUNDED
    assert "Đã hoàn lại" in text_of(ngan, f"/thanh-toan/{bill.code}")


def test_the_books_balance_on_the_page(ngan: Client, bill: InvoiceView):
    receive(bill.code, 10_000)

    page = ngan.get("/thu-phi/so-sach").context["page"]

    label, debit, credit = (cell.text for cell in page.balances.total)
    assert (label, debit) == ("Cộng", credit)
    assert "Tiền chưa rõ nguồn" in text_of(ngan, "/thu-phi/so-sach")


def test_other_officers_stay_outside(ngan: Client):
    account = identity.an_officer_account("bao", officer_id=the_officer("bao").id)
    bao = identity.signed_in(Client(), account)

    for url in ("/thu-phi", "/thu-phi/tien-chua-ro", "/thu-phi/so-sach"):
        assert bao.get(url).status_code == 403


def test_an_administrator_sees_what_waits_but_not_the_words_of_the_payer(bill: InvoiceView):
    receive("Nguyen Thi Anh Tuyet tra phi", 8_000)
    watcher, now = officer(Role.ADMINISTRATOR), NOW

    whole, [credit] = public.suspense(watcher, now=now), public.unsettled(watcher, now=now)

    assert (whole.count, int(whole.waiting), whole.oldest_at) == (1, 8_000, NOW)
    assert (credit.transaction_id, credit.finding) == ("BANK-1", Finding.UNKNOWN_BILL)
    assert "Tuyet" not in str(credit)
    assert public.unsettled(watcher, now=now, before=NOW) == ()


def test_other_posts_see_no_money_in_suspense(bill: InvoiceView):
    receive("tien phi cua toi")

    assert public.unsettled(officer(Role.SIGNER), now=NOW) == ()
    assert public.suspense(officer(Role.SIGNER), now=NOW).oldest_at is None


@pytest.mark.parametrize("unit", ["", "bàn 3", "9" * 5000, "x\0y"])
def test_cash_at_a_desk_that_is_none_is_refused(ngan: Client, bill: InvoiceView, unit: str):
    answer = post(ngan, f"/thanh-toan/{bill.code}/tien-mat", amount="8.000", unit=unit)

    assert answer.status_code == 403
    assert not Credit.objects.exists()
