"""People, and the numbers that name them over time."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from django.db import models

from motcua.contexts.identity.contracts import IdentifierKind
from motcua.contexts.identity.contracts.matching import NumberEnd
from motcua.kernel.codes import PersonalNumber
from motcua.kernel.db import uuid7
from motcua.kernel.fields import BlindIndex, SealedJSON, SealedText

NUMBER = "identity.personal_number"
SAME_PERSON = "identity.same_person"


class Person(models.Model):
    """A person in law: a human being, living or not; or, with an `Organisation` row, a body.

    The personal number (số định danh) may be missing, change or be wrong: it is an attribute with a
    blind index for exact look-up, never a key and never unique. merged_into: an officer found that
    another row is the same human being; readers resolve to that one, this row stays as it was.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    full_name = SealedText()
    personal_number = SealedText(null=True)
    personal_number_index = BlindIndex(
        of="personal_number", scope=NUMBER, written=PersonalNumber.clean, null=True, db_index=True
    )
    born_on_text = SealedText(null=True, db_column="born_on")
    sex = SealedText(null=True)
    email = SealedText(null=True)
    phone = SealedText(null=True)
    address = SealedJSON(null=True, help_text="{text, ward_code}")
    source = models.CharField(max_length=16, help_text="who told us: VNEID, COUNTER, SEED, …")
    match_key = SealedText(null=True, help_text="name and birth date, folded, to compare")
    match_index = BlindIndex(of="match_key", scope=SAME_PERSON, null=True, db_index=True)
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="+", db_index=True
    )
    also = models.JSONField(default=list, help_text="ids of the rows that resolve to this one")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    @property
    def born_on(self) -> date | None:
        return date.fromisoformat(self.born_on_text) if self.born_on_text else None

    @property
    def root_id(self) -> UUID:
        """The row that readers resolve to."""
        return self.merged_into_id or self.id


class PersonIdentifier(models.Model):
    """One number that named the person for a while; numbers are cancelled and issued again."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=[(k.value, k.value) for k in IdentifierKind])
    value = SealedText()
    value_index = BlindIndex(of="value", scope=NUMBER, written=PersonalNumber.clean, db_index=True)
    source = models.CharField(max_length=16)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    ended_as = models.CharField(
        max_length=12, blank=True, choices=[(e.value, e.value) for e in NumberEnd]
    )
    end_note = SealedText(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="identity_number_ended_has_day",
                condition=models.Q(ended_as="") | models.Q(valid_to__isnull=False),
            )
        ]
