"""Hàng đợi: tickets, windows, priority, and the refusals of the hall."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from motcua.kernel.errors import Conflict, Forbidden, Invalid, NotFound


class TicketState(StrEnum):
    """Trạng thái của số thứ tự."""

    WAITING = "WAITING"  # đang chờ
    CALLED = "CALLED"  # đã gọi, đang làm
    ABSENT = "ABSENT"  # gọi mà vắng
    FINISHED = "FINISHED"  # xong
    CANCELLED = "CANCELLED"  # người lấy số bỏ


class TicketChannel(StrEnum):
    """Lấy số bằng cách nào."""

    KIOSK = "KIOSK"
    PHONE = "PHONE"
    APPOINTMENT = "APPOINTMENT"
    OFFICER = "OFFICER"  # cán bộ lấy giúp


class PriorityKind(StrEnum):
    """Diện ưu tiên (Decree 63/2010, article 18, clause 8)."""

    MERIT = "MERIT"
    ELDERLY = "ELDERLY"
    DISABLED = "DISABLED"
    POOR = "POOR"
    PREGNANT = "PREGNANT"
    ORPHAN = "ORPHAN"
    PROTECTED = "PROTECTED"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeTicket:
    """kind: as chosen at the kiosk; a ticket that is somebody's only says that there is one."""

    unit_id: UUID
    group: str
    channel: TicketChannel
    kind: PriorityKind | None = None
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketTaken:
    ticket_id: UUID
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketView:
    """confirmed: whether an officer has agreed to the priority; None: not yet looked at."""

    id: UUID
    unit_id: UUID
    day: date
    group: str
    label: str
    state: TicketState
    channel: TicketChannel
    priority: bool
    kind: PriorityKind | None
    confirmed: bool | None
    taken_at: datetime
    queued_at: datetime
    called_at: datetime | None
    finished_at: datetime | None
    window: int | None
    times_back: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowView:
    id: UUID
    unit_id: UUID
    number: int
    groups: tuple[str, ...]
    officer_id: UUID | None
    current_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowOpened:
    window_id: UUID
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketCalled:
    ticket_id: UUID
    label: str
    window: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """before: who is called first. minutes: None while the day has not shown how long it takes."""

    before: int
    minutes: int | None
    windows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """One call as the hall sees it. here: at the window, not gone without coming."""

    label: str
    window: int
    called_at: datetime
    calls: int
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardView:
    """waiting: how many by group. unserved: groups that wait while no window calls them."""

    calls: tuple[Called, ...]
    waiting: dict[str, int]
    unserved: tuple[str, ...]


class TicketNotFound(NotFound):
    sentence = "Không tìm thấy số thứ tự này."


class WindowNotFound(NotFound):
    sentence = "Không tìm thấy bàn này."


class DeskNotFound(NotFound):
    sentence = "Không tìm thấy nơi tiếp nhận này."


class GroupUnknown(Invalid):
    sentence = "Nơi này không có nhóm việc đó. Bạn chọn lại."


class DeskClosed(Conflict):
    """Outside the opening hours, and nobody opened a window."""

    sentence = "Nơi tiếp nhận đang đóng cửa. Bạn lấy số khi mở cửa."


class TicketHeldAlready(Conflict):
    """One person has as many tickets of the day as the rule allows."""

    sentence = "Bạn đã có số thứ tự hôm nay ở nơi này. Bạn dùng số đó, hoặc bỏ số rồi lấy lại."


class PhoneNeeded(Invalid):
    sentence = "Bạn nhập số điện thoại gồm 10 chữ số, hoặc đăng nhập."


class NotAtThisDesk(Forbidden):
    sentence = "Việc này dành cho cán bộ tiếp nhận, trả kết quả hoặc thu phí của nơi này."


class WindowTaken(Conflict):
    sentence = "Bàn này đang có người khác ngồi. Bạn chọn bàn khác."


class WindowBusy(Conflict):
    """A ticket is still at the window."""

    sentence = "Bàn còn đang phục vụ một số. Bạn bấm Xong trước."


class NobodyWaits(Conflict):
    sentence = "Không còn ai chờ ở nhóm việc của bàn này."


class WindowMoved(Conflict):
    """The window went on meanwhile: a second press, or another page of the same window."""

    sentence = "Bàn vừa gọi số khác. Bạn xem lại số đang phục vụ."


class TicketMoved(Conflict):
    sentence = "Số này vừa được bàn khác gọi hoặc đổi. Bạn mở lại trang để xem."


class NumbersUsedUp(Conflict):
    sentence = "Nhóm việc này đã phát hết số của hôm nay. Bạn hẹn giờ cho ngày khác."


class WindowNumberOdd(Invalid):
    sentence = "Số bàn là một số từ 1 đến 99."


class NoGroupChosen(Invalid):
    sentence = "Bạn chọn ít nhất một nhóm việc cho bàn."


class BackTooOften(Conflict):
    sentence = "Số này đã được gọi lại đủ số lần. Mời người dân lấy số mới."


class TicketOver(Conflict):
    """Of another day, or ended."""

    sentence = "Số này đã hết hiệu lực. Bạn lấy số mới."
