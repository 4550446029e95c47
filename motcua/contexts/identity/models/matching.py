"""Matching: pairs of rows that may be one person, and merges that can be taken back."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.contexts.identity.contracts.matching import CandidateState
from motcua.contexts.identity.models.people import Person
from motcua.kernel.db import uuid7
from motcua.kernel.fields import SealedText


class MatchCandidate(models.Model):
    """Two rows that an officer should compare; `first` was known before `second`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    first = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in CandidateState])
    found_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    note = SealedText(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="identity_pair_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=Q(state="OPEN"), name="identity_open_pairs")
        ]


class PersonMerge(models.Model):
    """One decision that `merged` is `survivor`; undone, both stand as they stood before."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    candidate = models.ForeignKey(MatchCandidate, on_delete=models.PROTECT, related_name="+")
    merged = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    survivor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = SealedText()
    evidence = SealedText()
    merged_at = models.DateTimeField()
    merged_by = models.UUIDField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.UUIDField(null=True)
    undone_reason = SealedText(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["merged"],
                condition=Q(undone_at__isnull=True),
                name="identity_merged_once",
            )
        ]
