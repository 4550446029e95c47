"""Sự cố dữ liệu cá nhân: what was found, who is affected, who was told when."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.contexts.privacy.contracts import BreachStep
from motcua.kernel.db import uuid7
from motcua.kernel.fields import SealedText


class Breach(models.Model):
    """One breach. The clock runs in hours from `found_at`, day and night."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=40, unique=True)
    found_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)
    story = SealedText()
    classes = models.JSONField(default=list)
    activities = models.JSONField(default=list)
    affected = models.PositiveIntegerField(null=True, help_text="people, as far as is known")
    tells_persons = models.BooleanField(help_text="location or biometric data are among it")
    authority_told_at = models.DateTimeField(null=True)
    authority_proof = models.CharField(max_length=200, blank=True)
    persons_told_at = models.DateTimeField(null=True)
    persons_proof = models.CharField(max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True)
    letter = models.ForeignKey(
        "documents.StoredFile", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="breach_telling_has_proof",
                condition=(Q(authority_told_at__isnull=True) | ~Q(authority_proof=""))
                & (Q(persons_told_at__isnull=True) | ~Q(persons_proof="")),
            ),
            models.CheckConstraint(
                name="breach_closed_when_told",
                condition=Q(closed_at__isnull=True) | Q(authority_told_at__isnull=False),
            ),
        ]


class BreachEvent(models.Model):
    """Diễn biến of a breach: only grows."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    step = models.CharField(max_length=16, choices=[(s.value, s.value) for s in BreachStep])
    actor_account_id = models.UUIDField(null=True)
    note = SealedText(null=True)
