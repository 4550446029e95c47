"""Nhận việc, giao việc: who among the able holders does an open task."""

from datetime import datetime, timedelta
from uuid import UUID

from motcua.contexts.casework import queries
from motcua.contexts.casework.actions.writing import announce_task
from motcua.contexts.casework.contracts import (
    AssigneeNotInUnit,
    CaseMoved,
    NotYourStep,
    TaskKind,
)
from motcua.contexts.casework.contracts.desk import SnoozeNeedsEnd
from motcua.contexts.casework.models import Case, Snooze, Task
from motcua.contexts.casework.queries import is_held, post_for, task_view
from motcua.contexts.organisations import public as organisations
from motcua.kernel import db
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import city_date
from motcua.kernel.db import owns_transaction

HEADS = (Role.DIVISION_HEAD, Role.SIGNER)
LONGEST_SNOOZE = timedelta(days=30)


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
    if not actor.holds(task.unit_id, HEADS):
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


@owns_transaction
def return_task(
    task_id: UUID, *, held_by: UUID, to: UUID | None = None, actor: Actor, now: datetime
) -> None:
    """Undo a claim or a giving: the task is whose it was before, unless it changed hands since.

    held_by: who got it by what is undone. Raises: CaseMoved, NotYourStep, AssigneeNotInUnit.
    """
    task, code = _open_task(task_id)
    if not actor.holds(task.unit_id, HEADS) and (held_by != actor.officer_id or to is not None):
        raise NotYourStep("Chỉ người vừa nhận hoặc trưởng đơn vị trả lại việc được.")
    if task.assignee_id != held_by:
        raise CaseMoved("Việc này đã sang tay người khác, nên không hoàn tác được nữa.")
    if to is not None and not is_held(task_view(task, code), to, on=city_date(now)):
        raise AssigneeNotInUnit(field="officer_id")
    task.assignee_id = to
    db.change(task, "assignee", expecting={"assignee": held_by, "state": task.state})
    facts: dict[str, object] = {"task": str(task.id), "from": str(held_by), "to": str(to or "")}
    db.record(action="casework.return_task", subject=code, actor=actor, facts=facts)


@owns_transaction
def snooze_task(task_id: UUID, *, until: datetime, actor: Actor, now: datetime) -> None:
    """Tạm gác: leave it out of one's own list until a moment. It is due as it was, and as late.

    Raises: CaseMoved, NotYourStep, SnoozeNeedsEnd.
    """
    task, code = _open_task(task_id)
    if actor.officer_id is None or not post_for(task_view(task, code), actor, on=city_date(now)):
        raise NotYourStep
    if not now < until <= now + LONGEST_SNOOZE:
        raise SnoozeNeedsEnd(field="until")
    row = Snooze.objects.filter(task_id=task.id, officer_id=actor.officer_id).first()
    if row is None:
        db.insert(Snooze(task_id=task.id, officer_id=actor.officer_id, at=now, until=until))
    else:
        row.at, row.until = now, until
        db.change(row, "at", "until")
    facts: dict[str, object] = {"task": str(task.id), "until": until.isoformat()}
    db.record(action="casework.snooze", subject=code, actor=actor, facts=facts)


@owns_transaction
def wake_task(task_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Meet a snoozed task again at once. Raises: CaseMoved."""
    task, code = _open_task(task_id)
    if actor.officer_id is not None:
        Snooze.objects.filter(task_id=task.id, officer_id=actor.officer_id).delete()
    facts: dict[str, object] = {"task": str(task.id)}
    db.record(action="casework.wake", subject=code, actor=actor, facts=facts)


def _open_task(task_id: UUID) -> tuple[Task, str]:
    alive = Task.objects.filter(pk=task_id, state__in=queries.ALIVE)
    task = alive.filter(kind__in=[TaskKind.STEP, TaskKind.OPINION]).first()
    if task is None:
        raise CaseMoved
    return task, Case.objects.values_list("code", flat=True).get(pk=task.case_id)
