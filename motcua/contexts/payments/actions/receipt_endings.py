"""Hủy, thay thế, điều chỉnh biên lai: the number stays used, the reason is told to the payer."""

from datetime import datetime
from uuid import UUID

from motcua.contexts.payments.actions.receipt_numbers import issue
from motcua.contexts.payments.contracts.receipts import (
    AdjustmentOdd,
    ReceiptKind,
    ReceiptMade,
    ReceiptMoved,
    ReceiptNotYours,
    ReceiptReasonNeeded,
    ReceiptState,
)
from motcua.contexts.payments.events import ReceiptChanged
from motcua.contexts.payments.models import Receipt
from motcua.contexts.payments.queries import agencies
from motcua.contexts.payments.queries import receipts as reading
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date
from motcua.kernel.db import change, owns_transaction, record
from motcua.kernel.events import publish
from motcua.kernel.text import nfc

LONGEST = 300


@owns_transaction
def cancel_receipt(receipt_id: UUID, *, reason: str, actor: Actor, now: datetime) -> None:
    """Nothing takes its place. Raises: ReceiptNotFound, ReceiptNotYours, ReceiptReasonNeeded,

    ReceiptMoved.
    """
    row, words = _to_change(receipt_id, reason, actor, now=now)
    _end(row, ReceiptState.CANCELLED, words, actor=actor, now=now)
    _tell(row, row.number, "CANCELLED", now=now)
    _record("payments.cancel_receipt", row, actor)


@owns_transaction
def replace_receipt(receipt_id: UUID, *, reason: str, actor: Actor, now: datetime) -> ReceiptMade:
    """The same money under another number. Raises: as `cancel_receipt`."""
    row, words = _to_change(receipt_id, reason, actor, now=now)
    _end(row, ReceiptState.REPLACED, words, actor=actor, now=now)
    made = issue(row.invoice, now=now, amount_dong=row.amount_dong, about=row, reason=words)
    _tell(row, made.number, "REPLACED", now=now)
    _record("payments.replace_receipt", row, actor, by=made)
    return ReceiptMade(id=made.id)


@owns_transaction
def adjust_receipt(
    receipt_id: UUID, adjust_dong: int, *, reason: str, actor: Actor, now: datetime
) -> ReceiptMade:
    """Less or more than the receipt says; both are read together.

    Raises: as `cancel_receipt`, AdjustmentOdd.
    """
    row, words = _to_change(receipt_id, reason, actor, now=now)
    says = row.amount_dong + reading.adjusted_by(row)
    if not adjust_dong or says + adjust_dong < 0 or row.kind != ReceiptKind.RECEIPT:
        raise AdjustmentOdd(field="amount")
    made = issue(
        row.invoice,
        now=now,
        kind=ReceiptKind.ADJUSTMENT,
        amount_dong=abs(adjust_dong),
        adjust_dong=adjust_dong,
        about=row,
        reason=words,
    )
    _tell(row, made.number, "ADJUSTED", now=now)
    _record("payments.adjust_receipt", row, actor, by=made)
    return ReceiptMade(id=made.id)


def _to_change(
    receipt_id: UUID, reason: str, actor: Actor, *, now: datetime
) -> tuple[Receipt, str]:
    """Raises: ReceiptNotFound, ReceiptNotYours, ReceiptReasonNeeded, ReceiptMoved."""
    row = reading.receipt_for_update(receipt_id)
    if not agencies.collects_for(actor, row.invoice.unit_id, city_date(now)):
        raise ReceiptNotYours
    words = nfc(reason)[:LONGEST].strip()
    if not words:
        raise ReceiptReasonNeeded(field="reason")
    if row.state != ReceiptState.ISSUED:
        raise ReceiptMoved
    return row, words


def _end(row: Receipt, state: ReceiptState, words: str, *, actor: Actor, now: datetime) -> None:
    row.state, row.ended_at, row.ended_by_id = state, now, actor.account_id
    row.end_reason = words
    change(
        row, "state", "ended_at", "ended_by_id", "end_reason",
        expecting={"state": ReceiptState.ISSUED},
    )  # fmt: skip


def _tell(row: Receipt, number: str, how: str, *, now: datetime) -> None:
    publish(
        ReceiptChanged(
            occurred_at=now,
            subject=row.invoice.subject,
            invoice_code=row.invoice.code,
            how=how,
            number=row.number,
            by_number=number,
        )
    )


def _record(action: str, row: Receipt, actor: Actor, *, by: Receipt | None = None) -> None:
    record(
        action=action,
        subject=row.invoice.subject,
        actor=actor,
        facts={"receipt": row.number, "by": by.number if by else ""},
    )
