"""Đồng hồ 72 giờ: hours that run day and night, weekends and holidays too.

Legal: Law 91/2025/QH15; Decree 356/2025/NĐ-CP (facts 10, S25; not compared with the text).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

HOURS = 72
LAW = "Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15; Nghị định 356/2025/NĐ-CP"


@dataclass(frozen=True, slots=True, kw_only=True)
class Countdown:
    """Where one duty to tell stands. minutes_left: negative when late; None when done."""

    due_at: datetime
    done_at: datetime | None
    minutes_left: int | None

    @property
    def late(self) -> bool:
        if self.done_at is not None:
            return self.done_at > self.due_at
        return self.minutes_left is not None and self.minutes_left < 0


def countdown(found_at: datetime, *, done_at: datetime | None, as_of: datetime) -> Countdown:
    """From the moment it was found; recording it later gives no time back."""
    due_at = found_at + timedelta(hours=HOURS)
    left = None if done_at else (due_at - as_of) // timedelta(minutes=1)
    return Countdown(due_at=due_at, done_at=done_at, minutes_left=left)
