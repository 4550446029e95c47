"""Đối chiếu một khoản tiền với một khoản phí: what received money pays, what waits in suspense.

Money that came is never refused and never lost: what does not pay the bill waits in suspense until
a fee collector gives it to a bill or sends it back.
"""

from dataclasses import dataclass

from motcua.contexts.payments.contracts import AmountNotPositive, Finding, InvoiceState
from motcua.kernel.money import ZERO, Money

CLOSED = frozenset({InvoiceState.CANCELLED, InvoiceState.REFUNDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """The figures of an invoice that decide."""

    total: Money
    paid: Money
    refunded: Money = ZERO
    cancelled: bool = False
    awaiting_bank: bool = False

    @property
    def outstanding(self) -> Money:
        return Money(max(0, self.total - self.paid))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """`applied` + `suspense` is always the whole amount."""

    finding: Finding
    applied: Money
    suspense: Money


def settle(amount: Money, bill: Bill | None) -> Settlement:
    """Lay an amount beside its bill (None: no bill has the code of the memo).

    A short amount pays in part, so that the citizen owes only the rest; it is listed all the same.
    Raises: AmountNotPositive.
    """
    if amount <= 0:
        raise AmountNotPositive
    finding = _finding(amount, bill)
    applied = Money(0)
    if bill is not None and finding in (Finding.EXACT, Finding.SHORT, Finding.OVER):
        applied = Money(min(amount, bill.outstanding))
    return Settlement(finding=finding, applied=applied, suspense=amount - applied)


def _finding(amount: Money, bill: Bill | None) -> Finding:
    if bill is None:
        return Finding.UNKNOWN_BILL
    if bill.cancelled:
        return Finding.AFTER_CANCEL
    if not bill.outstanding or bill.refunded:
        return Finding.PAID_TWICE
    if amount == bill.outstanding:
        return Finding.EXACT
    return Finding.SHORT if amount < bill.outstanding else Finding.OVER


def state_of(bill: Bill) -> InvoiceState:
    """The state is a projection of the figures; nobody types it."""
    if bill.refunded and bill.refunded >= bill.paid:
        return InvoiceState.REFUNDED
    if bill.cancelled:
        return InvoiceState.CANCELLED
    if not bill.total:
        return InvoiceState.NOTHING_DUE
    if not bill.outstanding:
        return InvoiceState.PAID
    if bill.awaiting_bank:
        return InvoiceState.PENDING
    return InvoiceState.PARTLY if bill.paid else InvoiceState.UNPAID
