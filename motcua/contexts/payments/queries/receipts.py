"""Biên lai: by code for whoever holds it, ranges and how they were used."""

from collections.abc import Iterable, Mapping
from typing import Literal
from uuid import UUID

from django.db.models import Count, F, Q, Sum

from motcua.contexts.payments.contracts.receipts import (
    RangeView,
    ReceiptKind,
    ReceiptNotFound,
    ReceiptState,
    ReceiptView,
)
from motcua.contexts.payments.models import (
    Invoice,
    InvoiceItem,
    Receipt,
    ReceiptRange,
    ReceiptSeries,
)
from motcua.contexts.payments.queries.agencies import agency_name, of_agency
from motcua.contexts.payments.queries.invoices import AS_ASKED
from motcua.contexts.payments.rules.receipts import typed_code
from motcua.kernel.clock import city_date
from motcua.kernel.money import Money

SHOWN = 200
COUNTED: tuple[Literal["used"], Literal["cancelled"], Literal["replaced"]] = (
    "used",
    "cancelled",
    "replaced",
)


def series_for_update(code: str) -> ReceiptSeries:
    """Lock a series, which begins with its first range."""
    ReceiptSeries.objects.bulk_create([ReceiptSeries(code=code)], ignore_conflicts=True)
    return ReceiptSeries.objects.select_for_update().get(code=code)


def range_for_update(unit_id: UUID | None, series: str) -> ReceiptRange | None:
    """Lock the oldest range of a unit that still has numbers."""
    rows = ReceiptRange.objects.select_for_update(of=("self",)).filter(
        of_agency(unit_id), series__code=series, next__lte=F("last")
    )
    return rows.select_related("series").order_by("given_at", "id").first()


def receipt_for_update(receipt_id: UUID) -> Receipt:
    """Lock a receipt. Raises: ReceiptNotFound."""
    rows = Receipt.objects.select_for_update(of=("self",)).filter(id=receipt_id)
    row = rows.select_related("invoice").order_by("id").first()
    if row is None:
        raise ReceiptNotFound
    return row


def adjusted_by(row: Receipt) -> int:
    """What adjustments changed of a receipt so far."""
    found = Receipt.objects.filter(
        about=row, kind=ReceiptKind.ADJUSTMENT, state=ReceiptState.ISSUED
    ).aggregate(sum=Sum("adjust_dong"))
    return int(found["sum"] or 0)


def held(typed: str) -> Receipt:
    """The receipt whose code somebody holds. Raises: ReceiptNotFound."""
    code = typed_code(typed)
    rows = Receipt.objects.filter(code=code).exclude(code=None)
    row = rows.select_related("invoice", "about").order_by("id").first() if code else None
    if row is None:
        raise ReceiptNotFound
    return row


def receipts_of(invoice: Invoice) -> tuple[Receipt, ...]:
    """Every receipt of a bill, however it ended, in the order of their numbers."""
    rows = Receipt.objects.filter(invoice=invoice).select_related("about", "invoice")
    return tuple(rows.order_by("issued_at", "id"))


def view_of_receipt(row: Receipt) -> ReceiptView:
    """Without the name of the payer."""
    items = InvoiceItem.objects.filter(invoice=row.invoice).order_by(*AS_ASKED)
    after = Receipt.objects.filter(about=row).order_by("issued_at", "id")
    return ReceiptView(
        number=row.number,
        code=row.code or "",
        kind=ReceiptKind(row.kind),
        state=ReceiptState(row.state),
        agency=agency_name(row.invoice.unit_id),
        invoice_code=row.invoice.code,
        subject=row.invoice.subject,
        amount=Money(row.amount_dong),
        adjusted_by=Money(adjusted_by(row)),
        items=tuple((item.label, Money(item.amount_dong)) for item in items),
        issued_at=row.issued_at,
        reason=row.reason,
        ended_at=row.ended_at,
        end_reason=row.end_reason,
        about=row.about.number if row.about else "",
        followed_by=tuple(after.values_list("number", flat=True)),
    )


def ranges(units: Iterable[UUID] | None) -> tuple[RangeView, ...]:
    """How the numbers of units were used, newest range first. units None: of everybody."""
    rows = ReceiptRange.objects.select_related("series")
    if units is not None:
        rows = rows.filter(unit_id__in=list(units))
    found = list(rows.order_by("-given_at", "-id")[:SHOWN])
    counts: dict[UUID, Mapping[str, int]] = {
        row["range_id"]: {name: row[name] for name in COUNTED}
        for row in Receipt.objects.filter(range__in=found)
        .values("range_id")
        .order_by("range_id")
        .annotate(
            used=Count("id"),
            cancelled=Count("id", filter=Q(state=ReceiptState.CANCELLED)),
            replaced=Count("id", filter=Q(state=ReceiptState.REPLACED)),
        )
    }
    nothing = dict.fromkeys(COUNTED, 0)
    return tuple(_range(row, counts.get(row.id, nothing)) for row in found)


def _range(row: ReceiptRange, counted: Mapping[str, int]) -> RangeView:
    used = row.next - row.first
    return RangeView(
        unit_id=row.unit_id,
        series=row.series.code,
        first=row.first,
        last=row.last,
        used=used,
        cancelled=counted["cancelled"],
        replaced=counted["replaced"],
        left=row.last - row.next + 1,
        missing=used - counted["used"],
        given_on=city_date(row.given_at),
    )
