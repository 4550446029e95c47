"""Lần trả tiền: the payer leaves for the bank; we wait for its word, not for the payer's."""

from datetime import datetime, timedelta

from motcua.contexts.identity import public as identity
from motcua.contexts.payments import queries
from motcua.contexts.payments.contracts import InvoiceNotFound, NothingToPay
from motcua.contexts.payments.models import PaymentAttempt
from motcua.contexts.payments.models.invoices import PROJECTION
from motcua.kernel.actors import SYSTEM, Act, Actor
from motcua.kernel.db import insert, owns_transaction, record

PATIENCE = timedelta(minutes=30)


@owns_transaction
def start_payment(code: str, *, actor: Actor, now: datetime) -> None:
    """Note that the payer went to the bank. Leaving twice is one attempt.

    Raises: InvoiceNotFound (also for a foreign bill), NothingToPay, MandateRefused.
    """
    queries.visible_invoice(code, actor, now=now)
    identity.act_under(actor, Act.PAY, about=code, now=now)
    invoice = queries.invoice_for_update((code,))
    if invoice is None:
        raise InvoiceNotFound
    rest = invoice.bill().outstanding
    if not rest or invoice.cancelled_at:
        raise NothingToPay
    if not queries.has_open_attempt(invoice.id):
        insert(PaymentAttempt(invoice=invoice, amount_dong=int(rest), started_at=now))
    invoice.project(at=now, awaiting_bank=True)
    invoice.save(update_fields=[*PROJECTION])
    record(action="payments.start_payment", subject=invoice.subject, actor=actor)


@owns_transaction
def stop_waiting(code: str, *, now: datetime) -> None:
    """The bank said nothing for long: the bill may be paid again; a late word still counts."""
    invoice = queries.invoice_for_update((code,))
    if invoice is None:
        raise InvoiceNotFound
    queries.end_attempt(invoice.id, outcome="EXPIRED", now=now)
    invoice.project(at=now)
    invoice.save(update_fields=[*PROJECTION])
    record(action="payments.stop_waiting", subject=invoice.subject, actor=SYSTEM)
