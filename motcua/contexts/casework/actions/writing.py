"""What every action of casework writes: the event, the task, the projection of the case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.contexts.casework import queries
from motcua.contexts.casework.contracts import (
    CaseUnits,
    Phase,
    ProcessTable,
    Seat,
    Step,
    TaskKind,
    TaskState,
)
from motcua.contexts.casework.events import TaskOpened
from motcua.contexts.casework.models import Case, CaseEvent, Pause, Task
from motcua.contexts.organisations import public as organisations
from motcua.kernel import db, events
from motcua.kernel.actors import Actor

PROJECTION = ("step", "phase", "status", "version")


@dataclass(slots=True)
class Loaded:
    """A case with what an action needs to know of it."""

    case: Case
    table: ProcessTable
    tasks: list[Task]  # open and waiting ones
    pause: Pause | None
    seen_version: int
    changed: set[str]
    recorded_at: datetime | None = None

    @property
    def step(self) -> Step:
        return self.table.step(self.case.step)

    @property
    def step_task(self) -> Task | None:
        return next((t for t in self.tasks if t.kind == TaskKind.STEP), None)


def load(code: str, *, locked: bool = False) -> Loaded:
    """locked: whoever comes in the same moment waits, and then reads what was written.

    Raises: CaseNotFound.
    """
    case = queries.case_row(code, locked=locked)
    pause = None
    if case.phase == Phase.PAUSED:
        pause = Pause.objects.filter(case_id=case.id, ended_at__isnull=True).first()
    alive = [str(state) for state in queries.ALIVE]
    tasks = db.load(Task, "WHERE case_id = $1 AND state = ANY($2) ORDER BY id", case.id, alive)
    return Loaded(case, queries.process_table(case.process_id), tasks, pause, case.version, set())


def write_event(
    loaded: Loaded,
    *,
    kind: str,
    actor: Actor,
    now: datetime,
    action: str = "",
    note: str = "",
    visible: bool = True,
    unit_id: UUID | None = None,
    on_behalf_of: UUID | None = None,
    facts: dict[str, object] | None = None,
    moves: Mapping[str, object] | None = None,
) -> CaseEvent:
    """Append what happened and move the projection (`moves`); one version further.

    Two writers who saw the same version cannot both commit: the case row must still carry it.
    """
    case, projection = loaded.case, moves or {}
    case.version += 1
    for name, value in projection.items():
        setattr(case, name, value)
    event = CaseEvent(
        at=loaded.recorded_at or now,
        happened_at=now,
        case_id=case.id,
        serial=case.version,
        kind=kind,
        action=action,
        step=case.step,
        status=case.status,
        actor_account_id=actor.account_id,
        unit_id=unit_id,
        on_behalf_of=on_behalf_of or principal_of(actor),
        visible_to_party=visible,
        note=note or None,
        facts=facts or {},
    )
    db.insert(event)
    db.change(case, "version", *projection, expecting={"version": loaded.seen_version})
    return event


def principal_of(actor: Actor) -> UUID | None:
    """In whose name a party's representative acts."""
    return actor.mandate.principal_id if actor.mandate else None


def close_task(task: Task, *, actor: Actor, now: datetime, outcome: str, done: bool = True) -> None:
    task.state = TaskState.DONE if done else TaskState.CANCELLED
    task.closed_at = now
    task.closed_by = actor.account_id
    task.outcome = outcome
    db.change(task, "state", "closed_at", "closed_by", "outcome")


def seat_of(case: Case, seat: Seat) -> UUID:
    """Which unit sits there in this case."""
    return units_of(case).seat(seat)


def units_of(case: Case) -> CaseUnits:
    return CaseUnits(
        case.receiving_unit_id,
        case.competent_unit_id,
        case.handling_unit_id,
        case.supporting_unit_id,
    )


def new_task(case: Case, step: Step, *, now: datetime, assignee_id: UUID | None = None) -> Task:
    """The task of a step, due by the working hours of the unit that does it."""
    unit_id = seat_of(case, step.seat)
    task = Task(
        case_id=case.id,
        case_kind=case.kind,
        kind=TaskKind.STEP,
        step=step.key,
        unit_id=unit_id,
        role=step.role,
        assignee_id=assignee_id,
        state=TaskState.OPEN,
        opened_at=now,
        due_at=organisations.calendar_of(unit_id).add_hours(now, step.hours),
    )
    db.insert(task)
    announce_task(task, case.code, now)
    return task


def announce_task(task: Task, case_code: str, now: datetime) -> None:
    events.publish(
        TaskOpened(
            occurred_at=now,
            subject=case_code,
            kind=task.case_kind,
            task_id=task.id,
            unit_id=task.unit_id,
            role=task.role,
            assignee_id=task.assignee_id,
        )
    )
