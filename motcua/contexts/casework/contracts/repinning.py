"""Vụ việc sang bảng bước khác: where a case would stand in another table, or why it may not."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from motcua.contexts.casework.contracts import CaseView, TaskView
from motcua.kernel.actors import Role


class NoWay(StrEnum):
    """Why a case keeps its table."""

    ENDED = "ENDED"
    DECIDED = "DECIDED"
    NO_PLACE = "NO_PLACE"  # its step has no place in the other table
    RECEPTION = "RECEPTION"  # accepted there and not here, or the other way round
    SIGNATURE = "SIGNATURE"  # a result would be issued that nobody signed
    NOBODY = "NOBODY"  # nobody holds the post that the step belongs to


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingCase:
    """A case and its open step, as it stands."""

    view: CaseView
    task: TaskView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a case goes on in another table. Its open task keeps its due date."""

    case_id: UUID
    process_id: UUID
    step: str
    unit_id: UUID
    role: Role
    assignee_id: UUID | None
