"""Reads of people. Names and numbers are unsealed here."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from motcua.contexts.identity.contracts import Contact, PersonNotFound, PersonView
from motcua.contexts.identity.models import Account, Person, PersonIdentifier
from motcua.contexts.identity.models.people import NUMBER, SAME_PERSON
from motcua.contexts.identity.queries.policies import PersonPolicy
from motcua.kernel.access import visible
from motcua.kernel.actors import Actor
from motcua.kernel.codes import PersonalNumber
from motcua.kernel.crypto import blind_indexes


def indexes_of(personal_number: str) -> list[bytes]:
    return blind_indexes(PersonalNumber.clean(personal_number), scope=NUMBER)


def match_indexes(key: str) -> list[bytes]:
    return blind_indexes(key, scope=SAME_PERSON)


def masked(personal_number: str | None) -> str:
    if not personal_number:
        return ""
    return PersonalNumber(personal_number).masked


def names_of(person_ids: Iterable[UUID]) -> dict[UUID, str]:
    """One query for any number of people; unknown ids are left out."""
    rows = Person.objects.filter(id__in=set(person_ids)).select_related("merged_into")
    wanted = rows.only("id", "full_name", "merged_into__full_name")
    return {row.id: (row.merged_into or row).full_name for row in wanted}


def person_row(person_id: UUID) -> Person:
    """The row that this one resolves to. Raises: PersonNotFound."""
    found = Person.objects.filter(id=person_id).select_related("merged_into").first()
    if found is None:
        raise PersonNotFound
    return found.merged_into or found


def row_for_update(person_id: UUID) -> Person:
    """The row that this one resolves to, locked. Raises: PersonNotFound."""
    return Person.objects.select_for_update().get(id=person_row(person_id).id)


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
    """Everybody who bears or bore the number, with the rows matched to them."""
    rows = PersonIdentifier.objects.filter(value_index__in=indexes_of(personal_number))
    named = list(rows.order_by("recorded_at", "id").values_list("person_id", flat=True))
    return tuple(dict.fromkeys([*named, *group_of(named)]))


def group_of(person_ids: Iterable[UUID]) -> tuple[UUID, ...]:
    """These rows and all that stand for the same human beings."""
    known = Person.objects.filter(id__in=set(person_ids)).values_list("id", "merged_into_id")
    roots = {merged_into or own for own, merged_into in known}
    if not roots:
        return ()
    same = Person.objects.filter(Q(id__in=roots) | Q(merged_into_id__in=roots))
    return tuple(same.order_by("created_at", "id").values_list("id", flat=True))


def roots_of(person_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Which row each resolves to; one query for any number of them."""
    rows = Person.objects.filter(id__in=set(person_ids)).values_list("id", "merged_into_id")
    return {own: merged_into or own for own, merged_into in rows}


def people_with_number(personal_number: str) -> list[Person]:
    """Everybody who bears the number now; more than one when a number was typed wrong."""
    found = Person.objects.filter(personal_number_index__in=indexes_of(personal_number))
    return list(found.order_by("created_at", "id"))


def account_ids_of(person_ids: Iterable[UUID]) -> tuple[UUID, ...]:
    rows = Account.objects.filter(person_id__in=set(person_ids))
    return tuple(rows.order_by("id").values_list("id", flat=True))


def people_with_account(person_ids: Iterable[UUID]) -> frozenset[UUID]:
    rows = Account.objects.filter(person_id__in=set(person_ids))
    return frozenset(one for one in rows.values_list("person_id", flat=True) if one)
