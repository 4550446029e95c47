"""Periodic work of privacy: disposal by the schedule, a watch over who reads."""

from datetime import datetime

from motcua.contexts.privacy.actions import impacts, looks, retention
from motcua.kernel.jobs import every


@every("20 3 * * *", name="privacy.dispose")
def dispose(now: datetime) -> None:
    """Each night; a run that was killed goes on."""
    retention.run(now=now)


@every("40 3 * * *", name="privacy.check_impacts")
def check_impacts(now: datetime) -> None:
    """Each night: assessments that are owed, out of date or due again open a task."""
    impacts.check(now=now)


@every("*/10 * * * *", name="privacy.watch_readers")
def watch_readers(now: datetime) -> None:
    """Somebody who reads too much, or at an odd hour, is told to the data protection officers."""
    looks.watch(now)
