"""Việc nền: the database queue (procrastinate), its retry lane and its dead letters.

Jobs are rows in PostgreSQL, enqueued in the action's transaction. A failing job goes to the
lane `retry`, so that a dead neighbour never holds up fresh work; after the last try it stays
`failed` and shows on the dead-letter page, where an administrator sends it again.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import close_old_connections, connection
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from motcua.kernel import clock, db, events
from motcua.kernel.actors import Actor

RETRY_LANE = "retry"
MAX_ATTEMPTS = 8


class RetryLane(BaseRetryStrategy):
    """2, 4, 8 … 256 seconds, in a lane of its own; then a dead letter."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if job.attempts >= MAX_ATTEMPTS:
            return None
        return RetryDecision(retry_in={"seconds": 2 ** (job.attempts + 1)}, queue=RETRY_LANE)


@contextmanager
def _fresh_connection() -> Iterator[None]:
    """Worker threads live long; a connection the server dropped must not be reused."""
    outermost = not connection.in_atomic_block
    if outermost:
        close_old_connections()
    try:
        yield
    finally:
        if outermost:
            close_old_connections()


@app.task(name=events.DELIVER, retry=RetryLane(), queue=events.QUEUE)
def deliver(event: str, subscriber: str, payload: dict[str, object]) -> None:
    """Deliver one event to one subscriber."""
    with _fresh_connection():
        events.deliver(event, subscriber, payload)


def every(
    cron: str, *, name: str
) -> Callable[[Callable[[datetime], None]], Callable[[datetime], None]]:
    """Periodic work: `@every("*/5 * * * *", name="casework.silence")` on `(now) -> None`."""

    def register(function: Callable[[datetime], None]) -> Callable[[datetime], None]:
        def work(timestamp: int) -> None:
            with _fresh_connection():
                function(clock.now())

        work.__name__ = name
        app.periodic(cron=cron)(
            app.task(name=name, queue="periodic", queueing_lock=name, retry=RetryLane())(work)
        )
        return function

    return register


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """A job that failed for good."""

    id: int
    task: str
    event: str
    subscriber: str
    subject: str
    attempts: int


def dead_letters(*, before: int | None = None, limit: int = 50) -> tuple[DeadLetter, ...]:
    """Newest first, keyset by id."""
    failed = ProcrastinateJob.objects.filter(status="failed").order_by("-id")
    if before is not None:
        failed = failed.filter(id__lt=before)
    return tuple(
        DeadLetter(
            id=job.id,
            task=job.task_name,
            event=job.args.get("event", ""),
            subscriber=job.args.get("subscriber", ""),
            subject=job.args.get("payload", {}).get("subject", ""),
            attempts=job.attempts,
        )
        for job in failed[:limit]
    )


def waiting_jobs() -> int:
    """Jobs not done yet, counted up to a thousand: enough to know whether the queue moves."""
    waiting = ProcrastinateJob.objects.filter(status__in=["todo", "doing"]).order_by()
    return waiting.values("id")[:1000].count()


@db.owns_transaction
def retry_dead_letter(job_id: int, *, actor: Actor, now: datetime) -> None:
    """Send a dead letter again, at once. A letter that is not dead is left alone."""
    db.record(action="kernel.retry_dead_letter", subject=f"job {job_id}", actor=actor)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT procrastinate_retry_job_v2(id, %s, priority, queue_name, lock)"
            " FROM procrastinate_jobs WHERE id = %s AND status = 'failed'",
            [now, job_id],
        )
