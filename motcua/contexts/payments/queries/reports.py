"""Báo cáo thu phí: receipts, exemptions and what came and left, for the desks of a collector."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, QuerySet, Sum

from motcua.contexts.payments.contracts import Channel, FeeKind, RefundGround, RefundState
from motcua.contexts.payments.models import Credit, Invoice, InvoiceItem, Receipt, Refund
from motcua.contexts.payments.queries.policies import InvoicePolicy
from motcua.contexts.payments.rules.refunds import rules
from motcua.kernel.access import visible
from motcua.kernel.actors import Actor
from motcua.kernel.clock import start_of_day
from motcua.kernel.money import ZERO, Money

MOST = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """From the first to the last day, both counted."""

    first: date
    last: date

    @property
    def start(self) -> datetime:
        return start_of_day(self.first)

    @property
    def end(self) -> datetime:
        return start_of_day(self.last + timedelta(days=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptLine:
    """One receipt, without its payer."""

    number: str
    invoice_code: str
    subject: str
    amount: Money
    issued_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliefLine:
    """What one exemption took off fees of one kind at one desk.

    unit_id None: no desk. afterwards: granted after payment, so the money goes back.
    """

    unit_id: UUID | None
    name: str
    kind: FeeKind
    items: int
    relief: Money
    due: Money
    afterwards: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLine:
    """What came to one desk and left it. unit_id None: the account of the city, no desk."""

    unit_id: UUID | None
    cash: Money = ZERO
    bank: Money = ZERO
    cash_back: Money = ZERO
    bank_back: Money = ZERO

    @property
    def left(self) -> Money:
        """What stayed, of both ways together."""
        return self.cash + self.bank - self.cash_back - self.bank_back


def receipts(actor: Actor, days: Days, *, now: datetime) -> Iterator[ReceiptLine]:
    """Those of bills that the actor may see, the newest first."""
    bills = visible(Invoice.objects.all(), actor, InvoicePolicy, now=now)
    rows = Receipt.objects.filter(
        invoice__in=bills, issued_at__gte=days.start, issued_at__lt=days.end
    )
    for row in rows.select_related("invoice").order_by("-issued_at", "-id")[:MOST]:
        yield ReceiptLine(
            number=row.number,
            invoice_code=row.invoice.code,
            subject=row.invoice.subject,
            amount=Money(row.amount_dong),
            issued_at=row.issued_at,
        )


def reliefs(actor: Actor, days: Days, *, now: datetime) -> tuple[ReliefLine, ...]:
    """By desk, exemption and kind of fee, of bills that still stand; then what was given back."""
    bills = visible(Invoice.objects.all(), actor, InvoicePolicy, now=now)
    rows = InvoiceItem.objects.filter(
        invoice__in=bills,
        invoice__cancelled_at__isnull=True,
        relief_dong__gt=0,
        asked_at__gte=days.start,
        asked_at__lt=days.end,
    )
    parts = ("invoice__unit_id", "relief_name", "kind")
    sums = rows.values(*parts).order_by(*parts)
    told = (
        ReliefLine(
            unit_id=row["invoice__unit_id"],
            name=row["relief_name"],
            kind=FeeKind(row["kind"]),
            items=row["items"],
            relief=Money(int(row["relief"])),
            due=Money(int(row["due"])),
        )
        for row in sums.annotate(
            items=Count("id"), relief=Sum("relief_dong"), due=Sum("amount_dong")
        )
    )
    return (*told, *_given_back(bills, days))


def _given_back(bills: "QuerySet[Invoice]", days: Days) -> Iterator[ReliefLine]:
    """Exemptions granted after payment: each was a refund, and stands under its own words."""
    rows = Refund.objects.filter(
        invoice__in=bills,
        ground=RefundGround.EXEMPTED,
        state=RefundState.PAID,
        paid_at__gte=days.start,
        paid_at__lt=days.end,
    )
    sums = rows.values("unit_id").order_by("unit_id")
    for row in sums.annotate(items=Count("id"), relief=Sum("amount_dong")):
        yield ReliefLine(
            unit_id=row["unit_id"],
            name=rules().grounds[RefundGround.EXEMPTED].name,
            kind=FeeKind.OTHER,
            items=row["items"],
            relief=Money(int(row["relief"])),
            due=ZERO,
            afterwards=True,
        )


def day_book(actor: Actor, days: Days, *, now: datetime) -> tuple[DayLine, ...]:
    """What came by cash and by bank and what went back, by desk."""
    bills = visible(Invoice.objects.all(), actor, InvoicePolicy, now=now)
    came = Credit.objects.filter(
        invoice__in=bills, booked_at__gte=days.start, booked_at__lt=days.end
    )
    back = Refund.objects.filter(
        invoice__in=bills,
        state=RefundState.PAID,
        paid_at__gte=days.start,
        paid_at__lt=days.end,
    )
    cash, bank = (_by_unit(came.filter(channel=one)) for one in (Channel.CASH, Channel.BANK))
    cash_back, bank_back = (
        _by_unit(back.filter(channel=one)) for one in (Channel.CASH, Channel.BANK)
    )
    units = sorted({*cash, *bank, *cash_back, *bank_back}, key=str)
    return tuple(
        DayLine(
            unit_id=unit,
            cash=cash.get(unit, ZERO),
            bank=bank.get(unit, ZERO),
            cash_back=cash_back.get(unit, ZERO),
            bank_back=bank_back.get(unit, ZERO),
        )
        for unit in units
    )


def _by_unit(rows: "QuerySet[Credit] | QuerySet[Refund]") -> dict[UUID | None, Money]:
    sums = rows.values("invoice__unit_id").order_by("invoice__unit_id")
    return {
        row["invoice__unit_id"]: Money(int(row["sum"]))
        for row in sums.annotate(sum=Sum("amount_dong"))
    }
