"""Rows of what is not right with a dossier, and of a further request that waits for a head."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.contexts.dossiers.contracts.shortcomings import ProposalState
from motcua.kernel.db import uuid7
from motcua.kernel.fields import SealedJSON, SealedText

_WHOLE = Q(component_key="", question_key__gt="") | Q(component_key__gt="", question_key="")


class ShortcomingRow(models.Model):
    """Điểm chưa đạt: one item of a supplement request, of a proposal, of a return to a colleague,
    or of what ended a dossier.

    reason "": from before reasons were chosen, when an item could be about a paper by name alone.
    words: what, why, how.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey(
        "dossiers.SupplementRequest", null=True, on_delete=models.PROTECT, related_name="+"
    )
    proposal = models.ForeignKey(
        "dossiers.SupplementProposal", null=True, on_delete=models.PROTECT, related_name="+"
    )
    return_serial = models.PositiveBigIntegerField(null=True)  # the event that gave it back
    number = models.PositiveSmallIntegerField()
    component_key = models.CharField(max_length=80, blank=True)
    question_key = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=60, blank=True)
    law = models.CharField(max_length=300, blank=True)
    law_verified = models.BooleanField(default=False)
    words = SealedJSON()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(reason="") | _WHOLE, name="shortcoming_is_of_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(request__isnull=True) | Q(proposal__isnull=True),
                name="shortcoming_of_one_act",
            ),
            models.UniqueConstraint(
                fields=["dossier", "request", "proposal", "return_serial", "number"],
                nulls_distinct=False,
                name="shortcoming_number_once",
            ),
        ]


class SupplementProposal(models.Model):
    """Đề nghị bổ sung lần nữa: an officer's text, kept whatever the head answers."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=[(s, s) for s in ProposalState])
    step = models.CharField(max_length=60)
    action = models.CharField(max_length=40)
    unit_id = models.UUIDField()  # whose head lets it go
    authority_id = models.UUIDField()
    why_again = SealedText()
    answer_by = models.DateTimeField(null=True)
    proposed_by = models.UUIDField(null=True)
    officer_id = models.UUIDField(null=True)
    proposed_at = models.DateTimeField()
    answer = SealedText(null=True)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier", "number"], name="supplement_proposal_number_once"
            ),
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(state="PROPOSED"),
                name="one_supplement_proposal_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state="PROPOSED", decided_at__isnull=True)
                | (~Q(state="PROPOSED") & Q(decided_at__isnull=False)),
                name="supplement_proposal_answered",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["unit_id", "proposed_at"],
                condition=Q(state="PROPOSED"),
                name="supplement_proposal_waits",
            ),
            models.Index(
                fields=["authority_id", "proposed_at"],
                condition=Q(state="PROPOSED"),
                name="supplement_proposal_of_head",
            ),
        ]
