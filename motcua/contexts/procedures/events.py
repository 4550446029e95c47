"""Facts that the catalogue tells."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionPublished(Event):
    """A version was published. subject: the procedure's code."""

    name: ClassVar[str] = "procedures.published"
    version_id: UUID
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureWithdrawn(Event):
    """From `occurred_at`'s decision on, no version is in force any more."""

    name: ClassVar[str] = "procedures.withdrawn"
    version_id: UUID
