"""Rows of a migration of running dossiers, and of each dossier in it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.contexts.dossiers.contracts.migrating import OPEN, LineState, MigrationState
from motcua.kernel.db import uuid7

VERSION = "procedures.ProcedureVersion"


class VersionMigration(models.Model):
    """Lần chuyển phiên bản. choice: Choice as plain values; places: step before -> step after."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    procedure_code = models.CharField(max_length=20)
    from_version = models.ForeignKey(VERSION, on_delete=models.PROTECT, related_name="+")
    to_version = models.ForeignKey(VERSION, on_delete=models.PROTECT, related_name="+")
    choice = models.JSONField()
    places = models.JSONField()
    state = models.CharField(max_length=10, choices=[(s, s) for s in MigrationState])
    planned_by = models.UUIDField()
    planned_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    undo_by = models.UUIDField(null=True)
    undo_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["procedure_code"],
                condition=Q(state__in=OPEN),
                name="one_version_migration_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=models.F("planned_by")) | Q(state=MigrationState.DROPPED),
                name="version_migration_four_eyes",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["procedure_code", "-planned_at"], name="version_migration_newest"),
        ]


class VersionMigrationLine(models.Model):
    """One dossier of it. before: the seat of its open task; version: of the case once moved."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    migration = models.ForeignKey(VersionMigration, on_delete=models.PROTECT, related_name="+")
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=[(s, s) for s in LineState])
    why = models.CharField(max_length=16, blank=True)
    step_before = models.CharField(max_length=40, blank=True)
    step_after = models.CharField(max_length=40, blank=True)
    before = models.JSONField(null=True)
    version = models.PositiveIntegerField(null=True)
    at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["migration", "dossier"], name="version_migration_line_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["migration", "state", "id"], name="version_migration_lines"),
        ]
