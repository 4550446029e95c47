"""Rows of the library of sentences: of an officer or of a unit, each with its versions."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.kernel.db import uuid7


class LibraryText(models.Model):
    """Câu trong thư viện, as it reads now. No personal data: `rules/library.py` refuses it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    officer_id = models.UUIDField(null=True)
    unit_id = models.UUIDField(null=True)
    name = models.CharField(max_length=80)
    body = models.TextField()
    folded = models.TextField()  # name and body as they are searched
    version = models.PositiveIntegerField(default=1)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(officer_id__isnull=True, unit_id__isnull=False)
                | Q(officer_id__isnull=False, unit_id__isnull=True),
                name="library_text_of_one_owner",
            ),
            models.UniqueConstraint(
                fields=["officer_id", "unit_id", "name"],
                condition=Q(retired_at__isnull=True),
                nulls_distinct=False,
                name="library_text_name_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["officer_id"], name="library_text_of_officer"),
            models.Index(fields=["unit_id"], name="library_text_of_unit"),
        ]


class LibraryTextVersion(models.Model):
    """What a text said, version by version. Rows are only added."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    text = models.ForeignKey(LibraryText, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=80)
    body = models.TextField()
    written_by = models.UUIDField()  # account
    written_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["text", "number"], name="library_version_once"),
        ]
