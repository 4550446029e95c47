"""Reads of the exchange, and the claim on a message that is to be sent."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Sum

from motcua.contexts.exchange.contracts import (
    SMS_PROVIDERS,
    DeadLetter,
    ProviderFigures,
    SendingNotDead,
    SendingState,
)
from motcua.contexts.exchange.models import Receipt, Sending
from motcua.contexts.exchange.queries.policies import ReceiptPolicy, SendingPolicy
from motcua.kernel.access import visible
from motcua.kernel.actors import Actor


def sending_by_key(connector: str, operation: str, key: str) -> Sending | None:
    return Sending.objects.filter(connector=connector, operation=operation, key=key).first()


def claim(sending_id: UUID, *, now: datetime, until: datetime) -> Sending | None:
    """Take a due message for a while; None when it is not due or somebody else has it."""
    due = Sending.objects.filter(id=sending_id, state=SendingState.WAITING, next_try_at__lte=now)
    if not due.update(next_try_at=until):
        return None
    return Sending.objects.get(id=sending_id)


def due_ids(now: datetime, *, limit: int) -> list[UUID]:
    """Waiting messages whose time has come, the longest waiting first."""
    due = Sending.objects.filter(state=SendingState.WAITING, next_try_at__lte=now)
    return list(due.order_by("next_try_at").values_list("id", flat=True)[:limit])


def sending_for_update(sending_id: UUID) -> Sending:
    """Raises: SendingNotDead when there is no such message."""
    found = Sending.objects.select_for_update().filter(id=sending_id).first()
    if found is None:
        raise SendingNotDead
    return found


def sent_for_update(connector: str, key: str) -> Sending | None:
    """Locked, so that two receipts about one message are taken one after the other."""
    rows = Sending.objects.select_for_update().filter(connector=connector, key=key)
    return rows.defer("payload").order_by("id").first()


def has_receipt(sending_id: UUID, provider: str, *, delivered: bool) -> bool:
    rows = Receipt.objects.filter(sending_id=sending_id, provider=provider, delivered=delivered)
    return rows.exists()


def sms_figures(actor: Actor, *, since: datetime, now: datetime) -> tuple[ProviderFigures, ...]:
    """Nothing but numbers, for whoever may see the retry lane."""
    sent = visible(Sending.objects.filter(state=SendingState.SENT), actor, SendingPolicy, now=now)
    told = visible(Receipt.objects.all(), actor, ReceiptPolicy, now=now)
    shares = (settings.SMS_SHARE, 100 - settings.SMS_SHARE)
    return tuple(
        _figures(
            sent.filter(provider=provider, ended_at__gte=since),
            told.filter(provider=provider, heard_at__gte=since),
            provider=provider,
            share=share,
        )
        for provider, share in zip(SMS_PROVIDERS, shares, strict=True)
    )


def _figures(
    sent: "QuerySet[Sending]", told: "QuerySet[Receipt]", *, provider: str, share: int
) -> ProviderFigures:
    counted = told.aggregate(
        reached=Count("id", filter=Q(delivered=True)),
        missed=Count("id", filter=Q(delivered=False)),
        parts=Sum("parts", default=0),
        cost_dong=Sum("cost_dong", default=0),
    )
    return ProviderFigures(
        provider=provider,
        share=share,
        taken=sent.count(),
        delivered=counted["reached"],
        failed=counted["missed"],
        parts=counted["parts"],
        cost_dong=counted["cost_dong"],
    )


def dead_letters(
    actor: Actor, *, before: datetime | None, limit: int, now: datetime
) -> tuple[DeadLetter, ...]:
    """Newest first; `before` is the `gave_up_at` of the last one seen."""
    dead = visible(Sending.objects.filter(state=SendingState.DEAD), actor, SendingPolicy, now=now)
    if before is not None:
        dead = dead.filter(ended_at__lt=before)
    return tuple(
        DeadLetter(
            id=row.id,
            connector=row.connector,
            operation=row.operation,
            key=row.key,
            purpose=row.purpose,
            attempts=row.attempts,
            last_reason=row.last_reason,
            created_at=row.created_at,
            gave_up_at=row.ended_at,
        )
        for row in dead.defer("payload").order_by("-ended_at", "-id")[:limit]
        if row.ended_at is not None
    )
