"""What the log says about each neighbour."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q

from motcua.contexts.exchange.contracts import NeighbourState, Outcome
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
