"""Periodic work of webhooks: letters whose next try has come, and those that are too old."""

from datetime import datetime

from motcua.contexts.webhooks.actions.telling import forget_letters, send_due
from motcua.kernel.jobs import every


@every("* * * * *", name="webhooks.due")
def send_what_waits(now: datetime) -> None:
    send_due(now=now)


@every("35 2 * * *", name="webhooks.forget")
def forget_old(now: datetime) -> None:
    forget_letters(now=now)
