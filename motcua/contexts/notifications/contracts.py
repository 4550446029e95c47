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


class DeliveryState(StrEnum):
    HELD = "HELD"  # quiet hours: waits for 7:00
    HANDED = "HANDED"  # the exchange is delivering, with its own retries
    SENT = "SENT"
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


class UnknownTemplate(Invalid):
    """No text of this name in texts.toml."""

    sentence = "Không có mẫu thông báo này."


class NobodyToTell(Invalid):
    """A message needs exactly one reader: a person or an account."""

    sentence = "Thông báo cần đúng một người nhận."


class MessageNotFound(NotFound):
    sentence = "Không tìm thấy thông báo này."
