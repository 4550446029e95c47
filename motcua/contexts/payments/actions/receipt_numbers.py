"""Số biên lai: each number out of a range of the unit, once and in order, within the payment."""

from datetime import datetime
from uuid import UUID

from motcua.contexts.payments.contracts.receipts import (
    RangeOdd,
    ReceiptKind,
    ReceiptMade,
    ReceiptNotYours,
)
from motcua.contexts.payments.models import Invoice, Receipt, ReceiptRange
from motcua.contexts.payments.queries import agencies
from motcua.contexts.payments.queries import receipts as reading
from motcua.contexts.payments.rules.receipts import new_code, number_of, rules, series_of
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date
from motcua.kernel.db import change, insert, joins_transaction, owns_transaction, record

MOST = 10_000


@joins_transaction
def issue(
    invoice: Invoice,
    *,
    now: datetime,
    kind: ReceiptKind = ReceiptKind.RECEIPT,
    amount_dong: int | None = None,
    adjust_dong: int = 0,
    about: Receipt | None = None,
    reason: str = "",
) -> Receipt:
    """Use the next number of whoever collects this bill.

    The row of the range is locked until the payment is written, so that no number is lost or
    used twice; money is never refused for want of numbers: another range is taken.
    """
    held = _range_with_numbers(invoice.unit_id, now=now)
    serial = held.next
    held.next += 1
    change(held, "next", expecting={"next": serial})
    receipt = Receipt(
        number=number_of(held.series.code, serial),
        invoice=invoice,
        amount_dong=invoice.paid_dong if amount_dong is None else amount_dong,
        issued_at=now,
        range=held,
        serial=serial,
        code=new_code(),
        kind=kind,
        about=about,
        adjust_dong=adjust_dong,
        reason=reason,
    )
    insert(receipt)
    return receipt


@owns_transaction
def give_range(unit_id: UUID, *, size: int, actor: Actor, now: datetime) -> ReceiptMade:
    """A collector or head takes another range for the unit. Raises: ReceiptNotYours, RangeOdd."""
    if not agencies.may_second(actor, unit_id, city_date(now)):
        raise ReceiptNotYours
    if not 1 <= size <= MOST:
        raise RangeOdd(field="size")
    made = _give(unit_id, size, given_by=actor.account_id, now=now)
    record(
        action="payments.give_receipt_range",
        subject=str(unit_id),
        actor=actor,
        facts={"range": str(made.id), "first": made.first, "last": made.last},
    )
    return ReceiptMade(id=made.id)


def _range_with_numbers(unit_id: UUID | None, *, now: datetime) -> ReceiptRange:
    """Locked. Asked twice: the one that was waited for may have run out meanwhile."""
    series = series_of(city_date(now))
    for _try in range(2):
        held = reading.range_for_update(unit_id, series)
        if held is not None:
            return held
    return _give(unit_id, rules().block, given_by=None, now=now)


def _give(unit_id: UUID | None, size: int, *, given_by: UUID | None, now: datetime) -> ReceiptRange:
    series = reading.series_for_update(series_of(city_date(now)))
    made = ReceiptRange(
        series=series,
        unit_id=unit_id,
        first=series.next,
        last=series.next + size - 1,
        next=series.next,
        given_at=now,
        given_by_id=given_by,
    )
    series.next += size
    change(series, "next", expecting={"next": made.first})
    insert(made)
    return made
