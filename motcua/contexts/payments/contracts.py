"""Phí, lệ phí: what the neighbours of payments ask with and are answered with."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from motcua.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from motcua.kernel.money import ZERO, Money


class FeeKind(StrEnum):
    """What the money is for; each kind has its own revenue account."""

    PHI = "PHI"
    LE_PHI = "LE_PHI"
    LAND_DUTY = "LAND_DUTY"
    TAX = "TAX"
    POST = "POST"
    OTHER = "OTHER"


class FeeWhen(StrEnum):
    """When it is collected (national code `HinhThucThu`: 1, 2, 4)."""

    RECEPTION = "RECEPTION"
    SUPPLEMENT = "SUPPLEMENT"
    RETURN = "RETURN"


class InvoiceState(StrEnum):
    NOTHING_DUE = "NOTHING_DUE"
    UNPAID = "UNPAID"
    PENDING = "PENDING"
    PARTLY = "PARTLY"
    PAID = "PAID"
    REFUNDED = "REFUNDED"
    CANCELLED = "CANCELLED"


class Channel(StrEnum):
    """How money reached us."""

    BANK = "BANK"
    CASH = "CASH"


class Finding(StrEnum):
    """What was found when received money was laid beside its bill."""

    EXACT = "EXACT"
    SHORT = "SHORT"
    OVER = "OVER"
    PAID_TWICE = "PAID_TWICE"
    AFTER_CANCEL = "AFTER_CANCEL"
    UNKNOWN_BILL = "UNKNOWN_BILL"


class Account(StrEnum):
    """Hệ thống tài khoản: the accounts of the double-entry ledger."""

    RECEIVABLE = "RECEIVABLE"
    BANK_CLEARING = "BANK_CLEARING"
    CASH_AT_DESK = "CASH_AT_DESK"
    REVENUE_PHI = "REVENUE_PHI"
    REVENUE_LE_PHI = "REVENUE_LE_PHI"
    REVENUE_LAND_DUTY = "REVENUE_LAND_DUTY"
    REVENUE_TAX = "REVENUE_TAX"
    REVENUE_POST = "REVENUE_POST"
    REVENUE_OTHER = "REVENUE_OTHER"
    SUSPENSE = "SUSPENSE"
    REFUNDS_PAYABLE = "REFUNDS_PAYABLE"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeItem:
    """One line to be paid. A fee that nobody has fixed yet is not a line: it is not known.

    amount: what is due, after `relief` was taken off; relief_name: by which exemption.
    """

    kind: FeeKind
    label: str
    amount: Money
    when: FeeWhen = FeeWhen.RECEPTION
    relief: Money = ZERO
    relief_name: str = ""

    @property
    def full(self) -> Money:
        """What it costs without the exemption."""
        return self.amount + self.relief


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceView:
    """A bill as its payer sees it. `id` and `code` are empty when nothing is due."""

    id: UUID | None
    code: str
    subject: str
    state: InvoiceState
    total: Money
    paid: Money
    items: tuple[FeeItem, ...]
    qr_payload: str | None

    @property
    def outstanding(self) -> Money:
        """What is still to be paid; nothing once the bill is cancelled."""
        if self.state in (InvoiceState.CANCELLED, InvoiceState.REFUNDED):
            return Money(0)
        return self.total - self.paid


@dataclass(frozen=True, slots=True, kw_only=True)
class BankCredit:
    """One credit on our account as the bank tells it, by callback or in its list."""

    transaction_id: str
    amount: Money
    memo: str
    booked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """What became of money: how much paid the bill and how much waits in suspense."""

    transaction_id: str
    finding: Finding
    invoice_code: str
    applied_dong: int
    suspense_dong: int
    repeated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspenseView:
    """Money that did not fit its bill and nobody has settled. oldest_at None: there is none."""

    count: int
    waiting: Money
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsettledView:
    """One such credit, without the words of its payer. invoice_code: "" when no bill fits."""

    id: UUID
    transaction_id: str
    channel: Channel
    finding: Finding
    invoice_code: str
    amount: Money
    waiting: Money
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconciliationView:
    """One comparison with the bank. `differences` are sentences; `booked`: those never told."""

    matched: int
    booked: int
    ours_total: Money
    theirs_total: Money
    differences: tuple[str, ...]


class InvoiceNotFound(NotFound):
    sentence = "Không tìm thấy khoản phí này."


class SignatureRefused(Forbidden):
    """The callback was not signed by the bank we know."""

    sentence = "Chữ ký của ngân hàng không đúng."


class RepeatedWithOtherContent(Conflict):
    """The bank sent a transaction again with another amount or text: somebody must ask."""

    sentence = "Giao dịch này đã được báo với nội dung khác."


class AmountNotPositive(Invalid):
    sentence = "Số tiền phải lớn hơn 0 đồng."


class NothingToPay(Conflict):
    sentence = "Khoản này không còn gì phải trả."


class WrongCashAmount(Invalid):
    """Cash at the desk must settle the bill exactly: the desk gives change."""


class CollectorsOnly(Forbidden):
    sentence = "Chỉ người thu phí hoặc cán bộ tiếp nhận được ghi thu tiền mặt."


class RefundTooLarge(Invalid):
    sentence = "Số tiền hoàn lớn hơn số đã nhận."


class NotInSuspense(Conflict):
    sentence = "Khoản tiền này đã được xử lý."


class PaidBefore(Conflict):
    """A bill that money has come for is not made anew: the way back is a refund."""

    sentence = "Khoản phí đã có tiền trả, nên không sửa được. Bạn hoàn tiền cho người nộp."


class NotPaidYet(Conflict):
    sentence = "Chưa có biên lai vì khoản phí chưa trả đủ."
