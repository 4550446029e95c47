"""Money that comes late, twice, wrong or for nothing is booked once and never lost."""

from threading import Barrier, Thread
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from motcua.contexts.payments import queries
from motcua.contexts.payments.actions import receipts, refunds
from motcua.contexts.payments.actions.attempts import start_payment, stop_waiting
from motcua.contexts.payments.actions.invoicing import (
    add_items,
    book_dues,
    cancel_invoice,
    open_invoice,
)
from motcua.contexts.payments.actions.receiving import receive_bank_credit, record_cash
from motcua.contexts.payments.actions.suspense import give_to_invoice, note_as_seen, send_back
from motcua.contexts.payments.contracts import (
    Account,
    AmountNotPositive,
    CollectorsOnly,
    FeeItem,
    FeeKind,
    Finding,
    InvoiceNotFound,
    InvoiceState,
    NothingToPay,
    NotInSuspense,
    RefundNotFound,
    RefundTooLarge,
    RepeatedWithOtherContent,
    WrongCashAmount,
)
from motcua.contexts.payments.models import (
    Credit,
    Invoice,
    InvoiceItem,
    JournalEntry,
    JournalLine,
    PaymentAttempt,
    Receipt,
    Refund,
)
from motcua.contexts.payments.testing import (
    SUBJECT,
    a_credit,
    a_fee,
    a_start,
    an_invoice,
    paid_back,
)
from motcua.contexts.payments.tests.conftest import a_desk, a_person
from motcua.kernel import reading
from motcua.kernel.actors import SYSTEM, Role
from motcua.kernel.db import owns_transaction, record
from motcua.kernel.money import Money
from motcua.kernel.reading import Scope
from motcua.kernel.testing import MONDAY_9AM, citizen, officer, stable_id

NOW = MONDAY_9AM
UNIT = stable_id("unit")
COLLECTOR = officer(Role.FEE_COLLECTOR, unit=UNIT, name="Võ Thị Kim Ngân")
DESK = officer(Role.RECEIVER, unit=UNIT, name="Trần Minh Khuê")


def receive(memo: str, dong: int = 8_000, *, transaction: str = "BANK-1"):
    credit = a_credit(memo, dong, transaction=transaction)
    return receive_bank_credit(credit, actor=SYSTEM, now=NOW)


def invoice(code: str) -> Invoice:
    return Invoice.objects.get(code=code)


def net(account: Account) -> int:
    return next((int(b.net) for b in queries.balances() if b.account == account), 0)


@owns_transaction
def withdraw(subject: str, *, now) -> None:
    cancel_invoice(subject=subject, reason="Người nộp rút hồ sơ", now=now)
    record(action="tests.withdraw", subject=subject, actor=SYSTEM)


@owns_transaction
def open_free(payer: UUID, *, now) -> None:
    open_invoice(subject=SUBJECT, payer_person_id=payer, items=[a_fee(0)], now=now)
    record(action="tests.open", subject=SUBJECT, actor=SYSTEM)


@owns_transaction
def charge_more(payer: UUID, *items: FeeItem, now) -> None:
    add_items(subject=SUBJECT, payer_person_id=payer, items=items, now=now)
    record(action="tests.charge", subject=SUBJECT, actor=SYSTEM)


@pytest.mark.parametrize("dong", [99_999, 100_000, 1_200_000, 45_000_000_000])
def test_a_bill_of_any_size_has_its_receipt(payer: UUID, dong: int):
    bill = an_invoice(a_fee(dong), payer=payer)

    assert receive(bill.code, dong).finding is Finding.EXACT
    assert Receipt.objects.get().amount_dong == dong


def test_the_same_callback_twice_pays_once(payer: UUID):
    bill = an_invoice(payer=payer)

    first = receive(bill.code)
    second = receive(bill.code)

    assert (first.finding, first.repeated) == (Finding.EXACT, False)
    assert (second.applied_dong, second.repeated) == (8_000, True)
    assert invoice(bill.code).paid_dong == 8_000
    assert net(Account.BANK_CLEARING) == 8_000
    assert net(Account.RECEIVABLE) == 0
    assert Receipt.objects.count() == 1


def test_the_same_transaction_with_another_amount_is_a_question_for_the_bank(payer: UUID):
    bill = an_invoice(payer=payer)
    receive(bill.code)

    with pytest.raises(RepeatedWithOtherContent):
        receive(bill.code, 7_000)

    assert invoice(bill.code).paid_dong == 8_000


def test_a_second_transfer_waits_in_suspense(payer: UUID):
    bill = an_invoice(payer=payer)
    receive(bill.code)

    second = receive(bill.code, transaction="BANK-2")

    assert (second.finding, second.suspense_dong) == (Finding.PAID_TWICE, 8_000)
    assert net(Account.SUSPENSE) == -8_000
    assert [c.reference for c in queries.to_look_at(COLLECTOR, now=NOW)] == ["BANK-2"]


def test_too_much_pays_the_bill_and_keeps_the_rest_aside(payer: UUID):
    bill = an_invoice(payer=payer)

    booked = receive(bill.code, 10_000)

    assert (booked.finding, booked.applied_dong, booked.suspense_dong) == (
        Finding.OVER,
        8_000,
        2_000,
    )
    assert invoice(bill.code).state == InvoiceState.PAID


def test_too_little_pays_a_part_and_asks_for_the_rest_only(payer: UUID):
    bill = an_invoice(payer=payer)

    booked = receive(bill.code, 5_000)

    view = queries.latest_of(SUBJECT)
    assert booked.finding == Finding.SHORT
    assert (view.state, view.outstanding) == (InvoiceState.PARTLY, 3_000)
    assert "54043000" in view.qr_payload
    assert len(queries.to_look_at(COLLECTOR, now=NOW)) == 1

    receive(bill.code, 3_000, transaction="BANK-2")
    assert invoice(bill.code).state == InvoiceState.PAID


def test_money_after_cancellation_waits_and_can_be_sent_back(payer: UUID):
    bill = an_invoice(payer=payer)
    withdraw(SUBJECT, now=NOW)

    booked = receive(bill.code)
    credit = Credit.objects.get()
    send_back(credit.id, reason="Hồ sơ đã rút", actor=COLLECTOR, now=NOW)
    paid_back(Refund.objects.get().id, now=NOW)

    assert booked.finding == Finding.AFTER_CANCEL
    assert invoice(bill.code).state == InvoiceState.CANCELLED
    assert all(not net(account) for account in Account)


def test_money_for_an_unknown_bill_is_booked_and_can_be_given_to_the_right_one(payer: UUID):
    bill = an_invoice(payer=payer)

    booked = receive("tien phi ho so cua toi")
    give_to_invoice(Credit.objects.get().id, bill.code, actor=COLLECTOR, now=NOW)

    assert (booked.finding, booked.invoice_code) == (Finding.UNKNOWN_BILL, "")
    assert invoice(bill.code).state == InvoiceState.PAID
    assert net(Account.SUSPENSE) == 0
    assert queries.to_look_at(COLLECTOR, now=NOW) == ()


def test_suspense_gives_only_what_it_has(payer: UUID):
    bill = an_invoice(payer=payer)
    receive(bill.code, 10_000)
    credit = Credit.objects.get()
    other = an_invoice(payer=payer, subject="H29.99-20261123-0000043")

    give_to_invoice(credit.id, other.code, actor=COLLECTOR, now=NOW)

    assert invoice(other.code).paid_dong == 2_000
    with pytest.raises(NotInSuspense):
        give_to_invoice(credit.id, other.code, actor=COLLECTOR, now=NOW)
    with pytest.raises(NotInSuspense):
        send_back(credit.id, reason="", actor=COLLECTOR, now=NOW)
    with pytest.raises(NotInSuspense):
        note_as_seen(credit.id, actor=COLLECTOR, now=NOW)


def test_waiting_money_cannot_go_to_a_bill_that_needs_none(payer: UUID):
    bill = an_invoice(payer=payer)
    receive(bill.code, 10_000)

    with pytest.raises(NothingToPay):
        give_to_invoice(Credit.objects.get().id, bill.code, actor=COLLECTOR, now=NOW)
    with pytest.raises(InvoiceNotFound):
        give_to_invoice(Credit.objects.get().id, "MC0", actor=COLLECTOR, now=NOW)


def test_a_short_payment_is_noted_as_seen(payer: UUID):
    bill = an_invoice(payer=payer)
    receive(bill.code, 5_000)

    note_as_seen(Credit.objects.get().id, actor=COLLECTOR, now=NOW)

    assert queries.to_look_at(COLLECTOR, now=NOW) == ()


def test_only_collectors_touch_suspense(payer: UUID):
    receive("khong co ma")
    credit = Credit.objects.get()

    for act in (
        lambda: give_to_invoice(credit.id, "MC0", actor=DESK, now=NOW),
        lambda: send_back(credit.id, reason="", actor=DESK, now=NOW),
        lambda: note_as_seen(credit.id, actor=DESK, now=NOW),
    ):
        with pytest.raises(CollectorsOnly):
            act()
    assert queries.to_look_at(DESK, now=NOW) == ()


def test_money_of_nothing_is_refused(payer: UUID):
    with pytest.raises(AmountNotPositive):
        receive("MC", 0)


def test_cash_settles_exactly_what_is_left(payer: UUID):
    bill = an_invoice(payer=payer)

    with pytest.raises(WrongCashAmount):
        record_cash(code=bill.code, amount_dong=7_000, unit_id=UNIT, actor=DESK, now=NOW)
    booked = record_cash(code=bill.code, amount_dong=8_000, unit_id=UNIT, actor=DESK, now=NOW)
    with pytest.raises(NothingToPay):
        record_cash(code=bill.code, amount_dong=8_000, unit_id=UNIT, actor=DESK, now=NOW)

    assert booked.applied_dong == 8_000
    assert net(Account.CASH_AT_DESK) == 8_000
    assert invoice(bill.code).state == InvoiceState.PAID


@pytest.mark.parametrize(
    "actor",
    [
        citizen(),
        officer(Role.CASE_OFFICER, unit=UNIT),
        officer(Role.RECEIVER, unit=stable_id("other unit")),
    ],
)
def test_cash_is_taken_by_the_desk_only(payer: UUID, actor):
    bill = an_invoice(payer=payer)

    with pytest.raises(CollectorsOnly):
        record_cash(code=bill.code, amount_dong=8_000, unit_id=UNIT, actor=actor, now=NOW)


def test_cash_for_no_bill_is_refused(payer: UUID):
    with pytest.raises(InvoiceNotFound):
        record_cash(code="MC0", amount_dong=8_000, unit_id=UNIT, actor=DESK, now=NOW)


def test_leaving_for_the_bank_twice_is_one_attempt(payer: UUID):
    bill = an_invoice(payer=payer)

    start_payment(bill.code, actor=citizen(person=payer), now=NOW)
    start_payment(bill.code, actor=citizen(person=payer), now=NOW)

    assert PaymentAttempt.objects.count() == 1
    assert invoice(bill.code).state == InvoiceState.PENDING


def test_the_bank_may_answer_after_we_stopped_waiting(payer: UUID):
    bill = an_invoice(payer=payer)
    start_payment(bill.code, actor=citizen(person=payer), now=NOW)

    stop_waiting(bill.code, now=NOW)
    assert invoice(bill.code).state == InvoiceState.UNPAID

    receive(bill.code)
    assert invoice(bill.code).state == InvoiceState.PAID
    with pytest.raises(NothingToPay):
        start_payment(bill.code, actor=citizen(person=payer), now=NOW)


def test_a_foreign_bill_does_not_exist_for_a_citizen(payer: UUID):
    bill = an_invoice(payer=payer)

    with pytest.raises(InvoiceNotFound):
        start_payment(bill.code, actor=citizen(name="Lê Minh Khoa"), now=NOW)
    with pytest.raises(InvoiceNotFound):
        stop_waiting("MC0", now=NOW)


def test_the_confirmed_attempt_ends(payer: UUID):
    bill = an_invoice(payer=payer)
    start_payment(bill.code, actor=citizen(person=payer), now=NOW)

    receive(bill.code)

    assert PaymentAttempt.objects.get().outcome == "CONFIRMED"


def test_opening_a_bill_is_one_statement_and_no_query(payer: UUID, statements):
    bill = an_invoice(a_fee(8_000), a_fee(20_000, kind=FeeKind.PHI), payer=payer)

    assert bill.total == 28_000
    assert len(statements) == 1
    assert "payments_invoice_item" in statements[0]


def test_a_dossier_that_costs_nothing_has_no_bill(payer: UUID):
    open_free(payer, now=NOW)

    assert not Invoice.objects.exists()
    assert queries.latest_of(SUBJECT) is None
    assert queries.nothing_due(SUBJECT).state == InvoiceState.NOTHING_DUE


def test_a_fee_fixed_at_nothing_is_a_line_that_its_payer_reads(payer: UUID):
    charge_more(payer, a_fee(0, label="Lệ phí một"), now=NOW)
    view = queries.latest_of(SUBJECT)
    assert (view.state, view.outstanding, view.qr_payload) == (InvoiceState.NOTHING_DUE, 0, None)
    assert receipts.receipt_pdf(view.id).startswith(b"%PDF-")

    charge_more(payer, a_fee(5_000, label="Lệ phí hai"), now=NOW)

    [bill] = Invoice.objects.all()
    assert (bill.state, bill.total_dong) == (InvoiceState.UNPAID, 5_000)
    assert net(Account.RECEIVABLE) == 5_000


def test_a_negative_fee_is_refused(payer: UUID):
    with pytest.raises(AmountNotPositive):
        charge_more(payer, a_fee(-1), now=NOW)


def test_one_dossier_has_one_live_bill(payer: UUID):
    an_invoice(payer=payer)

    with pytest.raises(IntegrityError), transaction.atomic():
        an_invoice(payer=payer)


def test_a_fee_found_later_reopens_the_bill(payer: UUID):
    bill = an_invoice(payer=payer)
    receive(bill.code)

    charge_more(payer, a_fee(20_000, kind=FeeKind.PHI), now=NOW)
    view = queries.latest_of(SUBJECT)
    receive(bill.code, 20_000, transaction="BANK-2")

    assert (view.state, view.outstanding) == (InvoiceState.PARTLY, 20_000)
    assert net(Account.REVENUE_PHI) == -20_000
    assert net(Account.RECEIVABLE) == 0
    assert Receipt.objects.count() == 2
    assert invoice(bill.code).state == InvoiceState.PAID


def test_a_fee_found_later_without_a_bill_opens_one(payer: UUID):
    charge_more(payer, a_fee(), now=NOW)

    assert queries.latest_of(SUBJECT).state == InvoiceState.UNPAID


def test_what_is_owed_reaches_the_books_once(payer: UUID):
    an_invoice(payer=payer)

    book_dues(limit=10, now=NOW)
    book_dues(limit=10, now=NOW)

    assert JournalEntry.objects.count() == 1
    assert net(Account.RECEIVABLE) == 8_000


def test_cancelling_writes_off_and_owes_back_what_was_paid(payer: UUID):
    bill = an_invoice(payer=payer)
    receive(bill.code, 5_000)

    withdraw(SUBJECT, now=NOW)
    paid_back(refunds.start_refund(a_start(bill.code, 5_000), actor=COLLECTOR, now=NOW).id)
    withdraw(SUBJECT, now=NOW)

    assert invoice(bill.code).state == InvoiceState.REFUNDED
    assert all(not net(account) for account in Account)


def test_a_paid_bill_is_refunded_in_parts_and_never_beyond(payer: UUID):
    bill = an_invoice(payer=payer)
    receive(bill.code)

    def give_back(dong: int, actor=COLLECTOR) -> None:
        made.append(refunds.start_refund(a_start(bill.code, dong), actor=actor, now=NOW).id)

    made: list[UUID] = []
    give_back(3_000)
    with pytest.raises(RefundTooLarge):
        give_back(6_000)
    with pytest.raises(AmountNotPositive):
        give_back(0)
    with pytest.raises(CollectorsOnly):
        give_back(1_000, actor=DESK)
    give_back(5_000)
    for one in made:
        paid_back(one, now=NOW)
        paid_back(one, now=NOW)

    assert invoice(bill.code).state == InvoiceState.REFUNDED
    assert all(not net(account) for account in Account)


def test_a_refund_of_nothing_known_is_refused(payer: UUID):
    nothing = stable_id("no refund")
    with pytest.raises(InvoiceNotFound):
        refunds.start_refund(a_start("MC0", 1), actor=COLLECTOR, now=NOW)
    with pytest.raises(RefundNotFound):
        refunds.agree(nothing, amount_dong=1, actor=COLLECTOR, now=NOW)
    with pytest.raises(InvoiceNotFound):
        send_back(stable_id("no credit"), reason="", actor=COLLECTOR, now=NOW)


def an_entry() -> JournalEntry:
    return JournalEntry.objects.create(kind="DUE", reference="x", happened_at=NOW, recorded_at=NOW)


def a_line(entry: JournalEntry, debit: int, credit: int) -> JournalLine:
    return JournalLine.objects.create(
        entry=entry, account="SUSPENSE", debit_dong=debit, credit_dong=credit
    )


@pytest.mark.django_db
@pytest.mark.parametrize("sides", [[], [(8, 0)], [(8, 0), (0, 7)]])
def test_the_database_refuses_an_entry_that_does_not_balance(sides):
    with pytest.raises(IntegrityError, match="does not balance"), transaction.atomic():
        entry = an_entry()
        for debit, credit in sides:
            a_line(entry, debit, credit)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("change", [JournalLine.objects.update, JournalEntry.objects.update])
def test_the_database_refuses_to_change_the_books(payer: UUID, change):
    bill = an_invoice(payer=payer)
    receive(bill.code)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        change(id=stable_id("other"))
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        JournalLine.objects.all().delete()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        InvoiceItem.objects.update(amount_dong=1)


def at_once(*calls) -> list[object]:
    """Run the calls in threads that start together; gives what each returned or raised."""
    start, outcomes = Barrier(len(calls)), []

    def run(call) -> None:
        try:
            start.wait()
            with reading.within(Scope(address="test")):
                outcomes.append(call())
        except (IntegrityError, NothingToPay) as refusal:
            outcomes.append(refusal)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.django_db(transaction=True)
def test_two_callbacks_at_once_pay_once():
    bill = an_invoice(payer=a_person("Nguyễn Thị Ánh Tuyết"))

    outcomes = at_once(*[lambda: receive(bill.code)] * 4)

    assert sorted(booked.repeated for booked in outcomes) == [False, True, True, True]
    assert invoice(bill.code).paid_dong == 8_000
    assert net(Account.BANK_CLEARING) == 8_000


@pytest.mark.django_db(transaction=True)
def test_two_callbacks_at_once_for_no_bill_book_once():
    outcomes = at_once(*[lambda: receive("khong co ma")] * 4)

    assert sorted(booked.repeated for booked in outcomes) == [False, True, True, True]
    assert net(Account.BANK_CLEARING) == 8_000


@pytest.mark.django_db(transaction=True)
def test_bank_and_desk_at_once_collect_once_and_keep_the_other_aside():
    a_desk()
    bill = an_invoice(payer=a_person("Nguyễn Thị Ánh Tuyết"))

    at_once(
        lambda: receive(bill.code),
        lambda: record_cash(code=bill.code, amount_dong=8_000, unit_id=UNIT, actor=DESK, now=NOW),
    )

    received = Money.total(c.amount_dong for c in Credit.objects.order_by("id"))
    waiting = Money.total(c.waiting_dong for c in Credit.objects.order_by("id"))
    assert invoice(bill.code).paid_dong == 8_000
    assert received - waiting == 8_000


@pytest.mark.django_db(transaction=True)
def test_two_departures_at_once_are_one_attempt():
    payer = a_person("Nguyễn Thị Ánh Tuyết")
    bill = an_invoice(payer=payer)

    at_once(*[lambda: start_payment(bill.code, actor=citizen(person=payer), now=NOW)] * 3)

    assert PaymentAttempt.objects.count() == 1
