"""Work of the kernel: partitions for the coming months, old keys and jobs, ledger checks."""

from datetime import datetime, timedelta

from motcua.kernel import checks, jobs, limits, partitions
from motcua.kernel.jobs import every
from motcua.kernel.models import IdempotencyRecord

__all__ = ["checks"]  # its job is registered by being imported

KEEP_KEYS = timedelta(days=30)
KEEP_DONE_JOBS = timedelta(days=3)


@every("* * * * *", name="kernel.resume_abandoned")
def resume_abandoned(now: datetime) -> None:
    """What a killed worker left in the middle is done by another."""
    jobs.resume_abandoned()


@every("20 1 * * *", name="kernel.make_partitions")
def make_partitions(now: datetime) -> None:
    """The partitions of this month and the next three."""
    for table in ("kernel_ledger_leaf", "kernel_read_line"):
        partitions.ensure(table, now.date(), (now + timedelta(days=95)).date())


@every("40 1 * * *", name="kernel.forget_old_keys")
def forget_old_keys(now: datetime) -> None:
    IdempotencyRecord.objects.filter(created_at__lt=now - KEEP_KEYS).delete()


@every("25 * * * *", name="kernel.forget_counted_calls")
def forget_counted_calls(now: datetime) -> None:
    limits.forget_ended(now)


@every("50 1 * * *", name="kernel.forget_done_jobs")
def forget_done_jobs(now: datetime) -> None:
    jobs.forget_done(now - KEEP_DONE_JOBS)
