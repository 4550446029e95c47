"""Làm một bước: the one interpreter of approved tables of steps.

Every action checks, in this order: the case is alive, the caller saw its present version, the
caller holds the step, nothing outstanding blocks it, reasons are given. Then it writes the event,
closes the task, opens the next one, moves the projection: all in the statement of the action.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from uuid import UUID

from motcua.contexts.casework.actions import opinions
from motcua.contexts.casework.actions.writing import (
    Loaded,
    close_task,
    load,
    new_task,
    seat_of,
    write_event,
)
from motcua.contexts.casework.contracts import (
    ENDS,
    NEEDS_REASON,
    Act,
    ActionKind,
    AssigneeNotInUnit,
    CaseEnded,
    CaseMoved,
    CasePaused,
    InHand,
    NotYourStep,
    OpinionsOutstanding,
    PauseReason,
    Phase,
    ReasonNeeded,
    StepAction,
    TaskKind,
    TaskState,
)
from motcua.contexts.casework.models import Case, Pause, Task
from motcua.contexts.casework.queries import calendar_of, case_view, clock_spec, post_for, task_view
from motcua.contexts.casework.rules import clock
from motcua.contexts.organisations import public as organisations
from motcua.kernel import db
from motcua.kernel.actors import ROLE_NAMES, Actor, Role
from motcua.kernel.clock import city_date
from motcua.kernel.db import joins_transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Where the case is after an action."""

    case_id: UUID
    code: str
    kind: ActionKind
    step: str
    status: int
    phase: Phase
    version: int
    from_intake: bool


def take_up(code: str) -> InHand:
    """Read a case once, to look at it and then act on it. Raises: CaseNotFound."""
    loaded = load(code)
    return InHand(view=case_view(loaded.case), kept=loaded)


@joins_transaction
def act(command: Act, *, actor: Actor, now: datetime, in_hand: InHand | None = None) -> Moved:
    """Do one action of the present step. `in_hand`: the case, if it was taken up before.

    Raises: CaseNotFound, CaseMoved, CaseEnded, CasePaused, NotYourStep, ActionNotOffered,
    OpinionsOutstanding, ReasonNeeded, AssigneeNotInUnit, NobodyAsked.
    """
    kept = in_hand.kept if in_hand else None
    loaded = kept if isinstance(kept, Loaded) else load(command.case_code)
    if command.seen_version not in {None, loaded.seen_version}:
        raise CaseMoved(version=loaded.seen_version, step=loaded.case.step)
    loaded.recorded_at = command.recorded_at
    task = _task_of(loaded)
    action = loaded.step.action(command.action)
    if command.status is not None:
        action = replace(action, status=command.status)
    on_behalf = command.released_for or _check_holder(task, actor, now)
    _check_open(loaded, task, action)
    if action.kind in NEEDS_REASON and not command.reason.strip():
        raise ReasonNeeded(field="reason")
    from_intake = loaded.case.phase == Phase.INTAKE
    _DO[action.kind](loaded, task, action, command, actor, on_behalf, now)
    case = loaded.case
    return Moved(
        case_id=case.id,
        code=case.code,
        kind=action.kind,
        step=case.step,
        status=case.status,
        phase=Phase(case.phase),
        version=case.version,
        from_intake=from_intake,
    )


def _task_of(loaded: Loaded) -> Task:
    if loaded.case.phase == Phase.ENDED:
        raise CaseEnded
    task = loaded.step_task
    if task is None or task.step != loaded.case.step:
        raise CaseMoved  # somebody moved it between our reading of the case and of its task
    return task


def _check_holder(task: Task, actor: Actor, now: datetime) -> UUID | None:
    """The caller's post for the task. Returns whom they substitute for, if anybody."""
    post = post_for(task_view(task, ""), actor, on=city_date(now))
    if post is not None:
        return post.substituting_for
    if actor.post_at(task.unit_id, Role(task.role)) is None or task.assignee_id is None:
        unit = organisations.unit_by_id(task.unit_id)
        raise NotYourStep(
            f"Bước này thuộc {ROLE_NAMES[Role(task.role)]} của {unit.name}. "
            "Bạn không giữ vị trí đó."
        )
    named = organisations.officers_by_id([task.assignee_id])[task.assignee_id]
    raise NotYourStep(f"Việc này đã giao cho {named.full_name}. Trưởng phòng có thể giao lại.")


def _check_open(loaded: Loaded, task: Task, action: StepAction) -> None:
    if loaded.case.phase == Phase.PAUSED:
        raise CasePaused
    asking = [t for t in loaded.tasks if t.kind == TaskKind.OPINION]
    if asking and action.kind not in {ActionKind.STOP}:
        raise OpinionsOutstanding
    if task.state == TaskState.WAITING and not asking:
        raise CasePaused


_Doer = Callable[[Loaded, Task, StepAction, Act, Actor, UUID | None, datetime], None]


def _forward(
    loaded: Loaded,
    task: Task,
    action: StepAction,
    command: Act,
    actor: Actor,
    on_behalf: UUID | None,
    now: datetime,
) -> None:
    """MOVE, ASSIGN, RETURN, SIGN, ISSUE: close this step, open the one it leads to."""
    assignee = _assignee(loaded, action, command, now)
    close_task(task, actor=actor, now=now, outcome=action.key)
    projection: dict[str, object] = {"step": action.to}
    if action.status:
        projection["status"] = action.status
    projection |= _clock_effects(loaded, action, command, now)
    write_event(
        loaded,
        kind=action.kind.lower(),
        action=action.key,
        actor=actor,
        now=now,
        note=_words(command),
        visible=action.kind is not ActionKind.RETURN,
        unit_id=task.unit_id,
        on_behalf_of=on_behalf,
        facts={"from": task.step, "late": now > task.due_at} | _promise(projection),
        moves=projection,
    )
    next_step = loaded.table.step(action.to)
    new_task(loaded.case, next_step, now=now, assignee_id=assignee)


def _promise(projection: dict[str, object]) -> dict[str, object]:
    """The first promise is told by the event itself: later holidays do not change it."""
    due = projection.get("due_original")
    return {"due": due.isoformat()} if isinstance(due, datetime) else {}


def _assignee(loaded: Loaded, action: StepAction, command: Act, now: datetime) -> UUID | None:
    """Who gets the next step: the chosen officer, or whoever did that step before."""
    back = action.kind is ActionKind.RETURN and command.assignee_id is None
    chosen = _did_before(loaded.case, action.to) if back else command.assignee_id
    if chosen is None:
        return None
    step = loaded.table.step(action.to)
    unit_id = seat_of(loaded.case, step.seat)
    able = organisations.holders_of(unit_id, step.role, city_date(now))
    if chosen in {holder.id for holder in able}:
        return chosen
    if back:
        return None  # gone meanwhile: the whole post gets it
    raise AssigneeNotInUnit(field="assignee_id")


def _did_before(case: Case, step: str) -> UUID | None:
    done = Task.objects.filter(case=case, kind=TaskKind.STEP, step=step).order_by("-id")
    return done.values_list("assignee_id", flat=True).first()


def _clock_effects(
    loaded: Loaded, action: StepAction, command: Act, now: datetime
) -> dict[str, object]:
    """Acceptance starts the processing clock; issuing the signed result ends it."""
    case = loaded.case
    effects: dict[str, object] = {}
    if case.phase == Phase.INTAKE and action.kind is ActionKind.MOVE:
        spec = command.clock or clock_spec(case.clock)
        calendar = calendar_of(case)
        due = clock.first_due(spec, now, calendar)
        if command.clock:
            effects["clock"] = asdict(command.clock)
        effects |= {"phase": Phase.RUNNING, "started_at": now, "due_original": due, "due_at": due}
    if action.kind is ActionKind.ISSUE:
        effects = {"phase": Phase.DECIDED, "ended_at": now}
    return effects


def _end(
    loaded: Loaded,
    task: Task,
    action: StepAction,
    command: Act,
    actor: Actor,
    on_behalf: UUID | None,
    now: datetime,
) -> None:
    """DECLINE, STOP, RETURN_RESULT: the last event of the case."""
    close_task(task, actor=actor, now=now, outcome=action.key)
    opinions.withdraw_open(loaded, actor=actor, now=now)
    write_event(
        loaded,
        kind=action.kind.lower(),
        action=action.key,
        actor=actor,
        now=now,
        note=_words(command),
        unit_id=task.unit_id,
        on_behalf_of=on_behalf,
        facts={"citation": command.citation} if command.citation else None,
        moves={
            "status": action.status or loaded.case.status,
            "phase": Phase.ENDED,
            "ended_at": loaded.case.ended_at or now,
        },
    )


def _pause(
    loaded: Loaded,
    task: Task,
    action: StepAction,
    command: Act,
    actor: Actor,
    on_behalf: UUID | None,
    now: datetime,
) -> None:
    """SUPPLEMENT, OBLIGATION: the clock stands still until the party has done its part.

    In the intake phase no processing clock runs yet, so there is nothing to stop: the task waits.
    """
    reason = (
        PauseReason.SUPPLEMENT if action.kind is ActionKind.SUPPLEMENT else PauseReason.FINANCIAL
    )
    in_intake = loaded.case.phase == Phase.INTAKE
    task.state = TaskState.WAITING
    db.change(task, "state")
    projection: dict[str, object] = {} if in_intake else {"phase": Phase.PAUSED}
    if action.status:
        projection["status"] = action.status
    write_event(
        loaded,
        kind=action.kind.lower(),
        action=action.key,
        actor=actor,
        now=now,
        note=_words(command),
        unit_id=task.unit_id,
        on_behalf_of=on_behalf,
        facts={"citation": command.citation, "evidence": command.evidence},
        moves=projection,
    )
    if not in_intake:
        db.insert(
            Pause(
                case_id=loaded.case.id,
                reason=reason,
                started_at=now,
                started_by=actor.account_id,
                evidence=command.evidence or f"{loaded.case.code}/{loaded.case.version}",
                citation=command.citation or "Quy trình đã duyệt",
            )
        )


def _consult(
    loaded: Loaded,
    task: Task,
    action: StepAction,
    command: Act,
    actor: Actor,
    on_behalf: UUID | None,
    now: datetime,
) -> None:
    """CONSULT: ask several units side by side; this step waits for all of them."""
    task.state = TaskState.WAITING
    db.change(task, "state")
    asked = opinions.ask(loaded, action, command, now=now)
    write_event(
        loaded,
        kind="consult",
        action=action.key,
        actor=actor,
        now=now,
        note=command.note,
        unit_id=task.unit_id,
        on_behalf_of=on_behalf,
        facts={"asked": [str(unit) for unit in asked]},
    )


def _words(command: Act) -> str:
    return "\n".join(part.strip() for part in (command.reason, command.note) if part.strip())


_DO: dict[ActionKind, _Doer] = {
    ActionKind.MOVE: _forward,
    ActionKind.ASSIGN: _forward,
    ActionKind.RETURN: _forward,
    ActionKind.SIGN: _forward,
    ActionKind.ISSUE: _forward,
    ActionKind.SUPPLEMENT: _pause,
    ActionKind.OBLIGATION: _pause,
    ActionKind.CONSULT: _consult,
    **dict.fromkeys(ENDS, _end),
}
