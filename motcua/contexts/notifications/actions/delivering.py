"""Gửi đi: mail and SMS through the exchange, which retries and keeps dead letters."""

from datetime import datetime
from uuid import UUID

from motcua.contexts.exchange import public as exchange
from motcua.contexts.identity import public as identity
from motcua.contexts.notifications import queries
from motcua.contexts.notifications.adapters.letters import Letter, letter_for
from motcua.contexts.notifications.contracts import Channel, DeliveryState, Level
from motcua.contexts.notifications.models import Delivery, Notification
from motcua.contexts.notifications.rules import wording
from motcua.contexts.notifications.rules.hours import hold_until
from motcua.kernel.actors import SYSTEM
from motcua.kernel.db import insert, joins_transaction, owns_transaction, record
from motcua.kernel.holdings import Processing, is_stopped

KEY = "notification-"
CONNECTORS = {Channel.EMAIL: "mail", Channel.SMS: "sms"}


@owns_transaction
def send_out(notification_id: UUID, *, now: datetime) -> None:
    """Start every way out of one message; asked again, it starts none twice."""
    notification = queries.for_sending(notification_id)
    if notification is not None:
        started = queries.started_channels(notification_id)
        for channel in wording.template(notification.template).channels:
            if channel not in started:
                _start(notification, channel, now=now)
    record(action="notifications.send_out", subject=str(notification_id), actor=SYSTEM)


@owns_transaction
def release_held(*, now: datetime) -> None:
    """Morning: hand over what waited for the quiet hours to end."""
    held = queries.held_for_update(now)
    for delivery in held:
        _hand_over(delivery, delivery.notification, now=now)
        delivery.save(update_fields=["state", "not_before", "changed_at"])
    record(
        action="notifications.release_held", subject="", actor=SYSTEM, facts={"count": len(held)}
    )


@owns_transaction
def note_outcome(key: str, *, state: DeliveryState, reason: str = "", now: datetime) -> None:
    """The exchange says how it went. Keys that are not ours are nobody's business here."""
    queries.set_outcome(UUID(key.removeprefix(KEY)), state, reason=reason, now=now)
    record(
        action="notifications.note_outcome",
        subject=key,
        actor=SYSTEM,
        facts={"state": state.value, "reason": reason},
    )


@joins_transaction
def _start(notification: Notification, channel: Channel, *, now: datetime) -> None:
    delivery = Delivery(
        notification=notification, channel=channel, state=DeliveryState.HANDED, changed_at=now
    )
    wait = hold_until(channel, Level(notification.level), now)
    if _is_stopped(notification, channel):
        delivery.state = DeliveryState.STOPPED
    elif not _address(notification, channel):
        delivery.state = DeliveryState.NO_ADDRESS
    elif wait is not None:
        delivery.state, delivery.not_before = DeliveryState.HELD, wait
    else:
        _hand_over(delivery, notification, now=now)
    insert(delivery)


def _hand_over(delivery: Delivery, notification: Notification, *, now: datetime) -> None:
    """Give it to the exchange; the address is looked up now, not when the message was written."""
    channel = Channel(delivery.channel)
    delivery.not_before, delivery.changed_at = None, now
    if _is_stopped(notification, channel):
        delivery.state = DeliveryState.STOPPED
        return
    address = _address(notification, channel)
    if not address:
        delivery.state = DeliveryState.NO_ADDRESS
        return
    delivery.state = DeliveryState.HANDED
    exchange.send(
        CONNECTORS[channel],
        "send",
        _payload(letter_for(notification, channel), address),
        key=f"{KEY}{delivery.id}",
        purpose="Báo tin về hồ sơ",
        actor=SYSTEM,
        now=now,
    )


def _is_stopped(notification: Notification, channel: Channel) -> bool:
    """Asked when it would go, so that a mark counts for what waited over night too."""
    person_id = notification.person_id
    return person_id is not None and is_stopped(Processing(channel.value), person_id)


def _address(notification: Notification, channel: Channel) -> str:
    if notification.account_id is not None:  # an officer's: the city holds no telephone of them
        return identity.mail_of_account(notification.account_id) if channel is Channel.EMAIL else ""
    if notification.person_id is None:
        return ""
    contact = identity.contact_of(notification.person_id)
    return (contact.email if channel is Channel.EMAIL else contact.phone) or ""


def _payload(letter: Letter, address: str) -> dict[str, object]:
    if letter.subject:
        return {"to": address, "subject": letter.subject, "text": letter.text}
    return {"to": address, "text": letter.text}
