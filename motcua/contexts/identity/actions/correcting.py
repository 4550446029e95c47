"""Sửa dữ liệu: what the person themselves told us; the rest is corrected where it comes from."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from motcua.contexts.identity.actions.households import correct_relation
from motcua.contexts.identity.contracts import CorrectedElsewhere
from motcua.contexts.identity.events import ContactChanged
from motcua.contexts.identity.queries import holdings, people
from motcua.contexts.identity.rules import clean_mail, clean_phone
from motcua.kernel.actors import Actor
from motcua.kernel.db import change, joins_transaction, record
from motcua.kernel.events import publish
from motcua.kernel.holdings import Correctable
from motcua.kernel.text import nfc


class PeopleCorrections:
    """Contact details are ours to correct; names and numbers are the population register's."""

    def fields_of(self, person_id: UUID) -> Sequence[Correctable]:
        return holdings.correctable(person_id)

    def correct(
        self, key: str, value: str, person_id: UUID, *, actor: Actor, now: datetime
    ) -> None:
        correct(key, value, person_id, actor=actor, now=now)


@joins_transaction
def correct(key: str, value: str, person_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Raises: PersonNotFound, ContactMalformed, CorrectedElsewhere, MemberMalformed."""
    if key == holdings.HOUSEHOLD:
        correct_relation(value, person_id, actor=actor, now=now)
        return
    if key not in holdings.OURS:
        raise CorrectedElsewhere(field="key")
    person = people.person_row(person_id)
    if key == "phone":
        person.phone = clean_phone(value)
    elif key == "email":
        person.email = clean_mail(value)
    else:
        person.address = {**(person.address or {}), "text": nfc(value)}
    person.updated_at = now
    change(person, key, "updated_at")
    publish(ContactChanged(occurred_at=now, subject=str(person_id)))
    record(action="identity.correct", subject=str(person_id), actor=actor, facts={"field": key})
