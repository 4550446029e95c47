"""Chuyển phiên bản, phần của máy: each dossier is tried, moved or given back, once.

Every portion is a transaction of its own, so that a killed worker goes on where it was. No date
moves, and what happened stays as it happened.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts.repinning import Place, StandingCase
from motcua.contexts.dossiers.contracts.migrating import (
    LineState,
    MigrationState,
    WhyNot,
)
from motcua.contexts.dossiers.models import Dossier, VersionMigration, VersionMigrationLine
from motcua.contexts.dossiers.queries import migrating as reading
from motcua.contexts.organisations import public as organisations
from motcua.contexts.procedures import public as procedures
from motcua.kernel import db
from motcua.kernel.actors import SYSTEM, Role
from motcua.kernel.clock import city_date
from motcua.kernel.db import joins_transaction, owns_transaction

PORTION = 200
Line = VersionMigrationLine
ROUNDS = {
    MigrationState.CHECKING: (LineState.CHOSEN, MigrationState.CHECKED, "checked_at"),
    MigrationState.APPROVED: (LineState.FITS, MigrationState.DONE, "done_at"),
    MigrationState.UNDOING: (LineState.MOVED, MigrationState.UNDONE, "undone_at"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """How many dossiers a portion looked at; 0: none was left."""

    lines: int


def carry_on(migration_id: UUID, *, now: datetime) -> None:
    """Do what is left of it; called again it goes on where it stopped."""
    state = MigrationState(reading.migration_row(migration_id).state)
    portion = {
        MigrationState.CHECKING: check_portion,
        MigrationState.APPROVED: move_portion,
        MigrationState.UNDOING: undo_portion,
    }.get(state)
    while portion and portion(migration_id, now=now).lines:
        pass
    if portion:
        end_round(migration_id, now=now)


@owns_transaction
def check_portion(migration_id: UUID, *, limit: int = PORTION, now: datetime) -> Worked:
    """The dry run of some dossiers: nothing of them changes."""
    row, lines = _portion(migration_id, MigrationState.CHECKING, LineState.CHOSEN, limit)
    for line, outcome, case in _judged(row, lines, now, locked=False):
        line.step_before = case.view.step
        _set(line, outcome, LineState.FITS, LineState.REFUSED, now)
    return _kept(row, lines, "check_migration")


@owns_transaction
def move_portion(migration_id: UUID, *, limit: int = PORTION, now: datetime) -> Worked:
    """Move what still fits; the others keep their version and say why."""
    row, lines = _portion(migration_id, MigrationState.APPROVED, LineState.FITS, limit)
    places = []
    for line, outcome, case in _judged(row, lines, now, locked=True):
        line.step_before = case.view.step
        _set(line, outcome, LineState.MOVED, LineState.KEPT, now)
        if isinstance(outcome, Place):
            places.append(outcome)
            line.before, line.version = _seat_of(case), case.view.version + 1
    _repin(row, places, row.to_version_id, now)
    return _kept(row, lines, "move_migration")


@owns_transaction
def undo_portion(migration_id: UUID, *, limit: int = PORTION, now: datetime) -> Worked:
    """Give back each dossier that stands as it was moved."""
    row, lines = _portion(migration_id, MigrationState.UNDOING, LineState.MOVED, limit)
    standing = casework.standing_cases([line.dossier_id for line in lines], locked=True)
    old = procedures.version(row.from_version_id)
    assert old.process_id is not None
    places = []
    for line in lines:
        outcome = _back(line, standing[line.dossier_id], old.process_id, city_date(now))
        line.at = now
        if isinstance(outcome, Place):
            places.append(outcome)
            line.state, line.why = LineState.BACK, ""
        else:
            line.state, line.why = LineState.STAYED, outcome
    _repin(row, places, row.from_version_id, now)
    return _kept(row, lines, "undo_portion")


@owns_transaction
def end_round(migration_id: UUID, *, now: datetime) -> None:
    """The round is over once no line waits for it any more."""
    row = reading.migration_row(migration_id, locked=True)
    db.record(action="dossiers.end_round", subject=str(row.pk), actor=SYSTEM)
    if row.state not in ROUNDS:
        return
    waits, then, when = ROUNDS[MigrationState(row.state)]
    if not Line.objects.filter(migration=row, state=waits).exists():
        row.state = then
        setattr(row, when, now)
        row.save(update_fields=["state", when])


def _portion(
    migration_id: UUID, state: MigrationState, waits: LineState, limit: int
) -> tuple[VersionMigration, list[Line]]:
    """What nobody else works on; nothing of a migration that went to another state meanwhile."""
    row = reading.migration_row(migration_id)
    if row.state != state:
        return row, []
    lines = Line.objects.filter(migration=row, state=waits).order_by("pk")
    return row, list(lines.select_for_update(skip_locked=True)[:limit])


def _judged(
    row: VersionMigration, lines: Sequence[Line], now: datetime, *, locked: bool
) -> Iterator[tuple[Line, Place | WhyNot, StandingCase]]:
    """The cases are locked before anything of them is read."""
    known = {line.dossier_id: line for line in lines}
    standing = casework.standing_cases(known, locked=locked)
    dossiers = list(Dossier.objects.filter(pk__in=known).order_by("pk"))
    for dossier, outcome in reading.judged(row, dossiers, standing, now=now):
        yield known[dossier.pk], outcome, standing[dossier.pk]


def _set(
    line: Line, outcome: Place | WhyNot, good: LineState, bad: LineState, now: datetime
) -> None:
    fits = isinstance(outcome, Place)
    line.state, line.at = good if fits else bad, now
    line.step_after = outcome.step if isinstance(outcome, Place) else ""
    line.why = outcome.value if isinstance(outcome, WhyNot) else ""


@joins_transaction
def _repin(row: VersionMigration, places: Sequence[Place], version_id: UUID, now: datetime) -> None:
    """The case, its task, the version of the dossier, and a leaf for each."""
    if not places:
        return
    facts: dict[str, object] = {
        "migration": str(row.pk),
        "number": procedures.version(version_id).number,
    }
    casework.repin(places, facts=facts, actor=SYSTEM, now=now)
    ids = [place.case_id for place in places]
    Dossier.objects.filter(pk__in=ids).update(procedure_version_id=version_id)
    codes = dict(Dossier.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "code"))
    for place in places:
        db.record(
            action="dossiers.migrate",
            subject=codes[place.case_id],
            actor=SYSTEM,
            facts={**facts, "step": place.step},
        )


@joins_transaction
def _kept(row: VersionMigration, lines: Sequence[Line], action: str) -> Worked:
    Line.objects.bulk_update(
        lines, ["state", "why", "step_before", "step_after", "before", "version", "at"]
    )
    facts: dict[str, object] = {"dossiers": len(lines)}
    db.record(action=f"dossiers.{action}", subject=str(row.pk), actor=SYSTEM, facts=facts)
    return Worked(lines=len(lines))


def _seat_of(case: StandingCase) -> dict[str, str | None]:
    """Of the open step, so that it can be given back."""
    task = case.task
    assert task is not None
    given = str(task.assignee_id) if task.assignee_id else None
    return {"unit": str(task.unit_id), "role": task.role.value, "assignee": given}


def _back(line: Line, case: StandingCase, process_id: UUID, on: date) -> Place | WhyNot:
    """Where it was. Whoever took the task since then keeps it, where its seat is the same."""
    task, before = case.task, line.before
    if case.view.version != line.version or task is None or before is None:
        return WhyNot.WENT_ON
    unit_id, role = UUID(before["unit"]), Role(before["role"])
    given = UUID(before["assignee"]) if before["assignee"] else None
    if (task.unit_id, task.role) == (unit_id, role):
        given = task.assignee_id
    if not organisations.holders_of(unit_id, role, on):
        return WhyNot.NOBODY
    return Place(
        case_id=case.view.id,
        process_id=process_id,
        step=line.step_before,
        unit_id=unit_id,
        role=role,
        assignee_id=given,
    )
