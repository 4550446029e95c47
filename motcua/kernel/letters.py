"""Hàng đợi và việc hỏng: how the queue moves, and what an administrator does with dead letters.

Nothing here shows what a job carries: codes of its event, its tries, the class of its failure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import connection
from django.db.models import Aggregate, Count, Max, Min, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

from motcua.kernel import db
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, Invalid, NotFound
from motcua.kernel.models import JobFailure

MOST_COUNTED = 1000
MOST_RESENT = 1000


class JobState(StrEnum):
    """What the queue says of a job."""

    WAITING = "todo"
    RUNNING = "doing"
    DEAD = "failed"


class GivenUp(StrEnum):
    """Why a dead letter is given up: fixed words, so that no personal data reaches the ledger."""

    DONE_BY_HAND = "DONE_BY_HAND"
    NOT_NEEDED = "NOT_NEEDED"
    DONE_BY_ANOTHER = "DONE_BY_ANOTHER"
    CANNOT_BE_DONE = "CANNOT_BE_DONE"


GIVE_UP_REASONS: Mapping[str, str] = {
    GivenUp.DONE_BY_HAND: "Đã làm bằng tay",
    GivenUp.NOT_NEEDED: "Không còn cần nữa",
    GivenUp.DONE_BY_ANOTHER: "Lần chạy khác đã làm thay",
    GivenUp.CANNOT_BE_DONE: "Không làm được nữa, đã báo đơn vị liên quan",
}


class LetterNotFound(NotFound):
    sentence = "Không có việc nền mang số này."


class LetterNotDead(Conflict):
    sentence = "Việc này không còn nằm trong danh sách hỏng: đã được chạy lại hoặc đã bỏ."


class SameJobWaits(Conflict):
    sentence = "Một lần mới của việc định kỳ này đang chờ chạy. Bạn bỏ lần cũ."


class WhyGivenUp(Invalid):
    sentence = "Bạn chọn lý do bỏ việc này."


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueState:
    """How the queue moves. Counts stop at `MOST_COUNTED`."""

    waiting: int
    running: int
    dead: int
    oldest_waiting_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A job. kind: the subscriber, or the task; error: "" when it failed before noting began."""

    id: int
    kind: str
    event: str
    subject: str
    state: str
    attempts: int
    queue: str
    error: str
    place: str
    since: datetime | None
    last_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One line in the life of a job: deferred, started, deferred_for_retry, failed …"""

    what: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Dead letters of one kind."""

    kind: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Resent:
    """How many dead letters go again."""

    count: int


KIND = Coalesce(KeyTextTransform("subscriber", "args"), "task_name", output_field=TextField())


def queue_state(*, now: datetime) -> QueueState:
    """Three counts that stop early and one look at the head of the queue."""
    oldest = (
        _jobs(JobState.WAITING)
        .filter(Q(scheduled_at__isnull=True) | Q(scheduled_at__lte=now))
        .annotate(since=Coalesce("scheduled_at", _happened(Min)))
        .order_by("-priority", "id")
        .values_list("since", flat=True)
        .first()
    )
    return QueueState(
        waiting=_counted(JobState.WAITING),
        running=_counted(JobState.RUNNING),
        dead=_counted(JobState.DEAD),
        oldest_waiting_at=oldest,
    )


def letters(
    state: JobState = JobState.DEAD, *, kind: str = "", before: int | None = None, limit: int = 50
) -> tuple[Letter, ...]:
    """Jobs in one state, newest first, keyset by id."""
    rows = _lettered(_jobs(state))
    if kind:
        rows = rows.filter(Exact(KIND, kind))
    if before is not None:
        rows = rows.filter(id__lt=before)
    return tuple(_letter(row) for row in rows.order_by("-id")[:limit])


def letter(job_id: int) -> Letter:
    """One job in whatever state. Raises: LetterNotFound."""
    row = _lettered(ProcrastinateJob.objects.filter(id=job_id)).order_by("id").first()
    if row is None:
        raise LetterNotFound(job=job_id)
    return _letter(row)


def life_of(job_id: int) -> tuple[Happening, ...]:
    """What happened to the job, newest first."""
    rows = ProcrastinateEvent.objects.filter(job_id=job_id).order_by("-id")[:50]
    return tuple(Happening(what=row.type, at=row.at) for row in rows if row.at is not None)


def dead_kinds() -> tuple[Kind, ...]:
    """Dead letters by kind, most first."""
    rows = _jobs(JobState.DEAD).order_by().values(told=KIND).annotate(count=Count("id"))
    return tuple(
        Kind(kind=row["told"], count=row["count"]) for row in rows.order_by("-count", "told")
    )


@db.owns_transaction
def retry_letter(job_id: int, *, actor: Actor, now: datetime) -> None:
    """Send one dead letter again, at once.

    Raises: LetterNotFound, LetterNotDead, SameJobWaits.
    """
    row = _dead_for_update(job_id)
    if row.queueing_lock and _jobs(JobState.WAITING).filter(queueing_lock=row.queueing_lock):
        raise SameJobWaits(job=job_id)
    db.record(action="kernel.retry_letter", subject=_name(job_id), actor=actor)
    _resend([job_id], now)


@db.owns_transaction
def retry_kind(kind: str, *, actor: Actor, now: datetime) -> Resent:
    """Send dead letters of one kind again, the oldest thousand; of periodic work only the newest.

    Raises: LetterNotDead when none is dead.
    """
    dead = _jobs(JobState.DEAD).filter(Exact(KIND, kind))
    found = list(dead.order_by("id").values_list("id", "queueing_lock")[:MOST_RESENT])
    newest = {lock: job_id for job_id, lock in found if lock}
    waiting = set(
        _jobs(JobState.WAITING)
        .filter(queueing_lock__in=sorted(newest))
        .values_list("queueing_lock", flat=True)
    )
    again = [n for n, lock in found if not lock or (newest[lock] == n and lock not in waiting)]
    if not again:
        raise LetterNotDead(kind=kind)
    facts: dict[str, object] = {"count": len(again), "first": again[0], "last": again[-1]}
    db.record(action="kernel.retry_kind", subject=kind[:80], actor=actor, facts=facts)
    _resend(again, now)
    return Resent(count=len(again))


@db.owns_transaction
def give_up(job_id: int, reason: str, *, actor: Actor, now: datetime) -> None:
    """Take a dead letter off the list; the leaf says why.

    Raises: WhyGivenUp, LetterNotFound, LetterNotDead.
    """
    if reason not in GIVE_UP_REASONS:
        raise WhyGivenUp(field="reason")
    _dead_for_update(job_id)
    facts: dict[str, object] = {"reason": reason}
    db.record(action="kernel.give_up_letter", subject=_name(job_id), actor=actor, facts=facts)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'cancelled' WHERE id = %s", [job_id])


def _dead_for_update(job_id: int) -> ProcrastinateJob:
    jobs: QuerySet[ProcrastinateJob] = ProcrastinateJob.objects.all()
    row = jobs.select_for_update().filter(id=job_id).order_by("id").first()
    if row is None:
        raise LetterNotFound(job=job_id)
    if row.status != JobState.DEAD:
        raise LetterNotDead(job=job_id)
    return row


def _resend(jobs: list[int], now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT procrastinate_retry_job_v2(id, %s, priority, queue_name, lock)"
            " FROM procrastinate_jobs WHERE id = ANY(%s) AND status = 'failed'",
            [now, jobs],
        )


def _name(job_id: int) -> str:
    return f"job {job_id}"


def _jobs(state: JobState) -> "QuerySet[ProcrastinateJob]":
    return ProcrastinateJob.objects.filter(status=state.value)


def _counted(state: JobState) -> int:
    return _jobs(state).order_by().values("id")[:MOST_COUNTED].count()


def _happened(which: type[Aggregate]) -> Subquery:
    events = ProcrastinateEvent.objects.filter(job_id=OuterRef("pk")).order_by().values("job_id")
    return Subquery(events.annotate(moment=which("at")).values("moment"))


def _lettered(jobs: "QuerySet[ProcrastinateJob]") -> "QuerySet[ProcrastinateJob]":
    failure = JobFailure.objects.filter(job_id=OuterRef("pk")).order_by("job_id")
    return jobs.annotate(
        kind=KIND,
        error=Subquery(failure.values("error")),
        place=Subquery(failure.values("place")),
        since=Coalesce(Subquery(failure.values("first_at")), _happened(Min)),
        last_at=Coalesce(Subquery(failure.values("last_at")), _happened(Max)),
    )


def _letter(row: Any) -> Letter:
    """row: an annotated job."""
    return Letter(
        id=row.id,
        kind=row.kind,
        event=row.args.get("event", ""),
        subject=row.args.get("payload", {}).get("subject", ""),
        state=row.status,
        attempts=row.attempts,
        queue=row.queue_name,
        error=row.error or "",
        place=row.place or "",
        since=row.since,
        last_at=row.last_at,
    )
