"""Sự kiện của thông báo."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationMade(Event):
    """A message lies in an inbox; mail and SMS may now follow. `subject` is the dossier code."""

    name: ClassVar[str] = "notifications.made"
    notification_id: UUID
