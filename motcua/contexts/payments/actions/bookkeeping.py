"""Ghi sổ kép: the one way lines reach the journal."""

from collections.abc import Iterable
from datetime import datetime

from motcua.contexts.payments.models import Invoice, InvoiceItem, JournalEntry, JournalLine
from motcua.contexts.payments.rules import journal
from motcua.contexts.payments.rules.journal import EntryKind, Line
from motcua.kernel.db import insert, joins_transaction


@joins_transaction
def book(
    kind: EntryKind,
    lines: Iterable[Line],
    *,
    reference: str,
    invoice: Invoice | None,
    happened_at: datetime,
    now: datetime,
) -> None:
    """Write one entry; the database refuses it at commit if it does not balance."""
    entry = JournalEntry(
        kind=kind, reference=reference, invoice=invoice, happened_at=happened_at, recorded_at=now
    )
    rows = (
        JournalLine(
            entry=entry,
            account=line.account,
            debit_dong=int(line.debit),
            credit_dong=int(line.credit),
        )
        for line in lines
    )
    insert(entry, *rows)


@joins_transaction
def book_due(
    invoice: Invoice, items: Iterable[InvoiceItem], *, reference: str, now: datetime
) -> None:
    """The bill, or lines added to it, becomes owed in the journal."""
    book(
        EntryKind.DUE,
        journal.due(item.fee() for item in items),
        reference=reference,
        invoice=invoice,
        happened_at=invoice.opened_at,
        now=now,
    )
    invoice.due_booked_at = now
