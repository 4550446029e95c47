"""Sắp xếp tổ chức: acts that merge, split, rename, transfer or dissolve units."""

from django.db import models
from django.db.models import F, Q

from motcua.contexts.organisations.contracts import OpenWork
from motcua.kernel.db import uuid7


def _unit() -> "models.ForeignKey[models.Model, models.Model]":
    return models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")


class Reorganisation(models.Model):
    """Một lần sắp xếp. kind: ActKind. verified: the document was checked against its text.

    work_passed_at: when nothing open was found any more in the old units. open_work: OpenWork.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=12)
    title = models.CharField(max_length=200)
    document = models.CharField(max_length=120, blank=True)
    effective_on = models.DateField()
    verified = models.BooleanField()
    work_passed_at = models.DateTimeField(null=True)
    open_work = models.CharField(max_length=4, default=OpenWork.STAY)

    class Meta:
        db_table = "organisations_reorganisation"


class CompetenceShift(models.Model):
    """Thẩm quyền chuyển: one place whose competence an act gave from a unit to another."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    act = models.ForeignKey(Reorganisation, on_delete=models.PROTECT, related_name="+")
    agency_key = models.CharField(max_length=30, blank=True)
    level = models.CharField(max_length=10)
    ward_code = models.CharField(max_length=5, blank=True)
    procedure_code = models.CharField(max_length=10, blank=True)
    old_authority = _unit()
    old_division = _unit()
    new_authority = _unit()
    new_division = _unit()

    class Meta:
        db_table = "organisations_competence_shift"
        constraints = (
            models.UniqueConstraint(
                fields=["act", "agency_key", "level", "ward_code", "procedure_code"],
                name="competence_shifts_once",
            ),
        )


class ActProposal(models.Model):
    """Đề nghị sắp xếp: an act as one administrator wrote it, for another to carry out.

    text: ActText as plain values. state: ProposalState.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    text = models.JSONField()
    state = models.CharField(max_length=12)
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    act = models.ForeignKey(Reorganisation, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        db_table = "organisations_act_proposal"
        indexes = (models.Index(fields=["-proposed_at", "-id"], name="act_proposal_newest"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | ~Q(decided_by=F("proposed_by"))
                | Q(state="DROPPED"),
                name="act_proposal_by_two",
            ),
        )


class ReorganisationLine(models.Model):
    """One old unit passed, whole or in part, into a new one; none when it simply ended.

    takes_work: what is open in the old unit goes there; one line of each old unit.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    act = models.ForeignKey(Reorganisation, on_delete=models.PROTECT, related_name="+")
    old = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    new = models.ForeignKey(
        "organisations.Unit", on_delete=models.PROTECT, related_name="+", null=True
    )
    partial = models.BooleanField(default=False)
    takes_work = models.BooleanField(default=False)

    class Meta:
        db_table = "organisations_reorganisation_line"
        constraints = (
            models.UniqueConstraint(fields=["act", "old", "new"], name="reorganisation_line_once"),
            models.UniqueConstraint(
                fields=["old"], condition=Q(takes_work=True), name="reorganisation_work_to_one"
            ),
        )
