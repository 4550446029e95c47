"""Rows of issued papers, their numbers, signatures and links."""

from typing import ClassVar
from uuid import uuid4

from django.db import models

from motcua.contexts.documents.contracts import IssuedKind, ItemState
from motcua.contexts.documents.models.files import StoredFile
from motcua.contexts.documents.rules.verify_codes import Statement
from motcua.kernel.db import uuid7
from motcua.kernel.fields import SealedJSON, SealedText
from motcua.kernel.privacy import DataClass


class IssuedDocument(models.Model):
    """Giấy tờ đã ban hành: the register that verification answers from.

    Everything but the revocation is fixed at issue and fingerprinted inside the signed file. The
    signer is a snapshot: signatures stay as signed. title: of the paper, never a person's name.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=16, choices=[(k.value, k.value) for k in IssuedKind])
    verify_code = models.CharField(max_length=14, unique=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, unique=True)
    subject = models.CharField(max_length=64, db_index=True)
    owner_person = models.ForeignKey(
        "identity.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    title = models.CharField(max_length=300)
    issued_at = models.DateTimeField()
    signer_key = models.UUIDField()
    signer_name = models.CharField(max_length=120)
    signer_position = models.CharField(max_length=200)
    unit_code = models.CharField(max_length=32)
    unit_name = models.CharField(max_length=200)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.UUIDField(null=True)
    revoked_reason = models.CharField(max_length=500, blank=True, default="")
    replaced_by = models.ForeignKey(
        "documents.IssuedDocument", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="documents_revoked_with_reason",
                condition=models.Q(revoked_at__isnull=True, revoked_reason="", replaced_by=None)
                | (models.Q(revoked_at__isnull=False) & ~models.Q(revoked_reason="")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["owner_person", "-issued_at"], name="documents_issued_wallet"),
        ]

    def __str__(self) -> str:
        return self.verify_code

    @property
    def statement(self) -> Statement:
        """What the signed file must agree with."""
        return Statement(
            code=self.verify_code,
            kind=self.kind,
            subject=self.subject,
            owner_person_id=self.owner_person_id,
            title=self.title,
            issued_at=self.issued_at,
            signer_name=self.signer_name,
            signer_position=self.signer_position,
            unit_code=self.unit_code,
            unit_name=self.unit_name,
        )


class SignedPaper(models.Model):
    """Bản đã ký, chờ đóng dấu: the officer's signature is in the file, the agency's seal is not.

    statement: what the register will say and the signature covers, without a person's name.
    certificate: SHA-256 of the signer's. file: gone once it was sealed or dropped.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=16, choices=[(k.value, k.value) for k in IssuedKind])
    verify_code = models.CharField(max_length=14, unique=True)
    owner_person = models.ForeignKey(
        "identity.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    statement = models.JSONField()
    data_class = models.CharField(max_length=20, choices=[(c.value, c.value) for c in DataClass])
    certificate = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    sealed_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="documents_signed_once",
                fields=["subject", "kind"],
                condition=models.Q(sealed_at=None, dropped_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.verify_code


class DocumentNumber(models.Model):
    """Số văn bản: taken from the register of one agency, year and symbol, for one matter.

    A number is never free again: what was signed anew keeps it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit_code = models.CharField(max_length=32)
    year = models.PositiveSmallIntegerField()
    symbol = models.CharField(max_length=32)
    number = models.PositiveIntegerField()
    subject = models.CharField(max_length=64, db_index=True)
    taken_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="documents_number_once", fields=["unit_code", "year", "symbol", "number"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.symbol}"


class NumberSeries(models.Model):
    """The last number that a register gave. Its row is locked until the paper is in the register,
    so that two at once neither meet nor leave a gap."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit_code = models.CharField(max_length=32)
    year = models.PositiveSmallIntegerField()
    symbol = models.CharField(max_length=32)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="documents_series_once", fields=["unit_code", "year", "symbol"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_code} {self.year} {self.symbol}"


class SigningBatch(models.Model):
    """Đợt ký: what one officer signs under one PIN. The PIN is kept nowhere.

    stopped: code of the refusal that the last try ended with, "" when it did not.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account_id = models.UUIDField()
    begun_at = models.DateTimeField()
    stopped = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["account_id", "-begun_at"], name="documents_batch_account"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class SigningItem(models.Model):
    """Một văn bản của đợt ký. said: why it was refused. seen_version: of the matter, as shown."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    batch = models.ForeignKey(SigningBatch, on_delete=models.CASCADE, related_name="items")
    place = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=64)
    seen_version = models.PositiveIntegerField()
    state = models.CharField(
        max_length=12,
        choices=[(s.value, s.value) for s in ItemState],
        default=ItemState.WAITING.value,
    )
    said = models.CharField(max_length=300, blank=True, default="")
    at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="documents_item_once", fields=["batch", "subject"]),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}#{self.place}"


class Rectification(models.Model):
    """Đính chính: a new paper in the place of one that was wrong; both stay, this says why.

    changed: what the new one says otherwise, key to value.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.CharField(max_length=64, db_index=True)
    wrong = models.OneToOneField(IssuedDocument, on_delete=models.PROTECT, related_name="+")
    right = models.OneToOneField(IssuedDocument, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    citation = models.CharField(max_length=300)
    changed = SealedJSON()
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class SharedPaper(models.Model):
    """Liên kết chia sẻ: one issued paper, for whoever holds the link, until it ends.

    The link itself is not kept: it is made from the id and a key of the house. once: the first who
    opens it is the only one.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    issued = models.ForeignKey(IssuedDocument, on_delete=models.PROTECT, related_name="+")
    owner_person = models.ForeignKey(
        "identity.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    account_id = models.UUIDField()
    once = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, help_text="by its owner, before its time")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="documents_share_ends", condition=models.Q(ends_at__gt=models.F("made_at"))
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["owner_person", "-made_at"], name="documents_share_owner"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ShareOpening(models.Model):
    """Lượt mở: somebody opened what was shared. viewer: a signed-in person's name, or ""."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    share = models.ForeignKey(SharedPaper, on_delete=models.CASCADE, related_name="openings")
    at = models.DateTimeField()
    viewer = SealedText()
    device = models.CharField(max_length=16)

    def __str__(self) -> str:
        return str(self.id)
