"""Chuyển phiên bản: running dossiers go to another version after a dry run and by two persons.

Planning chooses dossiers and lets the worker try each (`carrying_migrations.py`); a second person
approves what was tried; the worker moves what still fits.
"""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from motcua.contexts.casework import public as casework
from motcua.contexts.dossiers.contracts.migrating import (
    OPEN,
    LineState,
    MigrationMoved,
    MigrationRuns,
    MigrationState,
    NotAllowedToMigrate,
    NothingChosen,
    OwnMigration,
    PlaceUnknown,
    PlanMigration,
    Planned,
    TooManyChosen,
    VersionsDoNotFit,
)
from motcua.contexts.dossiers.events import MigrationAsked
from motcua.contexts.dossiers.models import VersionMigration, VersionMigrationLine
from motcua.contexts.dossiers.queries import migrating as reading
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import VersionNotFound
from motcua.kernel import db, events
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import city_date
from motcua.kernel.db import joins_transaction, owns_transaction

MOST = 20_000
PLANNERS = (Role.CATALOGUE_EDITOR, Role.CATALOGUE_APPROVER)


@owns_transaction
def plan_migration(plan: PlanMigration, *, actor: Actor, now: datetime) -> Planned:
    """Choose running dossiers; the dry run of the worker looks at each.

    Raises: NotAllowedToMigrate, VersionsDoNotFit, PlaceUnknown, MigrationRuns, NothingChosen,
    TooManyChosen.
    """
    _check_role(actor, *PLANNERS)
    _check_versions(plan, now)
    if _open(plan.procedure_code).exists():
        raise MigrationRuns
    ids = list(reading.chosen(plan.from_id, plan.choice).values_list("pk", flat=True)[: MOST + 1])
    if not ids:
        raise NothingChosen
    if len(ids) > MOST:
        raise TooManyChosen
    assert actor.account_id is not None
    row = VersionMigration.objects.create(
        procedure_code=plan.procedure_code,
        from_version_id=plan.from_id,
        to_version_id=plan.to_id,
        choice=reading.stored(plan.choice),
        places=dict(plan.places),
        state=MigrationState.CHECKING,
        planned_by=actor.account_id,
        planned_at=now,
    )
    VersionMigrationLine.objects.bulk_create(
        (
            VersionMigrationLine(migration=row, dossier_id=one, state=LineState.CHOSEN)
            for one in ids
        ),
        batch_size=5_000,
    )
    _ask(row, "plan_migration", actor, now, dossiers=len(ids))
    return Planned(migration_id=row.pk)


@owns_transaction
def approve_migration(migration_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Let what was tried be done. Raises: MigrationNotFound, NotAllowedToMigrate, OwnMigration,
    MigrationMoved.
    """
    _check_role(actor, Role.CATALOGUE_APPROVER)
    row = _at(migration_id, MigrationState.CHECKED)
    if row.planned_by == actor.account_id:
        raise OwnMigration
    row.state, row.decided_by, row.decided_at = MigrationState.APPROVED, actor.account_id, now
    row.save(update_fields=["state", "decided_by", "decided_at"])
    _ask(row, "approve_migration", actor, now)


@owns_transaction
def drop_migration(migration_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Nothing was moved. Raises: MigrationNotFound, NotAllowedToMigrate, MigrationMoved."""
    _check_role(actor, *PLANNERS)
    row = _at(migration_id, MigrationState.CHECKING, MigrationState.CHECKED)
    row.state, row.decided_by, row.decided_at = MigrationState.DROPPED, actor.account_id, now
    row.save(update_fields=["state", "decided_by", "decided_at"])
    db.record(action="dossiers.drop_migration", subject=str(row.pk), actor=actor)


@owns_transaction
def undo_migration(migration_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Give back what nobody has gone on with. Raises: MigrationNotFound, NotAllowedToMigrate,
    MigrationMoved, MigrationRuns.
    """
    _check_role(actor, Role.CATALOGUE_APPROVER)
    row = _at(migration_id, MigrationState.DONE)
    if _open(row.procedure_code).exists():
        raise MigrationRuns
    row.state, row.undo_by, row.undo_at = MigrationState.UNDOING, actor.account_id, now
    row.save(update_fields=["state", "undo_by", "undo_at"])
    _ask(row, "undo_migration", actor, now)


def _check_role(actor: Actor, *allowed: Role) -> None:
    if not actor.has(*allowed):
        raise NotAllowedToMigrate


def _check_versions(plan: PlanMigration, now: datetime) -> None:
    if plan.from_id == plan.to_id:
        raise VersionsDoNotFit
    try:
        old, new = procedures.version(plan.from_id), procedures.version(plan.to_id)
    except VersionNotFound as draft:
        raise VersionsDoNotFit from draft
    codes = {plan.procedure_code, old.procedure_code, new.procedure_code}
    begins = new.valid_from is None or new.valid_from <= city_date(now)
    if len(codes) > 1 or old.process_id is None or new.process_id is None or not begins:
        raise VersionsDoNotFit
    before, after = (
        {step.key for step in casework.process_table(one).steps}
        for one in (old.process_id, new.process_id)
    )
    if plan.places.keys() - before or set(plan.places.values()) - after:
        raise PlaceUnknown


def _open(code: str) -> "QuerySet[VersionMigration]":
    return VersionMigration.objects.filter(procedure_code=code, state__in=OPEN)


def _at(migration_id: UUID, *states: MigrationState) -> VersionMigration:
    row = reading.migration_row(migration_id, locked=True)
    if row.state not in states:
        raise MigrationMoved
    return row


@joins_transaction
def _ask(row: VersionMigration, action: str, actor: Actor, now: datetime, **facts: object) -> None:
    events.publish(MigrationAsked(occurred_at=now, subject=str(row.pk)))
    told: dict[str, object] = {"procedure": row.procedure_code, **facts}
    db.record(action=f"dossiers.{action}", subject=str(row.pk), actor=actor, facts=told)
