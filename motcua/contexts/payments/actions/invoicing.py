"""Lập khoản thu: ask for fees, add to them, give them up."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from motcua.contexts.payments import queries
from motcua.contexts.payments.actions.bookkeeping import book, book_due
from motcua.contexts.payments.contracts import (
    AmountNotPositive,
    FeeItem,
    InvoiceView,
    PaidBefore,
    Recheck,
    RefundGround,
)
from motcua.contexts.payments.models import Invoice, InvoiceItem
from motcua.contexts.payments.models.invoices import PROJECTION
from motcua.contexts.payments.rules import journal
from motcua.contexts.payments.rules.journal import EntryKind
from motcua.kernel.actors import SYSTEM
from motcua.kernel.db import insert, joins_transaction, owns_transaction, record
from motcua.kernel.money import Money

REASON_LENGTH = 300  # what the column holds; the whole reason stands in the dossier


@joins_transaction
def open_invoice(
    *,
    subject: str,
    payer_person_id: UUID,
    items: Sequence[FeeItem],
    now: datetime,
    unit_id: UUID | None = None,
) -> InvoiceView:
    """Ask for the fees of a new dossier. Two inserts and no query: it is part of a submission.

    The journal learns of it within a minute (`book_dues`), or with the first money.
    """
    charged = _charged(items)
    if not charged:
        return queries.nothing_due(subject)
    invoice = _open(subject, payer_person_id, charged, unit_id=unit_id, now=now)
    return queries.view_of(invoice, charged)


@joins_transaction
def add_items(
    *, subject: str, payer_person_id: UUID, items: Sequence[FeeItem], now: datetime
) -> InvoiceView:
    """Ask for more (a fee an officer fixed, a later obligation): on the live bill or a new one.

    A fee fixed at 0 ₫ is a line too, so that its payer reads that nothing is due for it.
    Raises: AmountNotPositive.
    """
    asked = _not_negative(items)
    invoice = queries.open_for_update(subject)
    if invoice is None and not asked:
        return queries.nothing_due(subject)
    if invoice is None:
        invoice = _open(subject, payer_person_id, asked, unit_id=None, now=now)
        return queries.view_of(invoice, asked)
    ensure_due_booked(invoice, now=now)
    rows = _rows(invoice, asked, now=now)
    insert(*rows)
    if any(item.amount for item in asked):
        book_due(invoice, rows, reference=f"{invoice.code}/{rows[0].id}", now=now)
    invoice.total_dong += int(Money.total(item.amount for item in asked))
    invoice.project(at=now, awaiting_bank=queries.has_open_attempt(invoice.id))
    invoice.save(update_fields=["total_dong", "due_booked_at", *PROJECTION])
    return queries.view_of(invoice, queries.items_of(invoice.id))


@joins_transaction
def cancel_invoice(
    *, subject: str, reason: str, now: datetime, ground: RefundGround | None = None
) -> None:
    """The dossier was withdrawn, declined or stopped: nothing is owed; what was paid goes back.

    ground: under which heading the payer may ask it back.
    """
    invoice = queries.live_for_update(subject)
    if invoice is None:
        return
    if invoice.due_booked_at is not None:
        lines = journal.write_off(
            queries.items_of(invoice.id),
            paid=Money(invoice.paid_dong),
            promised=queries.promised(invoice.id),
        )
        book(
            EntryKind.WRITE_OFF,
            lines,
            reference=invoice.code,
            invoice=invoice,
            happened_at=now,
            now=now,
        )
    invoice.cancelled_at = now
    invoice.cancel_reason = reason[:REASON_LENGTH]
    invoice.cancel_ground = ground or ""
    invoice.project(at=now)
    invoice.save(update_fields=["cancelled_at", "cancel_reason", "cancel_ground", *PROJECTION])


@joins_transaction
def reissue(
    *, subject: str, payer_person_id: UUID, items: Sequence[FeeItem], reason: str, now: datetime
) -> InvoiceView:
    """Another bill in the place of one that nobody has paid anything for. Lines never change.

    Raises: PaidBefore.
    """
    before = queries.live_for_update(subject)
    if before is not None and before.paid_dong:
        raise PaidBefore
    cancel_invoice(subject=subject, reason=reason, now=now)
    return open_invoice(
        subject=subject,
        payer_person_id=payer_person_id,
        items=items,
        now=now,
        unit_id=before.unit_id if before else None,
    )


@joins_transaction
def note_recheck(code: str, found: Recheck, *, ended: str, now: datetime) -> None:
    """Keep what a register said of the exemption, for the page of the bill."""
    invoice = queries.invoice_for_update((code,))
    if invoice is not None:
        invoice.relief_check, invoice.relief_checked_at = found, now
        invoice.relief_ended = ended or invoice.relief_ended
        invoice.save(update_fields=["relief_check", "relief_checked_at", "relief_ended"])


@joins_transaction
def ensure_due_booked(invoice: Invoice, *, now: datetime) -> None:
    """Book what is owed before anything else happens to a bill. The caller saves the bill."""
    if invoice.due_booked_at is None and invoice.cancelled_at is None:
        book_due(invoice, queries.item_rows(invoice.id), reference=invoice.code, now=now)


@owns_transaction
def book_dues(*, limit: int, now: datetime) -> None:
    """Book the bills opened since the last time, oldest first, at most `limit` of them."""
    invoices = queries.not_booked_for_update(limit)
    for invoice in invoices:
        ensure_due_booked(invoice, now=now)
    Invoice.objects.bulk_update(invoices, ["due_booked_at"])
    record(action="payments.book_dues", subject="", actor=SYSTEM, facts={"count": len(invoices)})


def _open(
    subject: str, payer_id: UUID, items: tuple[FeeItem, ...], *, unit_id: UUID | None, now: datetime
) -> Invoice:
    total = Money.total(item.amount for item in items)
    invoice = Invoice.open(subject=subject, payer_id=payer_id, unit_id=unit_id, total=total, at=now)
    insert(invoice, *_rows(invoice, items, now=now))
    return invoice


def _charged(items: Iterable[FeeItem]) -> tuple[FeeItem, ...]:
    """The lines that cost something or would; free ones are not written.

    Raises: AmountNotPositive.
    """
    return tuple(item for item in _not_negative(items) if item.full)


def _not_negative(items: Iterable[FeeItem]) -> tuple[FeeItem, ...]:
    """Raises: AmountNotPositive."""
    known = tuple(items)
    if any(item.amount < 0 for item in known):
        raise AmountNotPositive
    return known


def _rows(invoice: Invoice, items: Iterable[FeeItem], *, now: datetime) -> tuple[InvoiceItem, ...]:
    return tuple(
        InvoiceItem(
            invoice=invoice,
            asked_at=now,
            position=position,
            kind=item.kind,
            label=item.label,
            amount_dong=int(item.amount),
            relief_dong=int(item.relief),
            relief_name=item.relief_name,
            by_register=item.by_register,
            collect_at=item.when,
        )
        for position, item in enumerate(items)
    )
