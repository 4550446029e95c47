"""Số liệu điều hành: parts of the figures and the leader's board."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Bucket(StrEnum):
    """A part of the figures; each drills down to exactly the dossiers it counts."""

    RECEIVED = "RECEIVED"  # accepted within the period
    IN_PROCESS = "IN_PROCESS"  # accepted, not decided, now
    OVERDUE = "OVERDUE"  # part of IN_PROCESS whose due date has passed
    PAUSED = "PAUSED"  # part of IN_PROCESS that waits for the applicant
    WAITING_RECEPTION = "WAITING_RECEPTION"  # sent, not yet accepted, now
    LATE_RECEPTION = "LATE_RECEPTION"  # part of it, past one working day
    DONE = "DONE"  # decided within the period
    ON_TIME = "ON_TIME"  # part of DONE
    LATE = "LATE"  # the other part of DONE
    FIRST_RIGHT = "FIRST_RIGHT"  # part of DONE that was never sent back to its applicant
    ASKED_AGAIN = "ASKED_AGAIN"  # part of DONE that was sent back twice or more


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Counts of one unit, field or city; DONE = ON_TIME + LATE by construction."""

    unit_id: UUID | None
    unit_name: str
    field: str
    counts: Mapping[Bucket, int]

    @property
    def on_time_share(self) -> float | None:
        done = self.counts[Bucket.DONE]
        return self.counts[Bucket.ON_TIME] / done if done else None


@dataclass(frozen=True, slots=True, kw_only=True)
class RightFirst:
    """Đúng ngay lần đầu: how often the dossiers of one procedure or unit went through without being
    sent back. part: the code of a procedure or the id of a unit, "" for the whole."""

    part: str
    name: str
    done: int
    first_right: int
    asked_again: int

    @property
    def first_share(self) -> float | None:
        return self.first_right / self.done if self.done else None

    @property
    def again_share(self) -> float | None:
        return self.asked_again / self.done if self.done else None


@dataclass(frozen=True, slots=True, kw_only=True)
class RightFirstBoard:
    as_of: datetime
    whole: RightFirst
    by_procedure: tuple[RightFirst, ...]
    by_unit: tuple[RightFirst, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The leader's page: the whole, its parts by unit and by field, the trend by month."""

    as_of: datetime
    period_from: datetime
    whole: Figures
    by_unit: tuple[Figures, ...]
    by_field: tuple[Figures, ...]
    months: tuple[tuple[str, int, int], ...]  # "2026-11", on time, late
    stars: float | None
    rated: int
    reviews: int = 0  # dossiers whose applicant asked for a review
    upheld: int = 0  # of them, where the applicant was right, wholly or in part


class SearchPurpose(StrEnum):
    """Why an officer looks for a person by number."""

    CASE = "CASE"
    COUNTER = "COUNTER"
    DUPLICATE = "DUPLICATE"
    OTHER = "OTHER"


class LookReason(StrEnum):
    """Why somebody who only watches figures reads the names behind them."""

    DELAY = "DELAY"
    COMPLAINT = "COMPLAINT"
    INSPECTION = "INSPECTION"
    DIRECTIVE = "DIRECTIVE"


LOOK_REASONS: dict[LookReason, str] = {
    LookReason.DELAY: "Tìm nguyên nhân hồ sơ trễ",
    LookReason.COMPLAINT: "Trả lời phản ánh, khiếu nại",
    LookReason.INSPECTION: "Kiểm tra theo kế hoạch",
    LookReason.DIRECTIVE: "Chỉ đạo một hồ sơ cụ thể",
}
