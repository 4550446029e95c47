"""Rows of a visit to the place: when and who, what was noted, and the minutes."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.contexts.dossiers.contracts.fieldwork import (
    FieldVisitState,
    SiteNoteKind,
    SiteNoteState,
    SiteOdd,
)
from motcua.kernel.db import uuid7
from motcua.kernel.fields import SealedJSON, SealedText


class FieldVisit(models.Model):
    """Xác minh thực địa: one visit at a time for a dossier. lines: of its checklist.

    minutes: verify codes of what was signed, the addenda after the first.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=[(s, s) for s in FieldVisitState])
    unit_id = models.UUIDField()  # whose officers go
    visitor_ids = models.JSONField(default=list)
    starts_at = models.DateTimeField()
    place = SealedText()
    companions = SealedText(null=True)
    lines = SealedJSON()
    planned_by = models.UUIDField(null=True)
    planned_at = models.DateTimeField()
    unsuited = SealedText(null=True)
    unsuited_at = models.DateTimeField(null=True)
    reason = SealedText(null=True)  # why it was cancelled
    finding = SealedText(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)
    minutes = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "number"], name="field_visit_number_once"),
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(state="PLANNED"), name="one_field_visit_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state="PLANNED", closed_at__isnull=True)
                | (~Q(state="PLANNED") & Q(closed_at__isnull=False)),
                name="field_visit_end_is_dated",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["unit_id", "starts_at"],
                condition=Q(state="PLANNED"),
                name="field_visit_of_unit",
            ),
        ]


class SiteNote(models.Model):
    """Ghi chép tại chỗ. id: made by whoever noted it. body: mark, words, names, place.

    digest: of everything it says, so that the same note comes once and another is refused.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    visit = models.ForeignKey(FieldVisit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=[(k, k) for k in SiteNoteKind])
    state = models.CharField(max_length=8, choices=[(s, s) for s in SiteNoteState])
    odd = models.CharField(max_length=8, blank=True, choices=[(o, o) for o in SiteOdd])
    key = models.CharField(max_length=40, blank=True)
    body = SealedJSON()
    digest = models.BinaryField(max_length=32)
    file = models.ForeignKey(
        "documents.StoredFile", null=True, on_delete=models.PROTECT, related_name="+"
    )
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.UUIDField(null=True)  # the account
    settled_by = models.UUIDField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["visit", "key"],
                condition=Q(kind="ANSWER", state="KEPT"),
                name="one_answer_stands",
            ),
            models.CheckConstraint(
                condition=~Q(state="WAITING") | ~Q(odd=""), name="waiting_note_says_why"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["visit", "recorded_at"], name="note_of_visit")]
