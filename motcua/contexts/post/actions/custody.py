"""Giao nhận bản gốc: each hand-over is one row with two names, and moves the holder with it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from motcua.contexts.post.contracts import HolderKind
from motcua.contexts.post.models import Consignment, CustodyStep, Original
from motcua.contexts.post.queries import parcels
from motcua.contexts.post.rules.custody import Hand, Passing, names_of, passed
from motcua.kernel.actors import Actor
from motcua.kernel.db import change, insert, joins_transaction

OWNER, POST = Hand(kind=HolderKind.OWNER), Hand(kind=HolderKind.POST)


def desk(unit_id: UUID) -> Hand:
    return Hand(kind=HolderKind.DESK, unit_id=unit_id)


@joins_transaction
def register(*, subject: str, owner_id: UUID, label: str, holder: Hand, now: datetime) -> Original:
    """A paper that exists once comes under custody, with whoever has it at that moment."""
    row = Original(
        subject=subject,
        owner_id=owner_id,
        label=label[:200],
        holder=holder.kind,
        holder_unit_id=holder.unit_id,
        since=now,
    )
    insert(row)
    return row


@joins_transaction
def pass_on(
    row: Original,
    step: Passing,
    *,
    consignment: Consignment | None,
    at: datetime,
    actor: Actor,
    now: datetime,
) -> None:
    """From one hand into another. Raises: OriginalElsewhere, NamesNeeded, Stale."""
    before, taker = row.steps, passed(row.hand(), step)
    gave, took = names_of(step.gave, step.took)
    row.holder, row.holder_unit_id, row.since = taker.kind, taker.unit_id, at
    row.steps, row.is_lost = before + 1, False
    change(row, "holder", "holder_unit", "since", "steps", "is_lost", expecting={"steps": before})
    insert(
        CustodyStep(
            original=row,
            serial=row.steps,
            giver=step.giver.kind,
            giver_unit_id=step.giver.unit_id,
            taker=taker.kind,
            taker_unit_id=taker.unit_id,
            gave_name=gave,
            took_name=took,
            consignment=consignment,
            happened_at=at,
            recorded_at=now,
            recorded_by_id=actor.account_id,
        )
    )


@joins_transaction
def pass_by_hand(original_id: UUID, step: Passing, *, actor: Actor, now: datetime) -> None:
    """One paper over a desk. Raises: OriginalElsewhere, NamesNeeded."""
    row = parcels.original_for_update(original_id)
    pass_on(row, step, consignment=None, at=now, actor=actor, now=now)


@joins_transaction
def pass_all(
    consignment: Consignment,
    step: Passing,
    *,
    at: datetime,
    actor: Actor,
    now: datetime,
) -> None:
    """Everything in a consignment that the giver still holds; what was passed before stays so."""
    for row in _in(consignment, step.giver):
        pass_on(row, step, consignment=consignment, at=at, actor=actor, now=now)


@joins_transaction
def mark_lost(consignment: Consignment, *, lost: bool) -> None:
    """The post does not find it, or found it again: the post stays its holder."""
    for row in _in(consignment, POST):
        row.is_lost = lost
        change(row, "is_lost")


def _in(consignment: Consignment, holder: Hand) -> Iterable[Original]:
    return [row for row in parcels.papers_for_update(consignment.id) if row.hand() == holder]
