"""Ý kiến đang hỏi: reminded, taken back, given more time once, or answered when it was too late."""

from datetime import datetime
from uuid import UUID

from motcua.contexts.casework.actions.holding import HEADS
from motcua.contexts.casework.actions.opinions import gathered
from motcua.contexts.casework.actions.writing import Loaded, load, write_event
from motcua.contexts.casework.contracts import (
    OPEN_PHASES,
    AlreadyAnswered,
    LongerAskedBefore,
    LongerNotAsked,
    NotYourStep,
    OpinionState,
    ReasonNeeded,
    Verdict,
)
from motcua.contexts.casework.events import OpinionProgressed
from motcua.contexts.casework.models import Case, Opinion, Task
from motcua.contexts.casework.queries import post_for, task_view
from motcua.contexts.organisations import public as organisations
from motcua.kernel import db, events
from motcua.kernel.actors import SYSTEM, Actor, Role
from motcua.kernel.clock import city_date
from motcua.kernel.db import joins_transaction, owns_transaction

MOST_HOURS = 40.0  # working hours more, one week


@owns_transaction
def remind(*, opinion_id: UUID, now: datetime) -> None:
    """Once, some working hours before the time is over. Raises: AlreadyAnswered."""
    opinion = Opinion.objects.get(pk=opinion_id)
    if opinion.state != OpinionState.ASKED or opinion.reminded_at is not None:
        raise AlreadyAnswered
    opinion.reminded_at = now
    db.change(opinion, "reminded_at", expecting={"state": OpinionState.ASKED, "reminded_at": None})
    case = Case.objects.get(pk=opinion.case_id)
    _tell(case, opinion, "due_soon", now)
    db.record(action="casework.remind_opinion", subject=case.code, actor=SYSTEM)


@joins_transaction
def withdraw(*, case_code: str, opinion_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """Who asked needs no answer any more; the step goes on when nobody else is asked.

    Raises: CaseNotFound, AlreadyAnswered, NotYourStep, ReasonNeeded.
    """
    loaded = load(case_code, locked=True)
    opinion = _asked(loaded, opinion_id)
    on_behalf = _check_asker(loaded, actor, now)
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    opinion.state = OpinionState.WITHDRAWN
    db.change(opinion, "state", expecting={"state": OpinionState.ASKED})
    gathered(
        loaded,
        opinion,
        kind="opinion_withdrawn",
        actor=actor,
        now=now,
        note=reason.strip(),
        on_behalf_of=on_behalf,
    )


@joins_transaction
def answer_late(
    *, case_code: str, opinion_id: UUID, verdict: Verdict, text: str, actor: Actor, now: datetime
) -> None:
    """After its time: kept and told to who asked; the rule of silence has applied and stays.

    Raises: CaseNotFound, AlreadyAnswered, NotYourStep, ReasonNeeded.
    """
    loaded = load(case_code, locked=True)
    opinion = Opinion.objects.filter(pk=opinion_id, case_id=loaded.case.id).first()
    silent = opinion is not None and opinion.state == OpinionState.SILENT
    if opinion is None or not silent or opinion.answered_at or loaded.case.phase not in OPEN_PHASES:
        raise AlreadyAnswered
    on_behalf = _check_asked(opinion, actor)
    if verdict is not Verdict.AGREE and not text.strip():
        raise ReasonNeeded(field="text")
    opinion.verdict, opinion.text = verdict, text.strip()
    opinion.answered_at, opinion.answered_by = now, actor.account_id
    fields = ("verdict", "text", "answered_at", "answered_by")
    db.change(opinion, *fields, expecting={"state": OpinionState.SILENT, "answered_at": None})
    _note(loaded, opinion, "opinion_late", actor, now, note=text.strip(), on_behalf_of=on_behalf)
    _tell(loaded.case, opinion, "late", now)


@joins_transaction
def ask_longer(
    *,
    case_code: str,
    opinion_id: UUID,
    wanted: float,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """The asked unit wants more working hours, once; until they are granted its time runs on.

    Raises: CaseNotFound, AlreadyAnswered, NotYourStep, LongerAskedBefore, ReasonNeeded.
    """
    loaded = load(case_code, locked=True)
    opinion = _asked(loaded, opinion_id)
    on_behalf = _check_asked(opinion, actor)
    if opinion.longer_hours is not None:
        raise LongerAskedBefore
    if not reason.strip() or not 0 < wanted <= MOST_HOURS:
        raise ReasonNeeded(field="reason")
    opinion.longer_hours, opinion.longer_reason = wanted, reason.strip()
    fields = ("longer_hours", "longer_reason")
    db.change(opinion, *fields, expecting={"state": OpinionState.ASKED})
    _note(loaded, opinion, "longer_asked", actor, now, note=reason.strip(), on_behalf_of=on_behalf)
    _tell(loaded.case, opinion, "longer_asked", now)


@joins_transaction
def answer_longer(
    *, case_code: str, opinion_id: UUID, grants: bool, actor: Actor, now: datetime
) -> None:
    """Who asked the question gives the time, or does not. The clock of the case runs on.

    Raises: CaseNotFound, AlreadyAnswered, NotYourStep, LongerNotAsked.
    """
    loaded = load(case_code, locked=True)
    opinion = _asked(loaded, opinion_id)
    on_behalf = _check_asker(loaded, actor, now)
    if opinion.longer_hours is None or opinion.longer_granted is not None:
        raise LongerNotAsked
    opinion.longer_granted = grants
    if grants:
        calendar = organisations.calendar_of(opinion.unit_id)
        opinion.due_at = calendar.add_hours(opinion.due_at, opinion.longer_hours)
        opinion.reminded_at = None
        task = next(one for one in loaded.tasks if one.id == opinion.task_id)
        task.due_at = opinion.due_at
        db.change(task, "due_at")
    fields = ("longer_granted", "due_at", "reminded_at")
    db.change(opinion, *fields, expecting={"state": OpinionState.ASKED})
    what = "longer_granted" if grants else "longer_declined"
    _note(loaded, opinion, what, actor, now, note="", on_behalf_of=on_behalf)
    _tell(loaded.case, opinion, what, now)


def _asked(loaded: Loaded, opinion_id: UUID) -> Opinion:
    opinion = Opinion.objects.filter(pk=opinion_id, case_id=loaded.case.id).first()
    if opinion is None or opinion.state != OpinionState.ASKED:
        raise AlreadyAnswered
    return opinion


def _check_asked(opinion: Opinion, actor: Actor) -> UUID | None:
    post = actor.post_at(opinion.unit_id, Role.CONSULTED)
    if post is None:
        raise NotYourStep("Ý kiến này dành cho đơn vị khác.")
    return post.substituting_for


def _check_asker(loaded: Loaded, actor: Actor, now: datetime) -> UUID | None:
    """Whoever holds the step that asked, or the head of its unit."""
    task: Task | None = loaded.step_task
    if task is None:
        raise NotYourStep("Chỉ người đã hỏi hoặc trưởng đơn vị làm được việc này.")
    post = post_for(task_view(task, loaded.case.code), actor, on=city_date(now))
    if post is None and not actor.holds(task.unit_id, HEADS):
        raise NotYourStep("Chỉ người đã hỏi hoặc trưởng đơn vị làm được việc này.")
    return post.substituting_for if post else None


def _note(
    loaded: Loaded,
    opinion: Opinion,
    kind: str,
    actor: Actor,
    now: datetime,
    *,
    note: str,
    on_behalf_of: UUID | None,
) -> None:
    write_event(
        loaded,
        kind=kind,
        actor=actor,
        now=now,
        note=note,
        visible=False,
        unit_id=opinion.unit_id,
        on_behalf_of=on_behalf_of,
        facts={"opinion": str(opinion.id)},
    )


def _tell(case: Case, opinion: Opinion, progress: str, now: datetime) -> None:
    events.publish(
        OpinionProgressed(
            occurred_at=now,
            subject=case.code,
            kind=case.kind,
            opinion_id=opinion.id,
            progress=progress,
        )
    )
