"""Sổ kép: journal entries and their lines. Triggers refuse an unbalanced entry and any change."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.contexts.payments.contracts import Account
from motcua.contexts.payments.models.invoices import Invoice
from motcua.contexts.payments.rules.journal import EntryKind
from motcua.kernel.db import uuid7


class JournalEntry(models.Model):
    """Why money moved. `reference` makes the same reason book once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=16, choices=[(k.value, k.value) for k in EntryKind])
    reference = models.CharField(max_length=80)
    invoice = models.ForeignKey(Invoice, null=True, on_delete=models.PROTECT, related_name="+")
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "payments_journal_entry"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "reference"], name="journal_entry_once")
        ]


class JournalLine(models.Model):
    """One account, one side."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="+")
    account = models.CharField(max_length=20, choices=[(a.value, a.value) for a in Account])
    debit_dong = models.BigIntegerField()
    credit_dong = models.BigIntegerField()

    class Meta:
        db_table = "payments_journal_line"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="journal_line_one_side",
                condition=Q(debit_dong__gt=0, credit_dong=0) | Q(debit_dong=0, credit_dong__gt=0),
            ),
            models.CheckConstraint(
                name="journal_line_account", condition=Q(account__in=[a.value for a in Account])
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["account"], name="journal_by_account")]
