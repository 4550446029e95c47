"""Rows of who initialled a draft before it was signed."""

from typing import ClassVar

from django.db import models

from motcua.kernel.db import uuid7


class DraftInitial(models.Model):
    """Ký nháy: an officer stands for the draft as it was at that moment.

    digest: of what the draft said (`actions/results.py`). Nothing voids a row: it holds for as long
    as the draft says the same. full_name, position: as they were, kept as a signature is.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="+")
    officer_id = models.UUIDField()
    full_name = models.CharField(max_length=120)
    position = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier", "officer_id", "digest"], name="dossier_initial_once"
            ),
        ]
