"""Sao kê: files that a collector brought, their lines once each, what people said of the rest."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from motcua.contexts.payments.models.money import Credit
from motcua.contexts.payments.models.refunds import Refund
from motcua.contexts.payments.rules.statements import Side, StatementFormat
from motcua.kernel.db import uuid7
from motcua.kernel.fields import SealedText
from motcua.kernel.money import Money

ADDS_UP = (
    Q(opening_dong__isnull=True)
    | Q(closing_dong__isnull=True)
    | Q(closing_dong=F("opening_dong") + F("came_dong") - F("left_dong"))
)


class BankStatement(models.Model):
    """One file. It is not kept itself, only its digest, its sums and its lines."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sha256 = models.CharField(max_length=64, unique=True)
    format = models.CharField(max_length=4, choices=[(f.value, f.value) for f in StatementFormat])
    number = models.CharField(max_length=35, blank=True, help_text="as the bank numbers it")
    first_on = models.DateField()
    last_on = models.DateField()
    opening_dong = models.BigIntegerField(null=True)
    closing_dong = models.BigIntegerField(null=True)
    came_dong = models.BigIntegerField()
    left_dong = models.BigIntegerField()
    lines = models.IntegerField()
    new_lines = models.IntegerField(help_text="those that no earlier file had")
    brought_at = models.DateTimeField()
    brought_by_id = models.UUIDField(null=True)

    class Meta:
        db_table = "payments_statement"
        constraints: ClassVar = [
            models.CheckConstraint(name="statement_adds_up", condition=ADDS_UP),
            models.CheckConstraint(
                name="statement_lines",
                condition=Q(new_lines__gte=0, lines__gte=F("new_lines")),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["-last_on", "-id"], name="statement_recent")]


class StatementEntry(models.Model):
    """One booked line of the bank, in however many files. `memo` is sealed: payers write names."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=64, unique=True)
    statement = models.ForeignKey(BankStatement, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=3, choices=[(s.value, s.value) for s in Side])
    amount_dong = models.BigIntegerField()
    booked_at = models.DateTimeField()
    booked_on = models.DateField(help_text="the day of the bank, in the city")
    reference = models.CharField(max_length=64)
    order = models.CharField(max_length=64, blank=True, help_text="the number of our own order")
    memo = SealedText()
    fee_dong = models.BigIntegerField(default=0)
    fee_booked_at = models.DateTimeField(null=True)
    is_reversal = models.BooleanField(default=False)
    is_charge = models.BooleanField(default=False)
    credit = models.OneToOneField(Credit, null=True, on_delete=models.PROTECT, related_name="+")
    refund = models.OneToOneField(Refund, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "payments_statement_entry"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="statement_entry_amount", condition=Q(amount_dong__gt=0, fee_dong__gte=0)
            ),
            models.CheckConstraint(
                name="statement_entry_one_match",
                condition=Q(credit__isnull=True, refund__isnull=True)
                | Q(credit__isnull=False, refund__isnull=True, side="IN")
                | Q(credit__isnull=True, refund__isnull=False, side="OUT"),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["booked_on", "id"], name="statement_entry_by_day"),
            models.Index(fields=["reference"], name="statement_entry_by_number"),
            models.Index(
                fields=["booked_on"],
                condition=Q(credit__isnull=True, refund__isnull=True),
                name="statement_entry_unmatched",
            ),
        ]

    @property
    def signed(self) -> Money:
        return Money(self.amount_dong if self.side == Side.IN else -self.amount_dong)


class StatementLayout(models.Model):
    """What the columns of one bank's CSV mean, told once by a collector."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    heads = models.CharField(max_length=64, unique=True, help_text="digest of the heads")
    columns = models.JSONField()
    told_at = models.DateTimeField()
    told_by_id = models.UUIDField(null=True)

    class Meta:
        db_table = "payments_statement_layout"


class DifferenceNote(models.Model):
    """What a collector found out about a difference that no booking settles."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    item = models.CharField(max_length=60, help_text="which line of which side")
    difference = models.CharField(max_length=20)
    said = models.CharField(max_length=300)
    noted_at = models.DateTimeField()
    noted_by_id = models.UUIDField(null=True)

    class Meta:
        db_table = "payments_difference_note"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "difference"], name="difference_note_once"),
            models.CheckConstraint(name="difference_note_said", condition=~Q(said="")),
        ]


class BankDayClosing(models.Model):
    """A day of the account that somebody signed off; opened again it stays, with its reason."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    day = models.DateField()
    report = models.JSONField(help_text="sums and counts as they were signed")
    closed_at = models.DateTimeField()
    closed_by_officer_id = models.UUIDField(null=True)
    reopened_at = models.DateTimeField(null=True)
    reopened_by_officer_id = models.UUIDField(null=True)
    reopen_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "payments_bank_day_closing"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["day"], condition=Q(reopened_at__isnull=True), name="bank_day_closed_once"
            ),
            models.CheckConstraint(
                name="bank_day_reopened_with_reason",
                condition=Q(reopened_at__isnull=True, reopen_reason="")
                | (Q(reopened_at__isnull=False) & ~Q(reopen_reason="")),
            ),
        ]
