"""What the log says about each neighbour."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Max, Q

from motcua.contexts.exchange.contracts import CallView, NeighbourState, Outcome
from motcua.contexts.exchange.models import ExchangeMessage
from motcua.contexts.exchange.queries.policies import ExchangeMessagePolicy
from motcua.kernel.access import visible
from motcua.kernel.actors import Actor

WINDOW = timedelta(hours=1)


def neighbours(names: Iterable[str], actor: Actor, *, now: datetime) -> tuple[NeighbourState, ...]:
    """Each neighbour in the last hour; one query, bounded by the hour."""
    lately = visible(
        ExchangeMessage.objects.filter(at__gt=now - WINDOW), actor, ExchangeMessagePolicy, now=now
    )
    counted = lately.values("connector").order_by("connector").annotate(
        answered=Count("id", filter=Q(outcome=Outcome.ANSWERED)),
        refused=Count("id", filter=Q(outcome=Outcome.REFUSED)),
        down=Count("id", filter=Q(outcome__in=[Outcome.DOWN, Outcome.NOT_TRIED])),
        answered_at=Max("at", filter=Q(outcome__in=[Outcome.ANSWERED, Outcome.REFUSED])),
        failed_at=Max("at", filter=Q(outcome=Outcome.DOWN)),
    )  # fmt: skip
    found = {row["connector"]: NeighbourState(**row) for row in counted}
    return tuple(
        found.get(name) or NeighbourState(connector=name) for name in sorted({*names, *found})
    )


def calls(
    actor: Actor,
    *,
    now: datetime,
    connector: str = "",
    outcome: Outcome | None = None,
    before: tuple[datetime, UUID] | None = None,
    limit: int = 50,
) -> tuple[CallView, ...]:
    """Newest first, keyset by time and id."""
    rows = visible(ExchangeMessage.objects.all(), actor, ExchangeMessagePolicy, now=now)
    if connector:
        rows = rows.filter(connector=connector)
    if outcome is not None:
        rows = rows.filter(outcome=outcome)
    if before is not None:
        at, number = before
        rows = rows.filter(at__lte=at).exclude(at=at, id__gte=number)
    return tuple(_call(row) for row in rows.order_by("-at", "-id")[:limit])


def _call(row: ExchangeMessage) -> CallView:
    return CallView(
        id=row.id,
        at=row.at,
        connector=row.connector,
        operation=row.operation,
        purpose=row.purpose,
        attempt=row.attempt,
        outcome=Outcome(row.outcome),
        reason=row.reason,
        took_ms=row.took_ms,
    )
