"""Đối soát: lay our books beside the bank's list and keep every difference, explained."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from motcua.contexts.payments import queries
from motcua.contexts.payments.actions.receiving import receive_bank_credit
from motcua.contexts.payments.adapters.bank import transactions_of_day
from motcua.contexts.payments.contracts import ReconciliationView
from motcua.contexts.payments.models import ReconciliationRun
from motcua.contexts.payments.rules.reconciliation import (
    Reconciliation,
    missing_credits,
    reconcile,
)
from motcua.kernel.actors import Actor
from motcua.kernel.clock import start_of_day
from motcua.kernel.db import insert, owns_transaction, record


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A stretch of bank time, half open."""

    start: datetime
    end: datetime

    @classmethod
    def of_day(cls, day: date) -> "Period":
        start = start_of_day(day)
        return cls(start=start, end=start + timedelta(days=1))


def reconcile_day(day: date, *, actor: Actor, now: datetime) -> ReconciliationView:
    """Ask the bank, keep what differs, then book what it has and never told, or told too low.

    Each credit is booked in an action of its own, so that one bad line holds up no other.
    Raises: NeighbourDown, NeighbourRefused.
    """
    theirs = transactions_of_day(day, actor=actor)
    period = Period.of_day(day)
    found = reconcile(queries.bank_credits_between(period.start, period.end), theirs)
    keep_reconciliation(period, found, actor=actor, now=now)
    missing = missing_credits(found, theirs)
    for credit in missing:
        receive_bank_credit(credit, actor=actor, now=now)
    return ReconciliationView(
        matched=found.matched,
        booked=len(missing),
        ours_total=found.ours_total,
        theirs_total=found.theirs_total,
        differences=tuple(f"{d.transaction_id}: {d.sentence}" for d in found.differences),
    )


@owns_transaction
def keep_reconciliation(
    period: Period, found: Reconciliation, *, actor: Actor, now: datetime
) -> None:
    """Keep the outcome of one comparison for the collector and the auditor."""
    run = ReconciliationRun(
        period_start=period.start,
        period_end=period.end,
        matched=found.matched,
        ours_dong=int(found.ours_total),
        theirs_dong=int(found.theirs_total),
        differences=[
            {
                "transaction_id": difference.transaction_id,
                "difference": difference.difference.value,
                "ours": None if difference.ours is None else int(difference.ours),
                "theirs": None if difference.theirs is None else int(difference.theirs),
            }
            for difference in found.differences
        ],
        run_at=now,
    )
    insert(run)
    record(
        action="payments.reconcile",
        subject=period.start.date().isoformat(),
        actor=actor,
        facts={"matched": found.matched, "differences": len(found.differences)},
    )
