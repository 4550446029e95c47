"""Lấy ý kiến: several units asked side by side, and what silence means."""

from datetime import datetime
from uuid import UUID

from motcua.contexts.casework.actions.writing import (
    Loaded,
    announce_task,
    close_task,
    load,
    write_event,
)
from motcua.contexts.casework.contracts import (
    Act,
    AlreadyAnswered,
    NobodyAsked,
    NotYourStep,
    OpinionState,
    ReasonNeeded,
    StepAction,
    TaskKind,
    TaskState,
    Verdict,
)
from motcua.contexts.casework.events import OpinionAsked, OpinionEnded
from motcua.contexts.casework.models import Case, Opinion, Task
from motcua.contexts.organisations import public as organisations
from motcua.kernel import db, events
from motcua.kernel.actors import ROLE_NAMES, SYSTEM, Actor, Role
from motcua.kernel.db import joins_transaction


def ask(loaded: Loaded, action: StepAction, command: Act, *, now: datetime) -> tuple[UUID, ...]:
    """One task and one opinion per asked unit. Raises: NobodyAsked."""
    if not command.asked:
        raise NobodyAsked(field="asked")
    hours = command.answer_hours or action.answer_hours
    asked = {a.unit_id: a for a in command.asked}
    for unit_id, question in asked.items():
        due = organisations.calendar_of(unit_id).add_hours(now, hours)
        task = Task(
            case_id=loaded.case.id,
            case_kind=loaded.case.kind,
            kind=TaskKind.OPINION,
            step=loaded.case.step,
            unit_id=unit_id,
            role=Role.CONSULTED,
            state=TaskState.OPEN,
            opened_at=now,
            due_at=due,
        )
        opinion = Opinion(
            case_id=loaded.case.id,
            task_id=task.id,
            unit_id=unit_id,
            question=question.question or command.note or command.reason,
            asked_at=now,
            due_at=due,
            silence=action.silence,
            state=OpinionState.ASKED,
        )
        db.insert(task, opinion)
        announce_task(task, loaded.case.code, now)
        events.publish(
            OpinionAsked(
                occurred_at=now,
                subject=loaded.case.code,
                kind=loaded.case.kind,
                opinion_id=opinion.id,
            )
        )
    return tuple(asked)


@joins_transaction
def answer(
    *, case_code: str, opinion_id: UUID, verdict: Verdict, text: str, actor: Actor, now: datetime
) -> None:
    """Answer for one's unit. Several may answer in the same second; the last one goes on.

    Raises: CaseNotFound, AlreadyAnswered, NotYourStep, ReasonNeeded.
    """
    loaded = load(case_code, locked=True)
    opinion = Opinion.objects.filter(pk=opinion_id, case_id=loaded.case.id).first()
    if opinion is None or opinion.state != OpinionState.ASKED:
        raise AlreadyAnswered
    post = actor.post_at(opinion.unit_id, Role.CONSULTED)
    if post is None:
        unit = organisations.unit_by_id(opinion.unit_id)
        raise NotYourStep(
            f"Ý kiến này dành cho {ROLE_NAMES[Role.CONSULTED]}: {unit.name}. "
            "Bạn không giữ vị trí đó."
        )
    if verdict is not Verdict.AGREE and not text.strip():
        raise ReasonNeeded(field="text")
    opinion.state, opinion.verdict, opinion.text = OpinionState.ANSWERED, verdict, text.strip()
    opinion.answered_at, opinion.answered_by = now, actor.account_id
    fields = ("state", "verdict", "text", "answered_at", "answered_by")
    db.change(opinion, *fields, expecting={"state": OpinionState.ASKED})
    gathered(
        loaded,
        opinion,
        kind="opinion",
        actor=actor,
        now=now,
        note=text.strip(),
        on_behalf_of=post.substituting_for,
    )


@joins_transaction
def fall_silent(*, opinion_id: UUID, now: datetime) -> None:
    """The time to answer is over: the rule of silence applies. Nothing if it was answered."""
    asked_in = Opinion.objects.filter(pk=opinion_id).values("case_id")
    code = Case.objects.values_list("code", flat=True).get(pk__in=asked_in)
    loaded = load(code, locked=True)
    opinion = Opinion.objects.get(pk=opinion_id)
    if opinion.state != OpinionState.ASKED or opinion.due_at > now:
        raise AlreadyAnswered
    opinion.state = OpinionState.SILENT
    db.change(opinion, "state", expecting={"state": OpinionState.ASKED})
    gathered(loaded, opinion, kind="silence", actor=SYSTEM, now=now, note="")


def gathered(
    loaded: Loaded,
    opinion: Opinion,
    *,
    kind: str,
    actor: Actor,
    now: datetime,
    note: str,
    on_behalf_of: UUID | None = None,
) -> None:
    """Close the asked unit's task; when it was the last, the asking step goes on."""
    mine = next((t for t in loaded.tasks if t.id == opinion.task_id), None)
    if mine:
        close_task(mine, actor=actor, now=now, outcome=opinion.verdict or opinion.state)
    write_event(
        loaded,
        kind=kind,
        actor=actor,
        now=now,
        note=note,
        visible=False,
        unit_id=opinion.unit_id,
        on_behalf_of=on_behalf_of,
        facts={"verdict": opinion.verdict, "silence": opinion.silence},
    )
    waiting = [t for t in loaded.tasks if t.kind == TaskKind.OPINION and t is not mine]
    asking = loaded.step_task
    if not waiting and asking:
        asking.state = TaskState.OPEN
        db.change(asking, "state")
    events.publish(
        OpinionEnded(
            occurred_at=now,
            subject=loaded.case.code,
            kind=loaded.case.kind,
            opinion_id=opinion.id,
        )
    )


def withdraw_open(loaded: Loaded, *, actor: Actor, now: datetime) -> None:
    """The case ends: nobody needs to answer any more."""
    asked = [t for t in loaded.tasks if t.kind == TaskKind.OPINION]
    for task in asked:
        close_task(task, actor=actor, now=now, outcome="withdrawn", done=False)
    if asked:
        for opinion in Opinion.objects.filter(case_id=loaded.case.id, state=OpinionState.ASKED):
            opinion.state = OpinionState.WITHDRAWN
            db.change(opinion, "state")
