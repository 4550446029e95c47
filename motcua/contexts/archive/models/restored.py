"""Hồ sơ phục hồi: read back from a package, for reading; never again a running dossier."""

from typing import ClassVar

from django.db import models

from motcua.kernel.db import uuid7
from motcua.kernel.fields import BlindIndex, SealedJSON, SealedText
from motcua.kernel.privacy import DataClass
from motcua.kernel.text import fold


def one_writing(name: str) -> str:
    """Names that are said alike: case, accents and blanks do not count."""
    return " ".join(fold(name).split())


class RestoredDossier(models.Model):
    """content: `dossier.json` of its bag. bag: SHA-256 of the open zip that it came from."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=40, unique=True)
    bag = models.CharField(max_length=64)
    package_code = models.CharField(max_length=24, blank=True)
    procedure_code = models.CharField(max_length=20)
    procedure_name = models.CharField(max_length=2000)
    unit_code = models.CharField(max_length=32)
    unit_name = models.CharField(max_length=200)
    applicant_name = SealedText()
    name_index = BlindIndex(of="applicant_name", scope="archive.name", written=one_writing)
    applicant_number = SealedText(null=True)
    number_index = BlindIndex(of="applicant_number", scope="archive.number", null=True)
    content = SealedJSON()
    data_class = models.CharField(max_length=20, choices=[(c.value, c.value) for c in DataClass])
    ended_at = models.DateTimeField()
    restored_at = models.DateTimeField()
    restored_by = models.UUIDField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["name_index"], name="restored_by_name"),
            models.Index(fields=["number_index"], name="restored_by_number"),
            models.Index(fields=["-ended_at", "id"], name="restored_by_end"),
        ]

    def __str__(self) -> str:
        return self.code


class RestoredFile(models.Model):
    """A file of it. path: within its bag, as its content names it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey(RestoredDossier, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=200)
    file = models.ForeignKey("documents.StoredFile", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "path"], name="restored_file_once"),
        ]

    def __str__(self) -> str:
        return self.path
