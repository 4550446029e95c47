"""Thời hạn lưu của từng hồ sơ đã đóng, và danh mục đề nghị tiêu hủy."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from motcua.contexts.archive.contracts import ListState
from motcua.contexts.procedures.contracts import CountedFrom
from motcua.kernel.db import uuid7


class Keeping(models.Model):
    """Until when one closed dossier is kept. The last day only ever moves later, or away.

    keep_until None: for ever; ruled: a version says so, else nobody has said anything yet.
    version_id: the version whose rule holds, its own or a later one that keeps longer.
    """

    case_id = models.UUIDField(primary_key=True)
    code = models.CharField(max_length=40, unique=True)
    procedure_code = models.CharField(max_length=20)
    procedure_name = models.CharField(max_length=2000)
    unit_id = models.UUIDField()
    version_id = models.UUIDField()
    ruled = models.BooleanField()
    years = models.PositiveSmallIntegerField(null=True)
    counted_from = models.CharField(max_length=8, choices=[(c.value, c.value) for c in CountedFrom])
    law = models.CharField(max_length=300, blank=True)
    mark = models.CharField(max_length=20, blank=True)
    verified = models.BooleanField(default=False)
    ended_on = models.DateField()
    issued_on = models.DateField(null=True)
    keep_until = models.DateField(null=True)
    noted_at = models.DateTimeField()
    disposed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["keep_until", "code"],
                condition=Q(disposed_at__isnull=True),
                name="keeping_by_end",
            ),
            models.Index(
                fields=["unit_id", "keep_until", "code"],
                condition=Q(disposed_at__isnull=True),
                name="keeping_of_unit",
            ),
            models.Index(
                fields=["procedure_code", "keep_until", "code"],
                condition=Q(disposed_at__isnull=True),
                name="keeping_of_kind",
            ),
            models.Index(fields=["-ended_on"], name="keeping_noted_to"),
        ]

    def __str__(self) -> str:
        return self.code


class DisposalList(models.Model):
    """Danh mục đề nghị tiêu hủy: one archivist proposes, somebody else examines and decides."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=24, unique=True)
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in ListState])
    why = models.CharField(max_length=500)
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    minutes = models.CharField(max_length=200, blank=True)  # number and day of the council's record
    said = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="disposal_by_two",
            ),
            models.CheckConstraint(
                condition=~Q(state=ListState.APPROVED.value)
                | (Q(decided_at__isnull=False) & ~Q(minutes="")),
                name="disposal_approved_by_minutes",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class DisposalLine(models.Model):
    """One dossier on a list. kept_for: why whoever examined it left it out; run: what took it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    list = models.ForeignKey(DisposalList, on_delete=models.PROTECT, related_name="lines")
    case_id = models.UUIDField()
    code = models.CharField(max_length=40)
    open = models.BooleanField(default=True)  # neither gone, nor kept, nor on a refused list
    kept_for = models.CharField(max_length=300, blank=True)
    run = models.CharField(max_length=40, blank=True)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case_id"], condition=Q(open=True), name="disposal_listed_once"
            ),
        ]

    def __str__(self) -> str:
        return self.code
