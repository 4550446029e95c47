"""Lưu giữ: what is held back from disposal, and each run that disposed of something."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.contexts.privacy.contracts import HoldGround
from motcua.kernel.db import uuid7
from motcua.kernel.fields import SealedText


class Hold(models.Model):
    """Tạm giữ: nothing of this code is disposed of until the day, whatever the schedule says."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=80, db_index=True)
    ground = models.CharField(max_length=12, choices=[(g.value, g.value) for g in HoldGround])
    reason = SealedText()
    until = models.DateField()
    placed_at = models.DateTimeField()
    placed_by = models.UUIDField(null=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code", "ground"], condition=Q(lifted_at__isnull=True), name="hold_once"
            )
        ]


class DisposalRun(models.Model):
    """Đợt tiêu hủy: one night's work; ended when its certificate is signed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=40, unique=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    records = models.PositiveIntegerField(default=0)
    files = models.PositiveIntegerField(default=0, help_text="that went with the records")
    contents = models.PositiveIntegerField(default=0, help_text="bytes removed from the store")
    certificate = models.ForeignKey(
        "documents.StoredFile", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["ended_at"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="disposal_one_running",
            )
        ]
