"""Số liệu của hàng đợi: one ticket as a figure counts it, and what a day of a desk came to."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Outcome(StrEnum):
    """What a number of a day became, as its head counts it."""

    WAITING = "cho"
    SERVING = "dang-lam"
    SERVED = "xong"
    ABSENT = "vang"
    GIVEN_UP = "bo"  # by whoever took it, or never called until the day was over


OUTCOME_NAMES: dict[Outcome, str] = {
    Outcome.WAITING: "Đang chờ",
    Outcome.SERVING: "Đang làm",
    Outcome.SERVED: "Đã xong",
    Outcome.ABSENT: "Gọi mà vắng",
    Outcome.GIVEN_UP: "Bỏ về, bỏ số",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """waited: minutes until the first call, until now while it waits; None when never called.

    hour: of the city, in which it began to wait. window: that called it last, 0 for none.
    """

    label: str
    group: str
    hour: int
    outcome: Outcome
    waited: float | None
    served: float | None
    window: int
    moved: bool
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Of one group, hour or window. median, most: minutes of waiting, None where nobody was called.

    most: what nine of ten did not wait longer than.
    """

    key: str
    taken: int
    waiting: int
    serving: int
    served: int
    absent: int
    given_up: int
    moved: int
    median: float | None
    most: float | None
    median_served: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFigures:
    """longest: minutes that whoever waits now has waited longest, 0 when nobody does."""

    whole: Part
    groups: tuple[Part, ...]
    hours: tuple[Part, ...]
    windows: tuple[Part, ...]
    longest: float
