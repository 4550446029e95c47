"""Làm cùng lúc: one action on several dossiers as a job, told dossier by dossier."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from motcua.kernel.errors import Conflict, Invalid, NotFound

MOST_TOGETHER = 50


class JointState(StrEnum):
    """What became of one dossier. FORESEEN: a trial found that it can be done."""

    WAITING = "WAITING"
    FORESEEN = "FORESEEN"
    DONE = "DONE"
    REFUSED = "REFUSED"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskJoint:
    """seen: code of each dossier and the version of it that the officer saw.

    title: what the dossiers have in common. trial: carried out and taken back.
    """

    action: str
    title: str
    label: str
    seen: tuple[tuple[str, int], ...]
    assignee_id: UUID | None = None
    trial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class JointBegun:
    run_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class JointLine:
    """One dossier of a run. sentence: what was done or foreseen, or why it was refused."""

    number: int
    code: str
    seen_version: int
    state: JointState
    sentence: str
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class JointView:
    id: UUID
    title: str
    label: str
    action: str
    assignee_id: UUID | None
    trial: bool
    asked_at: datetime
    done_at: datetime | None
    lines: tuple[JointLine, ...]

    def count(self, *states: JointState) -> int:
        return sum(1 for line in self.lines if line.state in states)


class JointNotFound(NotFound):
    sentence = "Không tìm thấy lần làm cùng lúc này. Chỉ người đã bắt đầu xem được, trong 30 ngày."


class NothingTogether(Invalid):
    sentence = "Bạn đánh dấu ít nhất một hồ sơ."


class TooManyTogether(Invalid):
    sentence = f"Mỗi lần làm cùng lúc nhiều nhất {MOST_TOGETHER} hồ sơ. Bạn chia thành nhiều lần."


class NotTogether(Conflict):
    """Only what asks nothing of each single dossier."""

    sentence = "Việc này cần điền riêng cho từng hồ sơ. Bạn mở hồ sơ để làm."


class AssigneeNeeded(Invalid):
    sentence = "Bạn chọn người được giao."
