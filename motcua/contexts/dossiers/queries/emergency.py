"""Truy cập khẩn cấp: who opened what, whether it still stands."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from motcua.contexts.dossiers.contracts.emergency import (
    REPORTED_WITHIN,
    EmergencyIsOver,
    EmergencyNotFound,
    EmergencyView,
)
from motcua.contexts.dossiers.contracts.views import DossierView
from motcua.contexts.dossiers.models import EmergencyAccess
from motcua.contexts.dossiers.policies import EmergencyPolicy
from motcua.contexts.dossiers.queries.one import dossier_row, dossier_view
from motcua.contexts.identity import public as identity
from motcua.kernel.access import visible
from motcua.kernel.actors import Actor
from motcua.kernel.privacy import DataClass

MOST = 100


def emergencies(actor: Actor, *, now: datetime) -> tuple[EmergencyView, ...]:
    """Newest first: one's own, or all for the guard of data."""
    rows = visible(EmergencyAccess.objects.all(), actor, EmergencyPolicy, now=now)
    found = list(rows.select_related("dossier").order_by("-opened_at")[:MOST])
    names = identity.officer_names({row.account_id for row in found})
    return tuple(_view(row, names.get(row.account_id, ""), actor, now) for row in found)


def emergency(emergency_id: UUID, actor: Actor, *, now: datetime) -> EmergencyView:
    """Raises: EmergencyNotFound."""
    rows = visible(EmergencyAccess.objects.all(), actor, EmergencyPolicy, now=now)
    row = rows.select_related("dossier").filter(pk=emergency_id).first()
    if row is None:
        raise EmergencyNotFound
    names = identity.officer_names({row.account_id})
    return _view(row, names.get(row.account_id, ""), actor, now)


def dossier_in_emergency(found: EmergencyView, actor: Actor, *, now: datetime) -> DossierView:
    """Raises: EmergencyIsOver."""
    reader = reader_in_emergency(found, actor)
    return dossier_view(dossier_row(found.code, reader, now=now), reader, now=now)


def reader_in_emergency(found: EmergencyView, actor: Actor) -> Actor:
    """The actor on this page: who denounced stays closed, whatever else the actor is cleared for.

    Raises: EmergencyIsOver.
    """
    if not (found.is_open and found.mine):
        raise EmergencyIsOver
    cleared = actor.cleared_for - {DataClass.DENOUNCER_SECRET}
    return replace(actor, emergency=found.id, cleared_for=cleared)


def _view(row: EmergencyAccess, who: str, actor: Actor, now: datetime) -> EmergencyView:
    return EmergencyView(
        id=row.id,
        code=row.dossier.code,
        who=who,
        mine=row.account_id == actor.account_id,
        reason=row.reason,
        opened_at=row.opened_at,
        until=row.until,
        report=row.report,
        reported_at=row.reported_at,
        is_open=row.reported_at is None and now < row.until,
        is_overdue=row.reported_at is None and now >= row.until + REPORTED_WITHIN,
    )
