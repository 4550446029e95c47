"""Questions about requests: lists, one whole, what is stopped."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import CaseView, Phase, TaskView
from motcua.contexts.documents import public as documents
from motcua.contexts.identity import public as identity
from motcua.contexts.privacy.contracts import (
    KIND,
    FileLink,
    Outcome,
    RequestLine,
    RequestNotFound,
    RequestView,
    Right,
)
from motcua.contexts.privacy.models import DataRequest, ProcessingMark
from motcua.contexts.privacy.policies import DataRequestPolicy
from motcua.contexts.privacy.queries.held import correctable, held_about
from motcua.contexts.privacy.rules import rights
from motcua.kernel import access
from motcua.kernel.actors import Actor, Role
from motcua.kernel.holdings import Processing

MANY = 200


def visible(actor: Actor, now: datetime) -> "QuerySet[DataRequest]":
    rows = DataRequest.objects.select_related("case", "package", "package_data")
    return access.visible(rows, actor, DataRequestPolicy, now=now)


def row(code: str, actor: Actor, *, now: datetime) -> DataRequest:
    """Raises: RequestNotFound, also for somebody else's."""
    found = visible(actor, now).filter(code=code).first()
    if found is None:
        raise RequestNotFound
    return found


def mine(actor: Actor, *, now: datetime) -> tuple[RequestLine, ...]:
    """One's own, newest first."""
    if actor.person_id is None:
        return ()
    rows = visible(actor, now).filter(person_id__in=actor.own_ids).order_by("-case_id")
    return tuple(_line(one) for one in rows[:MANY])


def answered(actor: Actor, *, now: datetime) -> tuple[RequestLine, ...]:
    """What was decided, newest first, for the data protection officer."""
    rows = visible(actor, now).exclude(outcome="").order_by("-case_id")
    return _named(rows[:MANY])


def queue(actor: Actor, *, now: datetime) -> tuple[RequestLine, ...]:
    """What waits for the data protection officer, next due first."""
    tasks = _tasks(actor, Role.DATA_PROTECTION)
    return _in_order(tasks, actor, now=now)


def to_answer(actor: Actor, *, now: datetime) -> tuple[RequestLine, ...]:
    """Requests about which the actor's unit is asked for an opinion."""
    return _in_order(_tasks(actor, Role.CONSULTED), actor, now=now)


def _tasks(actor: Actor, role: Role) -> tuple[TaskView, ...]:
    seats = tuple({(post.unit_id, post.role) for post in actor.posts if post.role is role})
    open_now = casework.InboxQuery(seats=seats, kind=KIND, limit=MANY)
    waiting = casework.InboxQuery(seats=seats, kind=KIND, limit=MANY, waiting=True)
    return (*casework.inbox(open_now), *casework.inbox(waiting))


def _in_order(
    tasks: tuple[TaskView, ...], actor: Actor, *, now: datetime
) -> tuple[RequestLine, ...]:
    rows = visible(actor, now).filter(code__in=[task.case_code for task in tasks])
    found = {line.code: line for line in _named(rows.order_by("case__due_at", "case_id"))}
    return tuple(found.values())


def _named(rows: "Iterable[DataRequest]") -> tuple[RequestLine, ...]:
    kept = list(rows)
    names = identity.names_of({one.person_id for one in kept})
    return tuple(_line(one, names.get(one.person_id, "")) for one in kept)


def _line(one: DataRequest, name: str = "") -> RequestLine:
    case = one.case
    return RequestLine(
        code=one.code,
        right=Right(one.right),
        asked_at=case.opened_at,
        due_at=case.due_at,
        ended_at=case.ended_at,
        outcome=Outcome(one.outcome) if one.outcome else None,
        waiting=case.phase != Phase.ENDED,
        person_name=name,
    )


def view(one: DataRequest, actor: Actor, *, now: datetime) -> RequestView:
    """The whole request; the package only for whoever it is about."""
    case: CaseView = casework.case(one.code)
    clock, _days = casework.clock_of(one.code, as_of=now)
    names = identity.names_of([one.person_id]) if not actor.is_citizen else {}
    own = one.person_id in actor.own_ids
    return RequestView(
        line=_line(one, names.get(one.person_id, "")),
        version=case.version,
        reason=one.reason or "",
        target=one.target,
        wanted=one.wanted or "",
        clock=clock,
        decision=one.decision or "",
        citation=one.citation,
        decided_at=one.decided_at,
        messages=casework.messages_of(case.id),
        opinions=() if own else casework.opinions_of(case.id),
        files=_files([UUID(file_id) for file_id in one.file_ids]),
        package=_package(one) if own else (),
        source=source_of(one),
        extensible_to=None if own else extensible_to(one),
    )


def extensible_to(one: DataRequest) -> datetime | None:
    """The last day an extension may reach; None where there is none, or there was one already."""
    days = rights.rule(Right(one.right)).extension_days
    case = one.case
    if not days or one.outcome or case.due_at is None or case.extended_to is not None:
        return None
    return case.due_at + timedelta(days=days)


def source_of(one: DataRequest) -> str:
    """Who holds the truth about the field to correct; "" when we do."""
    if one.right != Right.CORRECT:
        return ""
    return next((f.source for f in correctable(one.person_id) if f.key == one.target), "")


def _files(ids: list[UUID]) -> tuple[FileLink, ...]:
    return tuple(
        FileLink(name=file.filename, url=file.url) for file in documents.files_by_id(ids).values()
    )


def _package(one: DataRequest) -> tuple[FileLink, ...]:
    ids = [key for key in (one.package_id, one.package_data_id) if key]
    found = documents.files_by_id(ids)
    return tuple(
        FileLink(name=found[key].filename, url=found[key].url, note=found[key].short_hash)
        for key in ids
        if key in found
    )


def is_stopped(processing: Processing, person_id: UUID) -> bool:
    """By whichever row of the human being it was asked."""
    return _in_force(person_id).filter(processing=processing).exists()


def stopped(person_id: UUID) -> dict[Processing, datetime]:
    rows = _in_force(person_id).order_by("processing", "-since")
    return {Processing(one.processing): one.since for one in rows}


def _in_force(person_id: UUID) -> "QuerySet[ProcessingMark]":
    rows = identity.rows_of_person(person_id)
    return ProcessingMark.objects.filter(person_id__in=rows, lifted_at__isnull=True)


def units_to_ask(person_id: UUID) -> tuple[UUID, ...]:
    """Units where data about the person lie, as the records say."""
    found = (record.unit_id for group in held_about(person_id) for record in group.records)
    return tuple(dict.fromkeys(unit_id for unit_id in found if unit_id))
