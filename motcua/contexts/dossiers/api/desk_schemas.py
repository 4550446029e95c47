"""What goes in and out of the officers' part of the API, version 1."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Field, Schema
from pydantic import AwareDatetime

from motcua.contexts.casework.contracts import ActionKind, OpinionView, Verdict
from motcua.contexts.dossiers.api.schemas import ItemIn, ItemOut, LineOut, Text
from motcua.contexts.dossiers.contracts import DeskView, DossierLine, OfferedAction
from motcua.contexts.dossiers.contracts.shortcomings import Concerns, ProposalState, Reason
from motcua.contexts.procedures.contracts import FeeLine


class TaskLineOut(LineOut):
    """A line of the inbox with when its task is due and whether somebody has it."""

    task_due_at: datetime | None
    assignee_id: UUID | None

    @staticmethod
    def resolve_task_due_at(line: DossierLine) -> datetime | None:
        return line.task.due_at if line.task else None

    @staticmethod
    def resolve_assignee_id(line: DossierLine) -> UUID | None:
        return line.task.assignee_id if line.task else None


class InboxOut(Schema):
    """`next`: pass it as `after` to read on; empty at the end."""

    items: list[TaskLineOut]
    next: str


class NamedOut(Schema):
    id: UUID
    name: str


class ReasonOut(Schema):
    """A `reason` for an item of the action, of a paper or a question; `law`: what it cites."""

    key: str
    concerns: Concerns
    component_key: str
    question_key: str
    why: str
    how: str
    law: str

    @staticmethod
    def resolve_component_key(reason: Reason) -> str:
        return reason.component

    @staticmethod
    def resolve_question_key(reason: Reason) -> str:
        return reason.question


class ActionOut(Schema):
    """A key for POST /dossiers/{code}/steps, and whom it may name."""

    key: str
    label: str
    kind: ActionKind
    needs_reason: bool
    assignees: list[NamedOut]
    units: list[NamedOut]
    reasons: list[ReasonOut]

    @staticmethod
    def resolve_assignees(action: OfferedAction) -> list[dict[str, object]]:
        return [{"id": officer_id, "name": name} for officer_id, name in action.assignees]

    @staticmethod
    def resolve_units(action: OfferedAction) -> list[dict[str, object]]:
        return [{"id": unit_id, "name": name} for unit_id, name, _named in action.units]


class AskedOut(Schema):
    id: UUID
    question: str
    due_at: datetime


class OpenFeeOut(Schema):
    label: str
    text: str


class ProposalOut(Schema):
    """A further request that a head releases, or does not."""

    id: UUID
    state: ProposalState
    items: list[ItemOut]
    why_again: str
    proposed_by: str
    proposed_at: datetime
    decided_by: str
    decided_at: datetime | None
    answer: str


class DeskOut(Schema):
    """What the caller may do with a dossier now. `version_seen` goes back with the step."""

    code: str
    version_seen: int
    step_name: str
    mine: bool
    holder_sentence: str
    actions: list[ActionOut]
    opinion_to_answer: AskedOut | None
    open_fees: list[OpenFeeOut]
    warnings: list[str]
    can_extend: bool
    needs_release: bool  # a supplement request is now a proposal, which a head releases
    can_release: bool
    proposals: list[ProposalOut]

    @staticmethod
    def resolve_code(view: DeskView) -> str:
        return view.dossier.code

    @staticmethod
    def resolve_version_seen(view: DeskView) -> int:
        return view.dossier.version_seen

    @staticmethod
    def resolve_opinion_to_answer(view: DeskView) -> OpinionView | None:
        return view.opinion_to_answer

    @staticmethod
    def resolve_open_fees(view: DeskView) -> tuple[FeeLine, ...]:
        return view.open_fees


class ProposalIn(Schema):
    """`why_again`: why it was not asked the first time."""

    action: Annotated[str, Field(max_length=40)]
    seen_version: int
    items: Annotated[list[ItemIn], Field(max_length=50, default_factory=list)]
    why_again: Text = ""
    answer_by: AwareDatetime | None = None


class ReleaseIn(Schema):
    """`reason`: needed where it is not released."""

    release: bool
    reason: Text = ""


class OpinionIn(Schema):
    verdict: Verdict
    text: Text = ""


class FeeIn(Schema):
    label: Annotated[str, Field(max_length=300)]
    amount_dong: Annotated[int, Field(ge=1, le=10**12)]


class ExtensionIn(Schema):
    new_due: AwareDatetime
    reason: Text


class MessageIn(Schema):
    text: Annotated[str, Field(max_length=4000)] = ""
    file_ids: Annotated[list[UUID], Field(max_length=20, default_factory=list)]
