"""Bưu gửi: one of them, those of a dossier, those at a desk."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from motcua.contexts.organisations import public as organisations
from motcua.contexts.post.contracts import (
    ConsignmentKind,
    ConsignmentNotFound,
    ConsignmentState,
    ConsignmentView,
    Destination,
    HolderKind,
    IdentityProof,
    Order,
    OriginalElsewhere,
    SheetNotFound,
    TrackingKind,
    TrackingView,
)
from motcua.contexts.post.models import (
    Consignment,
    HandoverSheet,
    Original,
    TrackingEvent,
    Travelling,
)
from motcua.contexts.post.policies import ConsignmentPolicy, SheetPolicy
from motcua.contexts.post.workflow import ENDED, WITH_POST, Happened
from motcua.kernel.access import visible
from motcua.kernel.actors import Actor
from motcua.kernel.money import Money

MOST = 200


def for_update(consignment_id: UUID) -> Consignment:
    """Lock one. Raises: ConsignmentNotFound."""
    rows = Consignment.objects.select_for_update().filter(id=consignment_id)
    row = rows.order_by("id").first()
    if row is None:
        raise ConsignmentNotFound
    return row


def consignment(consignment_id: UUID, actor: Actor, *, now: datetime) -> Consignment:
    """One that the actor may see. Raises: ConsignmentNotFound."""
    rows = visible(Consignment.objects.all(), actor, ConsignmentPolicy, now=now)
    row = rows.filter(id=consignment_id).order_by("id").first()
    if row is None:
        raise ConsignmentNotFound
    return row


def id_of(order: str) -> UUID:
    """Raises: ConsignmentNotFound."""
    try:
        return UUID(order)
    except ValueError as problem:
        raise ConsignmentNotFound from problem


def under_way(subject: str, kind: ConsignmentKind) -> bool:
    """Whether a dossier has one of this kind that may still arrive."""
    rows = Consignment.objects.filter(subject=subject, kind=kind)
    return rows.exclude(state__in=[*ENDED, ConsignmentState.LOST]).exists()


def order_of(row: Consignment) -> Order:
    """What the post is asked to carry."""
    unit = organisations.unit_by_id(row.unit_id)
    return Order(
        key=str(row.id),
        kind=ConsignmentKind(row.kind),
        home=Destination(**row.home),
        desk_name=unit.name,
        desk_address=unit.address,
        papers=Travelling.objects.filter(consignment=row).count(),
    )


def due_orders(now: datetime, limit: int) -> list[UUID]:
    """Those whose answer is not known and may be asked for now."""
    rows = Consignment.objects.filter(next_try_at__lte=now).order_by("next_try_at", "id")
    return list(rows.values_list("id", flat=True)[:limit])


def silent(before: datetime, limit: int) -> list[UUID]:
    """Those with the post of which nothing was heard since then, the longest silent first."""
    rows = Consignment.objects.filter(state__in=sorted(WITH_POST), heard_at__lt=before)
    return list(rows.order_by("heard_at", "id").values_list("id", flat=True)[:limit])


def event_of(consignment_id: UUID, number: str) -> TrackingEvent | None:
    rows = TrackingEvent.objects.filter(consignment_id=consignment_id, number=number[:64])
    return rows.order_by("id").first()


def happened(consignment_id: UUID) -> tuple[Happened, ...]:
    rows = TrackingEvent.objects.filter(consignment_id=consignment_id)
    return tuple(
        Happened(id=row.number, kind=TrackingKind(row.kind), at=row.happened_at)
        for row in rows.order_by("happened_at", "id")
    )


def views_of(subject: str) -> tuple[ConsignmentView, ...]:
    """Every consignment of a dossier, the newest first; whoever sees the dossier may see them."""
    rows = list(Consignment.objects.filter(subject=subject).order_by("-asked_at", "-id"))
    return tuple(_views(rows))


def view(row: Consignment) -> ConsignmentView:
    return _views([row])[0]


def _views(rows: Sequence[Consignment]) -> list[ConsignmentView]:
    told: dict[UUID, list[TrackingView]] = {row.id: [] for row in rows}
    events = TrackingEvent.objects.filter(consignment__in=list(told))
    for event in events.order_by("happened_at", "id"):
        told[event.consignment_id].append(
            TrackingView(
                kind=TrackingKind(event.kind),
                happened_at=event.happened_at,
                place=event.place,
                reason=event.reason,
            )
        )
    return [
        ConsignmentView(
            id=row.id,
            kind=ConsignmentKind(row.kind),
            subject=row.subject,
            state=ConsignmentState(row.state),
            tracking=row.tracking,
            price=None if row.price_dong is None else Money(row.price_dong),
            price_source=row.price_source,
            refusal=row.refusal,
            attempts=row.attempts,
            asked_at=row.asked_at,
            events=tuple(told[row.id]),
            claim=row.claim,
            proof=IdentityProof(row.proof),
        )
        for row in rows
    ]


def at_desk(
    actor: Actor, states: Iterable[ConsignmentState], *, now: datetime
) -> tuple[Consignment, ...]:
    """In these states at the desks where the actor works, the longest waiting first.

    Of those whose way has ended, only what the postman still has to give to the desk.
    """
    rows = visible(Consignment.objects.all(), actor, ConsignmentPolicy, now=now)
    held = Travelling.objects.filter(consignment=OuterRef("pk"), original__holder=HolderKind.POST)
    over = Q(state__in=[ConsignmentState.DELIVERED, ConsignmentState.CAME_BACK])
    found = rows.filter(~over | Exists(held), state__in=list(states)).select_related("sheet")
    return tuple(found.order_by("asked_at", "id")[:MOST])


def sheet(sheet_id: UUID, actor: Actor, *, now: datetime) -> HandoverSheet:
    """Raises: SheetNotFound."""
    rows = visible(HandoverSheet.objects.all(), actor, SheetPolicy, now=now)
    row = rows.filter(id=sheet_id).order_by("id").first()
    if row is None:
        raise SheetNotFound
    return row


def sheet_for_update(sheet_id: UUID) -> HandoverSheet:
    """Raises: SheetNotFound."""
    rows = HandoverSheet.objects.select_for_update().filter(id=sheet_id)
    row = rows.order_by("id").first()
    if row is None:
        raise SheetNotFound
    return row


def open_sheets(actor: Actor, *, now: datetime) -> tuple[HandoverSheet, ...]:
    """Made and not yet handed over."""
    rows = visible(HandoverSheet.objects.all(), actor, SheetPolicy, now=now)
    return tuple(rows.filter(closed_at__isnull=True).order_by("made_at", "id")[:MOST])


def on_sheet(sheet_id: UUID) -> tuple[Consignment, ...]:
    return tuple(Consignment.objects.filter(sheet_id=sheet_id).order_by("tracking", "id"))


def on_sheet_for_update(sheet_id: UUID) -> list[Consignment]:
    rows = Consignment.objects.select_for_update().filter(sheet_id=sheet_id)
    return list(rows.order_by("id"))


def papers_for_update(consignment_id: UUID) -> list[Original]:
    """The originals in a consignment."""
    inside = Travelling.objects.filter(consignment_id=consignment_id).values("original_id")
    return list(Original.objects.select_for_update().filter(id__in=inside).order_by("id"))


def papers_with_post(consignment_id: UUID) -> int:
    inside = Travelling.objects.filter(consignment_id=consignment_id).values("original_id")
    return Original.objects.filter(id__in=inside, holder=HolderKind.POST).count()


def with_post(ids: Iterable[UUID]) -> frozenset[UUID]:
    """Of these consignments, those of which the post still holds a paper."""
    rows = Travelling.objects.filter(consignment_id__in=list(ids), original__holder=HolderKind.POST)
    return frozenset(rows.order_by("consignment_id").values_list("consignment_id", flat=True))


def original_for_update(original_id: UUID) -> Original:
    """Raises: OriginalElsewhere when there is none."""
    rows = Original.objects.select_for_update().filter(id=original_id)
    row = rows.order_by("id").first()
    if row is None:
        raise OriginalElsewhere
    return row
