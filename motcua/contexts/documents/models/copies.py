"""Rows of certified copies."""

from typing import ClassVar

from django.db import models

from motcua.contexts.documents.contracts.copies import CopyKind
from motcua.contexts.documents.models.issued import IssuedDocument
from motcua.kernel.db import uuid7


class CertifiedCopy(models.Model):
    """Bản sao: which issued paper is a copy of which.

    number: with its symbol, of the agency's register. of_revoked: the source was revoked already
    and the copy says so.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    issued = models.OneToOneField(IssuedDocument, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(IssuedDocument, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in CopyKind])
    number = models.CharField(max_length=40)
    first_page = models.PositiveSmallIntegerField()
    last_page = models.PositiveSmallIntegerField()
    of_revoked = models.BooleanField(default=False)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["source", "at"], name="documents_copy_source")]

    def __str__(self) -> str:
        return self.number
