"""Tiền chưa rõ: a collector gives waiting money to a bill, sends it back, or notes it as seen."""

from datetime import datetime
from uuid import UUID

from motcua.contexts.payments import queries
from motcua.contexts.payments.actions.bookkeeping import book
from motcua.contexts.payments.actions.invoicing import ensure_due_booked
from motcua.contexts.payments.actions.receiving import pay
from motcua.contexts.payments.actions.refunds import promise_credit
from motcua.contexts.payments.contracts import (
    Channel,
    CollectorsOnly,
    Finding,
    InvoiceNotFound,
    NothingToPay,
    NotInSuspense,
)
from motcua.contexts.payments.models import Credit
from motcua.contexts.payments.rules import journal
from motcua.contexts.payments.rules.journal import EntryKind
from motcua.kernel.actors import Actor, Role
from motcua.kernel.db import owns_transaction, record
from motcua.kernel.money import Money


@owns_transaction
def give_to_invoice(credit_id: UUID, code: str, *, actor: Actor, now: datetime) -> None:
    """Let waiting money pay a bill, as much as the bill still needs.

    Raises: CollectorsOnly, InvoiceNotFound, NotInSuspense, NothingToPay.
    """
    _collectors_only(actor)
    invoice = queries.invoice_for_update((code,))
    if invoice is None:
        raise InvoiceNotFound
    credit = queries.credit_for_update(credit_id)
    if not credit.waiting_dong:
        raise NotInSuspense
    amount = Money(min(credit.waiting_dong, invoice.bill().outstanding))
    if not amount or invoice.cancelled_at:
        raise NothingToPay
    ensure_due_booked(invoice, now=now)
    book(
        EntryKind.FROM_SUSPENSE,
        journal.from_suspense(applied=amount),
        reference=f"{credit.id}/{credit.waiting_dong}",
        invoice=invoice,
        happened_at=now,
        now=now,
    )
    pay(invoice, amount, at=credit.booked_at, now=now)
    _take(credit, amount, now=now)
    _record("payments.give_to_invoice", invoice.subject, credit, amount, actor)


@owns_transaction
def send_back(credit_id: UUID, *, reason: str, actor: Actor, now: datetime) -> None:
    """Waiting money goes back to its sender. Raises: CollectorsOnly, NotInSuspense, NoWayBack."""
    _collectors_only(actor)
    credit = queries.credit_for_update(credit_id)
    amount = Money(credit.waiting_dong)
    if not amount:
        raise NotInSuspense
    promise_credit(credit, reason=reason, actor=actor, now=now)
    _record("payments.send_back", credit.reference, credit, amount, actor)


@owns_transaction
def note_as_seen(credit_id: UUID, *, actor: Actor, now: datetime) -> None:
    """A short payment that the payer will complete needs no act, only eyes.

    Raises: CollectorsOnly, NotInSuspense (money still waits, or it was seen).
    """
    _collectors_only(actor)
    credit = queries.credit_for_update(credit_id)
    if credit.waiting_dong or credit.looked_at or credit.finding == Finding.EXACT:
        raise NotInSuspense
    _take(credit, Money(0), now=now)
    _record("payments.note_as_seen", credit.reference, credit, Money(0), actor)


def _collectors_only(actor: Actor) -> None:
    if not actor.has(Role.FEE_COLLECTOR):
        raise CollectorsOnly("Chỉ người thu phí được xử lý tiền chưa rõ.")


def _take(credit: Credit, amount: Money, *, now: datetime) -> None:
    credit.waiting_dong -= int(amount)
    credit.looked_at = None if credit.waiting_dong else now
    credit.save(update_fields=["waiting_dong", "looked_at"])


def _record(action: str, subject: str, credit: Credit, amount: Money, actor: Actor) -> None:
    record(
        action=action,
        subject=subject,
        actor=actor,
        facts={
            "credit": str(credit.id),
            "channel": Channel(credit.channel).value,
            "amount": int(amount),
        },
    )
