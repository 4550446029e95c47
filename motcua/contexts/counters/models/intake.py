"""Lượt nhận đang làm: what a receiver has of the person in front of them, so far."""

from typing import ClassVar

from django.db import models

from motcua.kernel.db import uuid7
from motcua.kernel.fields import SealedJSON


class Intake(models.Model):
    """One for each receiver: saved with every key that sends, gone after a day.

    state: who stands there, the procedures with answers and papers, how to reach them.
    done: the codes that it became, for the receipts and the display. recent: the procedures that
    this receiver took in last.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account_id = models.UUIDField()
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    state = SealedJSON()
    done = models.JSONField(default=list)
    recent = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account_id"], name="intake_of_receiver"),
        ]
        indexes: ClassVar = [models.Index(fields=["saved_at"], name="intake_by_age")]
