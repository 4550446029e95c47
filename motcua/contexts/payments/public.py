"""Cửa vào của payments: what neighbours and portals may ask of fees and money."""

from datetime import date, datetime
from uuid import UUID

from motcua.contexts.payments import ports, queries
from motcua.contexts.payments.actions import (
    attempts,
    invoicing,
    ordering,
    receipts,
    receiving,
    reconciling,
    refunds,
)
from motcua.contexts.payments.contracts import (
    Booked,
    FeeItem,
    InvoiceView,
    MoneyBack,
    Recheck,
    ReconciliationView,
    RefundGround,
    SuspenseView,
    UnsettledView,
)
from motcua.contexts.payments.rules.refunds import RefundRules
from motcua.contexts.payments.rules.refunds import rules as refund_rules_of
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.money import Money

__all__ = [
    "add_items",
    "book_new_dues",
    "cancel_invoice",
    "count_tills",
    "invoice_of",
    "invoices_of",
    "keep_tills",
    "money_back_of",
    "note_recheck",
    "open_invoice",
    "open_refund_request",
    "order_due_refunds",
    "receipt_pdf",
    "recheck_with",
    "reconcile_day",
    "record_cash",
    "refund_rules",
    "reissue_invoice",
    "share_with",
    "stop_waiting_for_banks",
    "suspense",
    "unsettled",
]


def open_invoice(
    *,
    subject: str,
    payer_person_id: UUID,
    items: tuple[FeeItem, ...],
    now: datetime,
    unit_id: UUID | None = None,
) -> InvoiceView:
    """Ask for the fees of a new dossier, inside the caller's action (two inserts, no query).

    unit_id: the desk that may collect; without it every desk may. Free items are not written;
    when nothing costs anything no bill is made and its state is NOTHING_DUE.
    """
    return invoicing.open_invoice(
        subject=subject, payer_person_id=payer_person_id, items=items, now=now, unit_id=unit_id
    )


def add_items(
    *, subject: str, payer_person_id: UUID, items: tuple[FeeItem, ...], now: datetime
) -> InvoiceView:
    """Ask for more, inside the caller's action: a fee fixed by an officer, a later obligation."""
    return invoicing.add_items(
        subject=subject, payer_person_id=payer_person_id, items=items, now=now
    )


def reissue_invoice(
    *,
    subject: str,
    payer_person_id: UUID,
    items: tuple[FeeItem, ...],
    reason: str,
    now: datetime,
) -> InvoiceView:
    """Another bill for the same dossier, inside the caller's action. Raises: PaidBefore."""
    return invoicing.reissue(
        subject=subject, payer_person_id=payer_person_id, items=items, reason=reason, now=now
    )


def cancel_invoice(
    *, subject: str, reason: str, now: datetime, ground: RefundGround | None = None
) -> None:
    """Nothing is owed any more, inside the caller's action; what was paid is owed back.

    ground: under which heading its payer may ask it back.
    """
    invoicing.cancel_invoice(subject=subject, reason=reason, now=now, ground=ground)


def open_refund_request(
    *, subject: str, ground: RefundGround, amount: Money, reason: str, now: datetime
) -> None:
    """A paid bill should have cost less, inside the caller's action; collectors decide.

    Raises: InvoiceNotFound, RefundTooLarge.
    """
    refunds.open_request(subject=subject, ground=ground, amount=amount, reason=reason, now=now)


def money_back_of(subject: str) -> MoneyBack:
    """What of a dossier's money may be asked back, and what is on its way."""
    return queries.money_back_of(subject)


def refund_rules() -> RefundRules:
    """What holds for refunds, with the mark whether anybody compared it with the law."""
    return refund_rules_of()


def order_due_refunds(*, now: datetime) -> None:
    """Tell the bank what it was not told, and ask about what it did not answer."""
    for refund_id in queries.refunds_to_order(now, 50):
        ordering.order_refund(refund_id, now=now)


def invoice_of(subject: str) -> InvoiceView | None:
    """The newest bill of a dossier; None when nothing was ever asked."""
    return queries.latest_of(subject)


def invoices_of(subjects: tuple[str, ...]) -> dict[str, InvoiceView]:
    """The newest bill of each dossier, for lists: two queries however many."""
    return queries.latest_of_many(subjects)


def record_cash(
    *, code: str, amount_dong: int, unit_id: UUID, actor: Actor, now: datetime
) -> Booked:
    """Cash taken at a desk, exactly what is outstanding; an action of its own.

    Raises: CollectorsOnly, InvoiceNotFound, NothingToPay, WrongCashAmount.
    """
    return receiving.record_cash(
        code=code, amount_dong=amount_dong, unit_id=unit_id, actor=actor, now=now
    )


def receipt_pdf(invoice_id: UUID) -> bytes:
    """Biên lai of a bill paid in full. Raises: InvoiceNotFound, NotPaidYet."""
    return receipts.receipt_pdf(invoice_id)


def share_with(rule: ports.SubjectRule) -> None:
    """Let the people who work on a dossier see its bill; see `ports.share_with`."""
    ports.share_with(rule)


def keep_tills(till: ports.Till) -> None:
    """Be told of cash at desks in the transaction that books it; see `ports.keep_tills`."""
    ports.keep_tills(till)


def count_tills(shifts: ports.Shifts) -> None:
    """Tell the shifts of a unit and day when it is closed; see `ports.count_tills`."""
    ports.count_tills(shifts)


def recheck_with(ask: ports.Recheck) -> None:
    """Be asked when a payer comes to pay a bill with an exemption; see `ports.recheck_with`."""
    ports.recheck_with(ask)


def note_recheck(code: str, found: Recheck, *, ended: str = "", now: datetime) -> None:
    """What a register said of the exemption on a bill, inside the caller's action.

    ended: the name of the entitlement that it no longer tells.
    """
    invoicing.note_recheck(code, found, ended=ended, now=now)


def book_new_dues(*, limit: int, now: datetime) -> bool:
    """Bring bills the journal does not know into it; True when more may be waiting."""
    waiting = queries.count_not_booked(limit)
    if waiting:
        invoicing.book_dues(limit=limit, now=now)
    return waiting == limit


def stop_waiting_for_banks(*, now: datetime) -> None:
    """End attempts the bank has been silent about for long."""
    for code in queries.due_attempts(now - attempts.PATIENCE, 200):
        attempts.stop_waiting(code, now=now)


def reconcile_day(day: date, *, now: datetime, actor: Actor = SYSTEM) -> ReconciliationView:
    """Compare one day with the bank's list, explain every difference, book what was never told.

    Raises: NeighbourDown, NeighbourRefused.
    """
    return reconciling.reconcile_day(day, actor=actor, now=now)


def suspense(actor: Actor, *, now: datetime) -> SuspenseView:
    """How much money waits for somebody to say whose it is; for collectors and administrators."""
    return queries.suspense(actor, now=now)


def unsettled(
    actor: Actor, *, now: datetime, before: datetime | None = None, limit: int = 50
) -> tuple[UnsettledView, ...]:
    """The same credit by credit, newest first, keyset by time."""
    return queries.unsettled(actor, now=now, before=before, limit=limit)
