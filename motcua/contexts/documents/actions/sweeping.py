"""Dọn kho: bytes that nobody recorded go after a day; bytes that a row needs never go."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from motcua.contexts.documents import queries
from motcua.contexts.documents.adapters.local_store import drop_abandoned
from motcua.contexts.documents.adapters.stores import store

PATIENCE = timedelta(days=1)  # longer than any transaction that may still record the bytes
BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """What a sweep did. missing: hashes that rows name and the store does not have."""

    removed: int
    abandoned: int
    missing: tuple[str, ...] = ()


def sweep(*, now: datetime, pretend: bool = False) -> Sweep:
    """Remove old orphans and abandoned uploads. Not an action of a person: no ledger leaf, since
    nothing that was ever promised changes.
    """
    before, place = now - PATIENCE, store()
    removed = sum(_removed(sha256, before, pretend) for sha256 in place.kept_before(before))
    abandoned = 0 if pretend else drop_abandoned(place.staging(), before)
    return Sweep(removed=removed, abandoned=abandoned)


def missing() -> tuple[str, ...]:
    """Hashes that rows name and the store does not have; should always be empty."""
    place, after, found = store(), "", []
    while batch := queries.recorded_hashes(after, limit=BATCH):
        found += [sha256 for sha256 in batch if not place.has(sha256)]
        after = batch[-1]
    return tuple(found)


def _removed(sha256: str, before: datetime, pretend: bool) -> bool:
    """The lock keeps out whoever is recording these bytes at this moment."""
    if queries.is_recorded(sha256):
        return False
    if pretend:
        return True
    with transaction.atomic():
        if not queries.may_sweep_bytes(sha256) or queries.is_recorded(sha256):
            return False
        if not store().is_older(sha256, before):
            return False
        store().remove(sha256)
    return True
