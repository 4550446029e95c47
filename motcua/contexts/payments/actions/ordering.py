"""Lệnh hoàn: the bank is told once, asked again while its answer is not known, never twice paid.

Three short steps: claim the order (written before the call), call outside any transaction, write
down what was heard. Whoever dies between them leaves an order that is asked about again under
the same key.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from motcua.contexts.exchange.contracts import NeighbourDown, NeighbourRefused
from motcua.contexts.payments import ports, queries
from motcua.contexts.payments.actions.bookkeeping import book
from motcua.contexts.payments.actions.refunds import tell_progress
from motcua.contexts.payments.adapters import bank
from motcua.contexts.payments.contracts import (
    BankAnswer,
    Channel,
    CollectorsOnly,
    InvoiceNotFound,
    RefundElsewhere,
    RefundMoved,
    RefundNotFound,
    RefundState,
    RefundTold,
    RefundWay,
    RepeatedWithOtherContent,
)
from motcua.contexts.payments.events import InvoiceRefunded
from motcua.contexts.payments.models import Refund
from motcua.contexts.payments.models.invoices import PROJECTION
from motcua.contexts.payments.queries import agencies
from motcua.contexts.payments.rules import journal
from motcua.contexts.payments.rules.journal import EntryKind
from motcua.kernel.actors import SYSTEM, Actor, Role
from motcua.kernel.clock import city_date
from motcua.kernel.db import owns_transaction, record
from motcua.kernel.events import publish
from motcua.kernel.money import Money

CLAIM = timedelta(minutes=2)  # longer than a call to the bank may take
LONGEST_PAUSE = timedelta(hours=6)
ANSWERED_NO = "Ngân hàng không chuyển được vào tài khoản này. Bạn cho tài khoản khác."


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """An order that this worker speaks about now. again: it may have reached the bank before."""

    order: bank.RefundOrder
    again: bool


def order_refund(refund_id: UUID, *, now: datetime) -> None:
    """Tell the bank, or ask what became of it, if it is due. Safe to call any number of times."""
    claimed = claim(refund_id, now=now)
    if claimed is None:
        return
    try:
        told = bank.ask_about(claimed.order) if claimed.again else None
        if told is None or told.answer is BankAnswer.UNKNOWN:
            told = bank.refund(claimed.order)
    except (NeighbourDown, NeighbourRefused):
        return  # no word about this order; the claim ends by itself and the bank is asked again
    note_told(told, actor=SYSTEM, now=now)


@owns_transaction
def claim(refund_id: UUID, *, now: datetime) -> Claimed | None:
    """Keep others from ordering meanwhile. None: not due, or there is nothing to order."""
    refund = queries.refund_for_update(refund_id)
    record(action="payments.claim_refund", subject=str(refund_id), actor=SYSTEM)
    waiting = refund.state in (RefundState.PROMISED, RefundState.ORDERED)
    due = refund.next_try_at is not None and refund.next_try_at <= now
    if not (waiting and due):
        return None
    again = refund.state == RefundState.ORDERED
    refund.tries += 1
    refund.state = RefundState.ORDERED
    refund.next_try_at = now + max(CLAIM, min(LONGEST_PAUSE, timedelta(minutes=refund.tries**2)))
    refund.save(update_fields=["tries", "state", "next_try_at"])
    return Claimed(order=_order_of(refund), again=again)


def _order_of(refund: Refund) -> bank.RefundOrder:
    bill = queries.invoice_of_refund(refund)
    return bank.RefundOrder(
        key=refund.order,
        amount=Money(refund.amount_dong),
        transaction=refund.source,
        bank=refund.account_bank,
        number=refund.account_number or "",
        holder=refund.account_holder or "",
        memo=f"Hoan phi {bill.code}" if bill else "Hoan tien",
    )


@owns_transaction
def note_told(told: RefundTold, *, actor: Actor, now: datetime) -> None:
    """Write down one word of the bank, by callback or by answer; told twice, it counts once.

    Raises: RefundNotFound, RepeatedWithOtherContent.
    """
    refund = queries.refund_for_update(_refund_id(told.order))
    done, refused = told.answer is BankAnswer.DONE, told.answer is BankAnswer.REFUSED
    if told.order == refund.order and told.amount == refund.amount_dong:
        if refund.state == RefundState.ORDERED and done:
            refund.bank_reference = told.reference[:64]
            _paid(refund, now=now)
        elif refund.state == RefundState.ORDERED and refused:
            _refused(refund, now=now)
        elif refused or (done and refund.state != RefundState.PAID):
            raise RepeatedWithOtherContent
    elif not refused:
        raise RepeatedWithOtherContent
    record(
        action="payments.note_refund",
        subject=str(refund.id),
        actor=actor,
        facts={"answer": told.answer.value, "reason": told.reason[:60], "state": refund.state},
    )


@owns_transaction
def hand_over(refund_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Cash was given back over the counter, from the till of the agency that received it.

    Raises: CollectorsOnly, RefundElsewhere, RefundNotFound, RefundMoved.
    """
    if not actor.has(Role.FEE_COLLECTOR):
        raise CollectorsOnly("Chỉ người thu phí được hoàn tiền.")
    refund = queries.refund_for_update(refund_id)
    if not agencies.collects_for(actor, refund.unit_id, city_date(now)):
        raise RefundElsewhere
    if refund.way != RefundWay.CASH or refund.state != RefundState.PROMISED:
        raise RefundMoved
    ports.through_till(
        f"hoan/{refund.id}", -refund.amount_dong, unit_id=refund.unit_id, actor=actor, now=now
    )
    _paid(refund, now=now)
    facts: dict[str, object] = {"amount": refund.amount_dong}
    record(action="payments.hand_over_refund", subject=str(refund.id), actor=actor, facts=facts)


def _paid(refund: Refund, *, now: datetime) -> None:
    """The money has left: books, bill, news."""
    refund.state, refund.paid_at, refund.next_try_at = RefundState.PAID, now, None
    refund.save(update_fields=["state", "paid_at", "next_try_at", "bank_reference"])
    book(
        EntryKind.REFUND_PAID,
        journal.refund_paid(Money(refund.amount_dong), Channel(refund.channel)),
        reference=str(refund.id),
        invoice=refund.invoice,
        happened_at=now,
        now=now,
    )
    if refund.invoice is not None:
        _give_back(refund.invoice.code, refund.amount_dong, now=now)
    tell_progress(refund, queries.invoice_of_refund(refund), now=now)


def _refused(refund: Refund, *, now: datetime) -> None:
    """The bank said no: its payer names another account, which is another order."""
    refund.state, refund.next_try_at = RefundState.ACCOUNT_NEEDED, None
    refund.order_no += 1
    refund.answer = ANSWERED_NO
    refund.save(update_fields=["state", "next_try_at", "order_no", "answer"])
    tell_progress(refund, queries.invoice_of_refund(refund), now=now)


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


def _refund_id(order: str) -> UUID:
    """Raises: RefundNotFound."""
    try:
        return UUID(order.rpartition("-")[0])
    except ValueError as problem:
        raise RefundNotFound from problem
