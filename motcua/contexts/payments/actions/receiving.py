"""Nhận tiền: from the bank's callback, from its list, or in cash at the desk."""

from datetime import datetime
from uuid import UUID

from motcua.contexts.payments import ports, queries
from motcua.contexts.payments.actions.bookkeeping import book
from motcua.contexts.payments.actions.invoicing import ensure_due_booked
from motcua.contexts.payments.actions.receipt_numbers import issue
from motcua.contexts.payments.contracts import (
    BankCredit,
    Booked,
    Channel,
    CollectorsOnly,
    Finding,
    InvoiceNotFound,
    InvoiceState,
    NothingToPay,
    RepeatedWithOtherContent,
    WrongCashAmount,
)
from motcua.contexts.payments.events import InvoicePaid, MoneyInSuspense
from motcua.contexts.payments.models import Credit, Invoice
from motcua.contexts.payments.models.invoices import PROJECTION
from motcua.contexts.payments.rules import journal
from motcua.contexts.payments.rules.codes import codes_in
from motcua.contexts.payments.rules.journal import EntryKind
from motcua.contexts.payments.rules.settlement import Settlement, settle
from motcua.kernel.actors import Actor, Role
from motcua.kernel.db import insert, joins_transaction, owns_transaction, record
from motcua.kernel.events import publish
from motcua.kernel.money import Money

COLLECTORS = (Role.FEE_COLLECTOR, Role.RECEIVER)


@owns_transaction
def receive_bank_credit(credit: BankCredit, *, actor: Actor, now: datetime) -> Booked:
    """Book one credit of the bank exactly once, whatever it was meant for.

    Told again, it answers as the first time. Raises: RepeatedWithOtherContent, AmountNotPositive.
    """
    invoice = queries.invoice_for_update(codes_in(credit.memo))
    settlement = settle(credit.amount, invoice.bill() if invoice else None)
    row = _credit_row(credit, invoice, settlement, now=now)
    if not queries.inserted_once(row):
        booked = _booked_before(credit)
    else:
        _apply(row, invoice, settlement, now=now)
        booked = _booked(row, invoice, repeated=False)
    record(
        action="payments.receive_bank_credit",
        subject=booked.invoice_code,
        actor=actor,
        facts={
            "transaction": credit.transaction_id,
            "amount": int(credit.amount),
            "finding": booked.finding,
            "repeated": booked.repeated,
        },
    )
    return booked


@owns_transaction
def record_cash(
    *, code: str, amount_dong: int, unit_id: UUID, actor: Actor, now: datetime
) -> Booked:
    """A collector took cash for a bill, the exact rest of it (the desk gives change).

    Raises: CollectorsOnly, InvoiceNotFound, NothingToPay, WrongCashAmount, what the till refuses.
    """
    if not actor.holds(unit_id, COLLECTORS):
        raise CollectorsOnly
    invoice = queries.invoice_for_update((code,))
    if invoice is None:
        raise InvoiceNotFound
    rest = invoice.bill().outstanding
    if not rest or invoice.cancelled_at:
        raise NothingToPay
    if amount_dong != rest:
        raise WrongCashAmount(f"Khoản này còn {rest.vnd()}. Bạn ghi đúng số tiền này.")
    ports.through_till(invoice.code, amount_dong, unit_id=unit_id, actor=actor, now=now)
    settlement = settle(Money(amount_dong), invoice.bill())
    row = Credit(
        channel=Channel.CASH,
        reference=f"{invoice.code}/{invoice.paid_dong}",
        amount_dong=amount_dong,
        memo="",
        invoice=invoice,
        finding=settlement.finding,
        applied_dong=amount_dong,
        suspense_dong=0,
        waiting_dong=0,
        booked_at=now,
        received_at=now,
        received_by_id=actor.account_id,
        unit_id=unit_id,
    )
    insert(row)
    _apply(row, invoice, settlement, now=now)
    record(
        action="payments.record_cash",
        subject=invoice.subject,
        actor=actor,
        facts={"invoice": invoice.code, "amount": amount_dong},
    )
    return _booked(row, invoice, repeated=False)


@joins_transaction
def pay(invoice: Invoice, amount: Money, *, at: datetime, now: datetime) -> None:
    """Let money count for a bill: figures, state, end of a waiting attempt, receipt, event."""
    invoice.paid_dong += int(amount)
    queries.end_attempt(invoice.id, outcome="CONFIRMED", now=now)
    invoice.project(at=at)
    invoice.save(update_fields=["paid_dong", "due_booked_at", *PROJECTION])
    if invoice.state == InvoiceState.PAID:
        issue(invoice, now=now)
        publish(
            InvoicePaid(
                occurred_at=now,
                subject=invoice.subject,
                invoice_code=invoice.code,
                amount=invoice.total_dong,
            )
        )


def _apply(row: Credit, invoice: Invoice | None, settlement: Settlement, *, now: datetime) -> None:
    if invoice is not None:
        ensure_due_booked(invoice, now=now)
    book(
        EntryKind.MONEY_IN,
        journal.money_in(
            Channel(row.channel), applied=settlement.applied, suspense=settlement.suspense
        ),
        reference=f"{row.channel}:{row.reference}",
        invoice=invoice,
        happened_at=row.booked_at,
        now=now,
    )
    if invoice is not None and settlement.applied:
        pay(invoice, settlement.applied, at=row.booked_at, now=now)
    if settlement.suspense:
        publish(
            MoneyInSuspense(
                occurred_at=now,
                subject=invoice.subject if invoice else row.reference,
                transaction_id=row.reference,
                finding=settlement.finding,
                amount=int(settlement.suspense),
            )
        )


def _credit_row(
    credit: BankCredit, invoice: Invoice | None, settlement: Settlement, *, now: datetime
) -> Credit:
    return Credit(
        channel=Channel.BANK,
        reference=credit.transaction_id,
        amount_dong=int(credit.amount),
        memo=credit.memo,
        invoice=invoice,
        finding=settlement.finding,
        applied_dong=int(settlement.applied),
        suspense_dong=int(settlement.suspense),
        waiting_dong=int(settlement.suspense),
        booked_at=credit.booked_at,
        received_at=now,
    )


def _booked_before(credit: BankCredit) -> Booked:
    row = queries.bank_credit(credit.transaction_id)
    if row.amount_dong != credit.amount or row.memo != credit.memo:
        raise RepeatedWithOtherContent
    return _booked(row, row.invoice, repeated=True)


def _booked(row: Credit, invoice: Invoice | None, *, repeated: bool) -> Booked:
    return Booked(
        transaction_id=row.reference,
        finding=Finding(row.finding),
        invoice_code=invoice.code if invoice else "",
        applied_dong=row.applied_dong,
        suspense_dong=row.suspense_dong,
        repeated=repeated,
    )
