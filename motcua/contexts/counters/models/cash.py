"""Quỹ tiền mặt: shifts and every note that went through a till."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from motcua.kernel.db import uuid7


class CashShift(models.Model):
    """Ca thu tiền of one cashier at one desk.

    taken_dong: sum of its lines, compared and set, so that a count never misses a line. What the
    money was for is booked by payments; here stands what must lie in the till.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    officer_id = models.UUIDField()
    day = models.DateField()
    opened_at = models.DateTimeField()
    float_dong = models.BigIntegerField()
    taken_dong = models.BigIntegerField(default=0)
    notes = models.JSONField(default=dict)  # denomination -> how many
    counted_dong = models.BigIntegerField(null=True)
    difference_dong = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    counted_at = models.DateTimeField(null=True)
    witness_id = models.UUIDField(null=True)
    witnessed_at = models.DateTimeField(null=True)
    receiver_id = models.UUIDField(null=True)
    handed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["officer_id"],
                condition=Q(counted_at__isnull=True),
                name="counter_shift_open_once",
            ),
            models.CheckConstraint(condition=Q(float_dong__gte=0), name="counter_shift_float"),
            models.CheckConstraint(
                condition=Q(counted_at__isnull=True)
                | Q(difference_dong=F("counted_dong") - F("float_dong") - F("taken_dong")),
                name="counter_shift_difference",
            ),
            models.CheckConstraint(
                condition=Q(counted_at__isnull=True) | Q(difference_dong=0) | ~Q(reason=""),
                name="counter_shift_explained",
            ),
            models.CheckConstraint(
                condition=Q(witness_id__isnull=True) | ~Q(witness_id=F("officer_id")),
                name="counter_shift_second_person",
            ),
            models.CheckConstraint(
                condition=Q(receiver_id__isnull=True) | Q(witness_id__isnull=False),
                name="counter_shift_signed_first",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "-opened_at"], name="counter_shifts")]


class CashLine(models.Model):
    """Money in, or out when below zero; reference: the bill or refund that payments booked."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shift = models.ForeignKey(CashShift, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=64)
    amount_dong = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(amount_dong=0), name="counter_cash_line"),
        ]
