"""Khai khác nguồn: what an officer decided where a register says otherwise than the applicant."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from motcua.kernel.errors import Conflict, Invalid


class Ruling(StrEnum):
    TAKEN = "TAKEN"  # the register's value stands now
    KEPT = "KEPT"  # the declared one stands


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleValue:
    """mark: of the two values that the officer saw, so that nothing else is decided."""

    code: str
    question_key: str
    ruling: Ruling
    reason: str
    mark: str
    seen_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingView:
    """One decision, with both values as they stood. source: register and field."""

    question_key: str
    ruling: Ruling
    declared: object
    registered: object
    source: str
    reason: str
    decided_by: str
    decided_at: datetime

    def settles(self, declared: object, registered: object) -> bool:
        """Whether this difference was decided: the same two values, and the declared one stood."""
        same = (self.declared, self.registered) == (declared, registered)
        return self.ruling is Ruling.KEPT and same


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueRuled:
    sentence: str


class RulingReasonNeeded(Invalid):
    sentence = "Bạn ghi lý do, để người nộp đọc được vì sao."


class RulingReasonTooLong(Invalid):
    sentence = "Lý do ghi nhiều nhất 1.000 ký tự."


class RulingUnknown(Invalid):
    sentence = "Bạn chọn nhận giá trị nguồn hay giữ điều người nộp khai."


class NothingDiffers(Conflict):
    sentence = "Mục này không còn khác nguồn, hoặc nguồn vừa đổi. Bạn mở lại phần đối chiếu."


class RegisterSilent(Conflict):
    """The register gives no value now, so none can be taken."""

    sentence = "Cơ sở dữ liệu chưa trả lời nên chưa quyết định được. Bạn thử lại sau ít phút."
