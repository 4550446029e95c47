"""Việc định kỳ: alerts end by themselves, and an interrupted telling goes on."""

from datetime import datetime

from motcua.contexts.alerts.actions.ending import end_expired
from motcua.contexts.alerts.actions.spreading import spread
from motcua.contexts.alerts.queries import alerts
from motcua.kernel.jobs import every


@every("* * * * *", name="alerts.end_expired")
def end(now: datetime) -> None:
    """Nothing is written when none has expired."""
    if alerts.has_expired(now):
        end_expired(now=now)


@every("* * * * *", name="alerts.go_on")
def go_on(now: datetime) -> None:
    """What a killed worker left in the middle."""
    for alert_id in alerts.unfinished():
        spread(alert_id, now=now)
