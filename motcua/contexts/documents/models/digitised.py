"""Rows of papers that are scanned, read and confirmed."""

from typing import ClassVar
from uuid import uuid4

from django.db import models

from motcua.contexts.documents.contracts.digitised import ReadDecision, ReadingState
from motcua.contexts.documents.models.files import StoredFile
from motcua.kernel.db import uuid7
from motcua.kernel.fields import SealedJSON, SealedText


class PaperReading(models.Model):
    """Bài đọc: what a machine found on one paper. Nothing of it counts until an officer says so.

    kind: of paper, by `readings.toml`. subject: the dossier or draft it was read for. asked_by: the
    account that decides on what was found. trouble: why nothing could be read. shapes: of each page
    that was read, its height where its width is a thousand.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in ReadingState])
    trouble = models.CharField(max_length=16, blank=True, default="")
    reader = models.CharField(max_length=60, blank=True, default="")
    shapes = models.JSONField(default=list)
    asked_by = models.UUIDField()
    unit_id = models.UUIDField(null=True)
    asked_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "kind"], name="documents_reading_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ReadValue(models.Model):
    """Ô đọc được: a value proposed for one field, with its place on the page; then the decision.

    proposed: None where nothing was found. The place is in thousandths of the page.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reading = models.ForeignKey(PaperReading, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=40)
    proposed = SealedText(null=True)
    sure = models.PositiveSmallIntegerField(default=0)
    doubtful = models.BooleanField(default=False)
    page = models.PositiveSmallIntegerField(null=True)
    left = models.SmallIntegerField(default=0)
    top = models.SmallIntegerField(default=0)
    width = models.SmallIntegerField(default=0)
    height = models.SmallIntegerField(default=0)
    decision = models.CharField(
        max_length=10,
        choices=[(d.value, d.value) for d in ReadDecision],
        default=ReadDecision.OPEN.value,
    )
    value = SealedText(null=True)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reading", "key"], name="documents_read_value_once"),
            models.CheckConstraint(
                name="documents_decided_by_somebody",
                condition=models.Q(decision="OPEN", decided_by=None)
                | (~models.Q(decision="OPEN") & models.Q(decided_by__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reading_id} {self.key}"


class DigitisedPaper(models.Model):
    """Giấy đã số hóa: what an officer confirmed on a paper of a person, with where it came from.

    values: by field, each with its page and place and whether it was corrected. last_day: until
    then it answers for such a paper. scanned_by, confirmed_by: accounts.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner_person = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=64)
    values = SealedJSON()
    unit_id = models.UUIDField(null=True)
    scanned_by = models.UUIDField(null=True)
    confirmed_by = models.UUIDField()
    confirmed_at = models.DateTimeField()
    last_day = models.DateField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "kind"], name="documents_digitised_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["owner_person", "-confirmed_at"], name="documents_digitised_owner"
            ),
            models.Index(fields=["last_day"], name="documents_digitised_ends"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ScannedArrival(models.Model):
    """Bản vừa quét: a file that a scanner laid down for a unit, until somebody takes it.

    mark: of unit, name, moment and bytes, so that the same file is never picked up twice. refusal:
    the sentence of why it was not kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit_id = models.UUIDField()
    name = SealedText()
    mark = models.BinaryField(max_length=32, unique=True)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.SET_NULL, related_name="+")
    refusal = models.CharField(max_length=300, blank=True, default="")
    arrived_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    taken_by = models.UUIDField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["unit_id", "-arrived_at"],
                name="documents_arrival_waiting",
                condition=models.Q(taken_at__isnull=True),
            ),
            models.Index(fields=["arrived_at"], name="documents_arrival_age"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class PhoneHandoff(models.Model):
    """Chụp bằng điện thoại: for some minutes a phone brings the pages of one paper for an officer.

    Its address is not kept: it is made from the id and a key of the house. subject, key: of which
    matter and paper. session_mark: the officer's session, with whose end it ends. device: of the
    one phone that opened it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    subject = models.CharField(max_length=64)
    key = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    owner_person = models.ForeignKey(
        "identity.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    account_id = models.UUIDField()
    assurance = models.PositiveSmallIntegerField()
    session_mark = models.CharField(max_length=32)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    device = models.UUIDField(null=True)
    opened_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True, help_text="by the officer, or by a newer one")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["account_id", "-made_at"], name="documents_handoff_account"),
            models.Index(fields=["made_at"], name="documents_handoff_age"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class HandoffPage(models.Model):
    """Trang vừa chụp: one picture, in its place."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    handoff = models.ForeignKey(PhoneHandoff, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["handoff", "place"], name="documents_page_once"),
        ]

    def __str__(self) -> str:
        return f"{self.handoff_id}#{self.place}"
