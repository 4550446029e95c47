"""Rows of copies that somebody asked for."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.kernel.db import uuid7


class CopyRequest(models.Model):
    """Đề nghị cấp bản sao: of the result of one dossier, by its applicant. issued: the copy."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="+")
    asked_by = models.UUIDField(null=True)
    asked_at = models.DateTimeField()
    issued = models.ForeignKey(
        "documents.IssuedDocument", null=True, on_delete=models.PROTECT, related_name="+"
    )
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(done_at__isnull=True), name="copy_asked_once"
            ),
            models.CheckConstraint(
                condition=Q(issued__isnull=True, done_at__isnull=True)
                | Q(issued__isnull=False, done_at__isnull=False),
                name="copy_made_is_dated",
            ),
        ]
