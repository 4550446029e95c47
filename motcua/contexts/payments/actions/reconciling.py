"""Đối soát: lay our books beside the bank's list and keep every difference, explained."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.contexts.payments import queries
from motcua.contexts.payments.contracts import BankCredit
from motcua.contexts.payments.models import ReconciliationRun
from motcua.contexts.payments.rules.reconciliation import Reconciliation, reconcile
from motcua.kernel.actors import Actor
from motcua.kernel.db import insert, owns_transaction, record


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A stretch of bank time, half open."""

    start: datetime
    end: datetime


def compare(period: Period, theirs: Sequence[BankCredit]) -> Reconciliation:
    """What differs now; writes nothing."""
    return reconcile(queries.bank_credits_between(period.start, period.end), theirs)


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
