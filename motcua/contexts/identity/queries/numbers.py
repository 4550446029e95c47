"""Reads of numbers over time, and of the questions about them. Numbers leave here masked."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from motcua.contexts.identity.contracts.matching import (
    NumberCaseNotFound,
    NumberCaseState,
    NumberCaseView,
    NumberEnd,
    NumberHeld,
)
from motcua.contexts.identity.models import NumberCase, PersonIdentifier
from motcua.contexts.identity.queries import people
from motcua.contexts.identity.queries.policies import NumberCasePolicy
from motcua.kernel.access import visible
from motcua.kernel.actors import Actor

PAGE = 30


def open_case(person_id: UUID, number: str | None) -> NumberCase | None:
    """The question about this very number that waits already; number None: about having none."""
    rows = NumberCase.objects.filter(person_id=person_id, state=NumberCaseState.OPEN)
    if number is None:
        return rows.filter(told_index__isnull=True).first()
    return rows.filter(told_index__in=people.indexes_of(number)).first()


def case_for_update(case_id: UUID) -> NumberCase:
    """Raises: NumberCaseNotFound."""
    rows = NumberCase.objects.select_for_update(of=("self",))
    row = rows.select_related("ended", "begun").filter(id=case_id).first()
    if row is None:
        raise NumberCaseNotFound
    return row


def evidence_seen(actor: Actor, *, now: datetime) -> Q:
    """Over the table of files: scans that a question the actor sees rests on."""
    seen = _visible(actor, now).exclude(evidence_file_id=None)
    return Q(pk__in=seen.order_by().values("evidence_file_id"))


def evidence_used(account_id: UUID | None = None) -> Q:
    """Over the table of files: scans that some change of a number names."""
    rows = NumberCase.objects.exclude(evidence_file_id=None)
    if account_id is not None:
        rows = rows.filter(decided_by=account_id)
    return Q(pk__in=rows.order_by().values("evidence_file_id"))


def _visible(actor: Actor, now: datetime) -> "QuerySet[NumberCase]":
    return visible(NumberCase.objects.all(), actor, NumberCasePolicy, now=now)


def cases(
    actor: Actor, state: NumberCaseState, *, now: datetime, before: UUID | None = None
) -> tuple[NumberCaseView, ...]:
    """Newest first, a page and one more."""
    rows = _visible(actor, now).filter(state=state)
    if before is not None:
        rows = rows.filter(id__lt=before)
    return _views(rows.order_by("-id")[: PAGE + 1])


def case(case_id: UUID, actor: Actor, *, now: datetime) -> NumberCaseView:
    """Raises: NumberCaseNotFound."""
    found = _views(_visible(actor, now).filter(id=case_id))
    if not found:
        raise NumberCaseNotFound
    return found[0]


def told_of(case_id: UUID) -> str:
    """The whole number that was named, for the change alone. Raises: NumberCaseNotFound."""
    row = NumberCase.objects.filter(id=case_id).first()
    if row is None:
        raise NumberCaseNotFound
    return row.told or ""


def cases_of(person_id: UUID, actor: Actor, *, now: datetime) -> tuple[NumberCaseView, ...]:
    """Every change and question of one person, newest first."""
    rows = _visible(actor, now).filter(person_id__in=people.group_of([person_id]))
    return _views(rows.order_by("-id")[:PAGE])


def _views(rows: "QuerySet[NumberCase]") -> tuple[NumberCaseView, ...]:
    return tuple(_view(row) for row in rows.select_related("person"))


def _view(row: NumberCase) -> NumberCaseView:
    return NumberCaseView(
        id=row.id,
        person_id=row.person_id,
        full_name=row.person.full_name,
        state=NumberCaseState(row.state),
        source=row.source,
        held_masked=people.masked(row.person.personal_number),
        told_masked=people.masked(row.told),
        before_masked=people.masked(row.before),
        ended_as=NumberEnd(row.ended_as) if row.ended_as else None,
        reason=row.reason or "",
        evidence_note=row.evidence_note or "",
        evidence_file_id=row.evidence_file_id,
        found_at=row.found_at,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        undone_at=row.undone_at,
        undone_reason=row.undone_reason or "",
    )


def history(person_id: UUID) -> tuple[NumberHeld, ...]:
    """Every number that named this person, newest first; the caller has checked its policy."""
    rows = PersonIdentifier.objects.filter(person_id__in=people.group_of([person_id]))
    return tuple(
        NumberHeld(
            masked=people.masked(row.value),
            source=row.source,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            ended_as=NumberEnd(row.ended_as) if row.ended_as else None,
            note=row.end_note or "",
        )
        for row in rows.order_by("-recorded_at", "-id")
    )
