"""Trả kết quả: how a result reaches its owner, and what does not go."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from motcua.contexts.dossiers.contracts.words import ReturnForm
from motcua.kernel.errors import Conflict, Invalid


class HandoverState(StrEnum):
    """Where a paper result is."""

    WAITING = "WAITING"  # at the desk, or not made yet
    POSTED = "POSTED"  # the post has it
    CAME_BACK = "CAME_BACK"  # the post brought it back: the owner chooses again
    DELIVERED = "DELIVERED"  # the post gave it to the owner
    TAKEN = "TAKEN"  # fetched at the desk
    LOST = "LOST"  # the post does not find it: the desk makes another, the owner chooses again


HANDOVER_WORDS: dict[HandoverState, str] = {
    HandoverState.WAITING: "Chờ giao",
    HandoverState.POSTED: "Bưu chính đang chuyển",
    HandoverState.CAME_BACK: "Bưu chính trả lại",
    HandoverState.DELIVERED: "Bưu chính đã giao",
    HandoverState.TAKEN: "Đã nhận tại quầy",
    HandoverState.LOST: "Bưu chính làm thất lạc",
}
CHANGEABLE = frozenset({HandoverState.WAITING, HandoverState.CAME_BACK, HandoverState.LOST})


@dataclass(frozen=True, slots=True, kw_only=True)
class PostAddress:
    """Where the post takes a result. old_ward: the commune of before 1 July 2025, if named so."""

    recipient: str
    phone: str
    ward: str
    street: str
    old_ward: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRule:
    """The post, as `post.toml` says. cost: a sentence, since no figure is known."""

    carrier: str
    cost: str
    mark: str
    law: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverView:
    """How one result comes. code: fetches it at the desk; "" for whoever may not know it."""

    form: ReturnForm
    state: HandoverState
    code: str
    desk: str
    desk_address: str
    address: PostAddress | None
    tracking: str
    posted_at: datetime | None
    ended_at: datetime | None
    taken_by: str
    ready: bool  # the result is made and waits to be handed over
    changeable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetching:
    """Who may take a result at the desk: the owner, or a representative (mandate, name)."""

    code: str
    procedure_name: str
    owner_name: str
    representatives: tuple[tuple[UUID, str], ...]
    handover: HandoverView


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingResult:
    """A line of the results that wait at a desk."""

    code: str
    procedure_name: str
    form: ReturnForm
    state: HandoverState
    decided_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyResult:
    """What somebody at the desk may take now. mandate_id: when it is not their own."""

    code: str
    procedure_name: str
    owner_id: UUID
    mandate_id: UUID | None


class NothingChosen(Invalid):
    sentence = "Bạn chọn ít nhất một kết quả để trả."


class NotSigned(Invalid):
    sentence = "Bạn nhờ người nhận ký phiếu nhận kết quả, rồi đánh dấu."


class NotTheirs(Conflict):
    """Neither their own nor under a mandate, or handed out meanwhile."""

    sentence = "Có kết quả không còn chờ người này. Bạn mở lại trang để xem."


class AddressMissing(Invalid):
    sentence = "Bạn ghi nơi bưu chính giao kết quả."


class ReturnSettled(Conflict):
    sentence = "Kết quả đã giao đi, nên không đổi cách nhận được nữa."


class ResultNotReady(Conflict):
    sentence = "Hồ sơ này chưa có kết quả để trả."


class PickupCodeWrong(Invalid):
    sentence = "Không có kết quả nào chờ ở quầy này với mã nhận đó."
    next_step = "Bạn đọc lại mã trên điện thoại của người nhận, hoặc trả theo giấy hẹn ở hồ sơ."


class IdentityNotChecked(Invalid):
    sentence = "Bạn xem giấy tờ tùy thân của người nhận rồi đánh dấu."


class TrackingMalformed(Invalid):
    sentence = "Bạn ghi số hiệu bưu gửi: chữ và số, từ 6 đến 30 ký tự."


class NotByPost(Conflict):
    sentence = "Người nộp không chọn nhận qua bưu chính."


class NotOnItsWay(Conflict):
    sentence = "Bưu chính không giữ kết quả này."
