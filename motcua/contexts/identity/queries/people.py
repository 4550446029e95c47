"""Reads of people. Names and numbers are unsealed here."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from motcua.contexts.identity.contracts import Contact, PersonNotFound, PersonView
from motcua.contexts.identity.models import Person, PersonIdentifier
from motcua.contexts.identity.models.people import NUMBER
from motcua.contexts.identity.queries.policies import PersonPolicy
from motcua.kernel.access import visible
from motcua.kernel.actors import Actor
from motcua.kernel.codes import PersonalNumber
from motcua.kernel.crypto import blind_indexes


def _indexes(personal_number: str) -> list[bytes]:
    return blind_indexes(PersonalNumber.clean(personal_number), scope=NUMBER)


def masked(personal_number: str | None) -> str:
    if not personal_number:
        return ""
    return PersonalNumber(personal_number).masked


def names_of(person_ids: Iterable[UUID]) -> dict[UUID, str]:
    """One query for any number of people; unknown ids are left out."""
    rows = Person.objects.filter(id__in=set(person_ids)).only("id", "full_name")
    return {row.id: row.full_name for row in rows}


def person_row(person_id: UUID) -> Person:
    """Raises: PersonNotFound."""
    found = Person.objects.filter(id=person_id).first()
    if found is None:
        raise PersonNotFound
    return found


def visible_person(person_id: UUID, actor: Actor, *, now: datetime) -> Person:
    """For pages. Raises: PersonNotFound, also for somebody else's row."""
    found = visible(Person.objects.all(), actor, PersonPolicy, now=now).filter(id=person_id)
    row = found.first()
    if row is None:
        raise PersonNotFound
    return row


def view_of(row: Person) -> PersonView:
    address = row.address or {}
    return PersonView(
        id=row.id,
        full_name=row.full_name,
        personal_number_masked=masked(row.personal_number),
        born_on=row.born_on,
        sex=row.sex or "",
        email=row.email or "",
        phone=row.phone or "",
        address_text=address.get("text", ""),
        ward_code=address.get("ward_code", ""),
    )


def contact_of(person_id: UUID) -> Contact:
    """Raises: PersonNotFound."""
    row = person_row(person_id)
    return Contact(email=row.email or "", phone=row.phone or "")


def ids_ever_named_by(personal_number: str) -> tuple[UUID, ...]:
    """Everybody who bears or bore the number."""
    rows = PersonIdentifier.objects.filter(value_index__in=_indexes(personal_number))
    return tuple(rows.order_by("recorded_at", "id").values_list("person_id", flat=True))


def people_with_number(personal_number: str) -> list[Person]:
    """Everybody who bears the number now; more than one when a number was typed wrong."""
    found = Person.objects.filter(personal_number_index__in=_indexes(personal_number))
    return list(found.order_by("created_at", "id"))
