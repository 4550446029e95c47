"""Nhận khi mất mạng: machines, ranges, entries of a desk, each through its policy."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from motcua.contexts.counters.contracts.offline import (
    Account,
    Choice,
    DeviceNotFound,
    DeviceUse,
    Difference,
    EntryAnswer,
    EntryChanged,
    EntryNotFound,
    EntryState,
    Odd,
    RangeNotFound,
    RangeView,
)
from motcua.contexts.counters.models import CounterDevice, OfflineEntry, SerialRange
from motcua.contexts.counters.policies import (
    CounterDevicePolicy,
    OfflineEntryPolicy,
    SerialRangePolicy,
)
from motcua.kernel import access
from motcua.kernel.actors import Actor

PAGE = 50
SENTENCES = {
    EntryState.RECEIVED: "Đã ghi vào hồ sơ.",
    EntryState.WAITING: "Có chỗ khác nhau, chờ cán bộ đối chiếu.",
    EntryState.VOID: "Đã ghi là số bỏ.",
}


def device_row(device_id: UUID, actor: Actor, *, now: datetime) -> CounterDevice:
    """Raises: DeviceNotFound."""
    rows = CounterDevice.objects.filter(pk=device_id)
    row = access.visible(rows, actor, CounterDevicePolicy, now=now).first()
    if row is None:
        raise DeviceNotFound
    return row


def devices(
    actor: Actor, *, use: DeviceUse = DeviceUse.COUNTER, now: datetime
) -> tuple[CounterDevice, ...]:
    """Those in use first, by when they were last seen."""
    of_use = CounterDevice.objects.filter(use=use)
    rows = access.visible(of_use, actor, CounterDevicePolicy, now=now)
    return tuple(rows.order_by("revoked_at", "-seen_at", "id")[:PAGE])


def range_row(range_id: UUID, actor: Actor, *, now: datetime) -> SerialRange:
    """Raises: RangeNotFound."""
    rows = SerialRange.objects.select_related("device").filter(pk=range_id)
    row = access.visible(rows, actor, SerialRangePolicy, now=now).first()
    if row is None:
        raise RangeNotFound
    return row


def entry_row(entry_id: UUID, actor: Actor, *, now: datetime) -> OfflineEntry:
    """Raises: EntryNotFound."""
    rows = OfflineEntry.objects.filter(pk=entry_id)
    row = access.visible(rows, actor, OfflineEntryPolicy, now=now).first()
    if row is None:
        raise EntryNotFound
    return row


def waiting_entries(actor: Actor, *, now: datetime) -> tuple[OfflineEntry, ...]:
    """What an officer must settle, the longest waiting first."""
    rows = OfflineEntry.objects.filter(state=EntryState.WAITING)
    seen = access.visible(rows, actor, OfflineEntryPolicy, now=now)
    return tuple(seen.order_by("synced_at", "id")[:PAGE])


def usable_ranges(device: CounterDevice, *, now: datetime) -> tuple[SerialRange, ...]:
    rows = SerialRange.objects.select_related("device").filter(
        device=device, revoked_at__isnull=True, returned_from__isnull=True, valid_until__gt=now
    )
    return tuple(rows.order_by("issued_at", "first"))


def accounts(actor: Actor, *, now: datetime) -> tuple[Account, ...]:
    """Where every number of the newest ranges of the desk went: nothing is unaccounted for."""
    rows = access.visible(
        SerialRange.objects.select_related("device"), actor, SerialRangePolicy, now=now
    )
    ranges = list(rows.order_by("-issued_at", "id")[:PAGE])
    used: dict[UUID, dict[int, str]] = {row.id: {} for row in ranges}
    entries = access.visible(
        OfflineEntry.objects.filter(range__in=ranges), actor, OfflineEntryPolicy, now=now
    ).order_by("range_id", "serial")
    for range_id, serial, state in entries.values_list("range_id", "serial", "state"):
        used[range_id][serial] = state
    return tuple(_account(row, used[row.id]) for row in ranges)


def _account(row: SerialRange, used: Mapping[int, str]) -> Account:
    counted = Counter(used.values())
    received, waiting, void = (
        counted[state] for state in (EntryState.RECEIVED, EntryState.WAITING, EntryState.VOID)
    )
    given_back = row.returned_from if row.returned_from is not None else row.last + 1
    returned = sum(serial not in used for serial in range(given_back, row.last + 1))
    size = row.last - row.first + 1
    return Account(
        range=range_view(row),
        received=received,
        waiting=waiting,
        void=void,
        returned=returned,
        out=size - received - waiting - void - returned,
    )


def range_view(row: SerialRange) -> RangeView:
    return RangeView(
        id=row.id,
        device_id=row.device_id,
        unit_id=row.device.unit_id,
        first=row.first,
        last=row.last,
        issued_at=row.issued_at,
        valid_until=row.valid_until,
        signature=bytes(row.signature).hex(),
        revoked=row.revoked_at is not None,
        returned_from=row.returned_from,
    )


def digest_of(body: str) -> bytes:
    return hashlib.sha256(body.encode()).digest()


def answered(entry_id: UUID, body: str) -> EntryAnswer | None:
    """What was answered before, None for a new entry. Raises: EntryChanged."""
    row = OfflineEntry.objects.filter(pk=entry_id).first()
    if row is None:
        return None
    if bytes(row.digest) != digest_of(body):
        raise EntryChanged
    return answer_of(row)


def answer_of(row: OfflineEntry) -> EntryAnswer:
    state = EntryState(row.state)
    return EntryAnswer(
        id=row.id, state=state, code=row.dossier_code or row.code, sentence=SENTENCES[state]
    )


def differences_of(row: OfflineEntry) -> tuple[Difference, ...]:
    return tuple(
        Difference(
            odd=Odd(one["odd"]),
            ours=one["ours"],
            city=one["city"],
            choices=tuple(Choice(c) for c in one["choices"]),
            facts=one["facts"],
        )
        for one in row.differences or ()
    )
