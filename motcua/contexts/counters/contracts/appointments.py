"""Hẹn giờ: a time at a window, booked, moved, given up, kept."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from motcua.kernel.errors import Conflict, NotFound


class AppointmentState(StrEnum):
    """Tình trạng của lịch hẹn."""

    BOOKED = "BOOKED"  # đã hẹn
    ARRIVED = "ARRIVED"  # đã đến, có số
    CANCELLED = "CANCELLED"  # đã bỏ


@dataclass(frozen=True, slots=True, kw_only=True)
class BookAppointment:
    unit_id: UUID
    group: str
    starts_at: datetime
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentBooked:
    appointment_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """left: seats that nobody has taken."""

    starts_at: datetime
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentView:
    """code: six digits for the kiosk. until: later than that it holds no more."""

    id: UUID
    unit_id: UUID
    group: str
    day: date
    starts_at: datetime
    until: datetime
    code: str
    state: AppointmentState
    may_move: bool
    ticket_id: UUID | None


class AppointmentNotFound(NotFound):
    sentence = "Không tìm thấy lịch hẹn này. Bạn xem lại mã gồm 6 chữ số."


class SlotTaken(Conflict):
    """Full, past, or no time at which the place is open."""

    sentence = "Giờ này không còn chỗ. Bạn chọn giờ khác."


class AppointmentHeldAlready(Conflict):
    sentence = "Bạn đã có lịch hẹn ngày đó ở nơi này. Bạn đổi giờ hoặc bỏ lịch cũ."


class AppointmentOver(Conflict):
    sentence = "Lịch hẹn này không còn hiệu lực. Bạn lấy số hoặc hẹn giờ khác."


class MovedTooOften(Conflict):
    sentence = "Lịch hẹn này đã đổi đủ số lần. Bạn bỏ lịch rồi hẹn lại."


class TooEarly(Conflict):
    sentence = "Chưa đến giờ hẹn. Bạn nhập mã trong vòng 30 phút trước giờ hẹn."
