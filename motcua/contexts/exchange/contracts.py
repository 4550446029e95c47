"""What neighbours may hold of the exchange: refusals of the outside, frozen views."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from motcua.kernel.errors import Conflict, Forbidden, NotFound


class Outcome(StrEnum):
    """How one attempt to speak with a neighbour ended."""

    ANSWERED = "ANSWERED"
    REFUSED = "REFUSED"
    DOWN = "DOWN"
    NOT_TRIED = "NOT_TRIED"  # the breaker was open


class SendingState(StrEnum):
    """Where a message of the retry lane is."""

    WAITING = "WAITING"
    SENT = "SENT"
    DEAD = "DEAD"


WITNESSES = ("witness_archive", "witness_council")  # two parties that do not answer to us
TIMESTAMPING = "timestamping"  # an authority of RFC 3161
NEIGHBOUR_NAMES = {
    "population": "Cơ sở dữ liệu quốc gia về dân cư",
    "bank": "Ngân hàng",
    "mail": "Máy chủ thư điện tử",
    "sms": "Tổng đài tin nhắn",
    "vneid": "VNeID",
    "witness_archive": "Nhân chứng sổ cái: Lưu trữ lịch sử",
    "witness_council": "Nhân chứng sổ cái: Hội đồng nhân dân",
    TIMESTAMPING: "Nơi cấp dấu thời gian",
}


def neighbour_name(connector: str) -> str:
    """The name people know the neighbour by."""
    return NEIGHBOUR_NAMES.get(connector, connector)


class NeighbourDown(Conflict):
    """The neighbour did not answer in time, answered nonsense, or is being left alone for now.

    Nothing is known about what it did; asking again with the same key is safe.
    """

    sentence = "Hệ thống bên ngoài chưa trả lời. Bạn vẫn làm tiếp được, hoặc thử lại sau 5 phút."

    def __init__(self, *, reason: str, connector: str = "") -> None:
        who = neighbour_name(connector)
        message = f"{who} chưa trả lời. Bạn thử lại sau 5 phút." if connector else ""
        super().__init__(message, reason=reason, connector=connector)
        self.reason = reason


class NeighbourRefused(Conflict):
    """The neighbour understood and said no; asking again changes nothing."""

    sentence = "Hệ thống bên ngoài không nhận yêu cầu này."

    def __init__(self, *, reason: str, connector: str = "") -> None:
        super().__init__("", reason=reason, connector=connector)
        self.reason = reason


class UnknownConnector(NotFound):
    """No such connector or operation is registered."""

    sentence = "Không có kết nối này."


class CallbackRefused(Forbidden):
    """A call from outside whose signature or time does not hold."""

    sentence = "Chữ ký của lời gọi không đúng."
    code: ClassVar[str] = "callback_refused"


class SendingNotDead(Conflict):
    """Only a message that was given up can be sent again by hand."""

    sentence = "Thông điệp này không nằm trong danh sách gửi hỏng."


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """A message the retry lane gave up; the body stays sealed."""

    id: UUID
    connector: str
    operation: str
    key: str
    purpose: str
    attempts: int
    last_reason: str
    created_at: datetime
    gave_up_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingAccepted:
    """The exchange will deliver; ask again with the same key and get the same id."""

    id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class CallView:
    """One attempt to speak with a neighbour. took_ms 0: it was not called at all."""

    id: UUID
    at: datetime
    connector: str
    operation: str
    purpose: str
    attempt: int
    outcome: Outcome
    reason: str
    took_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighbourState:
    """How a neighbour behaved in the last hour."""

    connector: str
    answered: int = 0
    refused: int = 0
    down: int = 0
    answered_at: datetime | None = None
    failed_at: datetime | None = None

    @property
    def is_failing(self) -> bool:
        """The last thing heard of it was a failure."""
        if self.failed_at is None:
            return False
        return self.answered_at is None or self.answered_at < self.failed_at
