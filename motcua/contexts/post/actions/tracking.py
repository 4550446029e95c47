"""Hành trình: what the post tells, whenever and how often it tells it."""

from datetime import datetime
from uuid import UUID

from motcua.contexts.exchange.contracts import NeighbourDown, NeighbourRefused
from motcua.contexts.post.actions.asking import progressed
from motcua.contexts.post.actions.custody import OWNER, POST, desk, mark_lost, pass_all
from motcua.contexts.post.adapters import carrier
from motcua.contexts.post.contracts import (
    ConsignmentKind,
    ConsignmentMoved,
    ConsignmentState,
    DesksOnly,
    ToldOtherwise,
    TrackingKind,
    TrackingTold,
)
from motcua.contexts.post.models import Consignment, TrackingEvent
from motcua.contexts.post.queries import parcels
from motcua.contexts.post.rules.custody import Passing
from motcua.contexts.post.workflow import ENDED, place_after
from motcua.kernel.actors import SYSTEM, Actor, Role
from motcua.kernel.db import insert, joins_transaction, owns_transaction, record

DESK = (Role.RECEIVER, Role.RETURNER)
KNOWN = frozenset(
    {ConsignmentState.BOOKED, ConsignmentState.WITH_POST, ConsignmentState.COMING_BACK,
     ConsignmentState.LOST, ConsignmentState.DELIVERED, ConsignmentState.CAME_BACK}
)  # fmt: skip


@owns_transaction
def note_tracking(told: TrackingTold, *, actor: Actor, now: datetime) -> None:
    """Write down one event; the state follows from all that is known.

    Raises: ConsignmentNotFound, ToldOtherwise, ConsignmentMoved before the post took the order.
    """
    row = parcels.for_update(parcels.id_of(told.order))
    record(
        action="post.note_tracking",
        subject=str(row.id),
        actor=actor,
        facts={"event": told.id[:64], "kind": told.kind.value},
    )
    if row.state not in KNOWN:
        raise ConsignmentMoved
    before = parcels.event_of(row.id, told.id)
    if before is not None:
        if (before.kind, before.happened_at) != (told.kind, told.happened_at):
            raise ToldOtherwise
        return
    insert(
        TrackingEvent(
            consignment=row,
            number=told.id[:64],
            kind=told.kind,
            happened_at=told.happened_at,
            heard_at=now,
            place=told.place[:120],
            reason=told.reason[:120],
        )
    )
    _note_hands(row, told, actor=actor, now=now)
    settle(row, now=now)


@joins_transaction
def settle(row: Consignment, *, now: datetime) -> None:
    """Let the state follow from the events; tell it when it changed."""
    before, place = row.state, place_after(parcels.happened(row.id))
    row.state, row.attempts, row.heard_at = place.state, place.attempts, now
    row.ended_at = (row.ended_at or now) if place.state in ENDED else None
    row.save(update_fields=["state", "attempts", "heard_at", "ended_at", "proof", "taken_by"])
    if row.state == before:
        return
    if ConsignmentState.LOST in (row.state, before):
        mark_lost(row, lost=row.state == ConsignmentState.LOST)
    progressed(row, now=now)


@owns_transaction
def take_in(consignment_id: UUID, *, gave: str, took: str, actor: Actor, now: datetime) -> None:
    """The postman gives papers to the desk: collected at a home, or brought back.

    Raises: ConsignmentNotFound, DesksOnly, ConsignmentMoved, NamesNeeded.
    """
    row = parcels.for_update(consignment_id)
    check_desk(row.unit_id, actor)
    waits = parcels.papers_with_post(row.id)
    if not waits or row.state not in (ConsignmentState.DELIVERED, ConsignmentState.CAME_BACK):
        raise ConsignmentMoved
    step = Passing(giver=POST, taker=desk(row.unit_id), gave=gave, took=took)
    pass_all(row, step, at=now, actor=actor, now=now)
    record(action="post.take_in", subject=str(row.id), actor=actor, facts={"papers": waits})


def pull(consignment_id: UUID, *, now: datetime) -> None:
    """Ask the post what it knows, where its own word may have been lost."""
    order = str(consignment_id)
    try:
        told = carrier.track(order)
    except (NeighbourDown, NeighbourRefused):
        return  # asked again with the next round
    for event in told:
        note_tracking(event, actor=SYSTEM, now=now)


def check_desk(unit_id: UUID, actor: Actor) -> None:
    """Raises: DesksOnly."""
    if not actor.holds(unit_id, DESK):
        raise DesksOnly


def _note_hands(row: Consignment, told: TrackingTold, *, actor: Actor, now: datetime) -> None:
    """What changed hands out of our sight: the postman's word, with both names."""
    home = str(row.home.get("recipient", ""))
    step = None
    if row.kind == ConsignmentKind.COLLECT:
        if told.kind in (TrackingKind.TAKEN, TrackingKind.DELIVERED):
            step = Passing(giver=OWNER, taker=POST, gave=home, took=told.postman)
    elif told.kind is TrackingKind.DELIVERED:
        step = Passing(giver=POST, taker=OWNER, gave=told.postman, took=told.taken_by or home)
        row.proof, row.taken_by = told.proof, told.taken_by or home
    if step is not None:
        pass_all(row, step, at=told.happened_at, actor=actor, now=now)
