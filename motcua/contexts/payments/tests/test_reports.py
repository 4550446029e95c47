"""Reports of a collector: the book of days, receipts, exemptions; over days, as page and file."""

from dataclasses import replace
from uuid import UUID

import pytest
from django.test import Client

from motcua.contexts.identity import testing as identity
from motcua.contexts.organisations.testing import a_small_city, the_officer
from motcua.contexts.payments.actions.receiving import receive_bank_credit
from motcua.contexts.payments.actions.refunds import start_refund
from motcua.contexts.payments.contracts import FeeItem, FeeKind, RefundGround
from motcua.contexts.payments.models import Receipt
from motcua.contexts.payments.testing import a_credit, a_fee, a_start, an_invoice, paid_back
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM, Role
from motcua.kernel.clock import city_date
from motcua.kernel.money import Money
from motcua.kernel.testing import officer

URL = "/thu-phi/bao-cao"


@pytest.fixture
def ngan(db: None) -> Client:
    a_small_city("26740")
    account = identity.an_officer_account("ngan", officer_id=the_officer("ngan").id)
    return identity.signed_in(Client(), account)


@pytest.fixture
def payer(ngan: Client) -> UUID:
    return identity.a_person().id


def text_of(client: Client, url: str) -> str:
    return client.get(url).content.decode().replace("\u00a0", " ")


def paid(payer: UUID, *fees: FeeItem) -> str:
    now = clock.now()
    bill = an_invoice(*fees, payer=payer, now=now)
    receive_bank_credit(a_credit(bill.code, int(bill.total), at=now), actor=SYSTEM, now=now)
    return bill.code


def lowered() -> FeeItem:
    return FeeItem(
        kind=FeeKind.PHI, label="Phí", amount=Money(2_000), relief=Money(3_000),
        relief_name="Hộ nghèo",
    )  # fmt: skip


def test_a_receipt_is_listed_on_its_day_and_in_the_file(ngan: Client, payer: UUID):
    paid(payer, a_fee(8_000))
    today = city_date(clock.now()).isoformat()

    number = Receipt.objects.get().number
    assert number in text_of(ngan, f"{URL}/bien-lai")
    assert "Không có gì" in text_of(ngan, f"{URL}/bien-lai?tu=2026-01-01&den=2026-01-02")
    file = b"".join(ngan.get(f"{URL}/bien-lai.csv?tu={today}&den={today}").streaming_content)
    assert number in file.decode()


def test_exemptions_are_summed_by_reason(ngan: Client, payer: UUID):
    paid(payer, lowered(), a_fee(8_000))

    page = text_of(ngan, f"{URL}/mien-giam")

    assert "Hộ nghèo" in page
    assert "3.000 ₫" in page


def test_an_exemption_after_payment_stands_in_the_report_as_given_back(ngan, payer: UUID):
    code = paid(payer, a_fee(8_000))
    start = replace(a_start(code, 3_000), ground=RefundGround.EXEMPTED)
    now = clock.now()
    made = start_refund(start, actor=officer(Role.FEE_COLLECTOR), now=now)
    paid_back(made.id, now=now)

    rows = ngan.get(f"{URL}/mien-giam").context["page"].table.rows

    told = [[cell.text.replace("\u00a0", " ") for cell in row] for row in rows]
    assert told == [
        ["Tài khoản chung của thành phố", "Được miễn, giảm sau khi đã trả", "Hoàn lại", "1",
         "3.000 ₫", "0 ₫"],
        ["Cộng", "", "", "1", "3.000 ₫", "0 ₫"],
    ]  # fmt: skip


def test_the_book_of_days_tells_what_came_by_desk(ngan: Client, payer: UUID):
    paid(payer, a_fee(8_000))

    page = ngan.get(f"{URL}/so-ngay").context["page"]

    [row] = page.table.rows
    assert [cell.text.replace("\u00a0", " ") for cell in row] == [
        "Tài khoản chung của thành phố", "0 ₫", "8.000 ₫", "0 ₫", "0 ₫", "8.000 ₫",
    ]  # fmt: skip


@pytest.mark.parametrize("asked", ["tu=x", "tu=2026-02-02&den=2026-02-01", "den=2999-01-01"])
def test_days_that_are_none_are_said(ngan: Client, asked: str):
    answer = ngan.get(f"{URL}/so-ngay?{asked}")

    assert answer.status_code == 422
    assert "days-error" in answer.content.decode()


def test_what_is_no_report_is_not_found_and_others_stay_outside(ngan: Client):
    account = identity.an_officer_account("bao", officer_id=the_officer("bao").id)
    bao = identity.signed_in(Client(), account)

    assert ngan.get(f"{URL}/khac").status_code == 404
    assert bao.get(f"{URL}/so-ngay").status_code == 403
