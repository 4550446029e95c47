"""Việc định kỳ: messages held over night go out in the morning."""

from datetime import datetime

from motcua.contexts.notifications.actions.delivering import release_held
from motcua.contexts.notifications.public import has_held
from motcua.kernel.jobs import every


@every("* * * * *", name="notifications.release_held")
def release(now: datetime) -> None:
    """Every minute: a burst at 7:00 leaves in batches. Nothing is written when none wait."""
    if has_held(now):
        release_held(now=now)
