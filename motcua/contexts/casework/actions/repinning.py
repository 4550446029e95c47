"""Sang bảng bước khác: open cases go on by another table; nothing of their past changes.

No date moves: the clock, every due date and what was promised stay as they are. The caller locks
the cases first, and knows why each may go.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from motcua.contexts.casework import queries
from motcua.contexts.casework.actions.writing import announce_task
from motcua.contexts.casework.contracts import CaseUnits, CaseView, Phase, TaskKind
from motcua.contexts.casework.contracts.repinning import NoWay, Place, StandingCase
from motcua.contexts.casework.models import Case, CaseEvent, Task
from motcua.contexts.casework.rules import repinning as rules
from motcua.contexts.organisations import public as organisations
from motcua.kernel.actors import Actor
from motcua.kernel.db import joins_transaction

MOVED = """
UPDATE casework_case c SET process_id = m.process, step = m.step, version = c.version + 1,
    earlier = COALESCE(c.earlier, '[]'::jsonb)
        || jsonb_build_object('process', c.process_id, 'until', %(until)s::text)
FROM unnest(%(id)s::uuid[], %(process)s::uuid[], %(step)s::text[]) AS m(id, process, step)
WHERE c.id = m.id
"""


def standing_cases(case_ids: Collection[UUID], *, locked: bool = False) -> dict[UUID, StandingCase]:
    """locked: until the action ends nobody else moves them."""
    rows = Case.objects.filter(pk__in=case_ids).order_by("pk")
    found = list(rows.select_for_update() if locked else rows)
    alive = Task.objects.filter(case__in=case_ids, kind=TaskKind.STEP, state__in=queries.ALIVE)
    tasks = {task.case_id: task for task in alive.order_by("pk")}
    return {
        case.id: StandingCase(
            view=queries.case_view(case),
            task=queries.task_view(tasks[case.id], case.code) if case.id in tasks else None,
        )
        for case in found
    }


def place_in(
    standing: StandingCase, process_id: UUID, by_hand: Mapping[str, str], *, on: date
) -> Place | NoWay:
    """Where the case would go on in that table, with whom; or why it may not."""
    case, task = standing.view, standing.task
    if case.phase is Phase.ENDED or task is None:
        return NoWay.ENDED
    old, new = queries.process_table(case.process_id), queries.process_table(process_id)
    target = rules.target_of(new, case.step, dict(by_hand))
    if target is None:
        return NoWay.NO_PLACE
    forbidden = rules.no_way(case.phase, case.step, old, new, target)
    if forbidden:
        return forbidden
    here = old.step(case.step)
    same = (here.seat, here.role) == (target.seat, target.role)
    unit_id = task.unit_id if same else seats_of(case).seat(target.seat)
    able = {one.id for one in organisations.holders_of(unit_id, target.role, on)}
    if not able:
        return NoWay.NOBODY
    return Place(
        case_id=case.id,
        process_id=process_id,
        step=target.key,
        unit_id=unit_id,
        role=target.role,
        assignee_id=task.assignee_id if same or task.assignee_id in able else None,
    )


@joins_transaction
def repin(
    places: Sequence[Place], *, facts: Mapping[str, object], actor: Actor, now: datetime
) -> None:
    """Let these locked cases go on there, one event each, in as many statements for any number."""
    rows = {case.id: case for case in Case.objects.filter(pk__in=[p.case_id for p in places])}
    _tell(places, rows, facts, actor, now)
    _move_tasks(places, rows, now)
    with connection.cursor() as cursor:
        cursor.execute(
            MOVED,
            {
                "until": now.isoformat(),
                "id": [place.case_id for place in places],
                "process": [place.process_id for place in places],
                "step": [place.step for place in places],
            },
        )


def _tell(
    places: Sequence[Place],
    rows: Mapping[UUID, Case],
    facts: Mapping[str, object],
    actor: Actor,
    now: datetime,
) -> None:
    CaseEvent.objects.bulk_create(
        CaseEvent(
            at=now,
            happened_at=now,
            case_id=place.case_id,
            serial=rows[place.case_id].version + 1,
            kind="migrated",
            action="migrated",
            step=place.step,
            status=rows[place.case_id].status,
            actor_account_id=actor.account_id,
            unit_id=rows[place.case_id].competent_unit_id,
            visible_to_party=True,
            facts={**facts, "from": rows[place.case_id].step},
        )
        for place in places
    )


def _move_tasks(places: Sequence[Place], rows: Mapping[UUID, Case], now: datetime) -> None:
    """The open step is re-seated; what other units were asked waits under its new name."""
    known = {place.case_id: place for place in places}
    tasks = list(Task.objects.filter(case__in=known, state__in=queries.ALIVE).order_by("pk"))
    for task in tasks:
        place = known[task.case_id]
        task.step = place.step
        if task.kind != TaskKind.STEP:
            continue
        is_new = (task.unit_id, task.role) != (place.unit_id, place.role)
        task.unit_id, task.role, task.assignee_id = place.unit_id, place.role, place.assignee_id
        if is_new:
            announce_task(task, rows[task.case_id].code, now)
    Task.objects.bulk_update(tasks, ["step", "unit", "role", "assignee"])


def seats_of(case: CaseView) -> CaseUnits:
    return CaseUnits(
        case.receiving_unit_id,
        case.competent_unit_id,
        case.handling_unit_id,
        case.supporting_unit_id,
    )
