"""Đường đi của hồ sơ: each step once, who does it, when it was done and when it is expected."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import (
    CaseView,
    Phase,
    Step,
    TaskKind,
    TaskState,
    TaskView,
)
from motcua.contexts.dossiers.contracts import StageView
from motcua.contexts.identity import public as identity
from motcua.contexts.organisations import public as organisations
from motcua.kernel.actors import ROLE_NAMES


def stages_of(
    case: CaseView, tasks: tuple[TaskView, ...], *, now: datetime, named: bool = False
) -> tuple[StageView, ...]:
    """The path as the applicant sees it: done, now or to come.

    named: with the names of officers, for whoever may open the dossier. Law: a notice of status
    names who received and who handles (Decree 224/2026, Art. 15(1)(g)).
    """
    steps = [task for task in tasks if task.kind is TaskKind.STEP]
    done = {task.step: task for task in steps if task.state is TaskState.DONE}
    path = _path(case, done)
    open_task = next((t for t in steps if t.state in {TaskState.OPEN, TaskState.WAITING}), None)
    here = [step.key for step in path].index(case.step)
    expected = _expected(case, path[here:], open_task, now)
    names = _names(steps) if named else {}
    ended = case.phase is Phase.ENDED
    views = []
    for position, step in enumerate(path):
        task = done.get(step.key)
        state = "done" if position < here or (ended and task) else "next"
        if position == here and not ended:
            state = "now"
        if state != "done":
            task = open_task if state == "now" else None
        views.append(
            StageView(
                key=step.key,
                name=step.citizen_name,
                text=_said(step.citizen_text, step.citizen_do, state),
                name_en=step.citizen_name_en,
                text_en=_said(step.citizen_text_en, step.citizen_do_en, state),
                state=state,
                unit_name=organisations.unit_by_id(
                    task.unit_id if task else seat_of(case, step.seat)
                ).name,
                at=task.closed_at if task and state == "done" else None,
                who=names.get(task.id, "") if task else "",
                post=ROLE_NAMES[step.role],
                expected_at=_promised(task) if state == "done" else expected.get(step.key),
            )
        )
    return tuple(views)


def _path(case: CaseView, done: Mapping[str, TaskView]) -> tuple[Step, ...]:
    table = casework.process_table(case.process_id)
    path = casework.straight_path(table)
    if case.step not in {step.key for step in path}:
        path = (*path, table.step(case.step))
    if not case.earlier:
        return path
    ahead = path[[step.key for step in path].index(case.step) :]
    return (*_walked(case, done, {step.key for step in ahead}), *ahead)


def _walked(case: CaseView, done: Mapping[str, TaskView], ahead: set[str]) -> tuple[Step, ...]:
    """What was done, as its step was called then: a table that came later has other steps."""
    found = []
    for task in sorted(done.values(), key=lambda one: one.opened_at):
        if task.step not in ahead and task.closed_at is not None:
            table = casework.process_table(casework.process_at(case, task.closed_at))
            found.append(table.step(task.step))
    return tuple(found)


def _said(seen: str, to_do: str, state: str) -> str:
    """What the applicant sees, and what they must do while the case is there."""
    return f"{seen} {to_do}".strip() if state == "now" else seen


def _promised(task: TaskView | None) -> datetime | None:
    return task.due_at if task else None


def _expected(
    case: CaseView, ahead: tuple[Step, ...], task: TaskView | None, now: datetime
) -> Mapping[str, datetime]:
    """When each step ahead is expected to be done, by the hours of the approved table.

    Nothing is promised while the clock stands still. What was promised as a whole holds: no step
    before the decision is expected after the due date, unless that has passed already.
    """
    if task is None or case.phase in {Phase.PAUSED, Phase.ENDED}:
        return {}
    at = max(task.due_at, now)
    found = {ahead[0].key: at}
    for step in ahead[1:]:
        at = organisations.calendar_of(seat_of(case, step.seat)).add_hours(at, step.hours)
        found[step.key] = at
    if case.phase is Phase.DECIDED or case.due_at is None or case.due_at <= now:
        return found
    return {key: min(at, case.due_at) for key, at in found.items()}


def _names(tasks: list[TaskView]) -> dict[UUID, str]:
    """Who closed each task; of one not closed whom it was given to."""
    accounts = {task.closed_by for task in tasks if task.closed_by}
    given = {t.assignee_id for t in tasks if t.assignee_id and t.closed_at is None}
    closers = identity.officer_names(accounts) if accounts else {}
    officers = organisations.officers_by_id(given) if given else {}
    found = {}
    for task in tasks:
        if task.closed_by in closers:
            found[task.id] = closers[task.closed_by]
        elif task.closed_at is None and task.assignee_id in officers:
            found[task.id] = officers[task.assignee_id].full_name
    return found


def seat_of(case: CaseView, seat: str) -> UUID:
    return {
        "DIVISION": case.handling_unit_id,
        "AUTHORITY": case.competent_unit_id,
    }.get(seat, case.receiving_unit_id)
