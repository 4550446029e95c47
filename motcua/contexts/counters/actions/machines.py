"""Máy ở quầy: registered with its own key, given numbers while it has a network, revoked."""

import secrets
from base64 import b64encode
from datetime import datetime, timedelta
from uuid import UUID

from motcua.contexts.counters.adapters import signing
from motcua.contexts.counters.contracts.offline import (
    DeviceNeedsName,
    DeviceNotFound,
    DeviceRevoked,
    DeviceUse,
    RangeNotFound,
    Ranges,
    RangeView,
    Registered,
)
from motcua.contexts.counters.models import CounterDevice, OfflineEntry, SerialRange
from motcua.contexts.counters.policies import GOES
from motcua.contexts.counters.queries import offline as queries
from motcua.contexts.counters.rules import offline as rules
from motcua.contexts.dossiers import public as dossiers
from motcua.kernel import db
from motcua.kernel.actors import Actor, Role
from motcua.kernel.db import owns_transaction
from motcua.kernel.text import nfc

KEPT = 2  # ranges that a machine has at hand
VALID = timedelta(days=3)  # a weekend without a network
SEAL_BYTES = 32
LONGEST_NAME = 60
USERS = {DeviceUse.COUNTER: (Role.RECEIVER,), DeviceUse.FIELD: GOES}


@owns_transaction
def register_device(
    name: str,
    public_key: str,
    *,
    use: DeviceUse = DeviceUse.COUNTER,
    actor: Actor,
    now: datetime,
) -> Registered:
    """The machine made a key that it cannot give away; we take the public half.

    Raises: DeviceNeedsName, KeyMalformed, DeviceNotFound for whoever has no such place.
    """
    unit_id = next(iter(sorted(actor.unit_ids(*USERS[use]), key=str)), None)
    if unit_id is None or actor.account_id is None:
        raise DeviceNotFound
    called = nfc(name)[:LONGEST_NAME]
    if not called:
        raise DeviceNeedsName(field="name")
    row = CounterDevice(
        unit_id=unit_id,
        name=called,
        use=use,
        public_key=signing.machine_key(public_key),
        seal=b64encode(secrets.token_bytes(SEAL_BYTES)).decode(),
        registered_at=now,
        registered_by=actor.account_id,
        seen_at=now,
    )
    db.insert(row)
    db.record(action="counters.register_device", subject=str(row.id), actor=actor)
    return Registered(device_id=row.id)


@owns_transaction
def revoke_device(device_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Lost or replaced: its ranges end with it. What it took in before is settled one by one.

    Raises: DeviceNotFound, DeviceRevoked.
    """
    row = queries.device_row(device_id, actor, now=now)
    if row.revoked_at is not None:
        raise DeviceRevoked
    row.revoked_at, row.revoked_by = now, actor.account_id
    db.change(row, "revoked_at", "revoked_by", expecting={"revoked_at": None})
    for one in queries.usable_ranges(row, now=now):
        one.revoked_at = now
        db.change(one, "revoked_at")
    db.record(action="counters.revoke_device", subject=str(row.id), actor=actor)


@owns_transaction
def take_ranges(device_id: UUID, *, actor: Actor, now: datetime) -> Ranges:
    """Numbers for hours without a network: as many ranges as a machine may have, no more.

    Raises: DeviceNotFound, DeviceRevoked.
    """
    device = queries.device_row(device_id, actor, now=now)
    if device.use != DeviceUse.COUNTER:
        raise DeviceNotFound
    if device.revoked_at is not None:
        raise DeviceRevoked
    held = [one for one in queries.usable_ranges(device, now=now) if not _is_used_up(one)]
    fresh = [_new_range(device, actor, now) for _ in range(KEPT - len(held))]
    device.seen_at = now
    db.change(device, "seen_at")
    db.record(
        action="counters.take_ranges",
        subject=str(device.id),
        actor=actor,
        facts={"firsts": [one.first for one in fresh]},
    )
    return Ranges(ranges=tuple(queries.range_view(one) for one in (*held, *fresh)))


def _is_used_up(row: SerialRange) -> bool:
    used = OfflineEntry.objects.filter(range=row).count()
    return used > row.last - row.first


def _new_range(device: CounterDevice, actor: Actor, now: datetime) -> SerialRange:
    first = dossiers.take_block()
    assert actor.account_id is not None
    row = SerialRange(
        device=device,
        first=first,
        last=first + dossiers.BLOCK - 1,
        issued_at=now,
        issued_to=actor.account_id,
        valid_until=now + VALID,
        signature=b"",
    )
    row.signature = signing.sign_range(rules.range_message(queries.range_view(row)))
    db.insert(row)
    return row


@owns_transaction
def return_range(range_id: UUID, first_unused: int, *, actor: Actor, now: datetime) -> None:
    """The machine gives up the rest of its numbers, from `first_unused` on. Told again, the same.

    Raises: RangeNotFound, also for a number outside it.
    """
    row = queries.range_row(range_id, actor, now=now)
    if not row.first <= first_unused <= row.last + 1:
        raise RangeNotFound
    if row.returned_from is None:
        row.returned_from, row.returned_at = first_unused, now
        db.change(row, "returned_from", "returned_at", expecting={"returned_from": None})
    db.record(
        action="counters.return_range",
        subject=str(row.id),
        actor=actor,
        facts={"from": first_unused},
    )


@owns_transaction
def revoke_range(range_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Raises: RangeNotFound."""
    row = queries.range_row(range_id, actor, now=now)
    if row.revoked_at is None:
        row.revoked_at = now
        db.change(row, "revoked_at", expecting={"revoked_at": None})
    db.record(action="counters.revoke_range", subject=str(row.id), actor=actor)


def is_genuine(one: RangeView) -> bool:
    """Whether this city signed the range as it is told."""
    return signing.is_range_of_city(rules.range_message(one), bytes.fromhex(one.signature))
