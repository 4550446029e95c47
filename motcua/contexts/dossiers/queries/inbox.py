"""Việc của tôi: the inbox of an officer's posts as asked; keyset pages, capped counts."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import InboxOrder, TaskView
from motcua.contexts.dossiers.contracts import (
    DossierLine,
    InboxCounts,
    InboxFilter,
    InboxGroup,
    LinePage,
)
from motcua.contexts.dossiers.models import Dossier
from motcua.contexts.dossiers.queries.lines import lines
from motcua.contexts.dossiers.queries.lists import joined, split
from motcua.contexts.organisations import public as organisations
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import city_time, start_of_day

CAP = 1000
A_DAY = timedelta(days=1)


def inbox(
    actor: Actor,
    wanted: InboxFilter,
    *,
    now: datetime,
    after: str = "",
    before: str = "",
    limit: int = 50,
) -> LinePage:
    """Việc cần làm of the actor's posts in the order asked: seven queries, whatever the depth.

    after, before: the keysets of a neighbouring page.
    """
    query = replace(
        query_of(actor, wanted, now),
        after=split(after) if after else None,
        before=split(before) if before else None,
        limit=limit + 1,
    )
    found = casework.inbox(query)
    more = len(found) > limit
    tasks = (found[-limit:] if before else found[:limit]) if more else found
    return LinePage(
        lines=_task_lines(tasks, actor, now),
        older=key_of(tasks[-1], wanted.order) if tasks and (more or before) else "",
        newer=key_of(tasks[0], wanted.order) if tasks and (more if before else after) else "",
    )


def query_of(actor: Actor, wanted: InboxFilter, now: datetime) -> casework.InboxQuery:
    """What casework is asked for. Of what one snoozed only the list of it tells."""
    due_from, due_before = _due(wanted, now)
    return casework.InboxQuery(
        seats=_seats(actor, wanted),
        kind="dossier",
        waiting=wanted.waiting,
        assignee_id=actor.officer_id if wanted.mine_only else wanted.holder_id,
        unassigned=wanted.unassigned,
        due_from=due_from,
        due_before=due_before,
        step=wanted.step,
        subjects=wanted.procedures,
        field=wanted.field,
        source=wanted.source or "",
        having=_having(wanted),
        awake_for=None if wanted.asleep else actor.officer_id,
        asleep_for=actor.officer_id if wanted.asleep else None,
        now=now,
        order=wanted.order,
    )


def _seats(actor: Actor, wanted: InboxFilter) -> tuple[tuple[UUID, Role], ...]:
    return tuple(
        dict.fromkeys(
            (post.unit_id, post.role)
            for post in actor.posts
            if (wanted.role is None or post.role is wanted.role)
            and (wanted.unit_id is None or post.unit_id == wanted.unit_id)
        )
    )


def _due(wanted: InboxFilter, now: datetime) -> tuple[datetime | None, datetime | None]:
    """The later beginning and the earlier end of what the group and the days say."""
    begins, ends = (
        {
            InboxGroup.OVERDUE: (None, now),
            InboxGroup.TODAY: (now, tonight(now)),
            InboxGroup.WEEK: (tonight(now), weekend(now)),
            InboxGroup.LATER: (max(tonight(now), weekend(now)), None),
        }.get(wanted.group, (None, None))
        if wanted.group
        else (None, None)
    )
    first = start_of_day(wanted.due_from) if wanted.due_from else None
    last = start_of_day(wanted.due_to) + A_DAY if wanted.due_to else None
    return (
        max(filter(None, (begins, first)), default=None),
        min(filter(None, (ends, last)), default=None),
    )


def _having(wanted: InboxFilter) -> tuple[Exists, ...]:
    """What only the dossier knows. The seats stay the ground for seeing a row."""
    asked: dict[str, object] = {}
    if wanted.ward:
        asked["ward_code"] = wanted.ward
    if wanted.supplements:
        asked["supplements__gte"] = wanted.supplements
    if not asked:
        return ()
    return (Exists(Dossier.objects.filter(case_id=OuterRef("case_id"), **asked)),)


def tonight(now: datetime) -> datetime:
    """The end of the city's day."""
    return start_of_day(city_time(now).date()) + A_DAY


def weekend(now: datetime) -> datetime:
    """The end of the city's week, when Monday begins."""
    today = city_time(now).date()
    return start_of_day(today) + (7 - today.weekday()) * A_DAY


def key_of(task: TaskView, order: InboxOrder = InboxOrder.DUE) -> str:
    """The keyset of a task in the inbox."""
    return joined(task.due_at if order is InboxOrder.DUE else task.opened_at, task.id)


def next_in_inbox(actor: Actor, wanted: InboxFilter, *, now: datetime, after: str) -> str:
    """The code of the dossier to do next: the one behind, else the first; "" when all is done."""
    query = query_of(actor, wanted, now)
    for key in (after, "") if after else ("",):
        found = casework.inbox(replace(query, after=split(key) if key else None, limit=1))
        if found:
            return found[0].case_code
    return ""


def _task_lines(
    tasks: tuple[TaskView, ...], actor: Actor, now: datetime
) -> tuple[DossierLine, ...]:
    """In the order of the tasks; the seats of the actor are the ground for seeing them."""
    by_case = {task.case_id: task for task in tasks}
    made = {line.code: line for line in lines(_rows(by_case), now=now, tasks=by_case)}
    waiting = casework.unanswered(list(by_case))
    holders = organisations.officers_by_id({t.assignee_id for t in tasks if t.assignee_id})
    versions: dict[UUID, int] = {}
    asleep: dict[UUID, datetime] = {}
    if actor.officer_id:
        versions = casework.seen_versions(list(by_case), actor.officer_id)
        asleep = casework.snoozed_until([task.id for task in tasks], actor.officer_id, now)
    return tuple(
        replace(
            made[task.case_code],
            task=task,
            unanswered=task.case_id in waiting,
            unread=versions.get(task.case_id, 0) < made[task.case_code].version,
            holder=holders[task.assignee_id].full_name if task.assignee_id in holders else "",
            snoozed_until=asleep.get(task.id),
        )
        for task in tasks
        if task.case_code in made
    )


def _rows(by_case: dict[UUID, TaskView]) -> list[Dossier]:
    rows = Dossier.objects.select_related("case").filter(case_id__in=list(by_case))
    return list(rows.order_by("pk"))


def inbox_counts(actor: Actor, *, now: datetime, wanted: InboxFilter | None = None) -> InboxCounts:
    """Numbers for the rail and the groups, each counted up to a cap: two queries."""
    asked = replace(wanted or InboxFilter(), waiting=False, group=None)
    query = query_of(actor, asked, now)
    bounds = (now, tonight(now), max(tonight(now), weekend(now)))
    overdue, today, week, every = casework.counts_by_due(query, bounds, cap=CAP)
    waiting = casework.inbox_count(replace(query, waiting=True), cap=CAP)
    return InboxCounts(
        overdue=overdue,
        today=today - overdue,
        week=week - today,
        open=every,
        waiting=waiting,
        capped=max(every, waiting) >= CAP,
    )


def kinds_in_inbox(actor: Actor, *, now: datetime) -> tuple[casework.KindOfTask, ...]:
    """What the filter of the inbox has to offer."""
    open_now = query_of(actor, InboxFilter(), now)
    return tuple(
        dict.fromkeys(
            casework.kinds_in(open_now) + casework.kinds_in(replace(open_now, waiting=True))
        )
    )
