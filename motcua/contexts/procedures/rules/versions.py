"""Phiên bản: what a stored version is on a given day, and its view for neighbours."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from motcua.contexts.procedures.contracts import Definition, VersionState, VersionView
from motcua.contexts.procedures.rules.reading import parse_definition


def state_on(
    stored: str, *, valid_from: date | None, valid_to: date | None, on: date
) -> VersionState:
    """DRAFT and REPEALED are as stored; a published one is future, in force or amended by date."""
    state = VersionState(stored)
    if state is not VersionState.PUBLISHED:
        return state
    if valid_from is not None and on < valid_from:
        return VersionState.FUTURE_EFFECTIVE
    return VersionState.AMENDED if valid_to is not None and valid_to <= on else state


def view_of(
    content: Mapping[str, object],
    *,
    version_id: UUID,
    number: int,
    valid_from: date | None,
    process_id: UUID | None,
) -> VersionView:
    """The frozen view of one version's stored content."""
    definition = parse_definition(content)
    return view_of_definition(
        definition,
        version_id=version_id,
        number=number,
        valid_from=valid_from,
        process_id=process_id,
    )


def view_of_definition(
    definition: Definition,
    *,
    version_id: UUID,
    number: int,
    valid_from: date | None,
    process_id: UUID | None,
) -> VersionView:
    """The same for a definition that is not stored (previews, tests of packs)."""
    return VersionView(
        id=version_id,
        number=number,
        procedure_code=definition.code,
        name=definition.name,
        name_en=definition.name_en,
        field=definition.field,
        field_code=definition.field_code,
        levels=definition.levels,
        agency_key=definition.agency_key,
        routing=definition.routing,
        online=definition.online,
        partial_reason=definition.partial_reason,
        mark=definition.mark,
        decision=definition.decision,
        description=definition.description,
        conditions=definition.conditions,
        keywords=definition.keywords,
        life_events=definition.life_events,
        results=definition.results,
        audience=definition.audience,
        steps=definition.steps,
        notes=definition.notes,
        components=definition.components,
        durations=definition.durations,
        fees=definition.fees,
        legal=definition.legal,
        retention=definition.retention,
        form=definition.form,
        texts=definition.texts,
        process_id=process_id,
        process_key=definition.process_key,
        source=definition.source,
        pack=definition.pack,
        valid_from=valid_from,
        is_runnable=definition.is_runnable,
        generic=definition.generic,
        not_filed=definition.not_filed,
    )
