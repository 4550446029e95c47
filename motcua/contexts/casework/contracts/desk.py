"""Bàn của một cán bộ: who else looks, saved views, and what is refused about them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.kernel.errors import Conflict, Invalid, NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Watcher:
    """Somebody else who has a case open. deciding: they are at the form of an action."""

    officer_id: UUID
    name: str
    at: datetime
    deciding: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedViewLine:
    """A named filter of the inbox. asked: as it stands in an address."""

    id: UUID
    name: str
    asked: str
    mine: bool
    shared: bool
    officer_id: UUID


class SnoozeNeedsEnd(Invalid):
    sentence = "Bạn chọn lúc làm lại: sau lúc này và trong 30 ngày tới."


class ViewNameNeeded(Invalid):
    sentence = "Bạn đặt tên cho khung nhìn, nhiều nhất 60 chữ."


class ViewNameTaken(Conflict):
    sentence = "Bạn đã có khung nhìn mang tên này. Bạn đặt tên khác."


class ViewNotFound(NotFound):
    sentence = "Không tìm thấy khung nhìn này, hoặc đồng nghiệp không còn chia sẻ."
