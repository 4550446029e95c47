"""Rows of kept files, and of those on their way."""

from typing import ClassVar

from django.db import models

from motcua.contexts.documents.contracts import MediaType, ScanVerdict
from motcua.kernel.db import uuid7
from motcua.kernel.fields import SealedText
from motcua.kernel.privacy import DataClass

HASH = r"^[0-9a-f]{64}$"


class StoredFile(models.Model):
    """Tệp: one upload or one issued paper. The bytes live in the store under their hash, and many
    rows may share them. Never a row without its bytes, but for what was disposed of.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=96, choices=[(m.value, m.value) for m in MediaType])
    filename = SealedText()
    pages = models.IntegerField(null=True)
    active_content = models.BooleanField(default=False)
    scan = models.CharField(max_length=16, choices=[(v.value, v.value) for v in ScanVerdict])
    scanner = models.CharField(max_length=64, blank=True, default="")
    data_class = models.CharField(
        max_length=20,
        choices=[(c.value, c.value) for c in DataClass],
        default=DataClass.PERSONAL_BASIC.value,
        help_text="of the content",
    )
    notice = models.CharField(max_length=200, blank=True, default="")
    advice = models.CharField(
        max_length=80, blank=True, default="", help_text="codes of Advice, with blanks between"
    )
    owner_person = models.ForeignKey(
        "identity.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_by = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    disposed_at = models.DateTimeField(null=True, help_text="the bytes are gone, or go tonight")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="documents_file_hash", condition=models.Q(sha256__regex=HASH)
            ),
            models.CheckConstraint(name="documents_file_size", condition=models.Q(size__gt=0)),
        ]
        indexes: ClassVar = [
            models.Index(fields=["uploaded_by", "-created_at"], name="documents_file_uploader"),
            models.Index(
                fields=["created_at"],
                name="documents_file_unscanned",
                condition=models.Q(scan="WAITING")
                | models.Q(scan="NOT_SCANNED", uploaded_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class FileOrigin(models.Model):
    """Gốc của tệp: a picture that was turned or joined, in its place; its hash stays told.

    origin: gone once nobody uses it. quarters: turned clockwise by so many right angles.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()
    origin = models.ForeignKey(StoredFile, null=True, on_delete=models.SET_NULL, related_name="+")
    sha256 = models.CharField(max_length=64)
    quarters = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "place"], name="documents_origin_once"),
            models.CheckConstraint(
                name="documents_origin_hash", condition=models.Q(sha256__regex=HASH)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_id}#{self.place}"


class PartialUpload(models.Model):
    """Tệp đang lên: a file that arrives in parts, resumed where it stopped. Gone within days.

    received: bytes that lie in the store, from the start on and without a gap. stated_hash: of the
    whole, as its sender said, so that the same file chosen again goes on. file: once it was
    put together, so that asking again makes no second one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account_id = models.UUIDField()
    filename = SealedText()
    size = models.BigIntegerField()
    received = models.BigIntegerField(default=0)
    stated_hash = models.CharField(max_length=64, blank=True, default="")
    began_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="documents_upload_within_size",
                condition=models.Q(received__gte=0, received__lte=models.F("size"), size__gt=0),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["account_id", "began_at"], name="documents_upload_account"),
            models.Index(fields=["touched_at"], name="documents_upload_age"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class UploadPart(models.Model):
    """Phần của tệp: some bytes of an upload, kept in the store under their own hash."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    upload = models.ForeignKey(PartialUpload, on_delete=models.CASCADE, related_name="+")
    begins = models.BigIntegerField()
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["upload", "begins"], name="documents_part_once"),
            models.CheckConstraint(
                name="documents_part_hash", condition=models.Q(sha256__regex=HASH)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.upload_id}+{self.begins}"
