"""Rows of one action on several dossiers: who asked for it, and what became of each."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.contexts.dossiers.contracts.joint import JointState
from motcua.kernel.db import uuid7


class JointRun(models.Model):
    """Lần làm cùng lúc: an action that an officer lets a job do on several dossiers."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account_id = models.UUIDField()
    assurance = models.PositiveSmallIntegerField()
    trial = models.BooleanField()
    action = models.CharField(max_length=40)
    label = models.CharField(max_length=200)
    title = models.CharField(max_length=500)
    assignee_id = models.UUIDField(null=True)
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["account_id", "-asked_at"], name="joint_run_of_officer"),
            models.Index(fields=["asked_at"], name="joint_run_by_age"),
        ]


class JointItem(models.Model):
    """One dossier of a run. Its state changes in the transaction that moves the dossier."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    run = models.ForeignKey(JointRun, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)  # as typed: what cannot be seen is refused, not hidden
    seen_version = models.PositiveBigIntegerField()
    state = models.CharField(max_length=12, choices=[(s, s) for s in JointState])
    sentence = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "number"], name="joint_item_number_once"),
            models.UniqueConstraint(fields=["run", "code"], name="joint_item_dossier_once"),
            models.CheckConstraint(
                condition=Q(state="WAITING", ended_at__isnull=True)
                | (~Q(state="WAITING") & Q(ended_at__isnull=False)),
                name="joint_item_ended_is_dated",
            ),
        ]
