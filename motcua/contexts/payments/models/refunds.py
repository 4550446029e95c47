"""Tiền hoàn: asked, decided, ordered from the bank, paid; each refund once."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.contexts.payments.contracts import Channel, RefundGround, RefundState, RefundWay
from motcua.contexts.payments.models.invoices import Invoice
from motcua.contexts.payments.models.money import Credit
from motcua.kernel.db import uuid7
from motcua.kernel.fields import SealedText

UNDECIDED = [RefundState.ASKED.value, RefundState.SECOND.value]


class Refund(models.Model):
    """Money that goes back, from a bill or from suspense. The account of a payer is sealed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    invoice = models.ForeignKey(Invoice, null=True, on_delete=models.PROTECT, related_name="+")
    credit = models.ForeignKey(Credit, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=16,
        choices=[(s.value, s.value) for s in RefundState],
        default=RefundState.PROMISED,
    )
    ground = models.CharField(
        max_length=16,
        choices=[(g.value, g.value) for g in RefundGround],
        default=RefundGround.OTHER,
    )
    amount_dong = models.BigIntegerField()
    unit = models.ForeignKey(
        "organisations.Unit",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="the agency that received the money and gives it back",
    )
    asked_unit = models.ForeignKey(
        "organisations.Unit",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        help_text="the other agency whose desk asked for it",
    )
    reason = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField()
    asked_by_payer = models.BooleanField(default=False)
    way = models.CharField(
        max_length=8, choices=[(w.value, w.value) for w in RefundWay], default=RefundWay.BACK
    )
    source = models.CharField(
        max_length=64, blank=True, help_text="the bank transaction that is turned around"
    )
    account_bank = models.CharField(max_length=6, blank=True)
    account_number = SealedText(null=True)
    account_holder = SealedText(null=True)
    first_yes_at = models.DateTimeField(null=True)
    first_yes_by_id = models.UUIDField(null=True)
    promised_at = models.DateTimeField(null=True, help_text="when it was decided")
    promised_by_id = models.UUIDField(null=True)
    declined_at = models.DateTimeField(null=True)
    declined_by_id = models.UUIDField(null=True)
    answer = models.CharField(max_length=300, blank=True, help_text="why not, for the payer")
    order_no = models.SmallIntegerField(default=1, help_text="one more after each bank's refusal")
    tries = models.IntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    bank_reference = models.CharField(max_length=64, blank=True)
    paid_at = models.DateTimeField(null=True)
    channel = models.CharField(max_length=4, choices=[(c.value, c.value) for c in Channel])

    class Meta:
        db_table = "payments_refund"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="refund_of_something",
                condition=Q(amount_dong__gt=0)
                & (Q(invoice__isnull=False) | Q(credit__isnull=False)),
            ),
            models.CheckConstraint(
                name="refund_paid_once",
                condition=Q(state="PAID", paid_at__isnull=False)
                | (~Q(state="PAID") & Q(paid_at__isnull=True)),
            ),
            models.UniqueConstraint(
                fields=["invoice", "unit"],
                condition=Q(state__in=UNDECIDED, credit__isnull=True),
                nulls_distinct=False,
                name="refund_one_asked_per_bill",
            ),
            models.UniqueConstraint(
                fields=["credit"],
                condition=Q(state__in=UNDECIDED, credit__isnull=False),
                name="refund_one_asked_per_credit",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["promised_at"], condition=Q(paid_at__isnull=True), name="refund_to_pay"
            ),
            models.Index(
                fields=["next_try_at"],
                condition=Q(next_try_at__isnull=False),
                name="refund_to_order",
            ),
        ]

    @property
    def order(self) -> str:
        """What the bank knows this order by; asking again with it never pays twice."""
        return f"{self.id}-{self.order_no}"
