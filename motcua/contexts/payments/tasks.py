"""Việc định kỳ của thu phí: the books, waiting payers, yesterday's reconciliation."""

from datetime import datetime, timedelta

from motcua.contexts.payments import public
from motcua.contexts.payments.actions import closing
from motcua.kernel.jobs import every

BATCH = 500


@every("* * * * *", name="payments.book_dues")
def book_dues(now: datetime) -> None:
    """New bills reach the journal within a minute; several batches when many came."""
    for _ in range(20):
        if not public.book_new_dues(limit=BATCH, now=now):
            return


@every("* * * * *", name="payments.stop_waiting")
def stop_waiting(now: datetime) -> None:
    """Payers who left for the bank long ago may pay again; a late word still counts."""
    public.stop_waiting_for_banks(now=now)


@every("* * * * *", name="payments.order_refunds")
def order_refunds(now: datetime) -> None:
    """What the bank has not answered is asked about again; what never left is ordered."""
    public.order_due_refunds(now=now)


@every("15 7 * * *", name="payments.tell_open_days")
def tell_of_open_days(now: datetime) -> None:
    """Before the day begins: a day of money that nobody closed is not forgotten."""
    closing.tell_open_days(now=now)


@every("30 5 * * *", name="payments.reconcile_yesterday")
def reconcile_yesterday(now: datetime) -> None:
    """Raises NeighbourDown, so that the retry lane asks the bank again."""
    public.reconcile_day(now.date() - timedelta(days=1), now=now)
