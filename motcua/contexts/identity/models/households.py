"""Households: who lives under whom, over time, and on which paper that was seen."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.contexts.identity.contracts.households import Relation
from motcua.contexts.identity.models.people import Person
from motcua.kernel.db import uuid7
from motcua.kernel.fields import SealedText

STANDING = Q(valid_to__isnull=True)


class Household(models.Model):
    """Hộ. Its head is the member whose relation says so."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)


class HouseholdMember(models.Model):
    """One person in one household for a while; a row without an end stands now."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    relation = models.CharField(max_length=12, choices=[(r.value, r.value) for r in Relation])
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    evidence_note = SealedText()
    evidence_file_id = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=STANDING, name="identity_one_household"
            ),
            models.UniqueConstraint(
                fields=["household"],
                condition=STANDING & Q(relation=Relation.HEAD.value),
                name="identity_one_head",
            ),
        ]
