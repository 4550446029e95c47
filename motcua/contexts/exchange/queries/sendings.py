"""Reads of the exchange, and the claim on a message that is to be sent."""

from datetime import datetime
from uuid import UUID

from motcua.contexts.exchange.contracts import DeadLetter, SendingNotDead, SendingState
from motcua.contexts.exchange.models import Sending
from motcua.contexts.exchange.queries.policies import SendingPolicy
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
