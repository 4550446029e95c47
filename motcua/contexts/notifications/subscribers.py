"""Nghe tin: our own messages go out; the exchange says how that went."""

from motcua.contexts.exchange.events import SendingDelivered, SendingGivenUp
from motcua.contexts.notifications.actions import delivering
from motcua.contexts.notifications.contracts import DeliveryState
from motcua.contexts.notifications.events import NotificationMade
from motcua.kernel import clock
from motcua.kernel.events import subscribe


@subscribe(NotificationMade)
def send_out(event: NotificationMade) -> None:
    delivering.send_out(event.notification_id, now=clock.now())


@subscribe(SendingDelivered)
def note_delivered(event: SendingDelivered) -> None:
    if event.subject.startswith(delivering.KEY):
        delivering.note_outcome(event.subject, state=DeliveryState.SENT, now=event.occurred_at)


@subscribe(SendingGivenUp)
def note_given_up(event: SendingGivenUp) -> None:
    if event.subject.startswith(delivering.KEY):
        delivering.note_outcome(
            event.subject, state=DeliveryState.FAILED, reason=event.reason, now=event.occurred_at
        )
