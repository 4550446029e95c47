"""Bản gốc: papers that exist once, on their way to a desk, from unit to unit, and home again."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.contexts.dossiers.contracts.receiving import PostAddress
from motcua.contexts.post.contracts import HolderKind
from motcua.kernel.errors import Conflict, Forbidden, Invalid, NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectOriginals:
    """What the post is to fetch. papers: keys of components of the procedure."""

    code: str
    papers: tuple[str, ...]
    home: PostAddress


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalView:
    """One paper and who has it. unit: the name of the desk; here: the reader's own unit."""

    id: UUID
    label: str
    holder: HolderKind
    unit: str
    since: datetime
    is_lost: bool
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverLine:
    """One hand-over. giver, taker: the name of a unit, "" for the owner and for the post."""

    label: str
    giver_kind: HolderKind
    giver: str
    taker_kind: HolderKind
    taker: str
    gave: str
    took: str
    happened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalsView:
    """All originals of a dossier.

    papers: names of those that the procedure wants. may_collect: (key, name) of the papers that
    the post could fetch now. desks: (id, name) of the units of the dossier, to hand a paper on.
    home: the address known for the post.
    """

    code: str
    owner_id: UUID
    papers: tuple[str, ...]
    originals: tuple[OriginalView, ...]
    lines: tuple[HandoverLine, ...]
    may_collect: tuple[tuple[str, str], ...]
    desks: tuple[tuple[UUID, str], ...]
    home: PostAddress | None
    at_receiving_desk: bool


class OriginalsNotChosen(Invalid):
    sentence = "Bạn chọn ít nhất một giấy tờ."


class OriginalUnnamed(Invalid):
    sentence = "Bạn ghi tên giấy tờ, ví dụ «Giấy chứng nhận quyền sử dụng đất»."


class OriginalNotFound(NotFound):
    sentence = "Không tìm thấy bản gốc này trong hồ sơ."


class OriginalsSettled(Conflict):
    """A decided dossier needs no more papers."""

    sentence = "Hồ sơ đã giải quyết xong, cơ quan không cần thêm giấy tờ."


class NotTheHolder(Forbidden):
    """Only who holds a paper can hand it on, only the receiving desk takes papers in."""

    sentence = "Bản gốc này không ở đơn vị của bạn."


class NoWayThere(Invalid):
    sentence = "Bạn chọn đơn vị nhận trong danh sách."
