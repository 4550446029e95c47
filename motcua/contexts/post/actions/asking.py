"""Nhờ bưu chính: asked once under a key, asked again while its answer is not known.

Claim, call outside any transaction, write down what was heard: whoever dies between leaves an
order that the post is asked about again under the same key.
"""

from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from motcua.contexts.exchange.contracts import NeighbourDown, NeighbourRefused
from motcua.contexts.post.adapters import carrier
from motcua.contexts.post.contracts import (
    Asked,
    AskPost,
    ConsignmentMoved,
    ConsignmentState,
    Order,
    PostTold,
    ToldOtherwise,
)
from motcua.contexts.post.events import ConsignmentAsked, ConsignmentProgressed
from motcua.contexts.post.models import Consignment, Original, Travelling
from motcua.contexts.post.queries import parcels
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.db import insert, joins_transaction, owns_transaction, record
from motcua.kernel.events import publish

CLAIM = timedelta(minutes=2)  # longer than a call to the post may take
LONGEST_PAUSE = timedelta(hours=1)


@joins_transaction
def ask(command: AskPost, *, now: datetime) -> Asked:
    """A consignment is wanted, inside the caller's action; one of a kind at a time for a dossier.

    Raises: ConsignmentMoved.
    """
    if parcels.under_way(command.subject, command.kind):
        raise ConsignmentMoved("Hồ sơ này đã có bưu gửi đang chờ. Bạn xem ở mục bưu chính.")
    row = Consignment(
        kind=command.kind,
        subject=command.subject,
        owner_id=command.owner_id,
        unit_id=command.unit_id,
        home=asdict(command.home),
        asked_at=now,
        next_try_at=now,
    )
    papers = (Travelling(consignment=row, original=Original(id=one)) for one in command.papers)
    insert(row, *papers)
    publish(ConsignmentAsked(occurred_at=now, subject=str(row.id), consignment_id=row.id))
    return Asked(id=row.id)


def order_consignment(consignment_id: UUID, *, now: datetime) -> None:
    """Tell the post, if it is due. Safe to call any number of times: the key stays the same."""
    order = claim_order(consignment_id, now=now)
    if order is None:
        return
    try:
        told = carrier.book(order)
    except NeighbourRefused as refusal:
        told = PostTold(
            order=order.key, tracking="", price=None, price_source="", refusal=refusal.reason
        )
    except NeighbourDown:
        return  # nothing is known; the claim ends by itself and the post is asked again
    note_answer(told, actor=SYSTEM, now=now)


@owns_transaction
def claim_order(consignment_id: UUID, *, now: datetime) -> Order | None:
    """Keep others from ordering meanwhile. None: not due, or answered."""
    row = parcels.for_update(consignment_id)
    record(action="post.claim_order", subject=str(consignment_id), actor=SYSTEM)
    due = row.next_try_at is not None and row.next_try_at <= now
    if row.state != ConsignmentState.ASKED or not due:
        return None
    row.tries += 1
    row.next_try_at = now + max(CLAIM, min(LONGEST_PAUSE, timedelta(minutes=row.tries**2)))
    row.save(update_fields=["tries", "next_try_at"])
    return parcels.order_of(row)


@owns_transaction
def note_answer(told: PostTold, *, actor: Actor, now: datetime) -> None:
    """The post took the order, or does not; told twice, it counts once. Raises: ToldOtherwise."""
    row = parcels.for_update(parcels.id_of(told.order))
    record(
        action="post.note_answer",
        subject=str(row.id),
        actor=actor,
        facts={"tracking": told.tracking, "refusal": told.refusal[:60]},
    )
    if row.state != ConsignmentState.ASKED:
        if told.tracking and told.tracking != row.tracking:
            raise ToldOtherwise
        return
    row.next_try_at, row.heard_at = None, now
    if told.refusal:
        row.state, row.refusal, row.ended_at = ConsignmentState.REFUSED, told.refusal[:60], now
    else:
        row.state, row.tracking = ConsignmentState.BOOKED, told.tracking
        row.price_dong = None if told.price is None else int(told.price)
        row.price_source = told.price_source[:120]
    row.save(
        update_fields=["next_try_at", "heard_at", "state", "refusal", "ended_at", "tracking",
                       "price_dong", "price_source"]
    )  # fmt: skip
    progressed(row, now=now)


@joins_transaction
def progressed(row: Consignment, *, now: datetime) -> None:
    """Tell whoever wants to know that it is somewhere else."""
    publish(
        ConsignmentProgressed(
            occurred_at=now,
            subject=row.subject,
            consignment_id=row.id,
            kind=row.kind,
            state=row.state,
            tracking=row.tracking,
        )
    )
