"""Bưu chính: what the neighbours of post ask with and are answered with."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from motcua.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from motcua.kernel.money import Money


class ConsignmentKind(StrEnum):
    """COLLECT: papers from a home to a desk. DELIVER: a result. RETURN: originals go back."""

    COLLECT = "COLLECT"
    DELIVER = "DELIVER"
    RETURN = "RETURN"


class ConsignmentState(StrEnum):
    """Where a consignment is; a projection of what was done and of what the post told."""

    ASKED = "ASKED"  # we asked the post, its answer is not known yet
    REFUSED = "REFUSED"
    BOOKED = "BOOKED"  # it has a number, and is still with its sender
    WITH_POST = "WITH_POST"
    COMING_BACK = "COMING_BACK"
    CAME_BACK = "CAME_BACK"
    DELIVERED = "DELIVERED"
    LOST = "LOST"
    CANCELLED = "CANCELLED"


class TrackingKind(StrEnum):
    """What the post tells of a consignment."""

    TAKEN = "TAKEN"
    MOVED = "MOVED"
    NOT_HOME = "NOT_HOME"
    TURNED = "TURNED"  # on its way back to the sender
    BROUGHT_BACK = "BROUGHT_BACK"
    DELIVERED = "DELIVERED"
    LOST = "LOST"
    FOUND = "FOUND"


class IdentityProof(StrEnum):
    """How the postman saw who took it."""

    NONE = ""
    CARD = "CARD"
    CHIP = "CHIP"
    APP = "APP"


class HolderKind(StrEnum):
    """Who has an original in hand."""

    OWNER = "OWNER"
    DESK = "DESK"
    POST = "POST"


STATE_WORDS: dict[ConsignmentState, str] = {
    ConsignmentState.ASKED: "Đang nhờ bưu chính",
    ConsignmentState.REFUSED: "Bưu chính không nhận",
    ConsignmentState.BOOKED: "Chờ giao bưu chính",
    ConsignmentState.WITH_POST: "Bưu chính đang chuyển",
    ConsignmentState.COMING_BACK: "Đang chuyển về quầy",
    ConsignmentState.CAME_BACK: "Đã về quầy",
    ConsignmentState.DELIVERED: "Đã giao",
    ConsignmentState.LOST: "Thất lạc",
    ConsignmentState.CANCELLED: "Đã hủy",
}
EVENT_WORDS: dict[TrackingKind, str] = {
    TrackingKind.TAKEN: "Bưu tá đã nhận",
    TrackingKind.MOVED: "Đến bưu cục",
    TrackingKind.NOT_HOME: "Bưu tá đến nhưng không gặp ai",
    TrackingKind.TURNED: "Bưu chính chuyển về quầy",
    TrackingKind.BROUGHT_BACK: "Bưu chính đã trả về quầy",
    TrackingKind.DELIVERED: "Bưu chính đã giao",
    TrackingKind.LOST: "Bưu chính báo thất lạc",
    TrackingKind.FOUND: "Bưu chính đã tìm thấy",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Who is to get it, or to hand it over, and where. ward: a code of today."""

    recipient: str
    phone: str
    ward: str
    street: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPost:
    """A consignment that somebody wants. papers: ids of originals that travel in it."""

    kind: ConsignmentKind
    subject: str
    owner_id: UUID
    unit_id: UUID
    home: Destination
    papers: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The consignment that was made."""

    id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What the post is asked to carry. key: its id with us; desk: where our end of the way is."""

    key: str
    kind: ConsignmentKind
    home: Destination
    desk_name: str
    desk_address: str
    papers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PostTold:
    """The answer to an order. price None: the post did not tell one."""

    order: str
    tracking: str
    price: Money | None
    price_source: str
    refusal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackingTold:
    """One event as the post tells it. id: its own; postman, taken_by: who gave, who took."""

    order: str
    id: str
    kind: TrackingKind
    happened_at: datetime
    place: str = ""
    reason: str = ""
    proof: IdentityProof = IdentityProof.NONE
    postman: str = ""
    taken_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackingView:
    """One event, for people."""

    kind: TrackingKind
    happened_at: datetime
    place: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsignmentView:
    """A consignment as its owner and the desk see it."""

    id: UUID
    kind: ConsignmentKind
    subject: str
    state: ConsignmentState
    tracking: str
    price: Money | None
    price_source: str
    refusal: str
    attempts: int
    asked_at: datetime
    events: tuple[TrackingView, ...]
    claim: str
    proof: IdentityProof


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldOriginal:
    """An original and who has it. unit_id: which desk."""

    id: UUID
    label: str
    holder: HolderKind
    unit_id: UUID | None
    since: datetime
    is_lost: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyView:
    """One hand-over, with both names. giver_unit_id, taker_unit_id: which desk."""

    original_id: UUID
    label: str
    giver: HolderKind
    giver_unit_id: UUID | None
    taker: HolderKind
    taker_unit_id: UUID | None
    gave: str
    took: str
    happened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetMade:
    """A hand-over sheet to the post."""

    id: UUID


class ConsignmentNotFound(NotFound):
    sentence = "Không tìm thấy bưu gửi này."


class SheetNotFound(NotFound):
    sentence = "Không tìm thấy bảng kê này."


class ConsignmentMoved(Conflict):
    """It is not where this act begins."""

    code = "consignment_moved"
    sentence = "Bưu gửi này đã sang bước khác. Bạn tải lại trang."


class NothingToSend(Invalid):
    sentence = "Bạn chọn ít nhất một bưu gửi để giao."


class NamesNeeded(Invalid):
    """A hand-over has two names: who gave and who took."""

    sentence = "Bạn ghi tên người giao và tên bưu tá nhận."


class DesksOnly(Forbidden):
    sentence = "Chỉ cán bộ của quầy này được giao nhận với bưu chính."


class ToldOtherwise(Conflict):
    """The post tells an event again with other content: somebody must ask."""

    sentence = "Bưu chính báo lại sự kiện này với nội dung khác."


class OriginalElsewhere(Conflict):
    """An original cannot be handed on by somebody who does not hold it."""

    sentence = "Bản gốc này không ở người giao. Bạn xem lại đang ở đâu."
