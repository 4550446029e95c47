"""Nghe tin: our own released messages are told to residents."""

from motcua.contexts.alerts.actions.spreading import spread
from motcua.contexts.alerts.events import AlertReleased
from motcua.kernel import clock
from motcua.kernel.events import subscribe


@subscribe(AlertReleased)
def tell_residents(event: AlertReleased) -> None:
    spread(event.alert_id, now=clock.now())
