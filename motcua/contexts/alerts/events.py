"""Sự kiện của cảnh báo."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertReleased(Event):
    """A message is public; residents are told next. `subject` is its code."""

    name: ClassVar[str] = "alerts.released"
    alert_id: UUID
