"""Reads of bundles: what is to be handed on, what is on its way, who holds a paper."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from motcua.contexts.counters.contracts.bundles import (
    BundleNotFound,
    BundleState,
    BundleView,
    Carrier,
    Holder,
    LineState,
    LineView,
)
from motcua.contexts.counters.models import Bundle, BundleLine
from motcua.contexts.counters.policies import SERVING, BundlePolicy
from motcua.contexts.counters.rules.custody import Leg, holder_after
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts.on_paper import PaperDossier
from motcua.kernel import access
from motcua.kernel.actors import Actor

LOOKED_BACK = timedelta(days=30)
MOST = 200
SHOWN = 40


def to_hand_on(actor: Actor, *, now: datetime) -> tuple[PaperDossier, ...]:
    """Received on paper at the actor's desks, and with papers that never left them."""
    desks = actor.unit_ids(*SERVING)
    if not desks:
        return ()
    found = dossiers.on_paper(actor, unit_ids=desks, since=now - LOOKED_BACK, now=now, limit=MOST)
    moved = set(
        BundleLine.objects.filter(code__in=[one.code for one in found]).values_list(
            "item", flat=True
        )
    )
    return tuple(
        one
        for one in found
        if one.handling_unit_id not in desks and any(paper.id not in moved for paper in one.papers)
    )


def moved_items(items: Iterable[str]) -> set[str]:
    """Papers that are or were in some bundle."""
    return set(BundleLine.objects.filter(item__in=list(items)).values_list("item", flat=True))


def _visible(actor: Actor, now: datetime) -> "QuerySet[Bundle]":
    return access.visible(Bundle.objects.all(), actor, BundlePolicy, now=now)


def bundle_row(bundle_id: UUID, actor: Actor, *, now: datetime) -> Bundle:
    """Raises: BundleNotFound."""
    found = _visible(actor, now).filter(pk=bundle_id).first()
    if found is None:
        raise BundleNotFound
    return found


def line_rows(bundle: Bundle) -> list[BundleLine]:
    return list(BundleLine.objects.filter(bundle=bundle).order_by("code", "id"))


def bundle(bundle_id: UUID, actor: Actor, *, now: datetime) -> BundleView:
    """Raises: BundleNotFound."""
    row = bundle_row(bundle_id, actor, now=now)
    return _view(row, line_rows(row))


def bundles(actor: Actor, *, now: datetime) -> tuple[BundleView, ...]:
    """Of the actor's units, given or taken; newest first, those on their way on top."""
    rows = list(_visible(actor, now).order_by("-made_at", "-id")[:SHOWN])
    lines: dict[UUID, list[BundleLine]] = {}
    for line in BundleLine.objects.filter(bundle__in=rows).order_by("code", "id"):
        lines.setdefault(line.bundle_id, []).append(line)
    views = [_view(row, lines.get(row.id, [])) for row in rows]
    return tuple(sorted(views, key=lambda one: one.state is BundleState.TAKEN))


def state_of(row: Bundle) -> BundleState:
    if row.taken_at:
        return BundleState.TAKEN
    return BundleState.GIVEN if row.given_at else BundleState.PACKED


def _view(row: Bundle, lines: Sequence[BundleLine]) -> BundleView:
    return BundleView(
        id=row.id,
        unit_id=row.unit_id,
        to_unit_id=row.to_unit_id,
        borderless=row.borderless,
        carrier=Carrier(row.carrier),
        reference=row.reference,
        state=state_of(row),
        made_at=row.made_at,
        made_by_id=row.made_by_id,
        given_at=row.given_at,
        given_by_id=row.given_by_id,
        taken_at=row.taken_at,
        taken_by_id=row.taken_by_id,
        lines=tuple(
            LineView(
                id=line.id,
                item=line.item,
                code=line.code,
                title=line.title,
                state=LineState(line.state),
                note=line.note,
            )
            for line in lines
        ),
    )


def holders(code: str) -> dict[str, tuple[str, Holder]]:
    """Of each paper of a dossier that ever moved: its name, and who answers for it now."""
    rows = BundleLine.objects.filter(code=code).select_related("bundle")
    by_item: dict[str, list[BundleLine]] = {}
    for row in rows.order_by("bundle__made_at", "id"):
        by_item.setdefault(row.item, []).append(row)
    return {
        item: (lines[0].title, holder_after(lines[0].first_unit_id, [_leg(one) for one in lines]))
        for item, lines in by_item.items()
    }


def legs_of(code: str) -> tuple[BundleView, ...]:
    """Every bundle that papers of the dossier were in, the first one first; these lines alone."""
    lines = BundleLine.objects.filter(Q(code=code)).select_related("bundle")
    by_bundle: dict[Bundle, list[BundleLine]] = {}
    for line in lines.order_by("bundle__made_at", "id"):
        by_bundle.setdefault(line.bundle, []).append(line)
    return tuple(_view(row, kept) for row, kept in by_bundle.items())


def _leg(line: BundleLine) -> Leg:
    return Leg(
        from_unit_id=line.bundle.unit_id,
        to_unit_id=line.bundle.to_unit_id,
        carrier=Carrier(line.bundle.carrier),
        given=line.bundle.given_at is not None,
        found=LineState(line.state),
    )
