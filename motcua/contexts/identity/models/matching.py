"""Matching: pairs of rows that may be one person, and merges that can be taken back."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.contexts.identity.contracts.matching import (
    CandidateState,
    NumberCaseState,
    NumberEnd,
)
from motcua.contexts.identity.models.people import NUMBER, Person, PersonIdentifier
from motcua.kernel.codes import PersonalNumber
from motcua.kernel.db import uuid7
from motcua.kernel.fields import BlindIndex, SealedText


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
    note = SealedText(null=True, help_text="why they are two people, or which evidence is asked")

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


class NumberCase(models.Model):
    """A question about somebody's number, and what was done: enough to take exactly that back."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    told = SealedText(null=True, help_text="the number that somebody names; null: none")
    told_index = BlindIndex(of="told", scope=NUMBER, written=PersonalNumber.clean, null=True)
    source = models.CharField(max_length=16, help_text="who told: VNEID, COUNTER …")
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in NumberCaseState])
    found_at = models.DateTimeField()
    ended_as = models.CharField(
        max_length=12, blank=True, choices=[(e.value, e.value) for e in NumberEnd]
    )
    reason = SealedText(null=True)
    evidence_note = SealedText(null=True, help_text="name and number of the paper seen")
    evidence_file_id = models.UUIDField(null=True)
    before = SealedText(null=True, help_text="the number until then")
    ended = models.ForeignKey(
        PersonIdentifier, null=True, on_delete=models.PROTECT, related_name="+"
    )
    begun = models.ForeignKey(
        PersonIdentifier, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.UUIDField(null=True)
    undone_reason = SealedText(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=Q(state="OPEN"), name="identity_open_numbers")
        ]
