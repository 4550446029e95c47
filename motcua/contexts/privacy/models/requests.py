"""Yêu cầu của chủ thể dữ liệu, dấu dừng xử lý, dấu vết của dữ liệu đã xóa."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.contexts.privacy.contracts import Outcome, Right
from motcua.kernel.db import uuid7
from motcua.kernel.fields import SealedJSON, SealedText
from motcua.kernel.holdings import Processing


class DataRequest(models.Model):
    """A person's request about their own data; its course is a case of casework."""

    case = models.OneToOneField(
        "casework.Case", primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    code = models.CharField(max_length=40, unique=True)
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+")
    right = models.CharField(max_length=8, choices=[(r.value, r.value) for r in Right])
    target = models.CharField(max_length=80, blank=True)
    reason = SealedText(null=True)
    wanted = SealedText(null=True)
    file_ids = models.JSONField(default=list)
    outcome = models.CharField(
        max_length=9, blank=True, choices=[(o.value, o.value) for o in Outcome]
    )
    decision = SealedText(null=True)
    citation = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    change = SealedJSON(null=True, help_text="CORRECT: {before, after}")
    package = models.ForeignKey(
        "documents.StoredFile", null=True, on_delete=models.PROTECT, related_name="+"
    )
    package_data = models.ForeignKey(
        "documents.StoredFile", null=True, on_delete=models.PROTECT, related_name="+"
    )
    erased_at = models.DateTimeField(null=True, help_text="its words went by the schedule")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="data_request_decision_is_dated",
                condition=Q(outcome="", decided_at__isnull=True)
                | (~Q(outcome="") & Q(decided_at__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["person", "right", "target"],
                condition=Q(outcome=""),
                name="data_request_one_open",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-case"], name="data_request_of_person"),
        ]


class ProcessingMark(models.Model):
    """Dấu dừng: a processing that this person had stopped; whoever does it asks first."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+")
    processing = models.CharField(max_length=12, choices=[(p.value, p.value) for p in Processing])
    request = models.ForeignKey(DataRequest, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "processing"],
                condition=Q(lifted_at__isnull=True),
                name="processing_mark_once",
            )
        ]


class Tombstone(models.Model):
    """Dấu vết: a record was here and is gone. The digest is keyed and tells nothing else."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=40)
    record = models.UUIDField()
    code = models.CharField(max_length=80)
    digest = models.BinaryField(max_length=16)
    request = models.ForeignKey(DataRequest, null=True, on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey(
        "privacy.DisposalRun", null=True, on_delete=models.PROTECT, related_name="+"
    )
    erased_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "record"], name="tombstone_once")
        ]
