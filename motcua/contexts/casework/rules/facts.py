"""Sự kiện của đồng hồ: what a due date is derived from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.contexts.casework.contracts import PauseSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockFacts:
    """What happened that the clock cares about."""

    started_at: datetime | None
    pauses: Sequence[PauseSpan] = ()
    extended_to: datetime | None = None
    extended_at: datetime | None = None  # when it was promised; None: from the start
    ended_at: datetime | None = None

    def extension_by(self, at: datetime) -> datetime | None:
        """The new date, if it was promised by then."""
        promised = self.extended_at is None or self.extended_at <= at
        return self.extended_to if promised else None
