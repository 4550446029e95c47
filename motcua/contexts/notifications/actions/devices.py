"""Máy nhận tin đẩy: a browser is allowed, ended by its owner, or found gone."""

from datetime import datetime
from uuid import UUID

from motcua.contexts.exchange import public as exchange
from motcua.contexts.notifications import queries
from motcua.contexts.notifications.contracts import DeviceNotFound, TooManyDevices
from motcua.contexts.notifications.models import Device
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.db import change, insert, owns_transaction, record

MOST = 10
OWNER, GONE, OTHER = "OWNER", "GONE", "OTHER"
ENDING = ("ended_at", "ended_why", "endpoint", "endpoint_index", "p256dh", "auth")


@owns_transaction
def allow_device(
    *,
    endpoint: str,
    p256dh: str,
    auth: str,
    name: str,
    actor: Actor,
    now: datetime,
    language: str = "vi",
) -> None:
    """Push to this browser from now on; whoever was pushed to there before is not any more.

    language: of the page on which it was allowed; pushes are said in it.
    Raises: PushServiceUnknown, UnreadableKeys, TooManyDevices.
    """
    service = exchange.push_service_of(endpoint, p256dh=p256dh, auth=auth)
    before = queries.device_at(endpoint)
    if before is None or not queries.own_devices(actor, now=now).filter(id=before.id).exists():
        if queries.own_devices(actor, now=now).count() >= MOST:
            raise TooManyDevices
        if before is not None:
            _end(before, OTHER, now=now)
        before = None
    device = before or Device(**queries.reader_fields(actor), created_at=now)
    is_new = before is None
    device.name, device.service, device.language = name[:80], service, language
    device.endpoint, device.p256dh, device.auth = endpoint, p256dh, auth
    if is_new:
        insert(device)
    else:
        change(device, "name", "service", "language", "endpoint", "p256dh", "auth")
    record(
        action="notifications.allow_device",
        subject=str(device.id),
        actor=actor,
        facts={"service": service},
    )


@owns_transaction
def end_device(device_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Raises: DeviceNotFound, also for somebody else's."""
    device = queries.own_devices(actor, now=now).filter(id=device_id).first()
    if device is None:
        raise DeviceNotFound
    _end(device, OWNER, now=now)
    record(action="notifications.end_device", subject=str(device_id), actor=actor)


@owns_transaction
def forget_gone(key: str, *, now: datetime) -> None:
    """The push service says that nobody is there any more; told twice, it is forgotten once."""
    for device_id in queries.by_key(key).values_list("device_id", flat=True):
        device = queries.device_for_update(device_id)
        if device is not None:
            _end(device, GONE, now=now)
    record(action="notifications.forget_gone", subject=key, actor=SYSTEM)


def _end(device: Device, why: str, *, now: datetime) -> None:
    device.ended_at, device.ended_why = now, why
    device.endpoint = device.endpoint_index = device.p256dh = device.auth = None
    change(device, *ENDING)
