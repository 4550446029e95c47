"""Sự kiện về tiền: facts other contexts may act on."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoicePaid(Event):
    """The whole bill has been received. `amount` is whole đồng; `subject` the dossier code."""

    name: ClassVar[str] = "payments.invoice_paid"
    invoice_code: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceRefunded(Event):
    """Money went back to the payer. `amount` is whole đồng."""

    name: ClassVar[str] = "payments.invoice_refunded"
    invoice_code: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyInSuspense(Event):
    """Money came that fits no bill; a fee collector must look. `subject` may be the memo's code."""

    name: ClassVar[str] = "payments.money_in_suspense"
    transaction_id: str
    finding: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundPromised(Event):
    """A refund may leave by the bank. `subject` is the refund's id: one at a time."""

    name: ClassVar[str] = "payments.refund_promised"
    refund_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundProgressed(Event):
    """A refund of a dossier reached another state; its payer, or collectors, may want to know.

    unit_id: the agency that received the money and decides; None: the account of the city.
    """

    name: ClassVar[str] = "payments.refund_progressed"
    invoice_code: str
    refund_id: UUID
    state: str
    amount: int
    unit_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptChanged(Event):
    """A receipt was cancelled, replaced or adjusted. how: CANCELLED, REPLACED, ADJUSTED."""

    name: ClassVar[str] = "payments.receipt_changed"
    invoice_code: str
    how: str
    number: str
    by_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysLeftOpen(Event):
    """Days with money before today that a unit has not closed. `oldest` is a date."""

    name: ClassVar[str] = "payments.days_left_open"
    unit_id: UUID
    days: int
    oldest: str
