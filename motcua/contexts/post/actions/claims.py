"""Khiếu nại bưu gửi: the post is asked to look for what it does not bring."""

from datetime import datetime
from uuid import UUID

from motcua.contexts.post.actions.tracking import check_desk
from motcua.contexts.post.adapters import carrier
from motcua.contexts.post.contracts import ConsignmentMoved
from motcua.contexts.post.queries import parcels
from motcua.contexts.post.workflow import WITH_POST
from motcua.kernel.actors import Actor
from motcua.kernel.db import owns_transaction, record


def claim(consignment_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Ask the post to search; it answers with the number of the claim.

    Raises: ConsignmentNotFound, DesksOnly, ConsignmentMoved, NeighbourDown, NeighbourRefused.
    """
    row = parcels.consignment(consignment_id, actor, now=now)
    check_desk(row.unit_id, actor)
    if row.state not in WITH_POST or row.claim:
        raise ConsignmentMoved
    number = carrier.claim(str(consignment_id), row.tracking, actor=actor)
    note_claim(consignment_id, number, actor=actor, now=now)


@owns_transaction
def note_claim(consignment_id: UUID, number: str, *, actor: Actor, now: datetime) -> None:
    """Keep the number of the claim."""
    row = parcels.for_update(consignment_id)
    row.claim, row.claimed_at = number[:30], now
    row.save(update_fields=["claim", "claimed_at"])
    record(action="post.claim", subject=str(row.id), actor=actor, facts={"claim": number[:30]})
