"""Ngày của một nơi thu: its lines that no closing has, and what two people signed for."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, Exists, F, Max, Min, Model, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from motcua.contexts.organisations import public as organisations
from motcua.contexts.payments import ports
from motcua.contexts.payments.contracts import Channel, RefundState
from motcua.contexts.payments.contracts.closing import (
    ClosingNotFound,
    LineKind,
    OpenDay,
    TillShift,
)
from motcua.contexts.payments.models import (
    ClosingLine,
    Credit,
    JournalEntry,
    JournalLine,
    Receipt,
    Refund,
    StatementEntry,
    UnitClosing,
)
from motcua.contexts.payments.queries.policies import ClosingPolicy
from motcua.contexts.payments.rules.closing import Entry, Sheet
from motcua.contexts.payments.rules.journal import EntryKind
from motcua.contexts.payments.rules.reconciliation import CORRECTION
from motcua.kernel.access import visible
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import CITY_TZ, city_date, start_of_day
from motcua.kernel.money import Money

LOOKED_BACK = timedelta(days=31)  # how far a unit that has never closed a day begins
SHOWN = 60


def units_of(actor: Actor) -> frozenset[UUID]:
    """Where the actor signs or closes days, and the units whose work has come there."""
    own = actor.unit_ids(Role.FEE_COLLECTOR, Role.DIVISION_HEAD, Role.SIGNER)
    return organisations.with_predecessors(own)


def sheet_of(unit_id: UUID, day: date) -> Sheet:
    """What the next closing of this day would hold: its lines, and late ones of closed days."""
    begun, closed = closed_span(unit_id)
    first = min(begun, day) if begun and closed else day
    entries = tuple(loose_entries([unit_id], first, day))
    between = (one for one in entries if one.on == day or (closed and one.on <= closed))
    return Sheet(
        day=day,
        entries=tuple(sorted(between, key=lambda one: (one.at, one.kind, one.item))),
        tills=ports.shifts_of(unit_id, day),
    )


def closed_span(unit_id: UUID) -> tuple[date | None, date | None]:
    """The first and the last day that this unit closed."""
    ends = UnitClosing.objects.filter(unit_id=unit_id, closed_at__isnull=False).aggregate(
        first=Min("day"), last=Max("day")
    )
    return ends["first"], ends["last"]


def earlier_open(unit_id: UUID, day: date) -> date | None:
    """The oldest day after the last closed one that has lines and comes before this one."""
    closed = closed_span(unit_id)[1]
    if closed is None:
        return None
    days = loose_counts([unit_id], closed + timedelta(days=1), day - timedelta(days=1))
    return min((on for _unit, on in days), default=None)


def open_days(units: Collection[UUID] | None, today: date) -> tuple[OpenDay, ...]:
    """Days with money that nobody closed, oldest first. units None: of the whole city."""
    spans = UnitClosing.objects.filter(closed_at__isnull=False)
    if units is not None:
        spans = spans.filter(unit_id__in=units)
    closed = {
        row["unit_id"]: row["last"]
        for row in spans.values("unit_id").order_by("unit_id").annotate(last=Max("day"))
    }
    first = min([today - LOOKED_BACK, *closed.values()])
    signed = _signed(units)
    floor = today - LOOKED_BACK
    return tuple(
        OpenDay(unit_id=unit, day=on, lines=number, signed_at=signed.get((unit, on)))
        for (unit, on), number in sorted(
            loose_counts(units, first, today).items(), key=lambda one: (one[0][1], str(one[0][0]))
        )
        if on > closed.get(unit, floor)
    )


def _signed(units: Collection[UUID] | None) -> dict[tuple[UUID, date], datetime]:
    rows = UnitClosing.objects.filter(closed_at__isnull=True, returned_at__isnull=True)
    if units is not None:
        rows = rows.filter(unit_id__in=units)
    return {(row.unit_id, row.day): row.signed_at for row in rows.order_by("day", "id")}


def loose_counts(
    units: Collection[UUID] | None, first: date, last: date
) -> Counter[tuple[UUID, date]]:
    """How many lines of money each day of each unit has that no closing holds."""
    found: Counter[tuple[UUID, date]] = Counter()
    for rows, unit, moment in _sources(units, first, last):
        days = rows.annotate(on=TruncDate(moment, tzinfo=CITY_TZ), whose=F(unit))
        sums = days.values("whose", "on").order_by("whose", "on").annotate(number=Count("pk"))
        for row in sums:
            found[row["whose"], row["on"]] += row["number"]
    return found


def loose_entries(units: Collection[UUID], first: date, last: date) -> Iterator[Entry]:
    """Every line of these units and days that no closing holds."""
    span = _span(first, last)
    yield from map(_cash, _cash_rows(units, span))
    matched = Exists(StatementEntry.objects.filter(credit=OuterRef("pk")))
    yield from map(_bank, _bank_rows(units, span).annotate(met=matched))
    yield from _moved(units, span)
    met = Exists(StatementEntry.objects.filter(refund=OuterRef("pk")))
    refunds = _refund_rows(units, span).annotate(met=met)
    yield from map(_refund, refunds.select_related("invoice", "credit__invoice"))
    yield from map(_receipt, _receipt_rows(units, span))
    yield from map(_voided, _voided_rows(units, span))


Span = tuple[datetime, datetime]
Row = TypeVar("Row", bound=Model)


def _span(first: date, last: date) -> Span:
    start = start_of_day(first)
    return start, start_of_day(last + timedelta(days=1))


def _sources(
    units: Collection[UUID] | None, first: date, last: date
) -> Iterable[tuple["QuerySet[Model]", str, str]]:
    """Rows of money with where their unit and their moment stand."""
    span = _span(first, last)
    return (
        (_cash_rows(units, span), "unit_id", "booked_at"),
        (_bank_rows(units, span), "invoice__unit_id", "booked_at"),
        (_refund_rows(units, span), "unit_id", "paid_at"),
        (_receipt_rows(units, span), "invoice__unit_id", "issued_at"),
        (_voided_rows(units, span), "invoice__unit_id", "ended_at"),
    )


def _loose(rows: "QuerySet[Row]", *kinds: LineKind) -> "QuerySet[Row]":
    held = ClosingLine.objects.filter(kind__in=kinds, item=OuterRef("pk"))
    return rows.filter(~Exists(held))


def _within(field: str, span: Span) -> Q:
    return Q(**{f"{field}__gte": span[0], f"{field}__lt": span[1]})


def _whose(field: str, units: Collection[UUID] | None) -> Q:
    known = Q(**{f"{field}__isnull": False})
    return known if units is None else Q(**{f"{field}__in": list(units)})


def _cash_rows(units: Collection[UUID] | None, span: Span) -> "QuerySet[Credit]":
    rows = Credit.objects.filter(
        _within("booked_at", span), _whose("unit_id", units), channel=Channel.CASH
    )
    return _loose(rows, LineKind.CASH_IN).select_related("invoice")


def _bank_rows(units: Collection[UUID] | None, span: Span) -> "QuerySet[Credit]":
    rows = Credit.objects.filter(
        _within("booked_at", span), _whose("invoice__unit_id", units), channel=Channel.BANK
    )
    return _loose(rows, LineKind.BANK_IN).select_related("invoice")


def _refund_rows(units: Collection[UUID] | None, span: Span) -> "QuerySet[Refund]":
    rows = Refund.objects.filter(
        _within("paid_at", span), _whose("unit_id", units), state=RefundState.PAID
    )
    return _loose(rows, LineKind.CASH_BACK, LineKind.BANK_BACK)


def _receipt_rows(units: Collection[UUID] | None, span: Span) -> "QuerySet[Receipt]":
    rows = Receipt.objects.filter(
        _within("issued_at", span), _whose("invoice__unit_id", units)
    )  # fmt: skip
    return _loose(rows, LineKind.RECEIPT, LineKind.RECEIPT_LESS).select_related("invoice")


def _voided_rows(units: Collection[UUID] | None, span: Span) -> "QuerySet[Receipt]":
    """Receipts that were cancelled or replaced in these days."""
    rows = Receipt.objects.filter(_within("ended_at", span), _whose("invoice__unit_id", units))
    return _loose(rows, LineKind.RECEIPT_VOID).select_related("invoice")


def _cash(row: Credit) -> Entry:
    return _credit(row, LineKind.CASH_IN)


def _bank(row: Credit) -> Entry:
    met = bool(getattr(row, "met", True)) or row.reference.endswith(CORRECTION)
    return _credit(row, LineKind.BANK_IN, on_statement=met)


def _credit(row: Credit, kind: LineKind, *, on_statement: bool = True) -> Entry:
    return Entry(
        kind=kind,
        item=row.id,
        amount=Money(row.amount_dong),
        at=row.booked_at,
        on=city_date(row.booked_at),
        reference=row.reference,
        bill=row.invoice.code if row.invoice else "",
        on_statement=on_statement,
    )


def _refund(row: Refund) -> Entry:
    bill = row.invoice or (row.credit.invoice if row.credit else None)
    cash, paid = row.channel == Channel.CASH, row.paid_at or row.asked_at
    return Entry(
        kind=LineKind.CASH_BACK if cash else LineKind.BANK_BACK,
        item=row.id,
        amount=Money(row.amount_dong),
        at=paid,
        on=city_date(paid),
        reference=row.bank_reference,
        bill=bill.code if bill else "",
        on_statement=cash or bool(getattr(row, "met", True)),
    )


def _receipt(row: Receipt) -> Entry:
    return Entry(
        kind=LineKind.RECEIPT_LESS if row.adjust_dong < 0 else LineKind.RECEIPT,
        item=row.id,
        amount=Money(row.amount_dong),
        at=row.issued_at,
        on=city_date(row.issued_at),
        reference=row.number,
        bill=row.invoice.code,
    )


def _voided(row: Receipt) -> Entry:
    ended = row.ended_at or row.issued_at
    return Entry(
        kind=LineKind.RECEIPT_VOID,
        item=row.id,
        amount=Money(row.amount_dong),
        at=ended,
        on=city_date(ended),
        reference=row.number,
        bill=row.invoice.code,
    )


def _moved(units: Collection[UUID], span: Span) -> Iterator[Entry]:
    """Waiting money that a collector gave to a bill: it leaves one unit and comes to another."""
    rows = JournalEntry.objects.filter(
        _within("happened_at", span), kind=EntryKind.FROM_SUSPENSE
    ).select_related("invoice")
    entries = list(rows.order_by("happened_at", "id"))
    held = set(
        ClosingLine.objects.filter(
            kind__in=(LineKind.MOVED_IN, LineKind.MOVED_OUT), item__in=[row.id for row in entries]
        ).values_list("kind", "item")
    )
    amounts = dict(
        JournalLine.objects.filter(entry__in=entries, debit_dong__gt=0).values_list(
            "entry_id", "debit_dong"
        )
    )
    froms = {row.id: UUID(row.reference.partition("/")[0]) for row in entries}
    credits_ = Credit.objects.filter(id__in=froms.values()).select_related("invoice")
    credit_of = {row.id: row for row in credits_}
    for row in entries:
        source = credit_of[froms[row.id]].invoice
        for kind, bill in ((LineKind.MOVED_IN, row.invoice), (LineKind.MOVED_OUT, source)):
            if bill is not None and bill.unit_id in units and (kind, row.id) not in held:
                yield Entry(
                    kind=kind,
                    item=row.id,
                    amount=Money(amounts[row.id]),
                    at=row.happened_at,
                    on=city_date(row.happened_at),
                    reference=credit_of[froms[row.id]].reference,
                    bill=bill.code,
                )


def closing_of(unit_id: UUID, day: date) -> UnitClosing | None:
    """The one that holds: signed, or closed."""
    rows = UnitClosing.objects.filter(unit_id=unit_id, day=day, returned_at__isnull=True)
    return rows.order_by("id").first()


def closing_for_update(closing_id: UUID) -> UnitClosing:
    """Lock a closing. Raises: ClosingNotFound."""
    rows = UnitClosing.objects.select_for_update().filter(id=closing_id)
    row = rows.order_by("id").first()
    if row is None:
        raise ClosingNotFound
    return row


def returned_of(unit_id: UUID, day: date) -> tuple[UnitClosing, ...]:
    rows = UnitClosing.objects.filter(unit_id=unit_id, day=day, returned_at__isnull=False)
    return tuple(rows.order_by("-returned_at", "-id")[:SHOWN])


def lines_of(closing: UnitClosing) -> tuple[Entry, ...]:
    """What was frozen, in order."""
    rows = ClosingLine.objects.filter(closing=closing).order_by("happened_at", "kind", "item")
    return tuple(
        Entry(
            kind=LineKind(row.kind),
            item=row.item,
            amount=Money(row.amount_dong),
            at=row.happened_at,
            on=row.happened_on,
            reference=row.reference,
            bill=row.bill,
        )
        for row in rows
    )


def tills_of(closing: UnitClosing) -> tuple[TillShift, ...]:
    """The shifts as they were when the day was closed."""
    return tuple(
        TillShift(
            id=UUID(one["id"]),
            cashier_id=UUID(one["cashier"]),
            taken=Money(one["taken"]),
            counted=None if one["counted"] is None else Money(one["counted"]),
            difference=None if one["difference"] is None else Money(one["difference"]),
            reason=one["reason"],
        )
        for one in closing.report["tills"]
    )


def closings(actor: Actor, *, now: datetime) -> tuple[UnitClosing, ...]:
    """The last ones the actor may see, newest first."""
    rows = visible(UnitClosing.objects.all(), actor, ClosingPolicy, now=now)
    rows = rows.filter(returned_at__isnull=True).select_related("unit")
    return tuple(rows.order_by("-day", "unit_id", "id")[:SHOWN])


def may_read(unit_id: UUID, actor: Actor) -> bool:
    """Whether days of this unit are the actor's to read."""
    return actor.has(Role.AUDITOR) or unit_id in units_of(actor)
