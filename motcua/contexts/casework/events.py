"""What happened to a case, told to other contexts. Codes and ids only."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskOpened(Event):
    """A unit has something to do."""

    name: ClassVar[str] = "casework.task_opened"
    kind: str
    task_id: UUID
    unit_id: UUID
    role: str
    assignee_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionAsked(Event):
    """A unit is asked what it thinks of a case."""

    name: ClassVar[str] = "casework.opinion_asked"
    kind: str
    opinion_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionProgressed(Event):
    """Its time is nearly over; it came late; more time was asked for, given or not."""

    name: ClassVar[str] = "casework.opinion_progressed"
    kind: str
    opinion_id: UUID
    progress: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionEnded(Event):
    """An asked unit answered, or stayed silent past its time."""

    name: ClassVar[str] = "casework.opinion_ended"
    kind: str
    opinion_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSent(Event):
    """Somebody wrote in the thread of a case."""

    name: ClassVar[str] = "casework.message_sent"
    kind: str
    from_party: bool
