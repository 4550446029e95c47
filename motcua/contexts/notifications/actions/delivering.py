"""Gửi đi: mail, SMS and push through the exchange, which retries and keeps dead letters."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.db.models import Q

from motcua.contexts.exchange import public as exchange
from motcua.contexts.identity import public as identity
from motcua.contexts.notifications import queries
from motcua.contexts.notifications.adapters.letters import (
    Letter,
    letter_for,
    letter_of_the_day,
    push_for,
)
from motcua.contexts.notifications.contracts import Channel, DeliveryState, Level
from motcua.contexts.notifications.models import Delivery, Device, Notification
from motcua.contexts.notifications.rules import wording
from motcua.contexts.notifications.rules.hours import hold_until, letter_at
from motcua.contexts.notifications.rules.wishes import Wishes
from motcua.kernel.actors import SYSTEM
from motcua.kernel.db import insert, joins_transaction, owns_transaction, record, uuid7
from motcua.kernel.holdings import Processing, is_stopped

KEY = queries.KEY
CONNECTORS = {Channel.EMAIL: "mail", Channel.SMS: "sms"}
STOPPABLE = {Channel.EMAIL: Processing.EMAIL, Channel.SMS: Processing.SMS}
PURPOSE = "Báo tin về hồ sơ"


@owns_transaction
def send_out(notification_id: UUID, *, now: datetime) -> None:
    """Start every way out of one message; asked again, it starts none twice."""
    notification = queries.for_sending(notification_id)
    if notification is not None:
        started = queries.started_ways(notification_id)
        reader = queries.reader_of(notification)
        wanted = queries.reader_wishes(reader)
        for channel, device in _ways(notification, reader):
            if (channel, device.id if device else None) not in started:
                _start(notification, channel, device, wanted=wanted, now=now)
    record(action="notifications.send_out", subject=str(notification_id), actor=SYSTEM)


@owns_transaction
def release_held(*, now: datetime) -> None:
    """Morning: hand over what waited for the quiet hours to end."""
    held = queries.waiting_for_update(DeliveryState.HELD, now)
    for delivery in held:
        _hand_over(delivery, delivery.notification, now=now)
        delivery.save(update_fields=["state", "not_before", "changed_at", "handed_at"])
    record(
        action="notifications.release_held", subject="", actor=SYSTEM, facts={"count": len(held)}
    )


@owns_transaction
def send_letters(*, now: datetime) -> None:
    """Evening: one mail for each reader with the small news of the day that they have not read."""
    gathered = queries.waiting_for_update(DeliveryState.GATHERED, now)
    gathered.sort(key=_reader_id)
    for _reader, found in groupby(gathered, key=_reader_id):
        _send_letter(list(found), now=now)
    record(
        action="notifications.send_letters",
        subject="",
        actor=SYSTEM,
        facts={"count": len(gathered)},
    )


@owns_transaction
def note_outcome(
    key: str, *, state: DeliveryState, reason: str = "", provider: str = "", now: datetime
) -> None:
    """The exchange says how it went."""
    rows = queries.by_key(key)
    if state is DeliveryState.SENT:
        queries.set_sent(rows, provider=provider, now=now)
        queries.note_use(rows, now=now)
    elif state is DeliveryState.DELIVERED:
        queries.set_delivered(rows, provider=provider, now=now)
    else:
        queries.set_failed(rows, reason=reason, provider=provider, now=now)
    record(
        action="notifications.note_outcome",
        subject=key,
        actor=SYSTEM,
        facts={"state": state.value, "reason": reason, "provider": provider},
    )


def _reader_id(delivery: Delivery) -> str:
    row = delivery.notification
    return str(row.person_id or row.account_id)


def _ways(notification: Notification, reader: Q) -> Iterator[tuple[Channel, Device | None]]:
    """The template's ways; a letter of the day for other small news; push for all that is not."""
    level = Level(notification.level)
    channels = wording.template(notification.template).channels
    if not channels and level is Level.FYI and notification.person_id is not None:
        channels = (Channel.EMAIL,)
    yield from ((channel, None) for channel in channels)
    if level is not Level.FYI:
        for device in queries.devices_of(reader):
            yield Channel.PUSH, device


@joins_transaction
def _start(
    notification: Notification,
    channel: Channel,
    device: Device | None,
    *,
    wanted: Wishes,
    now: datetime,
) -> None:
    template, level = wording.template(notification.template), Level(notification.level)
    delivery = Delivery(
        notification=notification,
        channel=channel,
        device=device,
        state=DeliveryState.HANDED,
        changed_at=now,
    )
    wait = hold_until(channel, level, now, wanted.quiet)
    if wanted.refuses(wording.kind_of(template, level), channel):
        delivery.state = DeliveryState.OFF
    elif _is_stopped(notification, channel):
        delivery.state = DeliveryState.STOPPED
    elif device is None and not _address(notification, channel):
        delivery.state = DeliveryState.NO_ADDRESS
    elif _is_gathered(notification, channel, wanted):
        delivery.state, delivery.not_before = DeliveryState.GATHERED, letter_at(now)
    elif wait is not None:
        delivery.state, delivery.not_before = DeliveryState.HELD, wait
    else:
        _hand_over(delivery, notification, now=now)
    insert(delivery)


def _is_gathered(notification: Notification, channel: Channel, wanted: Wishes) -> bool:
    template = wording.template(notification.template)
    if channel is not Channel.EMAIL or notification.level != Level.FYI or template.at_once:
        return False
    return wanted.gathers or not template.channels


def _hand_over(delivery: Delivery, notification: Notification, *, now: datetime) -> None:
    """Give it to the exchange; the address is looked up now, not when the message was written."""
    channel = Channel(delivery.channel)
    delivery.not_before, delivery.changed_at = None, now
    if _is_stopped(notification, channel):
        delivery.state = DeliveryState.STOPPED
        return
    if channel is Channel.PUSH:
        _push(delivery, notification, now=now)
        return
    address = _address(notification, channel)
    if not address:
        delivery.state = DeliveryState.NO_ADDRESS
        return
    letter = letter_for(notification, channel)
    _send(delivery, CONNECTORS[channel], _payload(letter, address), now=now)


def _push(delivery: Delivery, notification: Notification, *, now: datetime) -> None:
    """What was read on another device, or a device that was ended meanwhile, rings no more."""
    device = delivery.device
    if notification.read_at is not None:
        delivery.state = DeliveryState.OFF
    elif device is None or device.ended_at is not None:
        delivery.state = DeliveryState.NO_ADDRESS
    else:
        keys = {"endpoint": device.endpoint, "p256dh": device.p256dh, "auth": device.auth}
        said = push_for(notification, device.language)
        _send(delivery, device.service, {**keys, **said}, now=now)


def _send(delivery: Delivery, connector: str, payload: dict[str, object], *, now: datetime) -> None:
    delivery.state, delivery.handed_at = DeliveryState.HANDED, now
    exchange.send(
        connector,
        "send",
        payload,
        key=f"{KEY}{delivery.id}",
        purpose=PURPOSE,
        actor=SYSTEM,
        now=now,
        urgent=delivery.notification.level == Level.EMERGENCY,
    )


@joins_transaction
def _send_letter(found: list[Delivery], *, now: datetime) -> None:
    """One mail; what was read meanwhile is not said again."""
    unread = [one for one in found if one.notification.read_at is None]
    address = _address(found[0].notification, Channel.EMAIL) if unread else ""
    stopped = _is_stopped(found[0].notification, Channel.EMAIL)
    number = uuid7()
    for one in found:
        one.not_before, one.changed_at = None, now
        one.state = DeliveryState.OFF
        if one.notification.read_at is None:
            one.state = DeliveryState.STOPPED if stopped else DeliveryState.NO_ADDRESS
        if address and not stopped and one.notification.read_at is None:
            one.state, one.letter, one.handed_at = DeliveryState.HANDED, number, now
        one.save(update_fields=["state", "not_before", "changed_at", "letter", "handed_at"])
    if address and not stopped:
        exchange.send(
            CONNECTORS[Channel.EMAIL],
            "send",
            _payload(letter_of_the_day([one.notification for one in unread]), address),
            key=f"{KEY}{queries.DAILY}{number}",
            purpose=PURPOSE,
            actor=SYSTEM,
            now=now,
        )


def _is_stopped(notification: Notification, channel: Channel) -> bool:
    """Asked when it would go, so that a mark counts for what waited over night too."""
    person_id, use = notification.person_id, STOPPABLE.get(channel)
    return person_id is not None and use is not None and is_stopped(use, person_id)


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
