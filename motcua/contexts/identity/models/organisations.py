"""Organisations: bodies with a tax code, and who stood for them in law, over time."""

from typing import ClassVar

from django.db import models

from motcua.contexts.identity.contracts.organisations import OrganisationKind
from motcua.contexts.identity.models.people import Person
from motcua.kernel.db import uuid7
from motcua.kernel.fields import BlindIndex, SealedText

TAX_CODE = "identity.tax_code"


class Organisation(models.Model):
    """A body that is a person in law: its name, address and contacts are those of `person`.

    So whatever a person may own or be told (a dossier, a bill, a paper, a notice) an organisation
    may too, without a second column anywhere.
    """

    person = models.OneToOneField(
        Person, primary_key=True, on_delete=models.PROTECT, related_name="organisation"
    )
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in OrganisationKind])
    tax_code = SealedText(help_text="of a household business it is the owner's personal number")
    tax_code_index = BlindIndex(of="tax_code", scope=TAX_CODE, unique=True)
    created_at = models.DateTimeField()


class LegalRepresentative(models.Model):
    """Người đại diện theo pháp luật for a while; the one without an end stands now."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=80, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=16)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(valid_to__isnull=True),
                name="identity_one_representative",
            )
        ]
