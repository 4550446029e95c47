"""Thông báo: levels, channels, what a reader sees, refusals."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from motcua.kernel.errors import Invalid, NotFound


class Level(StrEnum):
    """How much it matters to the reader; decides the tab and the channels' hours."""

    EMERGENCY = "EMERGENCY"  # khẩn cấp: ignores quiet hours
    WARNING = "WARNING"  # cảnh báo
    YOUR_TURN = "YOUR_TURN"  # đến lượt bạn
    FYI = "FYI"  # cho biết


class Tab(StrEnum):
    """The two tabs of the inbox."""

    TO_DO = "TO_DO"
    TO_KNOW = "TO_KNOW"


class Channel(StrEnum):
    """Ways out of the house; the inbox itself needs none."""

    EMAIL = "EMAIL"
    SMS = "SMS"
    PUSH = "PUSH"


class Kind(StrEnum):
    """What a reader chooses by; two of them are not theirs to switch off."""

    EMERGENCY = "EMERGENCY"
    SERVED = "SERVED"  # the law wants it told: supplement, refusal, new date, result
    TURN = "TURN"
    WARNING = "WARNING"
    FYI = "FYI"


ALWAYS = frozenset({Kind.EMERGENCY, Kind.SERVED})


class DeliveryState(StrEnum):
    HELD = "HELD"  # quiet hours: waits for the morning
    GATHERED = "GATHERED"  # waits for the letter of the day
    HANDED = "HANDED"  # the exchange is delivering, with its own retries
    SENT = "SENT"  # the mail server, provider or push service has it
    DELIVERED = "DELIVERED"  # the provider says that it reached the telephone
    OFF = "OFF"  # the reader switched this way off, or has read the message already
    FAILED = "FAILED"  # the exchange gave up; its dead-letter page can send again
    NO_ADDRESS = "NO_ADDRESS"  # the person gave no such contact
    STOPPED = "STOPPED"  # the person had this way out stopped; the inbox has the message


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageView:
    """One message as its reader sees it, in the reader's language."""

    id: UUID
    level: Level
    template: str
    subject: str
    title: str
    text: str
    next_step: str
    url: str
    created_at: datetime
    read: bool
    settled: bool

    @property
    def is_turn(self) -> bool:
        """Whether the reader still has something to do."""
        return self.level is not Level.FYI and not self.settled


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The messages about one dossier, newest first."""

    subject: str
    messages: tuple[MessageView, ...]

    @property
    def unread(self) -> int:
        return sum(not message.read for message in self.messages)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceView:
    """A browser that is pushed to. used_at: when it last took a message."""

    id: UUID
    name: str
    created_at: datetime
    used_at: datetime | None


class PaperWay(StrEnum):
    """How paper reached somebody whom no message reached."""

    POST = "POST"
    COUNTER = "COUNTER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A proof in the ledger. head 0: not sealed yet. holds: under a signed root, unaltered."""

    id: UUID
    at: datetime
    action: str
    digest: str
    head: int
    position: int
    holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """How one notice left on one way. No address: only the way, who took it, when."""

    channel: Channel
    state: DeliveryState
    provider: str
    reason: str
    waits_until: datetime | None
    handed_at: datetime | None
    sent_at: datetime | None
    delivered_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    asked_at: datetime
    done_at: datetime | None
    way: PaperWay | None
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What a notice of the law went through. reached: OPENED, DELIVERED, PAPER or empty."""

    id: UUID
    template: str
    title: str
    subject: str
    made_at: datetime
    opened_at: datetime | None
    reached: str
    ways: tuple[WayOut, ...]
    paper: Paper | None
    leaves: tuple[Leaf, ...] = ()


class ServiceNotFound(NotFound):
    sentence = "Không tìm thấy tin này."


class PaperAlreadyDone(Invalid):
    sentence = "Tin này đã giao xong bằng giấy."


class PostNumberMissing(Invalid):
    sentence = "Giao qua bưu điện cần số bưu gửi. Bạn ghi số trên phiếu gửi."


class DeviceNotFound(NotFound):
    sentence = "Không tìm thấy máy này."


class TooManyDevices(Invalid):
    sentence = "Bạn đã bật tin đẩy trên 10 máy. Bạn gỡ một máy không dùng nữa rồi thử lại."


class HoursUnreadable(Invalid):
    sentence = "Giờ yên tĩnh cần giờ bắt đầu và giờ kết thúc, như 21:00 và 7:00."


class UnknownTemplate(Invalid):
    """No text of this name in texts.toml."""

    sentence = "Không có mẫu thông báo này."


class NobodyToTell(Invalid):
    """A message needs exactly one reader: a person or an account."""

    sentence = "Thông báo cần đúng một người nhận."


class MessageNotFound(NotFound):
    sentence = "Không tìm thấy thông báo này."
