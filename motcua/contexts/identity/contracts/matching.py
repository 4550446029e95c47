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


class CandidateState(StrEnum):
    OPEN = "OPEN"
    MERGED = "MERGED"
    DISMISSED = "DISMISSED"


class NumberEnd(StrEnum):
    """Why a number names somebody no more."""

    CHANGED = "CHANGED"  # cấp lại số khác
    CANCELLED = "CANCELLED"  # hủy số
    WRONG = "WRONG"  # đã nhập sai


REASON_NAMES: dict[MatchReason, str] = {
    MatchReason.SAME_NUMBER: "cùng một số định danh",
    MatchReason.SAME_NAME_AND_BIRTH: "cùng họ tên và ngày sinh",
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
    """Two rows that may be one person: why, and where they differ (names of fields)."""

    id: UUID
    reasons: tuple[MatchReason, ...]
    state: CandidateState
    sides: tuple[Side, Side]
    differs: tuple[str, ...]
    found_at: datetime
    merge_id: UUID | None


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


class AlreadyDecided(Conflict):
    sentence = "Cặp này đã có người quyết định. Bạn mở lại trang để xem."


class AlreadyMerged(Conflict):
    sentence = "Một trong hai dòng đã được gộp vào dòng khác. Bạn tách ra trước."


class ReasonNeeded(Invalid):
    sentence = "Bạn ghi lý do và căn cứ đã xem."


class NumberNotHeld(Invalid):
    sentence = "Người này chưa có số định danh để đổi hoặc hủy."
