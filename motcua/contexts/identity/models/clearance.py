"""Tập huấn và cam kết: what an officer needs before sensitive data is shown, with its days."""

from typing import ClassVar

from django.db import models

from motcua.kernel.clearance import NEEDS_CLEARANCE
from motcua.kernel.db import uuid7
from motcua.kernel.period import lasts_a_day

CLASSES = [(one.value, one.value) for one in sorted(NEEDS_CLEARANCE)]


class Training(models.Model):
    """A training that an officer completed; recorded by a head or administrator with its paper.

    One recorded by mistake is cancelled, never removed: who saw what when stays explained.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    officer = models.ForeignKey("organisations.Officer", on_delete=models.PROTECT, related_name="+")
    data_class = models.CharField(max_length=20, choices=CLASSES)
    certificate = models.CharField(max_length=40, help_text="number of the paper that proves it")
    valid_from = models.DateField()
    valid_to = models.DateField(help_text="the first day on which it does not count")
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True, help_text="account; null: the city itself")
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [lasts_a_day("identity_training_period")]
        indexes: ClassVar = [models.Index(fields=["valid_to"], name="identity_training_ends")]


class Commitment(models.Model):
    """A commitment that an officer signed: which text, by its version and its hash, until when."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    officer = models.ForeignKey("organisations.Officer", on_delete=models.PROTECT, related_name="+")
    data_class = models.CharField(max_length=20, choices=CLASSES)
    version = models.CharField(max_length=20)
    text_hash = models.BinaryField(max_length=32, help_text="SHA-256 of the text that was shown")
    valid_from = models.DateField()
    valid_to = models.DateField(help_text="the first day on which it does not count")
    signed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [lasts_a_day("identity_commitment_period")]
        indexes: ClassVar = [models.Index(fields=["valid_to"], name="identity_commitment_ends")]


class ClearanceWarning(models.Model):
    """That an officer was told how soon a clearance lapses: each mark once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    officer = models.ForeignKey("organisations.Officer", on_delete=models.PROTECT, related_name="+")
    data_class = models.CharField(max_length=20, choices=CLASSES)
    lapses_on = models.DateField()
    days_before = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["officer", "data_class", "lapses_on", "days_before"],
                name="identity_clearance_warning_once",
            )
        ]
