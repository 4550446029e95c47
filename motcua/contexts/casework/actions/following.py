"""Việc đi theo người kế thừa: after an act of reorganisation open work goes to who took over.

Part by part, each in a transaction of its own, so that a killed worker goes on where it was. What
has ended stays with the unit that did it. No date moves: a clock keeps the calendar of the unit
that promised, a task its due date.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.contexts.casework import ports, queries
from motcua.contexts.casework.actions.writing import units_of
from motcua.contexts.casework.contracts import (
    CaseUnits,
    OpinionState,
    Phase,
    Seat,
    TaskKind,
)
from motcua.contexts.casework.models import Case, CaseEvent, Opinion, Task
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import NobodyHoldsRole
from motcua.kernel import db
from motcua.kernel.actors import SYSTEM, Role
from motcua.kernel.clock import city_date
from motcua.kernel.db import owns_transaction

PORTION = 500
FIRST = UUID(int=0)
CHOSEN = """
SELECT id FROM casework_case c
WHERE id > %(after)s AND phase <> %(ended)s
    AND (receiving_unit_id = ANY(%(old)s) OR competent_unit_id = ANY(%(old)s)
        OR handling_unit_id = ANY(%(old)s) OR supporting_unit_id = ANY(%(old)s)
        OR EXISTS (SELECT FROM casework_task t WHERE t.case_id = c.id
            AND t.state = ANY(%(alive)s) AND t.unit_id = ANY(%(old)s)))
ORDER BY id LIMIT %(limit)s FOR UPDATE
"""
MOVED = """
UPDATE casework_case c SET receiving_unit_id = m.receiving, competent_unit_id = m.competent,
    handling_unit_id = m.handling, supporting_unit_id = m.supporting, version = c.version + 1,
    clock = CASE WHEN c.started_at IS NULL OR c.clock ? %(calendar)s THEN c.clock
        ELSE c.clock || jsonb_build_object(%(calendar)s, c.competent_unit_id) END
FROM unnest(%(id)s::uuid[], %(receiving)s::uuid[], %(competent)s::uuid[], %(handling)s::uuid[],
    %(supporting)s::uuid[]) AS m(id, receiving, competent, handling, supporting)
WHERE c.id = m.id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """One part of the work. last: where the next begins; None when nothing was left."""

    cases: int
    tasks: int
    last: UUID | None


@owns_transaction
def follow_acts(*, after: UUID = FIRST, limit: int = PORTION, now: datetime) -> Followed:
    """Move up to `limit` open cases, with their open tasks and questions, to who took over."""
    on = city_date(now)
    cases = _chosen(after, limit, on)
    units = {case.id: _units_after(case, on) for case in cases}
    tasks = _move_tasks(cases, units, on)
    tell(cases, units, now)
    move_cases(cases, units)
    last = cases[-1].id if cases else None
    db.record(
        action="casework.follow_acts",
        subject="open cases",
        actor=SYSTEM,
        facts={"cases": len(cases), "tasks": tasks, "last": str(last)},
    )
    return Followed(cases=len(cases), tasks=tasks, last=last)


def _chosen(after: UUID, limit: int, on: date) -> list[Case]:
    asked: dict[str, Any] = {
        "after": after,
        "ended": Phase.ENDED.value,
        "old": list(organisations.succeeded(on)),
        "alive": [state.value for state in queries.ALIVE],
        "limit": limit,
    }
    return locked_cases(CHOSEN, asked)


def locked_cases(chosen: str, asked: Mapping[str, Any]) -> list[Case]:
    """The cases that the query chooses and locks, in their order."""
    with connection.cursor() as cursor:
        cursor.execute(chosen, asked)
        ids = [row[0] for row in cursor.fetchall()]
    return list(Case.objects.filter(pk__in=ids).order_by("pk"))


def _units_after(case: Case, on: date) -> CaseUnits:
    before = units_of(case)
    heirs = CaseUnits(
        organisations.heir_of(before.receiving, on),
        organisations.heir_of(before.competent, on),
        organisations.heir_of(before.handling, on),
        before.supporting and organisations.heir_of(before.supporting, on),
    )
    if replace(heirs, supporting=None) == replace(before, supporting=None):
        return heirs  # only somebody who helped or was asked is no more
    return ports.routed(case.kind, case.subject_code, heirs, on)


def _move_tasks(cases: Sequence[Case], units: dict[UUID, CaseUnits], on: date) -> int:
    """Open tasks of ended units: a step goes to its seat, a question to the heir."""
    known = {case.id: case for case in cases}
    ended = organisations.succeeded(on)
    rows = list(
        Task.objects.filter(case__in=known, state__in=queries.ALIVE, unit__in=ended).order_by("pk")
    )
    for task in rows:
        task.unit_id = _place_of(task, known[task.case_id], units[task.case_id], on)
    Task.objects.bulk_update(rows, ["unit"])
    asked = list(
        Opinion.objects.filter(
            task__in=[row.pk for row in rows], state=OpinionState.ASKED
        ).order_by("pk")
    )
    places = {task.id: task.unit_id for task in rows}
    for opinion in asked:
        opinion.unit_id = places[opinion.task_id]
    Opinion.objects.bulk_update(asked, ["unit"])
    return len(rows)


def _place_of(task: Task, case: Case, units: CaseUnits, on: date) -> UUID:
    heir = organisations.heir_of(task.unit_id, on)
    if task.kind == TaskKind.STEP:
        steps = queries.process_table(case.process_id).steps
        seat = next((step.seat for step in steps if step.key == task.step), Seat.DIVISION)
        heir = units.seat(seat)
    return place_for(heir, Role(task.role), on)


def place_for(unit_id: UUID, role: Role, on: date) -> UUID:
    """Whichever division of the unit holds the role; the unit itself where nobody does."""
    try:
        return organisations.unit_for_role(unit_id, role, on).id
    except NobodyHoldsRole:
        return unit_id  # told each morning as a place that lacks a person (`lacking_places`)


def tell(cases: Sequence[Case], units: dict[UUID, CaseUnits], now: datetime) -> None:
    CaseEvent.objects.bulk_create(
        CaseEvent(
            at=now,
            happened_at=now,
            case_id=case.id,
            serial=case.version + 1,
            kind="reorganised",
            action="reorganised",
            step=case.step,
            status=case.status,
            unit_id=units[case.id].competent,
            visible_to_party=True,
            facts=dict(_difference(units_of(case), units[case.id])),
        )
        for case in cases
    )


def _difference(before: CaseUnits, after: CaseUnits) -> Iterator[tuple[str, object]]:
    """seat: [unit before, unit after], of the seats that changed."""
    old, new = asdict(before), asdict(after)
    for name in (field.name for field in fields(CaseUnits)):
        if old[name] != new[name]:
            yield name, [str(old[name]), str(new[name])]


def move_cases(cases: Sequence[Case], units: dict[UUID, CaseUnits]) -> None:
    moved = [units[case.id] for case in cases]
    columns: dict[str, Any] = {
        field.name: [getattr(one, field.name) for one in moved] for field in fields(CaseUnits)
    }
    with connection.cursor() as cursor:
        cursor.execute(
            MOVED, columns | {"id": [case.id for case in cases], "calendar": queries.CALENDAR}
        )
