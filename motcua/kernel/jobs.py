"""Việc nền: the database queue (procrastinate) and its retry lane.

Jobs are rows in PostgreSQL, enqueued in the action's transaction. A failing job goes to the
lane `retry`, so that a dead neighbour never holds up fresh work; after the last try it stays
`failed` and shows among the dead letters (`kernel.letters`), where an administrator sends it again.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import close_old_connections, connection, transaction
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job

from motcua.kernel import clock, events, reading
from motcua.kernel.actors import SYSTEM
from motcua.kernel.failures import Noting
from motcua.kernel.purpose import Purpose

RETRY_LANE = "retry"
READING = "reading"  # lane of what takes seconds of a processor, one at a time
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


@contextmanager
def _at_work(context: JobContext, name: str) -> Iterator[None]:
    """What surrounds every job: a connection, the note of its failure, the log of what it read."""
    log = reading.logged(actor=SYSTEM, purpose=Purpose.AUTOMATIC, address=f"job {name}")
    with _fresh_connection(), Noting(context.job.id), log:
        yield


@app.task(name=events.DELIVER, retry=RetryLane(), queue=events.QUEUE, pass_context=True)
def deliver(context: JobContext, event: str, subscriber: str, payload: dict[str, object]) -> None:
    """Deliver one event to one subscriber."""
    with _at_work(context, subscriber):
        events.deliver(event, subscriber, payload)


def every(
    cron: str, *, name: str
) -> Callable[[Callable[[datetime], None]], Callable[[datetime], None]]:
    """Periodic work: `@every("*/5 * * * *", name="casework.silence")` on `(now) -> None`."""

    def register(function: Callable[[datetime], None]) -> Callable[[datetime], None]:
        def work(context: JobContext, timestamp: int) -> None:
            with _at_work(context, name):
                function(clock.now())

        work.__name__ = name
        task = app.task(
            name=name, queue="periodic", queueing_lock=name, retry=RetryLane(), pass_context=True
        )
        app.periodic(cron=cron)(task(work))
        return function

    return register


def once(
    *, name: str, queue: str = "default"
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Work that an action defers by name, with plain arguments: `@once(name="kernel.check")`."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        def work(context: JobContext, /, **given: object) -> None:
            with _at_work(context, name):
                function(**given)

        work.__name__ = name
        app.task(name=name, queue=queue, retry=RetryLane(), pass_context=True)(work)
        return function

    return register


# As long as the queue itself waits before it forgets a worker that gives no sign of life.
_ABANDONED = """
SELECT job.id, job.attempts, job.queueing_lock IS NOT NULL
FROM procrastinate_jobs AS job LEFT JOIN procrastinate_workers AS worker
    ON worker.id = job.worker_id AND worker.last_heartbeat > now() - interval '30 seconds'
WHERE job.status = 'doing' AND worker.id IS NULL
ORDER BY job.id LIMIT 1000
FOR UPDATE OF job SKIP LOCKED
"""
_AGAIN = "SELECT procrastinate_retry_job_v2(%s, now(), NULL, %s, NULL)"
_END = "SELECT procrastinate_finish_job_v1(%s, %s, false)"


def resume_abandoned() -> int:
    """Jobs that a killed worker left in the middle go again; they would hold up their subject.

    After the last try they are dead letters. Periodic work is let go: its next turn does the same.
    Returns how many were found.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_ABANDONED)
        found = cursor.fetchall()
        for job, attempts, periodic in found:
            if periodic:
                cursor.execute(_END, [job, "aborted"])
            elif attempts >= MAX_ATTEMPTS:
                cursor.execute(_END, [job, "failed"])
            else:
                cursor.execute(_AGAIN, [job, RETRY_LANE])
    return len(found)


_FORGET = """
DELETE FROM procrastinate_jobs WHERE id IN (
    SELECT id FROM procrastinate_jobs AS job
    WHERE status IN ('succeeded', 'aborted', 'cancelled') AND NOT EXISTS (
        SELECT FROM procrastinate_events AS event WHERE event.job_id = job.id AND event.at >= %s
    )
    ORDER BY id LIMIT 5000
)
"""


def forget_done(before: datetime) -> int:
    """Remove jobs that ended before, in pieces; dead letters stay. Returns how many."""
    found = 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_FORGET, [before])
            if not cursor.rowcount:
                return found
            found += cursor.rowcount
