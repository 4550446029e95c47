"""Biên lai điện tử: numbers out of ranges; what is wrong is cancelled, replaced or adjusted."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from motcua.contexts.payments.contracts.receipts import ReceiptKind, ReceiptState
from motcua.contexts.payments.models.invoices import Invoice
from motcua.kernel.db import uuid7


class ReceiptSeries(models.Model):
    """One series of numbers; `next` is the first that no range has."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=12, unique=True)
    next = models.IntegerField(default=1)

    class Meta:
        db_table = "payments_receipt_series"
        constraints: ClassVar = [
            models.CheckConstraint(name="receipt_series_next", condition=Q(next__gte=1))
        ]


class ReceiptRange(models.Model):
    """Numbers given to one unit (None: to the city's account), used one after the other."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    series = models.ForeignKey(ReceiptSeries, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        "organisations.Unit", null=True, on_delete=models.PROTECT, related_name="+"
    )
    first = models.IntegerField()
    last = models.IntegerField()
    next = models.IntegerField(help_text="the first number that nobody has used")
    given_at = models.DateTimeField()
    given_by_id = models.UUIDField(null=True, help_text="None: by itself, when numbers ran out")

    class Meta:
        db_table = "payments_receipt_range"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="receipt_range_order",
                condition=Q(first__gte=1, last__gte=F("first"))
                & Q(next__gte=F("first"), next__lte=F("last") + 1),
            ),
            models.UniqueConstraint(fields=["series", "first"], name="receipt_range_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["unit", "given_at"],
                condition=Q(next__lte=F("last")),
                name="receipt_range_with_numbers",
            )
        ]


class Receipt(models.Model):
    """Biên lai of a bill paid in full, or what adjusts one. Only how it ended is ever written.

    adjust_dong: by how much an adjustment changes what the earlier receipt says.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=40, unique=True)
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="+")
    amount_dong = models.BigIntegerField()
    issued_at = models.DateTimeField()
    range = models.ForeignKey(
        ReceiptRange, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    serial = models.IntegerField(null=True)
    code = models.CharField(max_length=12, unique=True, null=True, help_text="finds the receipt")
    kind = models.CharField(
        max_length=10,
        choices=[(k.value, k.value) for k in ReceiptKind],
        default=ReceiptKind.RECEIPT,
    )
    state = models.CharField(
        max_length=10,
        choices=[(s.value, s.value) for s in ReceiptState],
        default=ReceiptState.ISSUED,
    )
    about = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="+",
        help_text="the receipt that this one replaces or adjusts",
    )  # fmt: skip
    adjust_dong = models.BigIntegerField(default=0)
    reason = models.CharField(max_length=300, blank=True, help_text="why it replaces or adjusts")
    ended_at = models.DateTimeField(null=True)
    ended_by_id = models.UUIDField(null=True)
    end_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "payments_receipt"
        constraints: ClassVar = [
            models.CheckConstraint(name="receipt_amount", condition=Q(amount_dong__gt=0)),
            models.UniqueConstraint(fields=["range", "serial"], name="receipt_serial_once"),
            models.CheckConstraint(
                name="receipt_ended_with_reason",
                condition=Q(state="ISSUED", ended_at__isnull=True, end_reason="")
                | (~Q(state="ISSUED") & Q(ended_at__isnull=False) & ~Q(end_reason="")),
            ),
            models.CheckConstraint(
                name="receipt_about_with_reason",
                condition=Q(about__isnull=True, kind="RECEIPT")
                | (Q(about__isnull=False) & ~Q(reason="")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["issued_at"], name="receipt_by_day"),
            models.Index(
                fields=["ended_at"], condition=Q(ended_at__isnull=False), name="receipt_ended"
            ),
        ]
