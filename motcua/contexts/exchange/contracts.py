"""What neighbours may hold of the exchange: refusals of the outside, frozen views."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from motcua.kernel.errors import Conflict, Forbidden, Invalid, NotFound


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
VNPOST = "vnpost"  # the public postal service
SMS = "sms"
SMS_PROVIDERS = ("sms_one", "sms_two")  # one message leaves by one of them
PUSH = "push"  # the stand-in; services of browsers are push_…
# Names under which the browsers' own services answer; the operator says which are allowed.
PUSH_HOSTS = {
    "push_google": ("fcm.googleapis.com",),
    "push_mozilla": ("updates.push.services.mozilla.com",),
    "push_apple": ("web.push.apple.com",),
    "push_microsoft": (".notify.windows.com",),
}
NEIGHBOUR_NAMES = {
    "population": "Cơ sở dữ liệu quốc gia về dân cư",
    "entitlement": "Hệ thống định danh: quyền lợi của công dân số",
    "bank": "Ngân hàng",
    VNPOST: "Bưu chính công ích",
    "mail": "Máy chủ thư điện tử",
    SMS: "Tổng đài tin nhắn",
    "sms_one": "Tổng đài tin nhắn thứ nhất",
    "sms_two": "Tổng đài tin nhắn thứ hai",
    PUSH: "Dịch vụ đẩy tin mô phỏng",
    "push_google": "Dịch vụ đẩy tin của Google",
    "push_mozilla": "Dịch vụ đẩy tin của Mozilla",
    "push_apple": "Dịch vụ đẩy tin của Apple",
    "push_microsoft": "Dịch vụ đẩy tin của Microsoft",
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

    def __init__(self, *, reason: str, connector: str = "", retry_after: int = 0) -> None:
        who = neighbour_name(connector)
        message = f"{who} chưa trả lời. Bạn thử lại sau 5 phút." if connector else ""
        super().__init__(message, reason=reason, connector=connector)
        self.reason = reason
        self.retry_after = retry_after  # seconds it asked us to wait


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


class MessageUnknown(NotFound):
    """A receipt about a message that we never sent."""

    sentence = "Không có tin nhắn này."


class PushServiceUnknown(Invalid):
    """The browser's push service is not one that the operator allows."""

    sentence = "Trình duyệt của bạn dùng dịch vụ đẩy tin mà thành phố chưa nối. Bạn nhận qua SMS."


class UnreadableKeys(Invalid):
    """What the browser gave are no keys of a subscription."""

    sentence = "Trình duyệt chưa cho đủ khóa để nhận tin đẩy. Bạn tải lại trang rồi thử lại."


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderFigures:
    """How one provider of SMS did since a moment. cost_dong: by its receipts."""

    provider: str
    share: int
    taken: int = 0
    delivered: int = 0
    failed: int = 0
    parts: int = 0
    cost_dong: int = 0


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
