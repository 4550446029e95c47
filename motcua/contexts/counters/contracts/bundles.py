"""Bàn giao giấy tờ: bundles on their way, each paper with somebody who holds it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from motcua.kernel.errors import Conflict, Forbidden, Invalid, NotFound


class Carrier(StrEnum):
    """Ai mang đi."""

    HAND = "HAND"  # giao tận tay
    MESSENGER = "MESSENGER"  # người đưa công văn của cơ quan
    POST = "POST"  # bưu chính


class BundleState(StrEnum):
    """Tình trạng của danh sách bàn giao."""

    PACKED = "PACKED"  # đã lập
    GIVEN = "GIVEN"  # đã giao, chờ nơi nhận xác nhận
    TAKEN = "TAKEN"  # nơi nhận đã xác nhận


class LineState(StrEnum):
    """How a paper arrived."""

    ON_WAY = "ON_WAY"
    ARRIVED = "ARRIVED"
    DAMAGED = "DAMAGED"
    MISSING = "MISSING"


class HolderKind(StrEnum):
    """Who answers for a paper."""

    UNIT = "UNIT"
    CARRIER = "CARRIER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """unit_id: who holds it, or who handed it to the carrier. missing: nobody has found it yet."""

    kind: HolderKind
    unit_id: UUID
    carrier: Carrier | None = None
    missing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleMade:
    bundle_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    id: UUID
    item: str
    code: str
    title: str
    state: LineState
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleView:
    """borderless: to an agency of another place. Officers by id."""

    id: UUID
    unit_id: UUID
    to_unit_id: UUID
    borderless: bool
    carrier: Carrier
    reference: str
    state: BundleState
    made_at: datetime
    made_by_id: UUID
    given_at: datetime | None
    given_by_id: UUID | None
    taken_at: datetime | None
    taken_by_id: UUID | None
    lines: tuple[LineView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What the receiver found of one line."""

    line_id: UUID
    state: LineState
    note: str = ""


class BundleNotFound(NotFound):
    sentence = "Không tìm thấy danh sách bàn giao này."


class BundleEmpty(Invalid):
    sentence = "Bạn chọn ít nhất một giấy tờ để bàn giao."


class NotHeldHere(Conflict):
    """The paper lies elsewhere, or is on another list already."""

    sentence = "Có giấy tờ không còn ở đây hoặc đã nằm trong danh sách khác. Bạn mở lại trang."


class BundleMoved(Conflict):
    sentence = "Danh sách này đã đổi. Bạn mở lại trang để xem."


class NotTheirUnit(Forbidden):
    sentence = "Việc này dành cho cán bộ của nơi giao hoặc nơi nhận trong danh sách."


class WrongDestination(Invalid):
    sentence = "Nơi nhận không khớp với nơi giải quyết hồ sơ. Bạn chọn lại giấy tờ."


class TrackingMissing(Invalid):
    sentence = "Gửi bưu chính thì bạn ghi mã bưu gửi."


class LineUntold(Invalid):
    """Every line has to be told when a bundle is taken."""

    sentence = "Bạn ghi tình trạng từng giấy tờ: đủ, hỏng hay thiếu."


class NoteNeeded(Invalid):
    sentence = "Giấy tờ thiếu hoặc hỏng thì bạn ghi rõ thiếu gì, hỏng thế nào."
