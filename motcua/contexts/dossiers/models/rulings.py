"""Rows of what officers decided where a register says otherwise than the applicant."""

from typing import ClassVar

from django.db import models

from motcua.contexts.dossiers.contracts.rulings import Ruling
from motcua.kernel.db import uuid7
from motcua.kernel.fields import SealedJSON, SealedText


class ValueRuling(models.Model):
    """Quyết định giá trị: both values stay, with who chose and why. Rows are only added."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="+")
    question_key = models.CharField(max_length=80)
    ruling = models.CharField(max_length=8, choices=[(s, s) for s in Ruling])
    source = models.CharField(max_length=80)  # register and field
    pair = SealedJSON()  # declared and registered, as answers are
    reason = SealedText()
    decided_by = models.UUIDField()  # account
    decided_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["dossier", "decided_at"], name="value_ruling_of_dossier"),
        ]
