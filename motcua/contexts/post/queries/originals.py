"""Bản gốc của một hồ sơ: who holds each, and how it came there."""

from motcua.contexts.post.contracts import CustodyView, HeldOriginal, HolderKind
from motcua.contexts.post.models import CustodyStep, Original


def held(subject: str) -> tuple[HeldOriginal, ...]:
    """Every original of a dossier and who has it."""
    return tuple(
        HeldOriginal(
            id=row.id,
            label=row.label,
            holder=HolderKind(row.holder),
            unit_id=row.holder_unit_id,
            since=row.since,
            is_lost=row.is_lost,
        )
        for row in Original.objects.filter(subject=subject).order_by("label", "id")
    )


def steps(subject: str) -> tuple[CustodyView, ...]:
    """Every hand-over of them, in order."""
    rows = CustodyStep.objects.filter(original__subject=subject).select_related("original")
    return tuple(
        CustodyView(
            original_id=row.original_id,
            label=row.original.label,
            giver=HolderKind(row.giver),
            giver_unit_id=row.giver_unit_id,
            taker=HolderKind(row.taker),
            taker_unit_id=row.taker_unit_id,
            gave=row.gave_name,
            took=row.took_name,
            happened_at=row.happened_at,
        )
        for row in rows.order_by("original__label", "original_id", "serial")
    )
