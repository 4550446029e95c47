"""Khoản thu: what somebody owes for one dossier, and how they are paying it."""

import secrets
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from motcua.contexts.payments.contracts import FeeItem, FeeKind, FeeWhen, InvoiceState, Recheck
from motcua.contexts.payments.rules.codes import BITS, code_from_bits
from motcua.contexts.payments.rules.settlement import Bill, state_of
from motcua.kernel.db import uuid7
from motcua.kernel.money import Money

LIVE = ["UNPAID", "PENDING", "PARTLY", "PAID"]
PROJECTION = ("state", "paid_at")  # what `project` recomputes


class Invoice(models.Model):
    """One bill. Its figures and state are projections of the journal, kept here for speed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True)
    subject = models.CharField(max_length=80, help_text="code of the dossier")
    payer = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        "organisations.Unit",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        help_text="the desk that may collect it",
    )
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in InvoiceState])
    total_dong = models.BigIntegerField()
    paid_dong = models.BigIntegerField(default=0)
    refunded_dong = models.BigIntegerField(default=0)
    opened_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=300, blank=True)
    cancel_ground = models.CharField(
        max_length=16, blank=True, help_text="why what was paid goes back (RefundGround)"
    )
    due_booked_at = models.DateTimeField(null=True, help_text="when the journal learnt of it")
    relief_check = models.CharField(
        max_length=8, blank=True, choices=[(r.value, r.value) for r in Recheck]
    )
    relief_checked_at = models.DateTimeField(null=True)
    relief_ended = models.CharField(
        max_length=200, blank=True, help_text="name of the entitlement the register no longer tells"
    )

    class Meta:
        db_table = "payments_invoice"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="invoice_figures",
                condition=Q(total_dong__gte=0)
                & Q(paid_dong__gte=0, paid_dong__lte=F("total_dong"))
                & Q(refunded_dong__gte=0, refunded_dong__lte=F("paid_dong")),
            ),
            models.CheckConstraint(
                name="invoice_state_known",
                condition=Q(state__in=[state.value for state in InvoiceState]),
            ),
            models.CheckConstraint(
                name="invoice_paid_when_full",
                condition=~Q(state="PAID") | Q(paid_dong=F("total_dong"), paid_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["subject"], condition=Q(state__in=LIVE), name="invoice_one_live_per_subject"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["subject"], name="invoice_subject"),
            models.Index(
                fields=["opened_at"],
                condition=Q(due_booked_at__isnull=True, cancelled_at__isnull=True),
                name="invoice_due_not_booked",
            ),
            models.Index(fields=["unit", "-opened_at"], name="invoice_of_unit"),
        ]

    def __str__(self) -> str:
        return self.code

    @classmethod
    def open(
        cls, *, subject: str, payer_id: UUID, unit_id: UUID | None, total: Money, at: datetime
    ) -> "Invoice":
        return cls(
            code=code_from_bits(secrets.randbits(BITS)),
            subject=subject,
            payer_id=payer_id,
            unit_id=unit_id,
            state=InvoiceState.UNPAID if total else InvoiceState.NOTHING_DUE,
            total_dong=int(total),
            opened_at=at,
            due_booked_at=None if total else at,  # nothing to book
        )

    def bill(self, *, awaiting_bank: bool = False) -> Bill:
        return Bill(
            total=Money(self.total_dong),
            paid=Money(self.paid_dong),
            refunded=Money(self.refunded_dong),
            cancelled=self.cancelled_at is not None,
            awaiting_bank=awaiting_bank,
        )

    def project(self, *, at: datetime, awaiting_bank: bool = False) -> None:
        """Recompute state and time of payment from the figures; the caller saves PROJECTION."""
        self.state = state_of(self.bill(awaiting_bank=awaiting_bank))
        if self.bill().outstanding:
            self.paid_at = None
        elif self.paid_at is None and self.paid_dong:
            self.paid_at = at


class InvoiceItem(models.Model):
    """One line of a bill. Never changed once written."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    position = models.SmallIntegerField(help_text="order within what was asked together")
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in FeeKind])
    label = models.CharField(max_length=300)
    amount_dong = models.BigIntegerField(help_text="due, after the relief")
    relief_dong = models.BigIntegerField(default=0)
    relief_name = models.CharField(max_length=200, blank=True)
    by_register = models.BooleanField(default=False, help_text="a register told the entitlement")
    collect_at = models.CharField(max_length=10, choices=[(w.value, w.value) for w in FeeWhen])

    class Meta:
        db_table = "payments_invoice_item"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="invoice_item_amount",
                condition=Q(amount_dong__gte=0, relief_dong__gte=0),
            ),
            models.CheckConstraint(
                name="invoice_item_relief_named",
                condition=Q(relief_dong=0, relief_name="")
                | (Q(relief_dong__gt=0) & ~Q(relief_name="")),
            ),
        ]

    def fee(self) -> FeeItem:
        return FeeItem(
            kind=FeeKind(self.kind),
            label=self.label,
            amount=Money(self.amount_dong),
            when=FeeWhen(self.collect_at),
            relief=Money(self.relief_dong),
            relief_name=self.relief_name,
            by_register=self.by_register,
        )


class PaymentAttempt(models.Model):
    """The payer left for the bank: until it answers or time passes, the outcome is not known."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="+")
    amount_dong = models.BigIntegerField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(
        max_length=10, blank=True, choices=[("CONFIRMED", "CONFIRMED"), ("EXPIRED", "EXPIRED")]
    )

    class Meta:
        db_table = "payments_attempt"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["invoice"], condition=Q(ended_at__isnull=True), name="attempt_one_open"
            ),
            models.CheckConstraint(
                name="attempt_end_has_outcome",
                condition=Q(ended_at__isnull=True, outcome="")
                | (Q(ended_at__isnull=False) & ~Q(outcome="")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["started_at"], condition=Q(ended_at__isnull=True), name="attempt_open"
            )
        ]
