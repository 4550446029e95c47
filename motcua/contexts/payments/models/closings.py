"""Chốt ngày: what two people signed, and the lines they signed for; frozen from then on."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from motcua.contexts.payments.contracts.closing import LineKind
from motcua.kernel.db import uuid7


class UnitClosing(models.Model):
    """A day of one unit. Signed by a collector, closed by a second person, or sent back."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    report = models.JSONField(help_text="sums, tills and named differences as they were signed")
    digest = models.CharField(max_length=64, help_text="of the lines, as the signer saw them")
    words = models.CharField(max_length=300, blank=True)
    signed_at = models.DateTimeField()
    signed_by_id = models.UUIDField()
    closed_at = models.DateTimeField(null=True)
    closed_by_id = models.UUIDField(null=True)
    returned_at = models.DateTimeField(null=True)
    returned_by_id = models.UUIDField(null=True)
    return_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "payments_unit_closing"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "day"],
                condition=Q(returned_at__isnull=True),
                name="unit_day_closed_once",
            ),
            models.CheckConstraint(
                name="unit_closing_two_people",
                condition=Q(closed_at__isnull=True, closed_by_id__isnull=True)
                | (Q(closed_by_id__isnull=False) & ~Q(closed_by_id=F("signed_by_id"))),
            ),
            models.CheckConstraint(
                name="unit_closing_returned_open",
                condition=Q(returned_at__isnull=True, return_reason="")
                | (Q(closed_at__isnull=True) & ~Q(return_reason="")),
            ),
        ]


class ClosingLine(models.Model):
    """One line of money in one closing, once for ever. happened_on before its day: it came late."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    closing = models.ForeignKey(UnitClosing, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in LineKind])
    item = models.UUIDField(help_text="the credit, refund, entry or receipt")
    amount_dong = models.BigIntegerField()
    happened_at = models.DateTimeField()
    happened_on = models.DateField()
    reference = models.CharField(max_length=64, blank=True)
    bill = models.CharField(max_length=20, blank=True, help_text="code of the bill")

    class Meta:
        db_table = "payments_closing_line"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "item"], name="closing_line_once"),
            models.CheckConstraint(name="closing_line_amount", condition=Q(amount_dong__gt=0)),
        ]
