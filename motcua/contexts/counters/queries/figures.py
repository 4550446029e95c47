"""Số liệu một ngày của một nơi tiếp nhận, for whoever heads it or works there."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from motcua.contexts.counters.contracts.figures import Counted, Outcome
from motcua.contexts.counters.contracts.queue import TicketState
from motcua.contexts.counters.models import Ticket
from motcua.contexts.counters.policies import HEADS, SERVING, TicketPolicy
from motcua.contexts.counters.rules.queue_data import groups_of, label_of
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import UnitView
from motcua.kernel import access
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date, city_time

OUTCOMES = {
    TicketState.WAITING: Outcome.WAITING,
    TicketState.CALLED: Outcome.SERVING,
    TicketState.FINISHED: Outcome.SERVED,
    TicketState.ABSENT: Outcome.ABSENT,
    TicketState.CANCELLED: Outcome.GIVEN_UP,
}


def desks(actor: Actor, *, now: datetime) -> tuple[UnitView, ...]:
    """Where the actor serves or what they head, by code; the whole city for its leaders."""
    ids = set(actor.unit_ids(*SERVING))
    if actor.has(*HEADS):
        ids |= set(organisations.units_arranged_by(actor, city_date(now)))
    found = organisations.units_by_id(ids).values()
    return tuple(sorted((u for u in found if groups_of(u.kind)), key=lambda unit: unit.code))


def counted(unit_id: UUID, day: date, actor: Actor, *, now: datetime) -> tuple[Counted, ...]:
    """Every number of the day, in the order in which they were taken."""
    rows = Ticket.objects.filter(unit_id=unit_id, day=day).select_related("window")
    seen = access.visible(rows, actor, TicketPolicy, now=now).order_by("taken_at", "id")
    return tuple(_counted(seen, now))


def _counted(rows: Iterable[Ticket], now: datetime) -> Iterable[Counted]:
    for row in rows:
        outcome = OUTCOMES[TicketState(row.state)]
        over = row.day != city_date(now)
        if over and outcome is Outcome.WAITING:
            outcome = Outcome.GIVEN_UP
        until = row.first_called_at or (now if outcome is Outcome.WAITING else None)
        ended = row.finished_at if outcome is Outcome.SERVED else None
        yield Counted(
            label=label_of(row.first_group, row.number),
            group=row.group,
            hour=city_time(row.queued_at).hour,
            outcome=outcome,
            waited=max(_minutes(row.queued_at, until), 0) if until else None,
            served=_minutes(row.called_at, ended) if row.called_at and ended else None,
            window=row.window.number if row.window else 0,
            moved=row.group != row.first_group or row.only_window_id is not None,
            since=row.queued_at,
        )


def _minutes(start: datetime, end: datetime) -> float:
    return (end - start).total_seconds() / 60
