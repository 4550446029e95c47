"""Việc cần làm: what waits for the seats of an officer, as asked; what is snoozed and looked at."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from motcua.contexts.casework.contracts import InboxOrder, TaskState, TaskView
from motcua.contexts.casework.contracts.desk import SavedViewLine, Watcher
from motcua.contexts.casework.models import KeyChoice, Look, SavedView, Snooze, Task
from motcua.contexts.casework.policies import SavedViewPolicy
from motcua.contexts.casework.queries import process_table, task_view
from motcua.contexts.organisations import public as organisations
from motcua.kernel import access
from motcua.kernel.actors import Actor, Role

COLUMNS = {
    InboxOrder.DUE: "due_at",
    InboxOrder.NEWEST: "opened_at",
    InboxOrder.OLDEST: "opened_at",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxQuery:
    """Which tasks: seats are (unit, role) pairs the officer holds. `kind`: of their cases.

    `after`, `before`: keysets (moment of the order, id); `before` gives the rows nearest before
    it. `due_from`, `due_before`: half open. `unassigned`: nobody has taken it. `awake_for`: leaves
    out what this officer snoozed beyond `now`; `asleep_for`: that alone. `having`: what the
    neighbour above asks of the case, over OuterRef("case_id").
    """

    seats: tuple[tuple[UUID, Role], ...]
    kind: str
    waiting: bool = False
    assignee_id: UUID | None = None
    unassigned: bool = False
    due_from: datetime | None = None
    due_before: datetime | None = None
    step: str = ""
    subjects: tuple[str, ...] = ()
    field: str = ""
    source: str = ""
    having: tuple[Exists, ...] = ()
    awake_for: UUID | None = None
    asleep_for: UUID | None = None
    now: datetime | None = None
    order: InboxOrder = InboxOrder.DUE
    after: tuple[datetime, UUID] | None = None
    before: tuple[datetime, UUID] | None = None
    limit: int = 50


def inbox(query: InboxQuery) -> tuple[TaskView, ...]:
    """Tasks of these seats in their order: their keys along the index, then the rows."""
    keys = _keys(query, limit=query.limit)
    rows = Task.objects.select_related("case").in_bulk([task_id for _at, task_id in keys])
    found = tuple(task_view(rows[i], rows[i].case.code) for _at, i in keys if i in rows)
    return found[::-1] if query.before else found


def _keys(query: InboxQuery, *, limit: int) -> "list[tuple[datetime, UUID]]":
    """(moment of the order, id) of the tasks nearest to the keyset, nearest first.

    Each seat along its own index and no further than wanted, then merged: one condition with OR
    would read and sort all that waits.
    """
    column, downward = COLUMNS[query.order], query.order is InboxOrder.NEWEST
    if query.before:
        downward = not downward
    key = query.before or query.after
    order = _order(column, downward=downward)
    parts = []
    for unit_id, role in query.seats:
        rows = _seated(query).filter(unit_id=unit_id, role=role)
        if key:
            rows = rows.filter(_beyond(column, key, up=not downward))
        parts.append(rows.order_by(*order).values_list(column, "id")[:limit])
    if not parts:
        return []
    first, *others = parts
    return list(first.union(*others, all=True).order_by(*order)[:limit] if others else first)


def _order(column: str, *, downward: bool) -> tuple[str, str]:
    return (f"-{column}", "-id") if downward else (column, "id")


def _beyond(column: str, key: tuple[datetime, UUID], *, up: bool) -> Q:
    """The rows behind a keyset, in the one direction or the other."""
    at, last = key
    side = "gt" if up else "lt"
    further = Q(**{f"{column}__{side}": at}) | Q(**{column: at, f"id__{side}": last})
    return further & Q(**{f"{column}__{side}e": at})


def _seated(query: InboxQuery) -> "QuerySet[Task]":
    """What is asked of a task, whatever the seat."""
    state = TaskState.WAITING if query.waiting else TaskState.OPEN
    rows = Task.objects.filter(*query.having, state=state, case_kind=query.kind)
    return _of_snoozing(rows.filter(**_equals(query)), query)


def _equals(query: InboxQuery) -> dict[str, object]:
    wanted: dict[str, object] = {
        "assignee_id": query.assignee_id,
        "assignee_id__isnull": query.unassigned or None,
        "due_at__gte": query.due_from,
        "due_at__lt": query.due_before,
        "step": query.step,
        "case__subject_code__in": query.subjects,
        "case__field": query.field,
        "case__source": query.source,
    }
    return {name: value for name, value in wanted.items() if value}


def _of_snoozing(rows: "QuerySet[Task]", query: InboxQuery) -> "QuerySet[Task]":
    officer = query.awake_for or query.asleep_for
    if officer is None or query.now is None:
        return rows
    asleep = Exists(
        Snooze.objects.filter(task_id=OuterRef("pk"), officer_id=officer, until__gt=query.now)
    )
    return rows.filter(asleep if query.asleep_for else ~asleep)


def inbox_count(query: InboxQuery, *, due_before: datetime | None = None, cap: int = 1000) -> int:
    """How many, counted up to `cap`."""
    return counts_by_due(query, (due_before,) if due_before else (), cap=cap)[0]


def counts_by_due(
    query: InboxQuery, bounds: Sequence[datetime], *, cap: int = 1000
) -> tuple[int, ...]:
    """How many are due before each bound, then how many at all: one query, up to `cap` of them."""
    whole = replace(query, order=InboxOrder.DUE, after=None, before=None)
    due = [at for at, _id in _keys(whole, limit=cap)]
    return (*(bisect_left(due, bound) for bound in bounds), len(due))


def seen_versions(case_ids: Collection[UUID], officer_id: UUID) -> dict[UUID, int]:
    """The version of each case that this officer saw last; a case never opened is left out."""
    rows = Look.objects.filter(case_id__in=case_ids, officer_id=officer_id).order_by()
    return dict(rows.values_list("case_id", "version"))


def snoozed_until(
    task_ids: Collection[UUID], officer_id: UUID, now: datetime
) -> dict[UUID, datetime]:
    rows = Snooze.objects.filter(task_id__in=task_ids, officer_id=officer_id, until__gt=now)
    return dict(rows.order_by().values_list("task_id", "until"))


def watchers_of(
    case_id: UUID, *, standing: int, since: datetime, now: datetime
) -> tuple[Watcher, ...]:
    """Who has the case open since a moment, the latest first. standing: the version of now; who
    was deciding on an older one is not any more."""
    rows = Look.objects.filter(case_id=case_id, at__gte=since).order_by("-at", "pk")
    found = list(rows.values_list("officer_id", "at", "deciding_until", "version"))
    names = organisations.officers_by_id([officer_id for officer_id, *_rest in found])
    return tuple(
        Watcher(
            officer_id=officer_id,
            name=names[officer_id].full_name,
            at=at,
            deciding=until is not None and until > now and version >= standing,
        )
        for officer_id, at, until, version in found
        if officer_id in names
    )


def saved_views(actor: Actor, *, now: datetime) -> tuple[SavedViewLine, ...]:
    """One's own and those shared with one's units, by name."""
    rows = access.visible(SavedView.objects.order_by("name", "pk"), actor, SavedViewPolicy, now=now)
    return tuple(
        SavedViewLine(
            id=row.id,
            name=row.name,
            asked=row.asked,
            mine=row.officer_id == actor.officer_id,
            shared=row.unit_id is not None,
            officer_id=row.officer_id,
        )
        for row in rows
    )


def keys_off(officer_id: UUID) -> frozenset[str]:
    """The keys of the desk that this officer does not want."""
    found = KeyChoice.objects.filter(pk=officer_id).values_list("off", flat=True).first()
    return frozenset(found or ())


@dataclass(frozen=True, slots=True, kw_only=True)
class KindOfTask:
    """What stands in an inbox: of which subject and field, at which step of which table."""

    subject_code: str
    field: str
    step: str
    step_name: str


def kinds_in(query: InboxQuery, *, cap: int = 2000) -> tuple[KindOfTask, ...]:
    """Each kind once, among the tasks due next: what a filter has to offer."""
    columns = ("case__subject_code", "case__field", "step", "case__process_id")
    near = [task_id for _at, task_id in _keys(query, limit=cap)]
    rows = Task.objects.filter(pk__in=near).order_by("due_at", "id").values_list(*columns)
    return tuple(
        KindOfTask(
            subject_code=subject,
            field=field,
            step=step,
            step_name=process_table(process_id).step(step).name,
        )
        for subject, field, step, process_id in dict.fromkeys(rows)
    )
