"""Numbers over time: a personal number is issued again, cancelled, or was typed wrong."""

from datetime import datetime
from uuid import UUID

from motcua.contexts.identity.actions.candidates import note_candidates
from motcua.contexts.identity.contracts import IdentifierKind, Source
from motcua.contexts.identity.contracts.matching import NumberEnd, NumberNotHeld, ReasonNeeded
from motcua.contexts.identity.models import Person, PersonIdentifier
from motcua.contexts.identity.queries import matching, people
from motcua.contexts.identity.rules.matching import match_key
from motcua.kernel.access import WrongRole
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import city_date
from motcua.kernel.codes import PersonalNumber
from motcua.kernel.db import change, insert, owns_transaction, record


@owns_transaction
def change_number(
    person_id: UUID,
    *,
    new_number: str,
    ended_as: NumberEnd,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """End the number of a person; with another one from today, or with none (cancelled).

    The old number stays in the history, so whoever is looked for by it is still found.
    Raises: WrongRole, PersonNotFound, NumberNotHeld, MalformedCode, ReasonNeeded.
    Legal: Decree 70/2024 Art. 11(7).
    """
    if not actor.has(Role.RECEIVER, Role.DATA_PROTECTION):
        raise WrongRole("Việc này dành cho: cán bộ tiếp nhận, người bảo vệ dữ liệu.")
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    person = people.person_row(person_id)
    if not person.personal_number and not new_number:
        raise NumberNotHeld(field="new_number")
    _end(person, ended_as, reason.strip(), now)
    person.personal_number = PersonalNumber(new_number) if new_number else None
    person.updated_at = now
    change(person, "personal_number", "personal_number_index", "updated_at")
    if new_number:
        insert(_identifier(person, now))
        note_candidates(person, now=now)
    record(
        action="identity.change_number",
        subject=str(person.id),
        actor=actor,
        facts={"ended_as": ended_as, "has_new": bool(new_number)},
    )


def _end(person: Person, ended_as: NumberEnd, reason: str, now: datetime) -> None:
    held = people.indexes_of(person.personal_number) if person.personal_number else []
    rows = PersonIdentifier.objects.filter(person_id=person.id, valid_to__isnull=True)
    for row in rows.filter(value_index__in=held):
        row.valid_to, row.ended_as, row.end_note = city_date(now), ended_as, reason
        change(row, "valid_to", "ended_as", "end_note", expecting={"valid_to": None})


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
