"""What happened to a case, told to other contexts. Codes and ids only."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskOpened(Event):
    """A unit has something to do."""

    name: ClassVar[str] = "casework.task_opened"
    task_id: UUID
    unit_id: UUID
    role: str
    assignee_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionsGathered(Event):
    """Every asked unit answered or stayed silent past its time."""

    name: ClassVar[str] = "casework.opinions_gathered"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSent(Event):
    """Somebody wrote in the thread of a case."""

    name: ClassVar[str] = "casework.message_sent"
    kind: str
    from_party: bool
