"""Numbers over time: a personal number is issued again, cancelled, or was typed wrong.

A question about a number (`NumberCase`) says who told what, what was done on which paper, and
which rows that ended and began: so each change can be taken back exactly.
"""

from datetime import datetime
from uuid import UUID

from motcua.contexts.identity.actions.candidates import add_match, note_candidates
from motcua.contexts.identity.contracts import IdentifierKind, Source
from motcua.contexts.identity.contracts.matching import (
    AlreadyDecided,
    MatchReason,
    NumberCaseRef,
    NumberCaseState,
    NumberEnd,
    NumberMoved,
    NumberNotHeld,
    ReasonNeeded,
)
from motcua.contexts.identity.models import NumberCase, Person, PersonIdentifier
from motcua.contexts.identity.queries import matching, numbers, people, serving
from motcua.contexts.identity.rules.matching import match_key
from motcua.kernel.access import WrongRole
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import city_date
from motcua.kernel.codes import PersonalNumber
from motcua.kernel.db import change, insert, joins_transaction, owns_transaction, record


@joins_transaction
def note_number(
    person_id: UUID, told: str, *, source: Source, actor: Actor, now: datetime
) -> UUID | None:
    """Somebody names another number for this person than we hold; an officer will look.

    Nothing is overwritten. Asked once for each number; None when it is the number held.
    told "": they have none any more. Raises: PersonNotFound, MalformedCode.
    """
    person = people.person_row(person_id)
    number = PersonalNumber(told) if told else None
    if number == person.personal_number:
        return None
    row = numbers.open_case(person.id, number)
    if row is None:
        row = NumberCase(
            person_id=person.id,
            told=number,
            source=source,
            state=NumberCaseState.OPEN,
            found_at=now,
        )
        insert(row)
    for other in people.people_with_number(number) if number else ():
        if other.root_id != person.id:
            add_match(person.id, other.id, reasons=[MatchReason.SAME_NUMBER], actor=actor, now=now)
    record(
        action="identity.report_number",
        subject=str(person.id),
        actor=actor,
        facts={"case": str(row.id), "source": source, "has_number": bool(number)},
    )
    return row.id


@owns_transaction
def report_number(
    person_id: UUID, told: str, *, source: Source, actor: Actor, now: datetime
) -> NumberCaseRef | None:
    """`note_number` for callers outside an action."""
    found = note_number(person_id, told, source=source, actor=actor, now=now)
    if found is None:
        record(action="identity.report_number", subject=str(person_id), actor=actor)
    return NumberCaseRef(id=found) if found else None


@owns_transaction
def change_number(
    person_id: UUID,
    *,
    new_number: str,
    ended_as: NumberEnd,
    reason: str,
    evidence_note: str = "",
    evidence_file_id: UUID | None = None,
    case_id: UUID | None = None,
    actor: Actor,
    now: datetime,
) -> NumberCaseRef:
    """End the number of a person; with another one from today, or with none (cancelled).

    The old number stays in the history, so whoever is looked for by it is still found.
    case_id: the question that this answers.
    Raises: WrongRole, NotAtYourDesk, PersonNotFound, NumberNotHeld, MalformedCode, ReasonNeeded,
    AlreadyDecided.
    Legal: Decree 70/2024 Art. 11(7).
    """
    if not actor.has(Role.RECEIVER, Role.DATA_PROTECTION):
        raise WrongRole("Việc này dành cho: cán bộ tiếp nhận, người bảo vệ dữ liệu.")
    if not actor.has(Role.DATA_PROTECTION):
        serving.require_at_desk(actor, (person_id,), now=now)
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    person = people.row_for_update(person_id)
    if not person.personal_number and not new_number:
        raise NumberNotHeld(field="new_number")
    case = _case(case_id, person, new_number, now)
    case.before, case.ended_as = person.personal_number, ended_as
    case.reason, case.evidence_note = reason.strip(), evidence_note.strip() or None
    case.evidence_file_id = evidence_file_id
    case.ended = _end(person, ended_as, reason.strip(), now)
    _set_number(person, PersonalNumber(new_number) if new_number else None, now)
    if new_number:
        case.begun = _identifier(person, now)
        insert(case.begun)
        note_candidates(person, now=now)
    _decide(case, NumberCaseState.CHANGED, actor, now)
    record(
        action="identity.change_number",
        subject=str(person.id),
        actor=actor,
        facts={"case": str(case.id), "ended_as": ended_as, "has_new": bool(new_number)},
    )
    return NumberCaseRef(id=case.id)


@owns_transaction
def keep_number(case_id: UUID, *, reason: str, actor: Actor, now: datetime) -> None:
    """What was told is not so: the number stays.

    Raises: WrongRole, NumberCaseNotFound, AlreadyDecided, ReasonNeeded.
    """
    _may_decide(actor)
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    case = numbers.case_for_update(case_id)
    case.reason = reason.strip()
    _decide(case, NumberCaseState.DISMISSED, actor, now)
    record(action="identity.keep_number", subject=str(case.person_id), actor=actor)


@owns_transaction
def undo_number(case_id: UUID, *, reason: str, actor: Actor, now: datetime) -> None:
    """The number stands again as before this change; both stay in the history.

    Raises: WrongRole, NumberCaseNotFound, AlreadyDecided, NumberMoved, ReasonNeeded.
    """
    _may_decide(actor)
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    case = numbers.case_for_update(case_id)
    if case.state != NumberCaseState.CHANGED:
        raise AlreadyDecided
    person = people.row_for_update(case.person_id)
    begun = case.begun
    if person.personal_number != (begun.value if begun else None):
        raise NumberMoved
    if begun is not None:
        begun.valid_to, begun.ended_as = city_date(now), NumberEnd.WRONG
        begun.end_note = reason.strip()
        change(begun, "valid_to", "ended_as", "end_note", expecting={"valid_to": None})
    if case.ended is not None:
        case.ended.valid_to, case.ended.ended_as, case.ended.end_note = None, "", None
        change(case.ended, "valid_to", "ended_as", "end_note")
    _set_number(person, case.before, now)
    case.state, case.undone_at, case.undone_by = NumberCaseState.UNDONE, now, actor.account_id
    case.undone_reason = reason.strip()
    change(
        case, "state", "undone_at", "undone_by", "undone_reason",
        expecting={"state": str(NumberCaseState.CHANGED)},
    )  # fmt: skip
    record(
        action="identity.undo_number",
        subject=str(person.id),
        actor=actor,
        facts={"case": str(case.id)},
    )


def _may_decide(actor: Actor) -> None:
    if not actor.has(Role.DATA_PROTECTION):
        raise WrongRole("Việc này dành cho: người bảo vệ dữ liệu.")


def _case(case_id: UUID | None, person: Person, new_number: str, now: datetime) -> NumberCase:
    """The question that a change answers; one of its own where nobody asked."""
    if case_id is not None:
        case = numbers.case_for_update(case_id)
        if case.state != NumberCaseState.OPEN or case.person_id != person.id:
            raise AlreadyDecided
        return case
    case = NumberCase(
        person_id=person.id,
        told=PersonalNumber(new_number) if new_number else None,
        source=Source.COUNTER,
        state=NumberCaseState.OPEN,
        found_at=now,
    )
    insert(case)
    return case


def _decide(case: NumberCase, state: NumberCaseState, actor: Actor, now: datetime) -> None:
    if case.state != NumberCaseState.OPEN:
        raise AlreadyDecided
    case.state, case.decided_at, case.decided_by = state, now, actor.account_id
    change(
        case, "state", "decided_at", "decided_by", "reason", "evidence_note", "evidence_file_id",
        "before", "ended_as", "ended", "begun", expecting={"state": str(NumberCaseState.OPEN)},
    )  # fmt: skip


def _set_number(person: Person, number: str | None, now: datetime) -> None:
    person.personal_number, person.updated_at = number, now
    change(person, "personal_number", "personal_number_index", "updated_at")


def _end(
    person: Person, ended_as: NumberEnd, reason: str, now: datetime
) -> PersonIdentifier | None:
    """The row of the history that ends with today."""
    held = people.indexes_of(person.personal_number) if person.personal_number else []
    rows = PersonIdentifier.objects.filter(person_id=person.id, valid_to__isnull=True)
    row = rows.filter(value_index__in=held).order_by("-recorded_at", "-id").first()
    if row is not None:
        row.valid_to, row.ended_as, row.end_note = city_date(now), ended_as, reason
        change(row, "valid_to", "ended_as", "end_note", expecting={"valid_to": None})
    return row


def _identifier(person: Person, now: datetime) -> PersonIdentifier:
    return PersonIdentifier(
        person=person,
        kind=IdentifierKind.SDDCN12,
        value=person.personal_number,
        source=Source.COUNTER,
        valid_from=city_date(now),
        recorded_at=now,
    )


@owns_transaction
def index_people(*, limit: int, actor: Actor, now: datetime) -> None:
    """Index the names of rows that have no index yet, and propose the pairs that shows."""
    rows = matching.not_indexed(limit)
    for person in rows:
        person.match_key = match_key(person.full_name, person.born_on)
        change(person, "match_key", "match_index")
    pairs = sum(note_candidates(person, now=now) for person in rows)
    record(
        action="identity.index_people",
        subject="people",
        actor=actor,
        facts={"rows": len(rows), "pairs": pairs},
    )
