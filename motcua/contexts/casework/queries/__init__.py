"""Reading casework: batched, ordered, without changes."""

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Func, JSONField, OuterRef, QuerySet, TextField
from django.db.models.functions import Cast

from motcua.contexts.casework.contracts import (
    CaseNotFound,
    CaseView,
    ClockDay,
    ClockSpec,
    Derivation,
    EarlierTable,
    EventView,
    MessageView,
    OpinionState,
    OpinionView,
    PauseReason,
    PauseSpan,
    Phase,
    ProcessTable,
    Silence,
    TaskKind,
    TaskState,
    TaskView,
    TimeUnit,
    Verdict,
)
from motcua.contexts.casework.models import (
    Case,
    CaseEvent,
    Message,
    Opinion,
    Pause,
    ProcessDefinition,
    Task,
)
from motcua.contexts.casework.rules import clock, projection
from motcua.contexts.casework.rules.facts import ClockFacts
from motcua.contexts.casework.rules.process import parse_table
from motcua.contexts.identity import public as identity
from motcua.contexts.organisations import public as organisations
from motcua.kernel import db
from motcua.kernel.actors import Actor, PostHeld, Role
from motcua.kernel.calendar import WorkingCalendar
from motcua.kernel.clock import city_date

CALENDAR = "calendar"  # beside the clock of a case: the unit whose calendar it keeps
ALIVE = (TaskState.OPEN, TaskState.WAITING)
SOON = 4.0  # working hours before an opinion is due
FARTHEST = timedelta(days=12)  # so many calendar hours they may be, over Tết
NOT_AT_ONCE = timedelta(hours=2)  # who was just asked needs no reminder


@lru_cache(maxsize=1024)
def process_table(process_id: UUID) -> ProcessTable:
    """The pinned table of steps; published definitions never change, so they are kept."""
    return parse_table(ProcessDefinition.objects.get(pk=process_id).table)


def clock_spec(stored: dict[str, object]) -> ClockSpec:
    return ClockSpec(
        unit=TimeUnit(str(stored["unit"])),
        value=float(str(stored["value"])),
        restart=bool(stored["restart"]),
        text=str(stored["text"]),
        citation=str(stored["citation"]),
        apology=bool(stored.get("apology", True)),
    )


def calendar_of(case: Case) -> WorkingCalendar:
    """By which its clock counts: of the unit that first was competent, whoever is by now.

    An act of reorganisation moves work, never a date (`actions/following.py`).
    """
    pinned = case.clock.get(CALENDAR)
    return organisations.calendar_of(UUID(pinned) if pinned else case.competent_unit_id)


def case_row(code: str, *, locked: bool = False) -> Case:
    """locked: until the action ends nobody else moves it. Raises: CaseNotFound."""
    rows = db.load(Case, "WHERE code = $1" + (" FOR UPDATE" if locked else ""), code)
    if not rows:
        raise CaseNotFound
    return rows[0]


def case_view(case: Case) -> CaseView:
    return CaseView(
        id=case.id,
        kind=case.kind,
        code=case.code,
        party_person_id=case.party_person_id,
        subject_code=case.subject_code,
        process_id=case.process_id,
        step=case.step,
        phase=Phase(case.phase),
        status=case.status,
        version=case.version,
        receiving_unit_id=case.receiving_unit_id,
        competent_unit_id=case.competent_unit_id,
        handling_unit_id=case.handling_unit_id,
        supporting_unit_id=case.supporting_unit_id,
        opened_at=case.opened_at,
        started_at=case.started_at,
        receive_due_at=case.receive_due_at,
        due_original=case.due_original,
        due_at=case.due_at,
        ended_at=case.ended_at,
        priority=case.priority,
        clock=clock_spec(case.clock),
        source=case.source,
        field=case.field,
        earlier=tuple(
            EarlierTable(UUID(one["process"]), datetime.fromisoformat(one["until"]))
            for one in case.earlier or ()
        ),
    )


def process_at(case: CaseView, at: datetime) -> UUID:
    """Which table the case went by at that moment."""
    return next((one.process_id for one in case.earlier if at < one.until), case.process_id)


def events_of(case: CaseView, *, party_only: bool = False) -> tuple[EventView, ...]:
    """Oldest first. The month partitions before the case was opened are not touched."""
    rows = CaseEvent.objects.filter(case_id=case.id, at__gte=case.opened_at).order_by("serial")
    if party_only:
        rows = rows.filter(visible_to_party=True)
    found = list(rows)
    names = identity.officer_names({r.actor_account_id for r in found if r.actor_account_id})
    return tuple(_event_view(row, names) for row in found)


def _event_view(row: CaseEvent, names: dict[UUID, str]) -> EventView:
    name = names.get(row.actor_account_id, "") if row.actor_account_id else ""
    return EventView(
        id=row.id,
        serial=row.serial,
        kind=row.kind,
        at=row.at,
        happened_at=row.happened_at,
        actor_name=name,
        actor_account_id=row.actor_account_id,
        unit_id=row.unit_id,
        on_behalf_of=row.on_behalf_of,
        step=row.step,
        action=row.action,
        status=row.status,
        visible_to_party=row.visible_to_party,
        note=row.note or "",
        facts=row.facts,
    )


def task_view(task: Task, case_code: str) -> TaskView:
    return TaskView(
        id=task.id,
        case_id=task.case_id,
        case_code=case_code,
        kind=TaskKind(task.kind),
        step=task.step,
        unit_id=task.unit_id,
        role=Role(task.role),
        assignee_id=task.assignee_id,
        state=TaskState(task.state),
        opened_at=task.opened_at,
        due_at=task.due_at,
        closed_at=task.closed_at,
        closed_by=task.closed_by,
    )


def tasks_of(case: CaseView) -> tuple[TaskView, ...]:
    """All tasks of a case, oldest first: the lines of its control slip (Form 06)."""
    rows = Task.objects.filter(case_id=case.id).order_by("opened_at", "id")
    return tuple(task_view(row, case.code) for row in rows)


def post_for(task: TaskView, actor: Actor, *, on: date) -> PostHeld | None:
    """The post that lets this actor do the task; own posts first.

    A task given to somebody is theirs and their substitute's. It is everybody's again when that
    one neither holds the post nor stands in for its holder any more.
    """
    fitting = [p for p in actor.posts if p.unit_id == task.unit_id and p.role is task.role]
    given = task.assignee_id
    if given is not None and is_held(task, given, on=on):
        fitting = [p for p in fitting if given in {actor.officer_id, p.substituting_for}]
    return min(fitting, key=lambda p: p.substituting_for is not None, default=None)


def is_held(task: TaskView, officer_id: UUID, *, on: date) -> bool:
    """Whether this officer may sit where the task is to be done, that day."""
    posts = organisations.posts_of(officer_id, on)
    return any(p.unit_id == task.unit_id and p.role is task.role for p in posts)


def opinions_of(case_id: UUID) -> tuple[OpinionView, ...]:
    rows = Opinion.objects.filter(case_id=case_id).order_by("asked_at", "id")
    return tuple(
        OpinionView(
            id=row.id,
            task_id=row.task_id,
            unit_id=row.unit_id,
            question=row.question,
            due_at=row.due_at,
            silence=Silence(row.silence),
            state=OpinionState(row.state),
            verdict=Verdict(row.verdict) if row.verdict else None,
            text=row.text or "",
            answered_at=row.answered_at,
            longer_hours=row.longer_hours,
            longer_reason=row.longer_reason or "",
            longer_granted=row.longer_granted,
        )
        for row in rows
    )


def pauses_of(case_id: UUID) -> tuple[PauseSpan, ...]:
    return tuple(
        pause_span(p) for p in Pause.objects.filter(case_id=case_id).order_by("started_at")
    )


def pause_span(pause: Pause) -> PauseSpan:
    return PauseSpan(
        reason=PauseReason(pause.reason),
        started_at=pause.started_at,
        ended_at=pause.ended_at,
        evidence=pause.evidence,
        citation=pause.citation,
    )


def messages_of(case_id: UUID, *, limit: int = 100) -> tuple[MessageView, ...]:
    """The newest messages of the thread, oldest of them first."""
    rows = list(Message.objects.filter(case_id=case_id).order_by("-at", "-id")[:limit])
    names = identity.officer_names({row.author_account_id for row in rows})
    return tuple(
        MessageView(
            id=row.id,
            at=row.at,
            from_party=row.from_party,
            author_name=names.get(row.author_account_id, ""),
            text=row.text,
            file_ids=tuple(UUID(f) for f in row.file_ids),
        )
        for row in reversed(rows)
    )


def unanswered(case_ids: Collection[UUID]) -> frozenset[UUID]:
    """Cases whose newest message is from the party: somebody waits for an answer."""
    newest = (
        Message.objects.filter(case_id__in=case_ids)
        .order_by("case_id", "-at", "-id")
        .distinct("case_id")
        .values_list("case_id", "from_party")
    )
    return frozenset(case_id for case_id, from_party in newest if from_party)


def _facts_of(case: Case, pauses: tuple[PauseSpan, ...]) -> ClockFacts:
    return ClockFacts(
        started_at=case.started_at,
        pauses=pauses,
        extended_to=case.extended_to,
        extended_at=case.extended_at,
        ended_at=case.ended_at,
    )


def due_if_resumed(case: Case, *, at: datetime) -> datetime | None:
    """The due date if the open pause ended then; None while nothing stands still."""
    pauses = pauses_of(case.id)
    if all(pause.ended_at for pause in pauses):
        return None
    ended = tuple(dataclasses.replace(pause, ended_at=pause.ended_at or at) for pause in pauses)
    calendar = calendar_of(case)
    return clock.due_with_pauses(clock_spec(case.clock), _facts_of(case, ended), calendar)


def clock_of(case: Case, *, as_of: datetime) -> tuple[Derivation, tuple[ClockDay, ...]]:
    """The due date, explained, and the days between, as known at `as_of`."""
    pauses = pauses_of(case.id)
    calendar = calendar_of(case)
    facts = _facts_of(case, pauses)
    derivation = clock.derive(clock_spec(case.clock), facts, calendar, as_of=as_of)
    days = clock.days_of(derivation, pauses, calendar, today=city_date(as_of))
    return derivation, days


def codes_of(case_ids: Iterable[UUID]) -> dict[UUID, str]:
    return dict(Case.objects.filter(pk__in=list(case_ids)).order_by().values_list("id", "code"))


def cases_by_code(codes: Sequence[str]) -> dict[str, CaseView]:
    rows = Case.objects.filter(code__in=list(codes)).order_by("code")
    return {row.code: case_view(row) for row in rows}


def case_row_by_id(case_id: UUID) -> Case:
    """Raises: CaseNotFound."""
    case = Case.objects.filter(pk=case_id).first()
    if case is None:
        raise CaseNotFound
    return case


def opinions_past_due(now: datetime, *, limit: int) -> tuple[UUID, ...]:
    rows = Opinion.objects.filter(state=OpinionState.ASKED, due_at__lt=now).order_by("due_at")
    return tuple(rows.values_list("id", flat=True)[:limit])


def opinions_due_soon(now: datetime, *, limit: int) -> tuple[UUID, ...]:
    """Asked, not reminded of, and due within `SOON` working hours of the asked unit."""
    rows = Opinion.objects.filter(
        state=OpinionState.ASKED,
        reminded_at=None,
        due_at__gt=now,
        due_at__lt=now + FARTHEST,
        asked_at__lt=now - NOT_AT_ONCE,
    )
    found = rows.order_by("due_at", "id").values_list("id", "unit_id", "due_at")[:limit]
    return tuple(
        opinion
        for opinion, unit, due in found
        if organisations.calendar_of(unit).add_hours(now, SOON) >= due
    )


def open_work(unit_ids: Collection[UUID]) -> dict[UUID, int]:
    """How many open tasks each of these units has."""
    rows = Task.objects.filter(unit_id__in=unit_ids, state__in=ALIVE)
    counted = rows.values("unit_id").annotate(tasks=Count("pk")).order_by()
    return dict(counted.values_list("unit_id", "tasks"))


def opinion_asked_of(unit_ids: Collection[UUID], *, case: str = "case_id") -> Exists:
    """Predicate over a table that has a case: one of these units is or was asked about it."""
    asked = Task.objects.filter(case_id=OuterRef(case), unit_id__in=unit_ids, kind=TaskKind.OPINION)
    return Exists(asked.exclude(state=TaskState.CANCELLED))


def file_was_sent(
    *, in_cases: "QuerySet[Any, Any] | None" = None, by_account: UUID | None = None
) -> Exists:
    """Predicate over a table of files: sent in a thread; of these cases, by this account."""
    this_one = Func(
        Cast(OuterRef("pk"), TextField()), function="jsonb_build_array", output_field=JSONField()
    )
    rows = Message.objects.filter(file_ids__contains=this_one)
    if in_cases is not None:
        rows = rows.filter(case_id__in=in_cases)
    if by_account is not None:
        rows = rows.filter(author_account_id=by_account)
    return Exists(rows)


def case_count() -> int:
    return Case.objects.count()


def case_batches(size: int) -> Iterator[tuple[UUID, ...]]:
    """Ids of all cases in their order, by keyset, so that a long run holds nothing open."""
    last = UUID(int=0)
    while batch := tuple(
        Case.objects.filter(pk__gt=last).order_by("pk").values_list("id", flat=True)[:size]
    ):
        yield batch
        last = batch[-1]


def deviating(case_ids: Sequence[UUID]) -> Iterator[tuple[Case, dict[str, object]]]:
    """Cases whose columns differ from what their events say, with the columns as they should be."""
    rows = list(Case.objects.filter(pk__in=list(case_ids)).order_by("pk"))
    told = _happened(rows)
    for case in rows:
        calendar = calendar_of(case)
        found = projection.standing(told.get(case.id, ()), clock_spec(case.clock), calendar)
        if found is None:
            continue
        should = {f.name: getattr(found, f.name) for f in dataclasses.fields(found)}
        wrong = {name: value for name, value in should.items() if getattr(case, name) != value}
        if wrong:
            yield case, wrong


def deviating_codes(case_ids: Sequence[UUID]) -> list[str]:
    return [case.code for case, _wrong in deviating(case_ids)]


def _happened(cases: Sequence[Case]) -> dict[UUID, list[projection.Happened]]:
    if not cases:
        return {}
    rows = CaseEvent.objects.filter(
        case_id__in=[case.id for case in cases], at__gte=min(case.opened_at for case in cases)
    )
    told: dict[UUID, list[projection.Happened]] = {}
    columns = ("case_id", "serial", "kind", "happened_at", "step", "status", "facts")
    for case_id, serial, kind, at, step, status, facts in rows.order_by(
        "case_id", "serial"
    ).values_list(*columns):
        event = projection.Happened(
            serial=serial, kind=kind, at=at, step=step, status=status, facts=facts
        )
        told.setdefault(case_id, []).append(event)
    return told


@lru_cache(maxsize=1)
def step_names() -> dict[str, str]:
    """What each key of a step is called in the newest table that has it."""
    tables = ProcessDefinition.objects.order_by("published_at", "pk").values_list("pk", flat=True)
    return {step.key: step.name for pk in tables for step in process_table(pk).steps}
