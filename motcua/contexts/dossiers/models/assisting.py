"""Nộp giúp: what was asked of a person at the desk, what they answered, and what it became."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.contexts.dossiers.contracts.assisting import AGREED, Consent, Identified
from motcua.kernel.db import uuid7
from motcua.kernel.fields import SealedText


class Assistance(models.Model):
    """One person was asked whether this officer may file this procedure for them.

    told: the questions that a register fills, which were read to them. code: what went to their
    own telephone, until it is answered. denied_at: the applicant says they did not file it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+")
    applicant = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+")
    mandate = models.ForeignKey(
        "identity.Mandate", null=True, on_delete=models.PROTECT, related_name="+"
    )
    procedure_code = models.CharField(max_length=40)
    ward_code = models.CharField(max_length=5)
    account_id = models.UUIDField()  # of the officer who helps
    officer_id = models.UUIDField()
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    told = models.JSONField(default=list)
    identified = models.CharField(
        max_length=10, blank=True, choices=[(one, one) for one in Identified]
    )
    consent = models.CharField(max_length=10, blank=True, choices=[(one, one) for one in Consent])
    code = SealedText(null=True)
    code_sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    draft_id = models.UUIDField(null=True)  # drafts end, what was agreed to does not
    dossier = models.ForeignKey(
        "dossiers.Dossier", null=True, on_delete=models.PROTECT, related_name="+"
    )
    denied_at = models.DateTimeField(null=True)
    denied_note = SealedText(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(consent="", answered_at__isnull=True)
                | Q(answered_at__isnull=False) & ~Q(consent="") & ~Q(identified=""),
                name="assistance_answer_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(draft_id__isnull=True, dossier__isnull=True) | Q(consent__in=AGREED),
                name="assistance_files_what_was_agreed",
            ),
            models.CheckConstraint(
                condition=Q(denied_at__isnull=True) | Q(dossier__isnull=False),
                name="assistance_denies_a_dossier",
            ),
            models.UniqueConstraint(fields=["draft_id"], name="assistance_of_draft"),
            models.UniqueConstraint(fields=["dossier"], name="assistance_of_dossier"),
        ]
