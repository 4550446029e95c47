"""Hoàn tiền: promised by a collector, done when the money has left."""

from datetime import datetime
from uuid import UUID

from motcua.contexts.payments import queries
from motcua.contexts.payments.actions.bookkeeping import book
from motcua.contexts.payments.contracts import (
    AmountNotPositive,
    Channel,
    CollectorsOnly,
    InvoiceNotFound,
    NotInSuspense,
    RefundTooLarge,
)
from motcua.contexts.payments.events import InvoiceRefunded
from motcua.contexts.payments.models import Invoice, Refund
from motcua.contexts.payments.models.invoices import PROJECTION
from motcua.contexts.payments.rules import journal
from motcua.contexts.payments.rules.journal import EntryKind
from motcua.kernel.actors import Actor, Role
from motcua.kernel.db import insert, owns_transaction, record
from motcua.kernel.events import publish
from motcua.kernel.money import Money


@owns_transaction
def promise_refund(
    *, code: str, amount_dong: int, reason: str, channel: Channel, actor: Actor, now: datetime
) -> None:
    """Decide to give back all or part of what was paid for a bill.

    Raises: CollectorsOnly, InvoiceNotFound, AmountNotPositive, RefundTooLarge.
    """
    _collectors_only(actor)
    invoice = queries.invoice_for_update((code,))
    if invoice is None:
        raise InvoiceNotFound
    amount, promised = Money(amount_dong), queries.promised(invoice.id)
    if amount <= 0:
        raise AmountNotPositive
    if amount > invoice.paid_dong - promised:
        raise RefundTooLarge
    refund = Refund(
        invoice=invoice,
        amount_dong=amount_dong,
        reason=reason,
        promised_at=now,
        promised_by_id=actor.account_id,
        channel=channel,
    )
    insert(refund)
    if invoice.cancelled_at is None:  # a cancelled bill's money is owed back since its write-off
        _book_promise(invoice, refund, already=promised, now=now)
    _record("payments.promise_refund", refund, invoice.subject, actor)


@owns_transaction
def confirm_refund(refund_id: UUID, *, actor: Actor, now: datetime) -> None:
    """The money has left: by bank transfer or over the counter.

    Raises: CollectorsOnly, InvoiceNotFound, NotInSuspense (already paid back).
    """
    _collectors_only(actor)
    refund = queries.refund_for_update(refund_id)
    if refund.paid_at is not None:
        raise NotInSuspense("Khoản này đã hoàn xong.")
    invoice = refund.invoice
    refund.paid_at = now
    refund.save(update_fields=["paid_at"])
    book(
        EntryKind.REFUND_PAID,
        journal.refund_paid(Money(refund.amount_dong), Channel(refund.channel)),
        reference=str(refund.id),
        invoice=invoice,
        happened_at=now,
        now=now,
    )
    if invoice is not None:
        _give_back(invoice.code, refund.amount_dong, now=now)
    _record("payments.confirm_refund", refund, invoice.subject if invoice else "", actor)


def _book_promise(invoice: Invoice, refund: Refund, *, already: Money, now: datetime) -> None:
    items = queries.items_of(invoice.id)
    sources = journal.split_refund(items, Money(refund.amount_dong), already=already)
    book(
        EntryKind.REFUND_PROMISED,
        journal.refund_promised(sources),
        reference=str(refund.id),
        invoice=invoice,
        happened_at=now,
        now=now,
    )


def _give_back(code: str, amount_dong: int, *, now: datetime) -> None:
    invoice = queries.invoice_for_update((code,))
    if invoice is None:
        raise InvoiceNotFound
    invoice.refunded_dong += amount_dong
    invoice.project(at=now)
    invoice.save(update_fields=["refunded_dong", *PROJECTION])
    publish(
        InvoiceRefunded(
            occurred_at=now, subject=invoice.subject, invoice_code=invoice.code, amount=amount_dong
        )
    )


def _collectors_only(actor: Actor) -> None:
    if not actor.has(Role.FEE_COLLECTOR):
        raise CollectorsOnly("Chỉ người thu phí được hoàn tiền.")


def _record(action: str, refund: Refund, subject: str, actor: Actor) -> None:
    record(
        action=action,
        subject=subject,
        actor=actor,
        facts={"refund": str(refund.id), "amount": refund.amount_dong},
    )
