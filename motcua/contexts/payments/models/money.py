"""Tiền đã nhận, tiền hoàn: every credit exactly once, whatever it was for."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from motcua.contexts.payments.contracts import Channel, Finding
from motcua.contexts.payments.models.invoices import Invoice
from motcua.kernel.db import uuid7
from motcua.kernel.fields import SealedText


class Credit(models.Model):
    """Money that reached us. `memo` is sealed: payers write names into it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    channel = models.CharField(max_length=4, choices=[(c.value, c.value) for c in Channel])
    reference = models.CharField(max_length=64, help_text="the bank's transaction id")
    amount_dong = models.BigIntegerField()
    memo = SealedText()
    invoice = models.ForeignKey(Invoice, null=True, on_delete=models.PROTECT, related_name="+")
    finding = models.CharField(max_length=12, choices=[(f.value, f.value) for f in Finding])
    applied_dong = models.BigIntegerField()
    suspense_dong = models.BigIntegerField()
    waiting_dong = models.BigIntegerField(help_text="what is still in suspense")
    booked_at = models.DateTimeField(help_text="the bank's or the desk's time")
    received_at = models.DateTimeField(help_text="when we learnt of it")
    looked_at = models.DateTimeField(null=True, help_text="when a collector settled it")
    received_by_id = models.UUIDField(null=True)
    unit = models.ForeignKey(
        "organisations.Unit", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        db_table = "payments_credit"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["channel", "reference"], name="credit_once"),
            models.CheckConstraint(
                name="credit_nothing_lost",
                condition=Q(amount_dong__gt=0)
                & Q(amount_dong=F("applied_dong") + F("suspense_dong"))
                & Q(applied_dong__gte=0, suspense_dong__gte=0)
                & Q(waiting_dong__gte=0, waiting_dong__lte=F("suspense_dong")),
            ),
            models.CheckConstraint(
                name="credit_applied_has_invoice",
                condition=Q(applied_dong=0) | Q(invoice__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["-received_at"],
                condition=~Q(finding="EXACT") & Q(looked_at__isnull=True),
                name="credit_to_look_at",
            ),
            models.Index(fields=["channel", "booked_at"], name="credit_by_day"),
        ]


class ReconciliationRun(models.Model):
    """One comparison with the bank and its explained differences (ids and amounts only)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    period_start = models.DateTimeField()
    period_end = models.DateTimeField()
    matched = models.IntegerField()
    ours_dong = models.BigIntegerField()
    theirs_dong = models.BigIntegerField()
    differences = models.JSONField()
    run_at = models.DateTimeField()

    class Meta:
        db_table = "payments_reconciliation"
        indexes: ClassVar = [models.Index(fields=["-run_at"], name="reconciliation_recent")]
