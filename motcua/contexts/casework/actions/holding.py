"""Nhận việc, giao việc: who among the able holders does an open task."""

from datetime import datetime
from uuid import UUID

from motcua.contexts.casework.actions.writing import announce_task
from motcua.contexts.casework.contracts import (
    AssigneeNotInUnit,
    CaseMoved,
    NotYourStep,
    TaskKind,
    TaskState,
)
from motcua.contexts.casework.models import Case, Task
from motcua.contexts.casework.queries import is_held, task_view
from motcua.contexts.organisations import public as organisations
from motcua.kernel import db
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import city_date
from motcua.kernel.db import owns_transaction


@owns_transaction
def claim_task(task_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Take an unassigned task of one's post. Two claim at once: one gets it, one is told.

    Raises: CaseMoved, NotYourStep.
    """
    task, code = _open_task(task_id)
    if actor.post_at(task.unit_id, Role(task.role)) is None or actor.officer_id is None:
        raise NotYourStep
    if task.assignee_id == actor.officer_id:
        db.record(action="casework.claim", subject=code, actor=actor, facts={"again": True})
        return
    view, before = task_view(task, code), task.assignee_id
    if before is not None and is_held(view, before, on=city_date(now)):
        raise CaseMoved("Việc này vừa có người khác nhận. Bạn chọn việc tiếp theo.")
    task.assignee_id = actor.officer_id
    db.change(task, "assignee", expecting={"assignee": before, "state": task.state})
    db.record(action="casework.claim", subject=code, actor=actor, facts={"task": str(task.id)})


@owns_transaction
def assign_task(task_id: UUID, *, officer_id: UUID, actor: Actor, now: datetime) -> None:
    """The head of the division gives an open task to one of its able holders.

    Raises: CaseMoved, NotYourStep, AssigneeNotInUnit.
    """
    task, code = _open_task(task_id)
    if not actor.holds(task.unit_id, [Role.DIVISION_HEAD, Role.SIGNER]):
        raise NotYourStep("Chỉ trưởng đơn vị giao lại việc được.")
    able = organisations.holders_of(task.unit_id, Role(task.role), city_date(now))
    if officer_id not in {holder.id for holder in able}:
        raise AssigneeNotInUnit(field="officer_id")
    before, task.assignee_id = task.assignee_id, officer_id
    db.change(task, "assignee", expecting={"state": task.state})
    announce_task(task, code, now)
    facts: dict[str, object] = {
        "task": str(task.id),
        "from": str(before or ""),
        "to": str(officer_id),
    }
    db.record(action="casework.assign", subject=code, actor=actor, facts=facts)


def _open_task(task_id: UUID) -> tuple[Task, str]:
    alive = Task.objects.filter(pk=task_id, state__in=[TaskState.OPEN, TaskState.WAITING])
    task = alive.filter(kind__in=[TaskKind.STEP, TaskKind.OPINION]).first()
    if task is None:
        raise CaseMoved
    return task, Case.objects.values_list("code", flat=True).get(pk=task.case_id)
