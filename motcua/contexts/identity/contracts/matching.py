"""What neighbours may hold of matching people: enums, views, refusals."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from motcua.kernel.errors import Conflict, Invalid, NotFound


class MatchReason(StrEnum):
    """Why two rows may be one human being."""

    SAME_NUMBER = "SAME_NUMBER"
    SAME_NAME_AND_BIRTH = "SAME_NAME_AND_BIRTH"
    DENIED = "DENIED"  # who signed in said that the person the city knows is somebody else
    LINK_REFUSED = "LINK_REFUSED"  # VNeID named somebody known, but not surely enough to link


class CandidateState(StrEnum):
    OPEN = "OPEN"
    WAITING = "WAITING"  # evidence was asked for; may be decided at any time
    MERGED = "MERGED"
    DISMISSED = "DISMISSED"


class NumberEnd(StrEnum):
    """Why a number names somebody no more."""

    CHANGED = "CHANGED"  # cấp lại số khác
    CANCELLED = "CANCELLED"  # hủy số
    WRONG = "WRONG"  # đã nhập sai


class NumberCaseState(StrEnum):
    """How far a question about somebody's number is."""

    OPEN = "OPEN"
    CHANGED = "CHANGED"  # the number was ended or replaced
    DISMISSED = "DISMISSED"  # what was told is not so
    UNDONE = "UNDONE"  # the change was taken back


UNDECIDED = frozenset({CandidateState.OPEN, CandidateState.WAITING})
REASON_NAMES: dict[MatchReason, str] = {
    MatchReason.SAME_NUMBER: "cùng một số định danh",
    MatchReason.SAME_NAME_AND_BIRTH: "cùng họ tên và ngày sinh",
    MatchReason.DENIED: "người đăng nhập nói không phải mình",
    MatchReason.LINK_REFUSED: "VNeID chưa đủ chắc để nối tài khoản",
}
STATE_NAMES: dict[CandidateState, str] = {
    CandidateState.OPEN: "Chờ xem",
    CandidateState.WAITING: "Chờ giấy tờ",
    CandidateState.MERGED: "Cùng một người",
    CandidateState.DISMISSED: "Hai người khác nhau",
}
END_NAMES: dict[NumberEnd, str] = {
    NumberEnd.CHANGED: "được cấp số khác",
    NumberEnd.CANCELLED: "số đã bị hủy",
    NumberEnd.WRONG: "số đã nhập sai",
}
NUMBER_STATE_NAMES: dict[NumberCaseState, str] = {
    NumberCaseState.OPEN: "Chờ xem",
    NumberCaseState.CHANGED: "Đã đổi",
    NumberCaseState.DISMISSED: "Giữ số cũ",
    NumberCaseState.UNDONE: "Đã trả lại số cũ",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two rows, as the officer compares them; the number only masked."""

    person_id: UUID
    full_name: str
    personal_number_masked: str
    born_on: date | None
    sex: str
    address_text: str
    source: str
    known_since: datetime
    has_account: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateView:
    """Two rows that may be one person: why, and where they differ (names of fields).

    note: which evidence was asked for, or why they are two.
    """

    id: UUID
    reasons: tuple[MatchReason, ...]
    state: CandidateState
    sides: tuple[Side, Side]
    differs: tuple[str, ...]
    found_at: datetime
    merge_id: UUID | None
    note: str
    decided_at: datetime | None
    decided_by: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchProposed:
    """The pair that waits for an officer."""

    id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberCaseRef:
    """The question about a number."""

    id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberHeld:
    """One number of a person's history, masked. ended_as: why it names them no more."""

    masked: str
    source: str
    valid_from: date | None
    valid_to: date | None
    ended_as: NumberEnd | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberCaseView:
    """A question about somebody's number as an officer sees it; numbers only masked."""

    id: UUID
    person_id: UUID
    full_name: str
    state: NumberCaseState
    source: str
    held_masked: str
    told_masked: str
    before_masked: str
    ended_as: NumberEnd | None
    reason: str
    evidence_note: str
    evidence_file_id: UUID | None
    found_at: datetime
    decided_at: datetime | None
    decided_by: UUID | None
    undone_at: datetime | None
    undone_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The answer of a merge."""

    merge_id: UUID
    survivor_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmerged:
    """The answer of an unmerge: both rows stand apart again; what was done meanwhile, by kind."""

    merged_id: UUID
    survivor_id: UUID
    meanwhile: Mapping[str, int]


class CandidateNotFound(NotFound):
    sentence = "Không tìm thấy cặp người này."


class MergeNotFound(NotFound):
    sentence = "Không tìm thấy lần gộp này."


class NumberCaseNotFound(NotFound):
    sentence = "Không tìm thấy việc về số định danh này."


class NumberMoved(Conflict):
    """The number is not any more what the change made it."""

    sentence = "Số định danh đã đổi thêm lần nữa. Bạn trả lại lần đổi mới nhất trước."


class AlreadyDecided(Conflict):
    sentence = "Cặp này đã có người quyết định. Bạn mở lại trang để xem."


class AlreadyMerged(Conflict):
    sentence = "Một trong hai dòng đã được gộp vào dòng khác. Bạn tách ra trước."


class ReasonNeeded(Invalid):
    sentence = "Bạn ghi lý do và căn cứ đã xem."


class EvidenceNeeded(Invalid):
    sentence = "Bạn ghi tên, số giấy tờ đã xem và quét giấy đó."


class NumberNotHeld(Invalid):
    sentence = "Người này chưa có số định danh để đổi hoặc hủy."
