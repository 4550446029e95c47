"""Sao kê và sổ bên nhau: lines of both sides for one day, as values that rules can pair."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet, Sum

from motcua.contexts.payments.contracts import Channel, RefundState
from motcua.contexts.payments.models import (
    BankDayClosing,
    BankStatement,
    Credit,
    DifferenceNote,
    Invoice,
    Refund,
    StatementEntry,
    StatementLayout,
)
from motcua.contexts.payments.rules.codes import codes_in
from motcua.contexts.payments.rules.matching import BankLine, Booked, BookLine
from motcua.contexts.payments.rules.reconciliation import CORRECTION
from motcua.contexts.payments.rules.settlement import Bill
from motcua.contexts.payments.rules.statements import Side
from motcua.kernel.clock import city_date, start_of_day
from motcua.kernel.money import Money

RECENT = 40
Once = TypeVar("Once", BankStatement, BankDayClosing, DifferenceNote)
ENTRY, CREDIT, REFUND = "entry", "credit", "refund"  # how a line of either side is named


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySums:
    """What statements say of one day."""

    lines: int
    came: Money
    left: Money


def entries_known(keys: Sequence[str]) -> dict[str, StatementEntry]:
    rows = StatementEntry.objects.filter(key__in=keys).order_by("id")
    return {row.key: row for row in rows}


def kept_once(row: Once) -> bool:
    """Insert unless there is one already: the unique key decides, not a look-up."""
    rows = type(row)._default_manager
    rows.bulk_create([row], ignore_conflicts=True)
    return rows.filter(pk=row.pk).exists()


def order_of(refund_id: UUID) -> str:
    """The number that the bank knows a refund by; "" when there is none."""
    row = Refund.objects.filter(id=refund_id).order_by("id").first()
    return row.order if row else ""


def entry_of(entry_id: UUID) -> StatementEntry | None:
    return StatementEntry.objects.filter(id=entry_id).order_by("id").first()


def statement_of(sha256: str) -> BankStatement | None:
    return BankStatement.objects.filter(sha256=sha256).order_by("id").first()


def layouts() -> tuple[StatementLayout, ...]:
    return tuple(StatementLayout.objects.order_by("-told_at", "id")[:RECENT])


def layout_of(heads: str) -> StatementLayout | None:
    return StatementLayout.objects.filter(heads=heads).order_by("id").first()


def recent_statements() -> tuple[BankStatement, ...]:
    return tuple(BankStatement.objects.order_by("-last_on", "-id")[:RECENT])


def covered() -> tuple[date, date] | None:
    """The first and the last day that any statement speaks of."""
    ends = BankStatement.objects.aggregate(first=Min("first_on"), last=Max("last_on"))
    return (ends["first"], ends["last"]) if ends["first"] else None


def day_sums(first: date, last: date) -> dict[date, DaySums]:
    """Lines and sums of each day from first to last that has any."""
    rows = StatementEntry.objects.filter(booked_on__gte=first, booked_on__lte=last)
    sums = rows.values("booked_on").order_by("booked_on").annotate(
        lines=Count("id"),
        came=Sum("amount_dong", filter=Q(side=Side.IN), default=0),
        left=Sum("amount_dong", filter=Q(side=Side.OUT), default=0),
    )  # fmt: skip
    return {
        row["booked_on"]: DaySums(
            lines=row["lines"], came=Money(int(row["came"])), left=Money(int(row["left"]))
        )
        for row in sums
    }


def opening_of(day: date) -> Money | None:
    """The balance at the bank when that day began, from a statement that covers it and tells."""
    told = BankStatement.objects.filter(
        opening_dong__isnull=False, first_on__lte=day, last_on__gte=day
    )
    row = told.order_by("-first_on", "-id").first()
    if row is None or row.opening_dong is None:
        return None
    before = day_sums(row.first_on, day - timedelta(days=1)).values()
    return Money.total((Money(row.opening_dong), *(one.came - one.left for one in before)))


def closings_of(days: Iterable[date]) -> dict[date, BankDayClosing]:
    rows = BankDayClosing.objects.filter(day__in=list(days), reopened_at__isnull=True)
    return {row.day: row for row in rows.order_by("day")}


def closings_ever(day: date) -> tuple[BankDayClosing, ...]:
    return tuple(BankDayClosing.objects.filter(day=day).order_by("-closed_at", "-id"))


def closing_for_update(day: date) -> BankDayClosing | None:
    rows = BankDayClosing.objects.select_for_update().filter(day=day, reopened_at__isnull=True)
    return rows.order_by("id").first()


def notes_on(items: Iterable[str]) -> dict[tuple[str, str], DifferenceNote]:
    rows = DifferenceNote.objects.filter(item__in=list(items)).order_by("noted_at", "id")
    return {(row.item, row.difference): row for row in rows}


def entry_for_update(entry_id: UUID) -> StatementEntry | None:
    """Lock a line. None: there is none."""
    return StatementEntry.objects.select_for_update().filter(id=entry_id).order_by("id").first()


def pairs_of(day: date) -> Iterator[tuple[BankLine, BookLine]]:
    """Lines of that day whose match is written down."""
    rows = StatementEntry.objects.filter(booked_on=day).exclude(
        credit__isnull=True, refund__isnull=True
    )
    rows = rows.select_related("credit", "refund").order_by("booked_at", "id")
    matched = list(rows)
    rests = _corrections(row.credit.reference for row in matched if row.credit)
    for row in matched:
        if row.credit is not None:
            yield _bank_line(row, {}), _credit_line(row.credit, rests)
        elif row.refund is not None:
            yield _bank_line(row, {}), _refund_line(row.refund)


def unmatched_entries(first: date, last: date) -> tuple[BankLine, ...]:
    """Lines of the bank from first to last that have met nothing in our books."""
    rows = StatementEntry.objects.filter(
        booked_on__gte=first, booked_on__lte=last, credit__isnull=True, refund__isnull=True
    )
    found = list(rows.order_by("booked_at", "id"))
    bills = _bills(found)
    return tuple(_bank_line(row, bills) for row in found)


def unmatched_books(first: date, last: date) -> tuple[BookLine, ...]:
    """Money of our books from first to last that no line up to `last` has met, oldest first."""
    start, end = start_of_day(first), start_of_day(last + timedelta(days=1))
    met = StatementEntry.objects.filter(booked_on__lte=last)
    credits_booked = Credit.objects.filter(
        ~Exists(met.filter(credit=OuterRef("pk"))),
        channel=Channel.BANK, booked_at__gte=start, booked_at__lt=end,
    ).exclude(reference__endswith=CORRECTION)  # fmt: skip
    found = list(credits_booked.order_by("booked_at", "id"))
    rests = _corrections(row.reference for row in found)
    sent = Refund.objects.filter(~Exists(met.filter(refund=OuterRef("pk"))), channel=Channel.BANK)
    paid = Q(state=RefundState.PAID, paid_at__gte=start, paid_at__lt=end)
    refunds = sent.filter(paid | Q(state=RefundState.ORDERED)).order_by("asked_at", "id")
    return (
        *(_credit_line(row, rests) for row in found),
        *(_refund_line(row) for row in refunds.select_related("invoice")),
    )


def known_numbers(lines: Iterable[BankLine]) -> frozenset[str]:
    """Which of their numbers a line that met its match bears as well."""
    names = {name for line in lines for name in line.references}
    met = StatementEntry.objects.filter(reference__in=names).exclude(
        credit__isnull=True, refund__isnull=True
    )
    return frozenset(met.order_by("reference").values_list("reference", flat=True))


def _bank_line(row: StatementEntry, bills: dict[str, Bill]) -> BankLine:
    code = next((one for one in codes_in(row.memo) if one in bills), "")
    return BankLine(
        key=f"{ENTRY}:{row.id}",
        side=Side(row.side),
        amount=Money(row.amount_dong),
        on=row.booked_on,
        memo=row.memo,
        references=frozenset(name for name in (row.reference, row.order) if name),
        fee=Money(row.fee_dong),
        fee_booked=row.fee_booked_at is not None,
        is_reversal=row.is_reversal,
        is_charge=row.is_charge,
        bill=bills.get(code),
    )


def _bills(rows: Iterable[StatementEntry]) -> dict[str, Bill]:
    codes = {code for row in rows for code in codes_in(row.memo)}
    return {row.code: row.bill() for row in Invoice.objects.filter(code__in=codes).order_by("code")}


def _credit_line(row: Credit, rests: dict[str, int]) -> BookLine:
    return BookLine(
        key=f"{CREDIT}:{row.id}",
        kind=Booked.CREDIT,
        amount=Money(row.amount_dong + rests.get(row.reference, 0)),
        on=city_date(row.booked_at),
        memo=row.memo,
        references=frozenset({row.reference}),
    )


def _corrections(references: Iterable[str]) -> dict[str, int]:
    """What was booked later because a callback had told too little, by transaction."""
    names = [f"{reference}{CORRECTION}" for reference in references]
    rows = Credit.objects.filter(channel=Channel.BANK, reference__in=names).order_by("id")
    return {row.reference.removesuffix(CORRECTION): row.amount_dong for row in rows}


def _refund_line(row: Refund) -> BookLine:
    paid = row.paid_at
    return BookLine(
        key=f"{REFUND}:{row.id}",
        kind=Booked.REFUND if paid else Booked.ORDER,
        amount=Money(row.amount_dong),
        on=city_date(paid or row.promised_at or row.asked_at),
        references=frozenset(name for name in (row.bank_reference, row.order) if name),
    )


def unmatched_rows(lines: Iterable[BankLine]) -> "QuerySet[StatementEntry]":
    ids = [UUID(str(line.key).partition(":")[2]) for line in lines]
    return StatementEntry.objects.filter(id__in=ids).order_by("id")
