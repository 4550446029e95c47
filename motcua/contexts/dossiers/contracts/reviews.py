"""Đề nghị xem lại: what is handed out, and its refusals."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from motcua.kernel.errors import Conflict, Invalid, NotFound

LONGEST = 1000
LEVELS = 2  # the reviewing unit, and once more the unit above it


class ReviewFinding(StrEnum):
    """What the reviewing unit found."""

    UPHELD = "UPHELD"
    PARTLY = "PARTLY"
    NOT_UPHELD = "NOT_UPHELD"


FINDING_WORDS: dict[ReviewFinding, str] = {
    ReviewFinding.UPHELD: "Bạn nói đúng",
    ReviewFinding.PARTLY: "Bạn nói đúng một phần",
    ReviewFinding.NOT_UPHELD: "Đơn vị đã làm đúng",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewOpened:
    id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewView:
    """One request. text: empty for the unit it is about. can_answer: the reader's unit reviews."""

    id: UUID
    code: str
    procedure_name: str
    level: int
    stars: int
    text: str
    unit_name: str
    about_unit: str
    asked_at: datetime
    due_at: datetime
    late: bool
    finding: ReviewFinding | None
    answer: str
    answered_at: datetime | None
    answered_by: str
    agreed: bool | None
    can_answer: bool
    can_settle: bool


class ReviewNotFound(NotFound):
    sentence = "Không tìm thấy đề nghị xem lại này."


class ReviewNotOffered(Conflict):
    sentence = "Bạn đề nghị xem lại khi đã chấm từ 2 sao trở xuống."


class ReviewAsked(Conflict):
    sentence = "Bạn đã đề nghị xem lại hồ sơ này."


class ReviewTextMissing(Invalid):
    sentence = "Bạn viết điều bạn chưa hài lòng."


class NobodyReviews(Conflict):
    sentence = "Không còn cơ quan cao hơn để xem lại. Bạn có thể khiếu nại, gọi 1022 để được chỉ."


class ReviewAnswerMissing(Invalid):
    sentence = "Bạn ghi kết luận và lời trả lời cho người dân."


class ReviewAnswered(Conflict):
    sentence = "Đề nghị này đã được trả lời."


class ReviewNotAnswered(Conflict):
    sentence = "Đề nghị này chưa có trả lời, hoặc bạn đã cho biết ý kiến."
