"""Chốt ngày: what a unit took and gave back on a day, added up, signed by two people."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from motcua.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from motcua.kernel.money import Money


class LineKind(StrEnum):
    """What a line of the day is. MOVED: waiting money that a collector gave to another bill.

    RECEIPT_LESS: an adjustment that takes off what an earlier receipt says.
    """

    CASH_IN = "CASH_IN"
    BANK_IN = "BANK_IN"
    MOVED_IN = "MOVED_IN"
    MOVED_OUT = "MOVED_OUT"
    CASH_BACK = "CASH_BACK"
    BANK_BACK = "BANK_BACK"
    RECEIPT = "RECEIPT"
    RECEIPT_VOID = "RECEIPT_VOID"
    RECEIPT_LESS = "RECEIPT_LESS"


class Gap(StrEnum):
    """Why two sums of a day are not equal."""

    TILL_OPEN = "TILL_OPEN"
    TILL_DIFFERS = "TILL_DIFFERS"
    CASH_BESIDE_TILL = "CASH_BESIDE_TILL"
    NOT_ON_STATEMENT = "NOT_ON_STATEMENT"
    EARLIER_PART = "EARLIER_PART"
    PART_ONLY = "PART_ONLY"
    OVERPAID = "OVERPAID"
    VOIDED = "VOIDED"
    LATE_LINE = "LATE_LINE"


@dataclass(frozen=True, slots=True, kw_only=True)
class TillShift:
    """A cashier's shift, as whoever keeps the tills tells it. taken: what went through the till.

    counted, difference: None until two people have signed.
    """

    id: UUID
    cashier_id: UUID
    taken: Money
    counted: Money | None = None
    difference: Money | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingMade:
    """A day was signed, or closed."""

    id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SignDay:
    """digest: of the lines that the signer saw. words: what they say of what does not agree."""

    unit_id: UUID
    day: date
    digest: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDay:
    """A day with money that nobody has closed."""

    unit_id: UUID
    day: date
    lines: int
    signed_at: datetime | None = None


class ClosingNotFound(NotFound):
    sentence = "Không có ngày này để chốt. Bạn mở lại từ danh sách các ngày."


class ClosingMoved(Conflict):
    """Money came meanwhile, or somebody was faster."""

    sentence = "Số liệu của ngày vừa đổi hoặc ngày đã được ký. Bạn tải lại trang, xem lại rồi ký."


class EarlierDayOpen(Conflict):
    sentence = "Ngày trước đó chưa chốt. Bạn chốt lần lượt từ ngày cũ nhất."


class DayNotOver(Conflict):
    sentence = "Còn ca thu tiền chưa kiểm đếm và ký đủ hai người. Bạn làm xong ca rồi chốt ngày."


class WordsNeeded(Invalid):
    sentence = "Có khoản không khớp. Bạn ghi lý do, người chốt và người kiểm tra sẽ đọc."


class NotYourDay(Forbidden):
    sentence = "Chỉ người thu phí của nơi này ký, và người phụ trách nơi này chốt."


class SameSigner(Forbidden):
    sentence = "Người đã ký không chốt thay người thứ hai. Bạn nhờ người phụ trách."


class SigningNeedsProof(Forbidden):
    sentence = "Bạn xác nhận lại mình là ai ngay trước khi ký, bằng mã hoặc khóa truy cập."
