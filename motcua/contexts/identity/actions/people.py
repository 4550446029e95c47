"""Register people and change what they told us. Nothing known is ever overwritten silently."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from motcua.contexts.identity.actions.candidates import note_candidates
from motcua.contexts.identity.contracts import IdentifierKind, NewPerson, PersonRef, Source
from motcua.contexts.identity.events import ContactChanged, PersonRegistered
from motcua.contexts.identity.models import Person, PersonIdentifier
from motcua.contexts.identity.queries import people
from motcua.contexts.identity.rules import clean_mail, clean_phone, require_recent, same_person
from motcua.contexts.identity.rules.matching import match_key
from motcua.kernel.actors import Actor
from motcua.kernel.codes import PersonalNumber
from motcua.kernel.db import change, insert, joins_transaction, owns_transaction, record
from motcua.kernel.events import publish
from motcua.kernel.text import nfc


@owns_transaction
def register_person(told: NewPerson, *, actor: Actor, now: datetime) -> PersonRef:
    """Find the person told about, or register a new one.

    Raises: MalformedCode, ContactMalformed.
    """
    return find_or_add(told, actor=actor, now=now)


@joins_transaction
def find_or_add(told: NewPerson, *, actor: Actor, now: datetime, apart: bool = False) -> PersonRef:
    """`register_person` within the action that called it.

    The same person is: the same personal number, and name and birth date that agree. A number
    alone proves nothing (it may have been typed wrong), so a disagreement makes a second person,
    to be matched by an officer, and never changes the first. apart: who tells it has not proved
    enough to be taken for somebody known.
    """
    told = _cleaned(told)
    found = None if apart else known_person(told)
    person_id = found.root_id if found else _add(told, now=now).id
    record(
        action="identity.register_person",
        subject=str(person_id),
        actor=actor,
        facts={"source": told.source, "new": found is None},
    )
    return PersonRef(id=person_id, is_new=found is None)


@owns_transaction
def change_contact(person_id: UUID, *, email: str, phone: str, actor: Actor, now: datetime) -> None:
    """Set one's own mail address and phone; empty text takes one away.

    Whoever reads a person's mail can do much in their name, so this asks for a recent proof.
    Raises: PersonNotFound (also for somebody else's row), ContactMalformed, SignInTooOld.
    """
    require_recent(actor, now=now)
    person = people.visible_person(person_id, actor, now=now)
    person.email = clean_mail(email)
    person.phone = clean_phone(phone)
    person.updated_at = now
    change(person, "email", "phone", "updated_at")
    publish(ContactChanged(occurred_at=now, subject=str(person_id)))
    record(action="identity.change_contact", subject=str(person_id), actor=actor)


@joins_transaction
def fill_phone(person_id: UUID, phone: str, *, actor: Actor, now: datetime) -> None:
    """Somebody at a desk told the phone of a person of whom none is known; a known one stays.

    Raises: PersonNotFound, ContactMalformed.
    """
    number = clean_phone(phone)
    person = people.person_row(person_id)
    if not number or person.phone:
        return
    person.phone, person.updated_at = number, now
    change(person, "phone", "updated_at")
    publish(ContactChanged(occurred_at=now, subject=str(person.id)))
    record(action="identity.fill_phone", subject=str(person.id), actor=actor)


def _cleaned(told: NewPerson) -> NewPerson:
    number = told.personal_number
    return replace(
        told,
        full_name=nfc(told.full_name),
        personal_number=PersonalNumber(number) if number else "",
        email=clean_mail(told.email),
        phone=clean_phone(told.phone),
    )


def known_person(told: NewPerson) -> Person | None:
    """Who bears this number, with name and birth date that agree.

    Not a row that somebody wrote about themselves with a level 1 account: nobody saw their card,
    and what others hand in must not land with them.
    """
    if not told.personal_number:
        return None
    for person in people.people_with_number(told.personal_number):
        if person.source != Source.VNEID_LEVEL_1 and same_person(
            full_name=told.full_name,
            born_on=told.born_on,
            other_name=person.full_name,
            other_born_on=person.born_on,
        ):
            return person
    return None


def _add(told: NewPerson, *, now: datetime) -> Person:
    address = {"text": told.address_text, "ward_code": told.ward_code}
    person = Person(
        full_name=told.full_name,
        personal_number=told.personal_number or None,
        born_on_text=told.born_on.isoformat() if told.born_on else None,
        sex=told.sex or None,
        email=told.email,
        phone=told.phone,
        address=address if any(address.values()) else None,
        source=told.source,
        created_at=now,
        updated_at=now,
    )
    person.match_key = match_key(told.full_name, told.born_on) or None
    note_candidates(person, now=now)
    insert(person)
    if told.personal_number:
        insert(_identifier(person, told, now=now))
    publish(PersonRegistered(occurred_at=now, subject=str(person.id), source=told.source))
    return person


def _identifier(person: Person, told: NewPerson, *, now: datetime) -> PersonIdentifier:
    return PersonIdentifier(
        person=person,
        kind=IdentifierKind.SDDCN12,
        value=told.personal_number,
        source=told.source,
        recorded_at=now,
    )
