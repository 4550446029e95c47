"""What happens from the party's side: supply, pay, withdraw; and the apology for being late."""

from datetime import datetime

from motcua.contexts.casework.actions import opinions
from motcua.contexts.casework.actions.writing import Loaded, close_task, load, write_event
from motcua.contexts.casework.contracts import (
    CaseEnded,
    ExtensionRefused,
    NotPaused,
    PauseReason,
    Phase,
    ReasonNeeded,
    TaskState,
)
from motcua.contexts.casework.queries import calendar_of, clock_spec, pause_span, pauses_of
from motcua.contexts.casework.rules import clock
from motcua.contexts.casework.rules.facts import ClockFacts
from motcua.kernel import db
from motcua.kernel.actors import Actor
from motcua.kernel.db import joins_transaction


@joins_transaction
def resume(
    *, case_code: str, reason: PauseReason, status: int, note: str, actor: Actor, now: datetime
) -> None:
    """The party has done what was asked: the waiting step opens again, the clock goes on.

    Raises: CaseNotFound, NotPaused.
    """
    loaded = load(case_code)
    task, case = loaded.step_task, loaded.case
    if task is None or task.state != TaskState.WAITING:
        raise NotPaused
    projection: dict[str, object] = {"status": status}
    if case.phase == Phase.PAUSED:
        if loaded.pause is None or loaded.pause.reason != reason:
            raise NotPaused
        projection |= {"phase": Phase.RUNNING} | _end_pause(loaded, now)
    elif reason is not PauseReason.SUPPLEMENT or any(t.kind == "OPINION" for t in loaded.tasks):
        raise NotPaused
    task.state = TaskState.OPEN
    db.change(task, "state")
    kind = "supplied" if reason is PauseReason.SUPPLEMENT else "paid"
    write_event(
        loaded,
        kind=kind,
        action=kind,
        actor=actor,
        now=now,
        note=note,
        unit_id=task.unit_id,
        moves=projection,
    )


def _end_pause(loaded: Loaded, now: datetime) -> dict[str, object]:
    pause, case = loaded.pause, loaded.case
    assert pause is not None
    pause.ended_at = now
    db.change(pause, "ended_at")
    spans = [p for p in pauses_of(case.id) if p.ended_at is not None]
    facts = ClockFacts(
        started_at=case.started_at,
        pauses=[*(p for p in spans if p.started_at != pause.started_at), pause_span(pause)],
        extended_to=case.extended_to,
        extended_at=case.extended_at,
    )
    calendar = calendar_of(case)
    return {"due_at": clock.due_with_pauses(clock_spec(case.clock), facts, calendar)}


@joins_transaction
def ask_withdrawal(*, case_code: str, reason: str, asked: int, actor: Actor, now: datetime) -> None:
    """The party withdraws before the decision: asked, then stopped, in one go.

    `asked`: the status of the wish itself; `stopped` follows by `stop_withdrawn`.
    Raises: CaseNotFound, CaseEnded (decided or ended already).
    """
    loaded = load(case_code)
    if loaded.case.phase in {Phase.DECIDED, Phase.ENDED}:
        raise CaseEnded("Hồ sơ đã có kết quả hoặc đã kết thúc, nên không rút được nữa.")
    write_event(
        loaded,
        kind="withdrawal",
        action="withdraw",
        actor=actor,
        now=now,
        note=reason.strip(),
        moves={"status": asked},
    )


@joins_transaction
def stop_withdrawn(*, case_code: str, stopped: int, actor: Actor, now: datetime) -> None:
    """End a case whose party has withdrawn; open tasks and questions are cancelled."""
    loaded = load(case_code)
    for task in [t for t in loaded.tasks if t.kind == "STEP"]:
        close_task(task, actor=actor, now=now, outcome="withdrawn", done=False)
    opinions.withdraw_open(loaded, actor=actor, now=now)
    due = _end_pause(loaded, now) if loaded.pause else {}
    write_event(
        loaded,
        kind="stopped",
        action="stop",
        actor=actor,
        now=now,
        moves={"status": stopped, "phase": Phase.ENDED, "ended_at": now} | due,
    )


@joins_transaction
def extend(
    *, case_code: str, new_due: datetime, reason: str, actor: Actor, now: datetime
) -> datetime:
    """Hẹn lại, once, with an apology (Form 04). The first promise stays recorded.

    Returns the promise before. Raises: CaseNotFound, CaseEnded, ReasonNeeded, ExtensionRefused.
    """
    loaded = load(case_code)
    case = loaded.case
    if case.phase not in {Phase.RUNNING, Phase.PAUSED} or case.due_at is None:
        raise CaseEnded("Hồ sơ không còn trong lúc xử lý, nên không hẹn lại được.")
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    if case.extended_to is not None or new_due <= case.due_at or new_due <= now:
        raise ExtensionRefused(field="new_due")
    before = case.due_at
    write_event(
        loaded,
        kind="extended",
        action="extend",
        actor=actor,
        now=now,
        note=reason.strip(),
        unit_id=case.competent_unit_id,
        facts={"before": before.isoformat(), "after": new_due.isoformat()},
        moves={"due_at": new_due, "extended_to": new_due, "extended_at": now},
    )
    return before
