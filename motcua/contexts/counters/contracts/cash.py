"""Quỹ tiền mặt: a cashier's shift, its count, its two signatures, where the money went."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from motcua.kernel.errors import Conflict, Forbidden, Invalid, NotFound


class ShiftState(StrEnum):
    """Ca thu tiền."""

    OPEN = "OPEN"  # đang thu
    COUNTED = "COUNTED"  # đã kiểm đếm, chờ người thứ hai ký
    SIGNED = "SIGNED"  # hai người đã ký
    HANDED = "HANDED"  # tiền đã bàn giao


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftOpened:
    shift_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftCounted:
    """difference: counted less expected; below zero money is missing."""

    shift_id: UUID
    difference_dong: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountShift:
    """notes: how many of each denomination. seen_dong: what the page said was taken."""

    shift_id: UUID
    notes: tuple[tuple[int, int], ...]
    reason: str
    seen_dong: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CashLineView:
    reference: str
    amount_dong: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftView:
    """expected: float and what went through the till. Names are asked of organisations."""

    id: UUID
    unit_id: UUID
    officer_id: UUID
    day: date
    state: ShiftState
    opened_at: datetime
    float_dong: int
    taken_dong: int
    expected_dong: int
    notes: tuple[tuple[int, int], ...]
    counted_dong: int
    difference_dong: int
    reason: str
    counted_at: datetime | None
    witness_id: UUID | None
    witnessed_at: datetime | None
    receiver_id: UUID | None
    handed_at: datetime | None


class NoOpenShift(Conflict):
    """Nobody takes cash without an open shift of their own, of this day, at this desk."""

    sentence = (
        "Bạn chưa mở ca thu tiền hôm nay ở nơi này. Bạn mở ca ở trang Quỹ tiền mặt rồi làm lại."
    )


class ShiftNotFound(NotFound):
    sentence = "Không tìm thấy ca thu tiền này."


class ShiftOpenAlready(Conflict):
    sentence = "Bạn đang có một ca chưa kiểm đếm. Bạn kiểm đếm ca đó trước."


class ShiftMoved(Conflict):
    sentence = "Ca này vừa thu thêm hoặc đã đổi. Bạn mở lại trang rồi kiểm đếm lại."


class FloatOdd(Invalid):
    sentence = "Bạn ghi tiền đầu ca bằng chữ số, từ 0 ₫."


class NotesOdd(Invalid):
    sentence = "Bạn ghi số tờ của mỗi mệnh giá bằng số nguyên, từ 0."


class DifferenceUnexplained(Invalid):
    sentence = "Tiền đếm được khác sổ. Bạn ghi lý do chênh lệch."


class SecondPersonNeeded(Forbidden):
    sentence = "Người kiểm đếm không ký thay người thứ hai. Bạn nhờ một cán bộ khác của nơi này."
