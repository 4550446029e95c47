"""Bưu chính: its orders and its tracking, asked through the exchange."""

from collections.abc import Mapping
from datetime import datetime

from motcua.contexts.exchange import public as exchange
from motcua.contexts.exchange.contracts import VNPOST, NeighbourDown
from motcua.contexts.post.contracts import (
    ConsignmentKind,
    IdentityProof,
    Order,
    PostTold,
    TrackingKind,
    TrackingTold,
)
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.db import uuid7
from motcua.kernel.money import Money

PURPOSE = "Nhận và giao hồ sơ qua bưu chính"
NAMED = frozenset({TrackingKind.TAKEN, TrackingKind.DELIVERED})


def book(order: Order) -> PostTold:
    """The same key never makes two parcels. Raises: NeighbourDown, NeighbourRefused."""
    asked = {
        "order": order.key,
        "kind": order.kind.value,
        "home": {
            "name": order.home.recipient,
            "phone": order.home.phone,
            "ward": order.home.ward,
            "street": order.home.street,
        },
        "desk": {"name": order.desk_name, "address": order.desk_address},
        "papers": order.papers,
        "identity": order.kind is ConsignmentKind.DELIVER,
    }
    told = exchange.ask(VNPOST, "book", asked, key=order.key, purpose=PURPOSE, actor=SYSTEM)
    try:
        price = told.get("price")
        return PostTold(
            order=str(told["order"]),
            tracking=str(told["tracking"]),
            price=None if price is None else Money(int(str(price))),
            price_source=str(told.get("price_source", "")),
        )
    except (KeyError, ValueError) as gap:
        raise NeighbourDown(reason=f"unreadable order: {gap}", connector=VNPOST) from gap


def track(order: str) -> tuple[TrackingTold, ...]:
    """Everything that the post knows of an order. Raises: NeighbourDown, NeighbourRefused."""
    told = exchange.ask(
        VNPOST,
        "track",
        {"order": order},
        key=f"track-{uuid7()}",
        purpose=PURPOSE,
        actor=SYSTEM,
    )
    rows = told.get("events")
    if not isinstance(rows, list | tuple):
        raise NeighbourDown(reason="no list of events", connector=VNPOST)
    return tuple(event_from({"order": order, **row}) for row in rows)


def claim(order: str, tracking: str, *, actor: Actor) -> str:
    """Ask to search for a parcel; the number of the claim. Raises: NeighbourDown, …Refused."""
    asked = {"order": order, "tracking": tracking}
    told = exchange.ask(VNPOST, "claim", asked, key=f"claim-{order}", purpose=PURPOSE, actor=actor)
    number = str(told.get("claim", ""))
    if not number:
        raise NeighbourDown(reason="no number of a claim", connector=VNPOST)
    return number


def event_from(told: Mapping[str, object]) -> TrackingTold:
    """One event in the post's words. Raises: NeighbourDown when a part is missing."""
    try:
        kind = TrackingKind(str(told["kind"]))
        happened_at = datetime.fromisoformat(str(told["at"]))
        if happened_at.tzinfo is None or (kind in NAMED and not told.get("postman")):
            raise ValueError(kind.value)
        return TrackingTold(
            order=str(told["order"]),
            id=str(told["id"]),
            kind=kind,
            happened_at=happened_at,
            place=str(told.get("place", "")),
            reason=str(told.get("reason", "")),
            proof=IdentityProof(str(told.get("proof", ""))),
            postman=str(told.get("postman", "")),
            taken_by=str(told.get("taken_by", "")),
        )
    except (KeyError, ValueError) as gap:
        raise NeighbourDown(reason=f"unreadable event: {gap}", connector=VNPOST) from gap
