"""Reads of recoveries of lost factors."""

from datetime import datetime
from uuid import UUID

from motcua.contexts.identity.contracts import RecoveryNotFound, RecoveryState, RecoveryView
from motcua.contexts.identity.models import FactorRecovery
from motcua.contexts.identity.queries.policies import FactorRecoveryPolicy
from motcua.contexts.identity.rules import RECOVERY_ASKED, RECOVERY_CODE
from motcua.kernel.access import visible
from motcua.kernel.actors import Actor


def view_of(row: FactorRecovery, *, now: datetime) -> RecoveryView:
    until = row.second_at + RECOVERY_CODE if row.second_at else row.asked_at + RECOVERY_ASKED
    return RecoveryView(
        id=row.id,
        account_id=row.account_id,
        asked_by=row.asked_by_id,
        first_by=row.first_by_id,
        second_by=row.second_by_id,
        asked_at=row.asked_at,
        until=until,
        state=_state(row, until=until, now=now),
    )


def _state(row: FactorRecovery, *, until: datetime, now: datetime) -> RecoveryState:
    if row.used_at is not None or now >= until:
        return RecoveryState.OVER
    if row.second_by_id:
        return RecoveryState.GRANTED
    return RecoveryState.HALF if row.first_by_id else RecoveryState.ASKED


def latest(account_id: UUID) -> FactorRecovery | None:
    """The newest of an account, whatever became of it."""
    return FactorRecovery.objects.filter(account_id=account_id).order_by("-id").first()


def locked(recovery_id: UUID, actor: Actor, *, now: datetime) -> FactorRecovery:
    """Raises: RecoveryNotFound, also when the actor may not see it."""
    rows = visible(FactorRecovery.objects.all(), actor, FactorRecoveryPolicy, now=now)
    found = rows.select_for_update().filter(id=recovery_id).order_by("id").first()
    if found is None:
        raise RecoveryNotFound
    return found


def open_ones(actor: Actor, *, now: datetime) -> tuple[RecoveryView, ...]:
    """What waits for confirmation or for its code to be used, oldest first."""
    rows = visible(FactorRecovery.objects.all(), actor, FactorRecoveryPolicy, now=now)
    young = rows.filter(asked_at__gt=now - RECOVERY_ASKED - RECOVERY_CODE, used_at__isnull=True)
    views = (view_of(row, now=now) for row in young.order_by("id")[:200])
    return tuple(view for view in views if view.state is not RecoveryState.OVER)
