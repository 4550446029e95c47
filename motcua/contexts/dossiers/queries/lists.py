"""Lists of dossiers: of an applicant, of a desk; keyset pages, capped counts, one policy."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import TaskView
from motcua.contexts.dossiers.contracts import (
    DossierLine,
    InboxCounts,
    InboxFilter,
    InboxGroup,
    LinePage,
)
from motcua.contexts.dossiers.models import Dossier
from motcua.contexts.dossiers.policies import DossierPolicy
from motcua.contexts.dossiers.queries.lines import lines
from motcua.contexts.dossiers.queries.one import not_found
from motcua.contexts.identity import public as identity
from motcua.kernel import access, reasons
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import CITY_TZ, city_time
from motcua.kernel.codes import DossierCode, PersonalNumber

CAP = 1000


def visible_rows(actor: Actor, now: datetime) -> "QuerySet[Dossier]":
    return access.visible(Dossier.objects.select_related("case"), actor, DossierPolicy, now=now)


def mine(actor: Actor, *, now: datetime, before: str = "", limit: int = 20) -> LinePage:
    """The applicant's dossiers, newest first. `before`: keyset of the page before."""
    party = actor.party_ids
    if not party:
        return LinePage(lines=())
    rows = (
        visible_rows(actor, now)
        .filter(applicant_person_id__in=party, case__party_person_id__in=party)
        .order_by("-case__opened_at", "-case_id")
    )
    if before:
        at, last = _split(before)
        rows = rows.filter(case__opened_at__lte=at).exclude(case__opened_at=at, case_id__gte=last)
    found = list(rows[: limit + 1])
    page = found[:limit]
    older = _join(page[-1].case.opened_at, page[-1].case_id) if len(found) > limit else ""
    return LinePage(lines=lines(page, now=now), older=older)


def one_line(code: str, actor: Actor, *, now: datetime) -> DossierLine:
    """One's own, as a line of the list. Raises: DossierNotFound."""
    row = visible_rows(actor, now).filter(code=code).first()
    if row is None:
        raise not_found()
    return lines([row], now=now)[0]


def _join(at: datetime, last: UUID) -> str:
    return f"{at.timestamp():.6f}_{last}"


def _split(key: str) -> tuple[datetime, UUID]:
    """A broken key starts from the beginning of time: an empty page, never an error page."""
    at, _, last = key.partition("_")
    try:
        moment = datetime.fromtimestamp(float(at), tz=CITY_TZ)
        return moment, UUID(last)
    except (ValueError, OverflowError, OSError):
        return datetime(1970, 1, 2, tzinfo=CITY_TZ), UUID(int=0)


def _seats(actor: Actor, wanted: InboxFilter) -> tuple[tuple[UUID, Role], ...]:
    return tuple(
        dict.fromkeys(
            (post.unit_id, post.role)
            for post in actor.posts
            if (wanted.role is None or post.role is wanted.role)
            and (wanted.unit_id is None or post.unit_id == wanted.unit_id)
        )
    )


def inbox(
    actor: Actor,
    wanted: InboxFilter,
    *,
    now: datetime,
    after: str = "",
    before: str = "",
    limit: int = 50,
) -> LinePage:
    """Việc cần làm of the actor's posts, next due first: four queries, whatever the depth.

    after, before: the keysets of a neighbouring page.
    """
    found = casework.inbox(
        casework.InboxQuery(
            seats=_seats(actor, wanted),
            kind="dossier",
            waiting=wanted.waiting,
            assignee_id=actor.officer_id if wanted.mine_only else None,
            due_from=now if wanted.group is InboxGroup.TODAY else None,
            due_before=_due_before(wanted, now),
            after=_split(after) if after else None,
            before=_split(before) if before else None,
            limit=limit + 1,
        )
    )
    more = len(found) > limit
    tasks = (found[-limit:] if before else found[:limit]) if more else found
    return LinePage(
        lines=_task_lines(tasks, now),
        older=key_of(tasks[-1]) if tasks and (more or before) else "",
        newer=key_of(tasks[0]) if tasks and (more if before else after) else "",
    )


def _due_before(wanted: InboxFilter, now: datetime) -> datetime | None:
    if wanted.group is InboxGroup.OVERDUE:
        return now
    return tonight(now) if wanted.group is InboxGroup.TODAY else None


def tonight(now: datetime) -> datetime:
    """The end of the city's day."""
    return city_time(now).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def key_of(task: TaskView) -> str:
    """The keyset of a task in the inbox."""
    return _join(task.due_at, task.id)


def next_in_inbox(actor: Actor, wanted: InboxFilter, *, now: datetime, after: str) -> str:
    """The code of the dossier to do next: the one behind, else the first; "" when all is done."""
    for key in (after, "") if after else ("",):
        found = inbox(actor, wanted, now=now, after=key, limit=1).lines
        if found:
            return found[0].code
    return ""


def _task_lines(tasks: tuple[TaskView, ...], now: datetime) -> tuple[DossierLine, ...]:
    """In the order of the tasks; the seats of the actor are the ground for seeing them."""
    by_case = {task.case_id: task for task in tasks}
    rows = Dossier.objects.select_related("case").filter(case_id__in=list(by_case)).order_by("pk")
    waiting = casework.unanswered(list(by_case))
    made = {line.code: line for line in lines(list(rows), now=now, tasks=by_case)}
    return tuple(
        replace(made[task.case_code], task=task, unanswered=task.case_id in waiting)
        for task in tasks
        if task.case_code in made
    )


def inbox_counts(actor: Actor, *, now: datetime) -> InboxCounts:
    """Numbers for the rail, each counted up to a cap."""
    seats = _seats(actor, InboxFilter())
    query = casework.InboxQuery(seats=seats, kind="dossier")
    waiting = casework.InboxQuery(seats=seats, kind="dossier", waiting=True)
    counted = {
        "overdue": casework.inbox_count(query, due_before=now, cap=CAP),
        "today": casework.inbox_count(query, due_before=tonight(now), cap=CAP),
        "open": casework.inbox_count(query, cap=CAP),
        "waiting": casework.inbox_count(waiting, cap=CAP),
    }
    return InboxCounts(
        overdue=counted["overdue"],
        today=max(counted["today"] - counted["overdue"], 0),
        open=counted["open"],
        waiting=counted["waiting"],
        capped=max(counted.values()) >= CAP,
    )


def find(text: str, actor: Actor, *, now: datetime, limit: int = 20) -> tuple[DossierLine, ...]:
    """By exact dossier code, or all dossiers of a personal number, as far as the actor may see."""
    rows = visible_rows(actor, now).order_by("-case__opened_at", "-case_id")
    if DossierCode.parses(text):
        rows = rows.filter(code=DossierCode(text))
    elif PersonalNumber.parses(text):
        people = identity.people_with_number(PersonalNumber(text))
        rows = rows.filter(applicant_person_id__in=people)
    else:
        return ()
    found = list(rows[:limit])
    return named_where_open(lines(found, now=now), found, actor, now=now)


def named_where_open(
    made: Sequence[DossierLine], rows: Sequence[Dossier], actor: Actor, *, now: datetime
) -> tuple[DossierLine, ...]:
    """Who sees a dossier only by watching the city reads initials until a reason is kept."""
    if not reasons.watches(actor, DossierPolicy, now=now):
        return tuple(made)
    seen = Dossier.objects.filter(pk__in=[row.pk for row in rows])
    opened = reasons.opened(seen, actor, DossierPolicy, now=now)
    codes = set(opened.values_list("code", flat=True))
    return tuple(line if line.code in codes else masked(line) for line in made)


def masked(line: DossierLine) -> DossierLine:
    return replace(line, applicant_name=initials(line.applicant_name))


def initials(name: str) -> str:
    """«Nguyễn Thị Ánh Tuyết» as «N. T. Á. T.»."""
    return " ".join(f"{word[0]}." for word in name.split() if word[0] != ".")
