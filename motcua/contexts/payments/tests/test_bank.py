"""The bank calls back signed or not at all; its list explains what its calls did not."""

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from motcua.contexts.exchange.contracts import NeighbourDown
from motcua.contexts.exchange.ports import Operation
from motcua.contexts.exchange.testing import registry
from motcua.contexts.payments import public, tasks
from motcua.contexts.payments.actions.attempts import start_payment
from motcua.contexts.payments.contracts import InvoiceState
from motcua.contexts.payments.models import Credit, Invoice, JournalEntry, ReconciliationRun
from motcua.contexts.payments.testing import SUBJECT, an_invoice
from motcua.kernel import clock
from motcua.kernel.actors import Actor, ActorKind

URL = "/api/v1/payments/bank-callback"


def a_transaction(code: str, dong: int = 8_000, number: str = "SIM1", **other) -> dict:
    return {
        "transaction_id": number,
        "bill_code": code,
        "amount": dong,
        "currency": "VND",
        "paid_at": clock.now().isoformat(),
        "content": code,
        **other,
    }


def call(client: Client, transaction: dict, *, at: datetime | None = None, secret=None):
    """The callback exactly as the bank's stand-in sends it."""
    body = json.dumps(transaction, ensure_ascii=False).encode()
    timestamp = (at or clock.now()).isoformat()
    key = secret or registry.shared_secret("bank")
    signature = hmac.new(key, timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    headers = {"X-Timestamp": timestamp, "X-Signature": signature}
    return client.post(URL, data=body, content_type="application/json", headers=headers)


class Bank:
    """The bank's list, in memory."""

    name = "bank"
    operations: Mapping[str, Operation] = {"reconcile": Operation(seconds=1.0)}

    def __init__(self) -> None:
        self.listed: list[dict] = []
        self.answer: object = None
        self.dead = False

    def call(
        self, operation: str, payload: Mapping[str, object], *, key: str, seconds: float
    ) -> Mapping[str, object]:
        if self.dead:
            raise NeighbourDown(reason="dead", connector=self.name)
        return {"transactions": self.listed if self.answer is None else self.answer}


@pytest.fixture
def bank() -> Iterator[Bank]:
    played = Bank()
    with registry.registered(played):
        yield played


def test_a_wrong_signature_moves_nothing(payer: UUID, client: Client):
    bill = an_invoice(payer=payer)

    answer = call(client, a_transaction(bill.code), secret=b"somebody else's secret")

    assert answer.status_code == 403
    assert answer.json()["code"] == "callback_refused"
    assert not Credit.objects.exists()


def test_an_old_signature_is_not_taken_again(payer: UUID, client: Client):
    bill = an_invoice(payer=payer)

    answer = call(client, a_transaction(bill.code), at=clock.now() - timedelta(hours=1))

    assert answer.status_code == 403
    assert not Credit.objects.exists()


def test_no_signature_at_all_is_refused(payer: UUID, client: Client):
    bill = an_invoice(payer=payer)

    answer = client.post(
        URL, data=json.dumps(a_transaction(bill.code)), content_type="application/json"
    )

    assert answer.status_code == 403


def test_the_bank_is_answered_the_same_twice(payer: UUID, client: Client):
    bill = an_invoice(payer=payer)
    transaction = a_transaction(bill.code)

    first, second = call(client, transaction), call(client, transaction)

    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json() == {
        "transaction_id": "SIM1",
        "finding": "EXACT",
        "invoice_code": bill.code,
        "applied_dong": 8_000,
        "suspense_dong": 0,
        "repeated": False,
    }
    assert second.json()["repeated"]
    assert Invoice.objects.get().paid_dong == 8_000


def test_another_amount_for_the_same_transaction_is_a_conflict(payer: UUID, client: Client):
    bill = an_invoice(payer=payer)
    call(client, a_transaction(bill.code))

    answer = call(client, a_transaction(bill.code, 7_000))

    assert (answer.status_code, answer.json()["code"]) == (409, "repeated_with_other_content")


@pytest.mark.parametrize("dong", [0, -8_000])
def test_no_money_is_no_payment(payer: UUID, client: Client, dong: int):
    answer = call(client, a_transaction("MC", dong))

    assert (answer.status_code, answer.json()["code"]) == (422, "amount_not_positive")


def test_a_memo_left_empty_falls_back_to_the_bill_code(payer: UUID, client: Client):
    bill = an_invoice(payer=payer)

    answer = call(client, a_transaction(bill.code, content=""))

    assert answer.json()["finding"] == "EXACT"


def test_reconciling_books_what_was_never_told_and_explains_the_rest(payer: UUID, bank: Bank):
    bill = an_invoice(payer=payer)
    bank.listed = [a_transaction(bill.code)]
    now = clock.now()

    found = public.reconcile_day(now.date(), now=now)
    again = public.reconcile_day(now.date(), now=now)

    assert (found.matched, found.booked) == (0, 1)
    assert "chưa báo" in found.differences[0]
    assert (again.matched, again.booked, again.differences) == (1, 0, ())
    assert Invoice.objects.get().state == InvoiceState.PAID
    assert ReconciliationRun.objects.count() == 2


def test_a_callback_that_told_too_little_is_completed(payer: UUID, client: Client, bank: Bank):
    bill = an_invoice(payer=payer)
    call(client, a_transaction(bill.code, 7_000))
    bank.listed = [a_transaction(bill.code, 8_000)]

    found = public.reconcile_day(clock.now().date(), now=clock.now())
    again = public.reconcile_day(clock.now().date(), now=clock.now())

    assert found.booked == 1
    assert found.theirs_total - found.ours_total == 1_000
    assert "báo thiếu tiền" in found.differences[0]
    assert (again.matched, again.differences) == (1, ())
    assert Invoice.objects.get().state == InvoiceState.PAID


def test_a_callback_that_told_too_much_is_a_question_for_the_bank(
    payer: UUID, client: Client, bank: Bank
):
    bill = an_invoice(payer=payer)
    call(client, a_transaction(bill.code, 8_000))
    bank.listed = [a_transaction(bill.code, 7_000)]

    found = public.reconcile_day(clock.now().date(), now=clock.now())

    assert found.booked == 0
    assert "Hỏi ngân hàng" in found.differences[0]


def test_a_dead_bank_is_asked_again_later(payer: UUID, bank: Bank):
    bank.dead = True

    with pytest.raises(NeighbourDown):
        tasks.reconcile_yesterday(clock.now())
    assert not ReconciliationRun.objects.exists()


@pytest.mark.parametrize("nonsense", ["x", [{"transaction_id": "1"}], [{"amount": "a lot"}]])
def test_a_list_that_cannot_be_read_changes_nothing(payer: UUID, bank: Bank, nonsense: object):
    bank.answer = nonsense

    with pytest.raises(NeighbourDown):
        public.reconcile_day(clock.now().date(), now=clock.now())
    assert not Credit.objects.exists()


def test_the_command_says_what_differs(payer: UUID, bank: Bank, capsys):
    bill = an_invoice(payer=payer)
    bank.listed = [a_transaction(bill.code)]
    today = clock.now().date().isoformat()

    call_command("reconcile_payments", date=clock.now().date())
    assert f"{today}: 0 matched, 1 different, 1 booked" in capsys.readouterr().out

    call_command("reconcile_payments", date=clock.now().date(), json=True)
    assert json.loads(capsys.readouterr().out) == {
        "matched": 1,
        "booked": 0,
        "ours": 8_000,
        "theirs": 8_000,
        "differences": [],
    }


def test_the_command_names_a_dead_bank_in_one_line(payer: UUID, bank: Bank):
    bank.dead = True

    with pytest.raises(CommandError, match="did not give its list: dead"):
        call_command("reconcile_payments")


def test_periodic_work_books_dues_and_stops_waiting(payer: UUID):
    now = clock.now()
    bill = an_invoice(payer=payer, now=now - timedelta(hours=2))
    me = Actor(kind=ActorKind.CITIZEN, person_id=payer)
    start_payment(bill.code, actor=me, now=now - timedelta(hours=1))

    tasks.book_dues(now)
    tasks.book_dues(now)
    tasks.stop_waiting(now)
    tasks.stop_waiting(now)

    assert JournalEntry.objects.count() == 1
    assert public.invoice_of(SUBJECT).state == InvoiceState.UNPAID
