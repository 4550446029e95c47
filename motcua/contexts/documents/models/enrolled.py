"""Rows of certificates that officers may sign with."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.kernel.db import uuid7


class SignerCertificate(models.Model):
    """Chứng thư số: read from a token, bound to one officer by two administrators.

    holder, issuer: as the certificate names them. wrong_pins: in a row; the PIN is kept nowhere.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    officer_id = models.UUIDField(db_index=True)
    holder = models.CharField(max_length=120)
    issuer = models.CharField(max_length=200)
    serial = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64, unique=True)
    token_serial = models.CharField(max_length=32, blank=True)
    not_before = models.DateTimeField()
    not_after = models.DateTimeField()
    asked_by = models.UUIDField(null=True)
    asked_at = models.DateTimeField()
    confirmed_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True, default="")
    wrong_pins = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="documents_certificate_by_two",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=models.F("asked_by")),
            ),
            models.CheckConstraint(
                name="documents_certificate_withdrawn_why",
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.fingerprint[:16]
