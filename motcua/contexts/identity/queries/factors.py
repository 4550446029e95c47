"""Reads of factors."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from motcua.contexts.identity.contracts import FactorKind, FactorNotFound, FactorView
from motcua.contexts.identity.models import Factor
from motcua.contexts.identity.queries.policies import FactorPolicy
from motcua.kernel.access import visible
from motcua.kernel.actors import Actor


def living(account_id: UUID) -> tuple[Factor, ...]:
    """Factors that count, oldest first."""
    rows = Factor.objects.filter(account_id=account_id, removed_at__isnull=True)
    return tuple(rows.order_by("created_at", "id"))


def had_any(account_id: UUID) -> bool:
    """Whether the account ever had a factor, also one removed since."""
    return Factor.objects.filter(account_id=account_id).exists()


def accounts_with_any(account_ids: Iterable[UUID]) -> frozenset[UUID]:
    rows = Factor.objects.filter(account_id__in=set(account_ids))
    return frozenset(rows.values_list("account_id", flat=True))


def living_passkey(credential_id: bytes) -> Factor | None:
    """By the name the browser gives it, with its account; None when unknown or removed."""
    rows = Factor.objects.filter(kind=FactorKind.PASSKEY, removed_at__isnull=True)
    return rows.filter(credential_id=credential_id).select_related("account").first()


def living_app(account_id: UUID) -> Factor | None:
    """The app of codes, if there is one."""
    rows = Factor.objects.filter(account_id=account_id, kind=FactorKind.TOTP)
    return rows.filter(removed_at__isnull=True).first()


def own(factor_id: UUID, actor: Actor, *, now: datetime) -> Factor:
    """Raises: FactorNotFound, also for a factor of somebody else or a removed one."""
    rows = visible(Factor.objects.all(), actor, FactorPolicy, now=now)
    found = rows.filter(id=factor_id, removed_at__isnull=True).first()
    if found is None:
        raise FactorNotFound
    return found


def views_of(actor: Actor, *, now: datetime) -> tuple[FactorView, ...]:
    rows = visible(Factor.objects.all(), actor, FactorPolicy, now=now)
    return tuple(
        FactorView(
            id=row.id,
            kind=FactorKind(row.kind),
            name=row.name,
            created_at=row.created_at,
            last_used_at=row.last_used_at,
        )
        for row in rows.filter(removed_at__isnull=True).order_by("created_at", "id")[:50]
    )
