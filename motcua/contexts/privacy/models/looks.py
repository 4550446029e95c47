"""Câu hỏi của người dân về một lượt xem; cảnh báo khi ai đó đọc quá nhiều hoặc ngoài giờ."""

from typing import ClassVar

from django.db import models

from motcua.contexts.privacy.contracts import AlertKind, AlertOutcome
from motcua.kernel.db import uuid7
from motcua.kernel.fields import SealedText


class LookQuestion(models.Model):
    """A person asks why somebody read about them. `line`: of the read log."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+")
    line = models.UUIDField(unique=True)
    read_at = models.DateTimeField(help_text="of the line, which is partitioned by it")
    question = SealedText()
    asked_at = models.DateTimeField()
    answer = SealedText(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)


class ReadAlert(models.Model):
    """One officer, one hour, too many people or an odd hour. seen_at: when a guard settled it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account_id = models.UUIDField()
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in AlertKind])
    hour = models.DateTimeField()
    people = models.PositiveIntegerField()
    lines = models.PositiveIntegerField()
    raised_at = models.DateTimeField()
    note = SealedText(null=True)
    seen_at = models.DateTimeField(null=True)
    seen_by = models.UUIDField(null=True)
    outcome = models.CharField(
        max_length=12, blank=True, choices=[(o.value, o.value) for o in AlertOutcome]
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account_id", "kind", "hour"], name="read_alert_once")
        ]


class WatchSetting(models.Model):
    """From when reading counts as odd; the newest row holds, before the first what we propose."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    many = models.PositiveIntegerField()
    odd_from = models.PositiveSmallIntegerField()
    odd_to = models.PositiveSmallIntegerField()
    odd_many = models.PositiveIntegerField()
    set_at = models.DateTimeField()
    set_by = models.UUIDField()
