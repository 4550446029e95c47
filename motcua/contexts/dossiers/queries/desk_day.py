"""Một ngày của quầy: what a desk received on a day, of one procedure."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, QuerySet

from motcua.contexts.dossiers.contracts import Source
from motcua.contexts.dossiers.models import Dossier
from motcua.contexts.dossiers.policies import DossierPolicy
from motcua.kernel.access import visible
from motcua.kernel.actors import Actor
from motcua.kernel.clock import start_of_day

MOST = 500


def received_at(
    unit_id: UUID, procedure_code: str, day: date, actor: Actor, *, now: datetime
) -> tuple[str, ...]:
    """Codes, in the order in which they came; those that the actor may see."""
    rows = _of_day(unit_id, day, actor, now).filter(case__subject_code=procedure_code)
    return tuple(rows.order_by("case_id").values_list("code", flat=True)[:MOST])


def sources_at(
    unit_id: UUID, day: date, actor: Actor, *, now: datetime
) -> tuple[tuple[Source, int], ...]:
    """How many came by which channel, those that the actor may see; every channel is told."""
    rows = _of_day(unit_id, day, actor, now).values_list("source").annotate(n=Count("pk"))
    found = dict(rows)
    return tuple((source, found.get(source, 0)) for source in Source)


def _of_day(unit_id: UUID, day: date, actor: Actor, now: datetime) -> "QuerySet[Dossier]":
    since = start_of_day(day)
    return visible(Dossier.objects.all(), actor, DossierPolicy, now=now).filter(
        case__receiving_unit_id=unit_id,
        case__opened_at__gte=since,
        case__opened_at__lt=since + timedelta(days=1),
    )
