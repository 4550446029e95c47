"""Thao tác của bước: what a button asks for, whom it names, and what silence will mean."""

from datetime import datetime
from uuid import UUID

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import (
    NEEDS_REASON,
    ActionKind,
    CaseView,
    ProcessTable,
    StepAction,
)
from motcua.contexts.dossiers.contracts import OfferedAction, SilenceRule
from motcua.contexts.dossiers.queries.shortcomings import reasons_of
from motcua.contexts.dossiers.queries.stages import seat_of
from motcua.contexts.dossiers.rules.shortcomings import offered
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import UnitNotCompetent, UnitView
from motcua.contexts.procedures.contracts import VersionView
from motcua.kernel.actors import Role
from motcua.kernel.clock import city_date


def offer(case: CaseView, action: StepAction, version: VersionView, now: datetime) -> OfferedAction:
    assignees: tuple[tuple[UUID, str], ...] = ()
    units: tuple[tuple[UUID, str, bool], ...] = ()
    if action.kind is ActionKind.ASSIGN:
        step = casework.process_table(case.process_id).step(action.to)
        holders = organisations.holders_of(seat_of(case, step.seat), step.role, city_date(now))
        assignees = tuple((h.id, h.full_name) for h in holders)
    if action.kind is ActionKind.CONSULT:
        units = _units_to_ask(case, action, now)
    reasons = tuple(offered(reasons_of(version), action.kind).values())
    return OfferedAction(
        key=action.key,
        label=action.label,
        kind=action.kind,
        needs_reason=action.kind in NEEDS_REASON,
        assignees=assignees,
        units=units,
        reasons=reasons,
        answer_hours=action.answer_hours if action.kind is ActionKind.CONSULT else 0,
        silence=_silence(action),
    )


def _silence(action: StepAction) -> SilenceRule | None:
    if action.kind is not ActionKind.CONSULT:
        return None
    return SilenceRule(
        means=action.silence, law=action.silence_law, verified=action.silence_verified
    )


def law_of_silence(table: ProcessTable) -> SilenceRule | None:
    """Of a question that was asked: the table has one rule for all it asks."""
    rules = (_silence(action) for step in table.steps for action in step.actions)
    return next((rule for rule in rules if rule is not None), None)


def _units_to_ask(
    case: CaseView, action: StepAction, now: datetime
) -> tuple[tuple[UUID, str, bool], ...]:
    """Divisions beside the handling one, and those that the process names already ticked.

    A named unit may stand outside the authority, as the police of a commune does.
    """
    authority, today = organisations.unit_by_id(case.competent_unit_id), city_date(now)
    divisions = (_division(authority, key, case.subject_code, now) for key in action.units)
    named = {unit.id: unit.name for unit in divisions if unit}
    below = {unit.id: unit.name for unit in organisations.units_below(authority.id, today)}
    return tuple(
        (unit_id, name, unit_id in named)
        for unit_id, name in (below | named).items()
        if unit_id != case.handling_unit_id
        and organisations.holders_of(unit_id, Role.CONSULTED, today)
    )


def _division(authority: UnitView, key: str, subject: str, now: datetime) -> UnitView | None:
    """The division that handles matters of this kind at the place of the authority."""
    level = "COMMUNE" if authority.ward_code else "CITY"
    try:
        return organisations.competent_unit(
            subject=subject, level=level, field=key, ward=authority.ward_code, on=city_date(now)
        ).division
    except UnitNotCompetent:
        return None
