"""Periodic work of privacy: disposal by the schedule."""

from datetime import datetime

from motcua.contexts.privacy.actions import retention
from motcua.kernel.jobs import every


@every("20 3 * * *", name="privacy.dispose")
def dispose(now: datetime) -> None:
    """Each night; a run that was killed goes on."""
    retention.run(now=now)
