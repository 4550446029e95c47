"""Gói lưu trữ: what was asked for, and the bag of each dossier that was packed."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from motcua.kernel.db import uuid7


class Package(models.Model):
    """Closed dossiers of a period and a unit. READY once every one of them is packed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=24, unique=True)
    first = models.DateField()
    last = models.DateField()
    unit_id = models.UUIDField(null=True)  # with all below it; null: the whole city
    sealed = models.BooleanField(default=True)
    why_clear = models.CharField(max_length=500, blank=True)
    dossiers = models.PositiveIntegerField()
    asked_by = models.UUIDField(null=True)
    asked_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    handed_at = models.DateTimeField(null=True)
    handed_by = models.UUIDField(null=True)
    handed_to = models.CharField(max_length=200, blank=True)
    handed_note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(first__lte=F("last")), name="package_period"),
            models.CheckConstraint(
                condition=Q(sealed=True) | ~Q(why_clear=""), name="package_clear_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(handed_at__isnull=True)
                | (Q(ready_at__isnull=False) & ~Q(handed_to="")),
                name="package_handed_to_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class PackedDossier(models.Model):
    """Túi của một hồ sơ. sha256, size: of the open zip. file: gone once it was disposed of."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="+")
    case_id = models.UUIDField(db_index=True)
    code = models.CharField(max_length=40, db_index=True)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    files = models.PositiveIntegerField()
    file = models.ForeignKey(
        "documents.StoredFile", null=True, on_delete=models.PROTECT, related_name="+"
    )
    packed_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["package", "code"], name="packed_once"),
            models.CheckConstraint(
                condition=Q(file__isnull=False) | Q(gone_at__isnull=False),
                name="packed_bytes_or_gone",
            ),
        ]

    def __str__(self) -> str:
        return self.code
