"""Đánh giá tác động xử lý dữ liệu: signed versions, and what still has to go to the authority."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.contexts.privacy.contracts import DutyCause
from motcua.kernel.db import uuid7


class ImpactAssessment(models.Model):
    """One signed version about one activity. Nobody is named in it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=80, unique=True)
    activity = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    content = models.JSONField(help_text="the draft as it was read when signing")
    content_print = models.CharField(max_length=64)
    risks = models.JSONField(help_text="[{key, likelihood, severity, measures}]")
    conclusion = models.TextField()
    signed_at = models.DateTimeField()
    signed_by = models.UUIDField(null=True)
    paper = models.ForeignKey("documents.StoredFile", on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True)
    sent_proof = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["activity", "version"], name="impact_assessment_version"
            ),
            models.CheckConstraint(
                name="impact_sending_has_proof",
                condition=Q(sent_at__isnull=True, sent_proof="")
                | (Q(sent_at__isnull=False) & ~Q(sent_proof="")),
            ),
        ]


class ImpactDuty(models.Model):
    """Việc phải làm: an assessment is owed to the authority by a day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    activity = models.CharField(max_length=40)
    cause = models.CharField(max_length=8, choices=[(c.value, c.value) for c in DutyCause])
    opened_at = models.DateTimeField()
    due_on = models.DateField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["activity", "cause"],
                condition=Q(closed_at__isnull=True),
                name="impact_duty_once",
            )
        ]
