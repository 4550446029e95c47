"""Mandates: who may act for whom, how far, how long, and how that was shown."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from motcua.contexts.identity.contracts.mandates import Proof, Scope, Terms
from motcua.contexts.identity.models.people import Person
from motcua.kernel.actors import Act, MandateKind
from motcua.kernel.db import uuid7
from motcua.kernel.fields import SealedText


class Mandate(models.Model):
    """Ủy quyền. Nothing of it changes but its end: what was done under it keeps its ground."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=24, choices=[(k.value, k.value) for k in MandateKind])
    principal = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    representative = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    acts = models.JSONField(default=list)
    procedures = models.JSONField(default=list)
    fields = models.JSONField(default=list)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    proof = models.CharField(max_length=24, choices=[(p.value, p.value) for p in Proof])
    evidence_file_id = models.UUIDField(null=True)
    evidence_note = SealedText(null=True)
    child_agreed = models.BooleanField(default=False)
    given_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="identity_mandate_of_another",
                condition=~Q(principal=F("representative")),
            ),
            models.CheckConstraint(
                name="identity_mandate_term",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
        ]

    @property
    def terms(self) -> Terms:
        return Terms(
            scope=Scope(
                acts=frozenset(Act(act) for act in self.acts),
                procedures=frozenset(self.procedures),
                fields=frozenset(self.fields),
            ),
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            revoked_at=self.revoked_at,
        )
