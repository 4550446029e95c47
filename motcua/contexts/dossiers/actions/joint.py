"""Làm cùng lúc: one action on several dossiers by a job, in the name of who asked.

Each dossier moves in a transaction of its own, in which its line of the run changes too: whatever
kills the worker, a dossier moved once or not at all, and the job goes on with those that wait. A
trial carries each step out and takes it back, so that it says and refuses the same.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import ActionKind, CaseView, Phase
from motcua.contexts.dossiers import queries
from motcua.contexts.dossiers.actions import desk, results
from motcua.contexts.dossiers.contracts import STATUS_NAMES, NationalStatus, TakeStep
from motcua.contexts.dossiers.contracts.joint import (
    MOST_TOGETHER,
    AskJoint,
    AssigneeNeeded,
    JointBegun,
    JointState,
    NothingTogether,
    NotTogether,
    TooManyTogether,
)
from motcua.contexts.dossiers.events import JointAsked
from motcua.contexts.dossiers.models import JointItem, JointRun
from motcua.contexts.dossiers.queries import joint as reading
from motcua.contexts.dossiers.queries.stages import seat_of
from motcua.contexts.identity import public as identity
from motcua.contexts.organisations import public as organisations
from motcua.kernel import db, events
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.db import Stale, owns_transaction
from motcua.kernel.errors import DomainError, Forbidden

TOGETHER = frozenset(
    {
        ActionKind.MOVE,
        ActionKind.SIGN,
        ActionKind.ISSUE,
        ActionKind.RETURN_RESULT,
        ActionKind.ASSIGN,
    }
)
KEPT = timedelta(days=30)


class _DealtWith(Exception):
    """Another worker was faster with this dossier."""


class _Rehearsed(Exception):
    """The end of a trial: everything is taken back, what would be is kept."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class _Told:
    state: JointState
    sentence: str


@owns_transaction
def ask_joint(command: AskJoint, *, actor: Actor, now: datetime) -> JointBegun:
    """Let a job do it, or try it. Raises: NothingTogether, TooManyTogether, Forbidden."""
    if actor.account_id is None or not actor.is_officer:
        raise Forbidden
    seen = dict(command.seen)
    if not seen:
        raise NothingTogether
    if len(seen) > MOST_TOGETHER:
        raise TooManyTogether
    run = JointRun(
        account_id=actor.account_id,
        assurance=actor.assurance,
        trial=command.trial,
        action=command.action[:40],
        label=command.label[:200],
        title=command.title[:500],
        assignee_id=command.assignee_id,
        asked_at=now,
    )
    items = [
        JointItem(
            run_id=run.id, number=n, code=code[:40], seen_version=version, state=JointState.WAITING
        )
        for n, (code, version) in enumerate(seen.items(), 1)
    ]
    db.insert(run, *items)
    events.publish(JointAsked(occurred_at=now, subject=str(run.id)))
    facts: dict[str, object] = {
        "action": run.action,
        "trial": run.trial,
        "dossiers": [item.code for item in items],
    }
    db.record(action="dossiers.joint_ask", subject=str(run.id), actor=actor, facts=facts)
    return JointBegun(run_id=run.id)


def work_off(run_id: UUID, *, now: datetime) -> None:
    """Every dossier that still waits; called again it goes on where it stopped."""
    run = reading.run_by_id(run_id)
    if run is None or run.done_at is not None:
        return
    actor = identity.actor_at_work(
        run.account_id, assurance=run.assurance, mandate_id=None, now=now
    )
    for item_id in reading.waiting(run):
        _deal_with(run, item_id, actor, now)
    _finish(run, now=now)


def _deal_with(run: JointRun, item_id: UUID, actor: Actor, now: datetime) -> None:
    try:
        if run.trial:
            _rehearse(run, item_id, actor=actor, now=now)
        else:
            _do(run, item_id, actor=actor, now=now)
    except _DealtWith:
        return
    except _Rehearsed as end:
        told = _Told(JointState.FORESEEN, end.sentence)
    except Stale:
        told = _Told(JointState.REFUSED, _who_was_faster(item_id, actor, now))
    except DomainError as refusal:
        told = _Told(JointState.REFUSED, refusal.message)
    else:
        return
    try:
        _note(run, item_id, told, actor=actor, now=now)
    except _DealtWith:
        return


@owns_transaction
def _do(run: JointRun, item_id: UUID, *, actor: Actor, now: datetime) -> None:
    item = _locked(item_id)
    command = _command(run, item)
    _check_together(command, actor, now)
    taken = desk.take(command, actor=actor, now=now)
    _end(run, item, _Told(JointState.DONE, taken.sentence), actor, now)


@owns_transaction
def _rehearse(run: JointRun, item_id: UUID, *, actor: Actor, now: datetime) -> None:
    item = _locked(item_id)
    command = _command(run, item)
    _check_together(command, actor, now)
    went = desk.moved_on(command, actor=actor, now=now)
    if went.by.kind is ActionKind.SIGN:
        results.check_signs_here(went.dossier)
    db.current().flush()
    raise _Rehearsed(_foreseen(went))


@owns_transaction
def _note(run: JointRun, item_id: UUID, told: _Told, *, actor: Actor, now: datetime) -> None:
    _end(run, _locked(item_id), told, actor, now)


def _locked(item_id: UUID) -> JointItem:
    """The line, ours until the end of the transaction. Raises: _DealtWith."""
    item = JointItem.objects.select_for_update().get(pk=item_id)
    if item.state != JointState.WAITING:
        raise _DealtWith
    return item


def _end(run: JointRun, item: JointItem, told: _Told, actor: Actor, now: datetime) -> None:
    item.state, item.sentence, item.ended_at = told.state, told.sentence, now
    db.change(item, "state", "sentence", "ended_at")
    facts: dict[str, object] = {"number": item.number, "code": item.code, "state": told.state}
    db.record(action="dossiers.joint_item", subject=str(run.id), actor=actor, facts=facts)


def _command(run: JointRun, item: JointItem) -> TakeStep:
    return TakeStep(
        code=item.code,
        action=run.action,
        seen_version=item.seen_version,
        assignee_id=run.assignee_id,
    )


def _check_together(command: TakeStep, actor: Actor, now: datetime) -> None:
    """Raises: DossierNotFound, NotTogether, AssigneeNeeded."""
    row = queries.dossier_row(command.code, actor, now=now)
    case = casework.case_by_id(row.case_id)
    step = casework.process_table(case.process_id).step(case.step)
    kinds = {one.kind for one in step.actions if one.key == command.action}
    if kinds - TOGETHER:
        raise NotTogether
    if ActionKind.ASSIGN in kinds and command.assignee_id is None:
        raise AssigneeNeeded


def _foreseen(went: desk.MovedOn) -> str:
    case, moved = went.was, went.to
    status = f"Tình trạng: «{STATUS_NAMES[NationalStatus(moved.status)]}»."
    if moved.phase is Phase.ENDED:
        return f"Hồ sơ sẽ kết thúc. {status}"
    return f"{_whither(case, moved.step, went.as_asked.assignee_id)} {status}"


def _whither(case: CaseView, key: str, assignee_id: UUID | None) -> str:
    step = casework.process_table(case.process_id).step(key)
    unit = organisations.unit_by_id(seat_of(case, step.seat)).name
    named = organisations.officers_by_id([assignee_id]) if assignee_id else {}
    to = f", giao {named[assignee_id].full_name}" if assignee_id in named else ""
    return f"Sẽ sang bước «{step.name}» ở {unit}{to}."


def _who_was_faster(item_id: UUID, actor: Actor, now: datetime) -> str:
    code = JointItem.objects.values_list("code", flat=True).get(pk=item_id)
    try:
        row = queries.dossier_row(code, actor, now=now)
    except DomainError as refusal:
        return refusal.message
    return queries.moved_meanwhile(casework.case_by_id(row.case_id)).message


@owns_transaction
def _finish(run: JointRun, *, now: datetime) -> None:
    run = JointRun.objects.select_for_update().get(pk=run.pk)
    if run.done_at is None and not reading.waiting(run):
        run.done_at = now
        db.change(run, "done_at")
    facts: dict[str, object] = {"ended": run.done_at is not None}
    db.record(action="dossiers.joint_end", subject=str(run.id), actor=SYSTEM, facts=facts)


@owns_transaction
def forget_joint(*, now: datetime) -> None:
    """Runs older than a month go; what they did stays in each dossier and in the ledger."""
    old = JointRun.objects.filter(asked_at__lt=now - KEPT).order_by("asked_at")
    ids = list(old.values_list("id", flat=True)[:1000])
    JointItem.objects.filter(run__in=ids).delete()
    JointRun.objects.filter(pk__in=ids).delete()
    facts: dict[str, object] = {"runs": len(ids)}
    db.record(action="dossiers.joint_forget", subject="dossiers", actor=SYSTEM, facts=facts)
