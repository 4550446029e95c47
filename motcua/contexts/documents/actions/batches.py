"""Đợt ký: what an officer signs under one PIN, remembered item by item.

Whoever owns the matters signs them (`dossiers.actions.signing`); here is what was asked, what came
of it and what still waits, so that a batch that stopped goes on where it stopped.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from motcua.contexts.documents.contracts import ItemState
from motcua.contexts.documents.models import SigningBatch, SigningItem
from motcua.kernel.actors import Actor
from motcua.kernel.db import change, insert, joins_transaction, owns_transaction, record

LONGEST = 300  # letters of a refusal


@joins_transaction
def begin_batch(chosen: Iterable[tuple[str, int]], *, actor: Actor, now: datetime) -> UUID:
    """chosen: codes, each with the version that the officer saw."""
    assert actor.account_id is not None
    batch = SigningBatch(account_id=actor.account_id, begun_at=now)
    items = [
        SigningItem(batch=batch, place=at, subject=subject, seen_version=seen)
        for at, (subject, seen) in enumerate(chosen)
    ]
    insert(batch, *items)
    facts: dict[str, object] = {"papers": len(items)}
    record(action="documents.begin_batch", subject=f"batch {batch.pk}", actor=actor, facts=facts)
    return batch.pk


@joins_transaction
def take_item(batch_id: UUID, subject: str) -> bool:
    """Locks the item until the action ends. False when it was signed or refused already."""
    rows = SigningItem.objects.filter(batch_id=batch_id, subject=subject, state=ItemState.WAITING)
    return rows.select_for_update().first() is not None


@joins_transaction
def item_signed(batch_id: UUID, subject: str, *, now: datetime) -> None:
    _settle(batch_id, subject, ItemState.SIGNED, "", now)


@owns_transaction
def item_refused(batch_id: UUID, subject: str, why: str, *, actor: Actor, now: datetime) -> None:
    """This one will not be signed; the others go on."""
    if take_item(batch_id, subject):
        _settle(batch_id, subject, ItemState.REFUSED, why, now)
    record(action="documents.item_refused", subject=subject, actor=actor)


@owns_transaction
def batch_stopped(batch_id: UUID, why: str, *, actor: Actor, now: datetime) -> None:
    """why: code of a refusal; a wrong PIN stands in the ledger, the PIN itself nowhere."""
    batch = SigningBatch.objects.get(pk=batch_id)
    batch.stopped = why
    change(batch, "stopped")
    record(
        action="documents.batch_stopped",
        subject=f"batch {batch_id}",
        actor=actor,
        facts={"why": why},
    )


def _settle(batch_id: UUID, subject: str, state: ItemState, said: str, now: datetime) -> None:
    row = SigningItem.objects.get(batch_id=batch_id, subject=subject)
    row.state, row.said, row.at = state.value, said[:LONGEST], now
    change(row, "state", "said", "at", expecting={"state": ItemState.WAITING.value})
