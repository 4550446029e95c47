"""Chuyển phiên bản, đọc: which dossiers are chosen, what each would meet, how far it has come."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import Phase
from motcua.contexts.casework.contracts.repinning import Place, StandingCase
from motcua.contexts.dossiers.contracts import Source
from motcua.contexts.dossiers.contracts.migrating import (
    Choice,
    LineState,
    MigrationLineView,
    MigrationNotFound,
    MigrationState,
    MigrationView,
    WhyNot,
)
from motcua.contexts.dossiers.contracts.shortcomings import ProposalState
from motcua.contexts.dossiers.models import (
    Dossier,
    DossierPaper,
    ShortcomingRow,
    SupplementProposal,
    VersionMigration,
    VersionMigrationLine,
)
from motcua.contexts.dossiers.queries.pinned import OPEN
from motcua.contexts.dossiers.queries.places import place_choices
from motcua.contexts.dossiers.rules import migrating as rules
from motcua.contexts.procedures import public as procedures
from motcua.kernel.clock import city_date, start_of_day
from motcua.kernel.forms import read_sheet, values_of


def chosen(version_id: UUID, choice: Choice) -> "QuerySet[Dossier]":
    """Running dossiers of the version, as they were chosen."""
    found = Dossier.objects.filter(OPEN, procedure_version_id=version_id)
    if choice.unit_id:
        found = found.filter(case__handling_unit_id=choice.unit_id)
    if choice.ward:
        found = found.filter(ward_code=choice.ward)
    if choice.step:
        found = found.filter(case__step=choice.step)
    if choice.filed_from:
        found = found.filter(case__opened_at__gte=start_of_day(choice.filed_from))
    if choice.filed_to:
        found = found.filter(case__opened_at__lt=start_of_day(choice.filed_to + timedelta(days=1)))
    return found.order_by("pk")


def stored(choice: Choice) -> dict[str, str]:
    return {key: str(value) for key, value in asdict(choice).items() if value}


def choice_of(kept: Mapping[str, str]) -> Choice:
    days = {key: date.fromisoformat(kept[key]) for key in ("filed_from", "filed_to") if key in kept}
    return Choice(
        unit_id=UUID(kept["unit_id"]) if "unit_id" in kept else None,
        ward=kept.get("ward", ""),
        step=kept.get("step", ""),
        **days,
    )


def judged(
    migration: VersionMigration,
    rows: Sequence[Dossier],
    standing: Mapping[UUID, StandingCase],
    *,
    now: datetime,
) -> Iterator[tuple[Dossier, Place | WhyNot]]:
    """Each dossier with its place in the other version, or why it keeps its own."""
    old = procedures.version(migration.from_version_id)
    new = procedures.version(migration.to_version_id)
    assert new.process_id is not None
    today, choices = city_date(now), place_choices(now)
    wards = _wards_of_trial(migration)
    known = _around([row.pk for row in rows])
    for row in rows:
        place = casework.place_in(standing[row.pk], new.process_id, migration.places, on=today)
        if not isinstance(place, Place):
            yield row, WhyNot(place.value)
        elif row.procedure_version_id != old.id:
            yield row, WhyNot.OTHER_VERSION
        elif wards is not None and row.ward_code not in wards:
            yield row, WhyNot.COMMUNE
        else:
            seen = _seen(row, standing[row.pk], *known[row.pk])
            hindered = rules.why_not(seen, old, new, today=today, choices=choices)
            yield row, hindered or place


def _wards_of_trial(migration: VersionMigration) -> Collection[str] | None:
    """Where the other version is on trial; None when it is everybody's."""
    trials = procedures.trials_of(migration.procedure_code)
    found = next((one for one in trials if one.version_id == migration.to_version_id), None)
    return found.wards if found else None


Around = tuple[frozenset[str], frozenset[str], bool]


def _around(ids: Sequence[UUID]) -> defaultdict[UUID, Around]:
    """Papers given, papers and questions still asked for, whether a head has to answer."""
    papers: defaultdict[UUID, set[str]] = defaultdict(set)
    rows = DossierPaper.objects.filter(dossier__in=ids, replaced_at__isnull=True).order_by("pk")
    for dossier_id, key in rows.values_list("dossier_id", "component_key"):
        papers[dossier_id].add(key)
    asked: defaultdict[UUID, set[str]] = defaultdict(set)
    items = ShortcomingRow.objects.filter(
        dossier__in=ids, request__isnull=False, request__supplied_at__isnull=True
    ).order_by("pk")
    for dossier_id, *keys in items.values_list("dossier_id", "component_key", "question_key"):
        asked[dossier_id].update(filter(None, keys))
    waiting = SupplementProposal.objects.filter(dossier__in=ids, state=ProposalState.PROPOSED)
    heads = set(waiting.order_by().values_list("dossier_id", flat=True))
    nothing: Around = (frozenset(), frozenset(), False)
    found: defaultdict[UUID, Around] = defaultdict(lambda: nothing)
    for one in ids:
        found[one] = (frozenset(papers[one]), frozenset(asked[one]), one in heads)
    return found


def _seen(
    row: Dossier,
    standing: StandingCase,
    papers: frozenset[str],
    asked: frozenset[str],
    waits_for_head: bool,
) -> rules.Standing:
    return rules.Standing(
        answers=values_of(read_sheet(row.sheet)),
        papers=papers,
        asked=asked,
        source=Source(row.source),
        case_name=row.case_name,
        phase=Phase(standing.view.phase),
        is_signed=row.signed_by is not None,
        waits_for_head=waits_for_head,
    )


def migration_row(migration_id: UUID, *, locked: bool = False) -> VersionMigration:
    """Raises: MigrationNotFound."""
    rows = VersionMigration.objects.filter(pk=migration_id)
    found = (rows.select_for_update() if locked else rows).first()
    if found is None:
        raise MigrationNotFound
    return found


def working_on() -> tuple[UUID, ...]:
    """Migrations that the worker has something to do for, oldest first."""
    states = (MigrationState.CHECKING, MigrationState.APPROVED, MigrationState.UNDOING)
    rows = VersionMigration.objects.filter(state__in=states).order_by("planned_at", "pk")
    return tuple(rows.values_list("pk", flat=True))


def migration(migration_id: UUID) -> MigrationView:
    """Raises: MigrationNotFound."""
    return _view(migration_row(migration_id))


def migrations_of(code: str, *, limit: int = 20) -> tuple[MigrationView, ...]:
    """Newest first."""
    rows = VersionMigration.objects.filter(procedure_code=code).order_by("-planned_at", "-pk")
    return tuple(_view(row) for row in rows[:limit])


def _view(row: VersionMigration) -> MigrationView:
    lines = VersionMigrationLine.objects.filter(migration=row).values("state").order_by("state")
    counted = lines.annotate(dossiers=Count("pk")).values_list("state", "dossiers")
    return MigrationView(
        id=row.pk,
        procedure_code=row.procedure_code,
        from_id=row.from_version_id,
        to_id=row.to_version_id,
        from_number=procedures.version(row.from_version_id).number,
        to_number=procedures.version(row.to_version_id).number,
        choice=choice_of(row.choice),
        places=row.places,
        state=MigrationState(row.state),
        planned_by=row.planned_by,
        planned_at=row.planned_at,
        checked_at=row.checked_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        done_at=row.done_at,
        undone_at=row.undone_at,
        counts={LineState(state): dossiers for state, dossiers in counted},
    )


def migration_lines(
    migration_id: UUID, *, states: Collection[LineState] = (), after: UUID | None = None,
    limit: int = 50,
) -> tuple[MigrationLineView, ...]:  # fmt: skip
    """In a fixed order, by keyset."""
    rows = VersionMigrationLine.objects.filter(migration=migration_id).order_by("pk")
    wanted: dict[str, Any] = {"state__in": list(states)} if states else {}
    wanted |= {"pk__gt": after} if after else {}
    return tuple(
        MigrationLineView(
            id=row.pk,
            code=row.dossier.code,
            state=LineState(row.state),
            why=WhyNot(row.why) if row.why else None,
            step_before=row.step_before,
            step_after=row.step_after,
            at=row.at,
        )
        for row in rows.filter(**wanted).select_related("dossier").defer("dossier__sheet")[:limit]
    )
