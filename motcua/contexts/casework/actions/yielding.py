"""Việc đi theo thẩm quyền: open cases go over where an act moved competence and ended no unit.

Part by part like `following.py`, and as little: whoever promised keeps the calendar, no date moves.
What was signed already is finished by whoever signed it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count

from motcua.contexts.casework import ports, queries
from motcua.contexts.casework.actions.following import (
    FIRST,
    PORTION,
    Followed,
    locked_cases,
    move_cases,
    place_for,
    tell,
)
from motcua.contexts.casework.actions.writing import units_of
from motcua.contexts.casework.contracts import OPEN_PHASES, CaseUnits, Seat, TaskKind
from motcua.contexts.casework.models import Case, Task
from motcua.contexts.casework.rules.process import ways_unsigned
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import Shift, Shifted
from motcua.kernel import db
from motcua.kernel.actors import SYSTEM, Role
from motcua.kernel.clock import city_date
from motcua.kernel.db import owns_transaction

SHOWN = 50  # codes of a shift
CHOSEN = """
SELECT id FROM casework_case WHERE id > %(after)s AND phase = ANY(%(open)s)
    AND (competent_unit_id, handling_unit_id)
        IN (SELECT * FROM unnest(%(authorities)s::uuid[], %(divisions)s::uuid[]))
ORDER BY id LIMIT %(limit)s FOR UPDATE
"""


def affected(shifts: Sequence[Shift], on: date) -> tuple[Shifted, ...]:
    """Which open cases each shift is about; asked once the new competence is written."""
    found: dict[Shift, list[str]] = {shift: [] for shift in shifts}
    counted = dict.fromkeys(shifts, 0)
    columns = ("kind", "subject_code", "process_id", "step", *_UNITS)
    for group in _open_of(shifts).values(*columns).annotate(cases=Count("pk")).order_by(*columns):
        shift = _shift_of(_case_like(group), shifts, on)
        if shift is None:
            continue
        counted[shift] += group.pop("cases")
        if len(found[shift]) < SHOWN:
            codes = Case.objects.filter(phase__in=OPEN_PHASES, **group).order_by("code")
            found[shift] += codes.values_list("code", flat=True)[:SHOWN]
    return tuple(
        Shifted(shift=one, cases=counted[one], codes=tuple(sorted(found[one])[:SHOWN]))
        for one in shifts
    )


_UNITS = ("receiving_unit_id", "competent_unit_id", "handling_unit_id", "supporting_unit_id")


def _open_of(shifts: Sequence[Shift]) -> Any:
    return Case.objects.filter(
        phase__in=OPEN_PHASES,
        competent_unit__in={one.old_authority for one in shifts},
        handling_unit__in={one.old_division for one in shifts},
    )


def _case_like(group: dict[str, Any]) -> Case:
    return Case(**{name: value for name, value in group.items() if name != "cases"})


@owns_transaction
def follow_competence(*, after: UUID = FIRST, limit: int = PORTION, now: datetime) -> Followed:
    """Move up to `limit` open cases, with their open step, to whoever decides them by now."""
    on = city_date(now)
    shifts = organisations.shifts_to_pass(on)
    looked = _locked(shifts, after, limit)
    moved = list(_moved(looked, shifts, on))
    cases, units = [case for case, _units in moved], {case.id: u for case, u in moved}
    tasks = _move_tasks(cases, units, on)
    tell(cases, units, now)
    move_cases(cases, units)
    last = looked[-1].id if looked else None
    db.record(
        action="casework.follow_competence",
        subject="open cases",
        actor=SYSTEM,
        facts={"cases": len(cases), "tasks": tasks, "last": str(last)},
    )
    return Followed(cases=len(cases), tasks=tasks, last=last)


def _locked(shifts: Sequence[Shift], after: UUID, limit: int) -> list[Case]:
    asked: dict[str, Any] = {
        "after": after,
        "open": [phase.value for phase in OPEN_PHASES],
        "authorities": [one.old_authority for one in shifts],
        "divisions": [one.old_division for one in shifts],
        "limit": limit,
    }
    return locked_cases(CHOSEN, asked)


def _moved(
    cases: Sequence[Case], shifts: Sequence[Shift], on: date
) -> Iterator[tuple[Case, CaseUnits]]:
    for case in cases:
        shift = _shift_of(case, shifts, on)
        if shift is not None:
            units = units_of(case)
            yield (
                case,
                replace(units, competent=shift.new_authority, handling=shift.new_division),
            )


def _shift_of(case: Case, shifts: Sequence[Shift], on: date) -> Shift | None:
    """The shift that this case is about: of its units, and the one that decides it by now."""
    pair = (case.competent_unit_id, case.handling_unit_id)
    ours = [one for one in shifts if (one.old_authority, one.old_division) == pair]
    if not ours or ways_unsigned(queries.process_table(case.process_id), case.step):
        return None
    after = ports.routed(case.kind, case.subject_code, units_of(case), on)
    goal = (after.competent, after.handling)
    fitting = [
        one
        for one in ours
        if (one.new_authority, one.new_division) == goal
        and one.procedure_code in {"", case.subject_code}
        and one.agency_key in {"", ports.key_of(case.kind, case.subject_code, on)}
    ]
    return max(fitting, key=lambda one: one.procedure_code, default=None)


def _move_tasks(cases: Sequence[Case], units: dict[UUID, CaseUnits], on: date) -> int:
    """The open step of the seats that moved; whoever had it keeps it only if they sit there."""
    known = {case.id: case for case in cases}
    rows = list(
        Task.objects.filter(case__in=known, state__in=queries.ALIVE, kind=TaskKind.STEP).order_by(
            "pk"
        )
    )
    moved = []
    for task in rows:
        table = queries.process_table(known[task.case_id].process_id)
        seat = table.step(task.step).seat
        if seat not in {Seat.DIVISION, Seat.AUTHORITY}:
            continue
        task.unit_id = place_for(units[task.case_id].seat(seat), Role(task.role), on)
        able = organisations.holders_of(task.unit_id, Role(task.role), on)
        if task.assignee_id not in {one.id for one in able}:
            task.assignee_id = None
        moved.append(task)
    Task.objects.bulk_update(moved, ["unit", "assignee"])
    return len(moved)
