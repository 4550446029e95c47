"""Thiết kế thủ tục: drafts, their edits, what two versions differ in, trials in some communes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from motcua.contexts.procedures.contracts.definition import Definition, Finding
from motcua.kernel.errors import Conflict, Forbidden, Invalid, NotFound

Path = tuple[str, ...]
Table = Mapping[str, object]


class EditKind(StrEnum):
    """What an edit does to the place its path names."""

    SET = "SET"  # these values, the others stay; an empty one goes
    ADD = "ADD"  # a new item of the list, after the one named by `after`
    REMOVE = "REMOVE"
    UP = "UP"
    DOWN = "DOWN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One change of a draft. path: `("process", "step", "appraise")`; items by key or by `#2`."""

    kind: EditKind
    path: Path
    values: Table = field(default_factory=dict)
    after: str = ""


class ChangeKind(StrEnum):
    SET = "SET"
    ADDED = "ADDED"
    REMOVED = "REMOVED"
    ORDER = "ORDER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference of two versions, told in a sentence.

    Applied in their order, the changes of a table give the other table (`rules/patching.py`).
    """

    kind: ChangeKind
    path: Path
    sentence: str
    before: object = None
    after: object = None
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignView:
    """A draft as its designers see it. revision: what a save must have seen."""

    version_id: UUID
    code: str
    number: int
    definition: Definition
    table: Table
    revision: int
    saved_at: datetime
    saved_by: UUID | None
    can_undo: bool
    undo_said: str
    findings: tuple[Finding, ...]
    base_id: UUID | None
    base_number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignLine:
    """A draft in the list."""

    version_id: UUID
    code: str
    name: str
    number: int
    saved_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A draft was saved."""

    version_id: UUID
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialView:
    """Công bố thử: the version that dossiers of some communes get for a while."""

    id: UUID
    code: str
    version_id: UUID
    number: int
    wards: tuple[str, ...]
    starts_on: date
    ends_on: date
    ended_at: datetime | None
    outcome: str


class TrialOutcome(StrEnum):
    WIDENED = "WIDENED"
    STOPPED = "STOPPED"


class DraftMoved(Conflict):
    """Somebody else saved the same part of the draft meanwhile."""

    sentence = (
        "Người khác vừa lưu phần này của bản soạn. Những gì bạn gõ còn nguyên bên dưới. "
        "Bạn so hai bản rồi lưu lại."
    )


class EditRefused(Invalid):
    """The edit does not fit the draft."""

    sentence = "Chưa sửa được bản soạn. Bạn xem lại mục vừa điền."


class NothingToUndo(Conflict):
    """The draft is as it was begun."""

    sentence = "Bản soạn chưa có thay đổi nào để hoàn tác."


class OwnDraft(Forbidden):
    """Four eyes: whoever wrote any of it does not approve it."""

    sentence = "Bạn đã soạn bản này. Người duyệt phải là người không soạn."


class NothingChanged(Conflict):
    """The draft says what is in force."""

    sentence = "Bản soạn giống hệt phiên bản đang dùng, nên không có gì để công bố."


class TrialRuns(Conflict):
    """One trial at a time."""

    sentence = "Thủ tục này đang được thử ở một số phường. Bạn mở rộng hoặc dừng lần thử đó trước."


class TrialNotFound(NotFound):
    sentence = "Thủ tục này không có lần thử nào đang chạy."


class TrialWardsMissing(Invalid):
    sentence = "Bạn chọn ít nhất một phường, xã để thử, và ngày kết thúc sau ngày bắt đầu."


class NoEarlierVersion(Conflict):
    """There is nothing to go back to."""

    sentence = "Thủ tục này chưa có phiên bản nào trước đó để quay lại."
