"""Periodic work of the exchange: retry lane, anchors of the ledger, partitions of the log."""

from datetime import datetime, timedelta

from motcua.contexts.exchange.actions.anchoring import anchor_at
from motcua.contexts.exchange.actions.sending import deliver
from motcua.contexts.exchange.contracts import WITNESSES
from motcua.contexts.exchange.queries import sendings
from motcua.kernel import clock, partitions
from motcua.kernel.jobs import every

BATCH = 200


@every("* * * * *", name="exchange.retry_lane")
def retry_lane(now: datetime) -> None:
    """Try again what is due, the longest waiting first."""
    for sending_id in sendings.due_ids(now, limit=BATCH):
        deliver(sending_id, now=clock.now())


@every("* * * * *", name="exchange.anchor_ledger")
def anchor_ledger(now: datetime) -> None:
    """Show the newest head to each witness; one that does not answer does not hold up the other."""
    for witness in WITNESSES:
        anchor_at(witness, now=clock.now())


@every("25 1 * * *", name="exchange.make_partitions")
def make_partitions(now: datetime) -> None:
    """The log's partitions of this month and the next three."""
    day = clock.city_date(now)
    partitions.ensure("exchange_message", day, day + timedelta(days=100))
