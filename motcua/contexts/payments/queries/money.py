"""Tiền đã nhận và sổ kép: lists for collectors and for reconciliation."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, QuerySet, Sum

from motcua.contexts.payments.contracts import (
    Account,
    BankCredit,
    Channel,
    Finding,
    InvoiceNotFound,
    SuspenseView,
    UnsettledView,
)
from motcua.contexts.payments.models import Credit, JournalLine, ReconciliationRun
from motcua.contexts.payments.queries.policies import MoneyPolicy, UnsettledPolicy
from motcua.contexts.payments.rules.reconciliation import with_corrections
from motcua.kernel.access import visible
from motcua.kernel.actors import Actor
from motcua.kernel.money import Money

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """One account of the ledger."""

    account: Account
    debit: Money
    credit: Money

    @property
    def net(self) -> Money:
        return self.debit - self.credit


def inserted_once(row: Credit) -> bool:
    """Insert unless this transaction is already known: the unique key decides, not a look-up."""
    Credit.objects.bulk_create([row], ignore_conflicts=True)
    return Credit.objects.filter(id=row.id).exists()


def bank_credit(transaction_id: str) -> Credit:
    """A booked bank transaction. Raises: Credit.DoesNotExist."""
    rows = Credit.objects.select_related("invoice")
    return rows.get(channel=Channel.BANK, reference=transaction_id)


def credit_row(credit_id: UUID) -> Credit:
    """Received money whose reader was let in by its bill. Raises: Credit.DoesNotExist."""
    return Credit.objects.get(id=credit_id)


def bank_credits_between(start: datetime, end: datetime) -> tuple[BankCredit, ...]:
    """What our books say reached the bank account in [start, end), corrections added in."""
    rows = Credit.objects.filter(channel=Channel.BANK, booked_at__gte=start, booked_at__lt=end)
    return with_corrections(
        BankCredit(
            transaction_id=row.reference,
            amount=Money(row.amount_dong),
            memo=row.memo,
            booked_at=row.booked_at,
        )
        for row in rows.order_by("booked_at", "id").iterator()
    )


def credit_for_update(credit_id: UUID) -> Credit:
    """Lock received money. Raises: InvoiceNotFound."""
    row = Credit.objects.select_for_update().filter(id=credit_id).order_by("id").first()
    if row is None:
        raise InvoiceNotFound("Không tìm thấy khoản tiền này.")
    return row


def to_look_at(
    actor: Actor, *, now: datetime, before: datetime | None = None
) -> tuple[Credit, ...]:
    """Money that did not fit its bill and nobody has settled; newest first, keyset by time."""
    rows = visible(Credit.objects.all(), actor, MoneyPolicy, now=now)
    rows = rows.exclude(finding=Finding.EXACT).filter(looked_at__isnull=True)
    if before is not None:
        rows = rows.filter(received_at__lt=before)
    return tuple(rows.select_related("invoice").order_by("-received_at", "-id")[:PAGE])


def suspense(actor: Actor, *, now: datetime) -> SuspenseView:
    """How much money nobody has settled yet; one query over a partial index."""
    found = _unsettled(actor, now).aggregate(
        number=Count("id"), waiting=Sum("waiting_dong"), oldest=Min("received_at")
    )
    return SuspenseView(
        count=found["number"], waiting=Money(int(found["waiting"] or 0)), oldest_at=found["oldest"]
    )


def unsettled(
    actor: Actor, *, now: datetime, before: datetime | None = None, limit: int = PAGE
) -> tuple[UnsettledView, ...]:
    """The same one by one, newest first, keyset by time."""
    rows = _unsettled(actor, now)
    if before is not None:
        rows = rows.filter(received_at__lt=before)
    return tuple(
        UnsettledView(
            id=row.id,
            transaction_id=row.reference,
            channel=Channel(row.channel),
            finding=Finding(row.finding),
            invoice_code=row.invoice.code if row.invoice else "",
            amount=Money(row.amount_dong),
            waiting=Money(row.waiting_dong),
            received_at=row.received_at,
        )
        for row in rows.select_related("invoice").order_by("-received_at", "-id")[:limit]
    )


def _unsettled(actor: Actor, now: datetime) -> "QuerySet[Credit]":
    rows = visible(Credit.objects.all(), actor, UnsettledPolicy, now=now)
    return rows.exclude(finding=Finding.EXACT).filter(looked_at__isnull=True)


def balances() -> tuple[Balance, ...]:
    """Debits and credits of every account, for the check of the books and the close of a day."""
    sums = JournalLine.objects.values("account").order_by("account")
    rows = sums.annotate(debit=Sum("debit_dong"), credit=Sum("credit_dong"))
    return tuple(
        Balance(
            account=Account(row["account"]),
            debit=Money(int(row["debit"])),
            credit=Money(int(row["credit"])),
        )
        for row in rows
    )


def recent_reconciliations(limit: int = 10) -> tuple[ReconciliationRun, ...]:
    return tuple(ReconciliationRun.objects.order_by("-run_at", "-id")[:limit])
