"""Cửa vào của post: what neighbours may ask of consignments and originals."""

from datetime import datetime, timedelta
from uuid import UUID

from motcua.contexts.post.actions import asking, custody, tracking
from motcua.contexts.post.contracts import (
    Asked,
    AskPost,
    ConsignmentView,
    CustodyView,
    HeldOriginal,
)
from motcua.contexts.post.queries import originals, parcels
from motcua.contexts.post.rules.custody import Passing
from motcua.kernel.actors import Actor

__all__ = [
    "ask",
    "consignments_of",
    "custody_of",
    "expect_original",
    "forward_original",
    "hand_back",
    "keep_at_desk",
    "order_due",
    "originals_of",
    "pull_silent",
    "receive_original",
]

ROUND = 50
SILENCE = timedelta(hours=6)


def ask(command: AskPost, *, now: datetime) -> Asked:
    """Want a consignment, inside the caller's action; the post is asked right after.

    Raises: ConsignmentMoved when one of this kind is under way.
    """
    return asking.ask(command, now=now)


def consignments_of(subject: str) -> tuple[ConsignmentView, ...]:
    """Every consignment of a dossier with its tracking; the caller knows who may see it."""
    return parcels.views_of(subject)


def keep_at_desk(*, subject: str, owner_id: UUID, label: str, unit_id: UUID, now: datetime) -> UUID:
    """A paper that the desk itself made, a result, comes under custody; inside the action."""
    row = custody.register(
        subject=subject,
        owner_id=owner_id,
        label=label,
        holder=custody.desk(unit_id),
        now=now,
    )
    return row.id


def expect_original(*, subject: str, owner_id: UUID, label: str, now: datetime) -> UUID:
    """A paper that its owner is going to give, to the postman or at a desk; inside the action."""
    row = custody.register(
        subject=subject, owner_id=owner_id, label=label, holder=custody.OWNER, now=now
    )
    return row.id


def receive_original(
    original_id: UUID, *, unit_id: UUID, gave: str, took: str, actor: Actor, now: datetime
) -> None:
    """Its owner gives it at a desk, inside the caller's action.

    Raises: OriginalElsewhere, NamesNeeded.
    """
    step = Passing(giver=custody.OWNER, taker=custody.desk(unit_id), gave=gave, took=took)
    custody.pass_by_hand(original_id, step, actor=actor, now=now)


def forward_original(
    original_id: UUID,
    *,
    from_unit_id: UUID,
    to_unit_id: UUID,
    gave: str,
    took: str,
    actor: Actor,
    now: datetime,
) -> None:
    """From desk to desk, inside the caller's action. Raises: OriginalElsewhere, NamesNeeded."""
    step = Passing(
        giver=custody.desk(from_unit_id), taker=custody.desk(to_unit_id), gave=gave, took=took
    )
    custody.pass_by_hand(original_id, step, actor=actor, now=now)


def hand_back(
    original_id: UUID, *, unit_id: UUID, gave: str, took: str, actor: Actor, now: datetime
) -> None:
    """The desk gives it to its owner, inside the caller's action.

    Raises: OriginalElsewhere, NamesNeeded.
    """
    step = Passing(giver=custody.desk(unit_id), taker=custody.OWNER, gave=gave, took=took)
    custody.pass_by_hand(original_id, step, actor=actor, now=now)


def originals_of(subject: str) -> tuple[HeldOriginal, ...]:
    """Which originals of a dossier there are, and who holds each."""
    return originals.held(subject)


def custody_of(subject: str) -> tuple[CustodyView, ...]:
    """Every hand-over of the originals of a dossier, in order, with both names."""
    return originals.steps(subject)


def order_due(*, now: datetime) -> None:
    """Ask the post for what it has not answered."""
    for one in parcels.due_orders(now, ROUND):
        asking.order_consignment(one, now=now)


def pull_silent(*, now: datetime) -> None:
    """Ask about parcels of which nothing was heard for hours."""
    for one in parcels.silent(now - SILENCE, ROUND):
        tracking.pull(one, now=now)
