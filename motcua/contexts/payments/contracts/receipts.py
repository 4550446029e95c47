"""Biên lai điện tử: what a receipt is, how it ends, what whoever holds its code may read."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from motcua.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from motcua.kernel.money import Money


class ReceiptKind(StrEnum):
    RECEIPT = "RECEIPT"
    ADJUSTMENT = "ADJUSTMENT"


class ReceiptState(StrEnum):
    """How it stands. An adjusted receipt stays issued: the adjustment is read with it."""

    ISSUED = "ISSUED"
    CANCELLED = "CANCELLED"
    REPLACED = "REPLACED"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptMade:
    """A number was used, or a range given."""

    id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptView:
    """A receipt for whoever holds its code: no name of a payer.

    about: number of the one it replaces or adjusts; followed_by: numbers that replace or adjust it.
    """

    number: str
    code: str
    kind: ReceiptKind
    state: ReceiptState
    agency: str
    invoice_code: str
    subject: str
    amount: Money
    adjusted_by: Money
    items: tuple[tuple[str, Money], ...]
    issued_at: datetime
    reason: str
    ended_at: datetime | None
    end_reason: str
    about: str
    followed_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeView:
    """How the numbers of one range were used. missing: used numbers without a receipt (none)."""

    unit_id: UUID | None
    series: str
    first: int
    last: int
    used: int
    cancelled: int
    replaced: int
    left: int
    missing: int
    given_on: date


class ReceiptNotFound(NotFound):
    sentence = "Không tìm thấy biên lai có mã này. Bạn xem lại 12 chữ và số in trên biên lai."


class ReceiptMoved(Conflict):
    sentence = "Biên lai này đã hủy hoặc đã thay thế. Bạn tải lại trang."


class ReceiptReasonNeeded(Invalid):
    sentence = "Bạn ghi lý do, người nộp và người kiểm tra sẽ đọc câu này."


class ReceiptNotYours(Forbidden):
    sentence = "Chỉ người thu phí của nơi lập biên lai được hủy, thay thế hoặc điều chỉnh."


class AdjustmentOdd(Invalid):
    sentence = "Bạn ghi số tiền điều chỉnh khác 0 và không giảm quá số tiền trên biên lai."


class RangeOdd(Invalid):
    sentence = "Bạn ghi số lượng biên lai từ 1 đến 10.000."
