"""Đang giữ gì: what every context holds about a person, under the activity it serves."""

from collections.abc import Iterator
from uuid import UUID

from motcua.contexts.identity import public as identity
from motcua.contexts.privacy.contracts import HeldUnder
from motcua.contexts.privacy.rules.activities import activities, activity_of
from motcua.kernel.holdings import Correctable, Given, Held, consents, corrections, holders


def held_about(person_id: UUID) -> tuple[HeldUnder, ...]:
    """Complete, in the order of the register; activities that hold nothing are left out."""
    found: dict[str, list[Held]] = {}
    for record in _records(identity.rows_of_person(person_id)):
        found.setdefault(activity_of(record.model).key, []).append(record)
    return tuple(
        HeldUnder(activity=activity, records=tuple(found[activity.key]))
        for activity in activities()
        if activity.key in found
    )


def _records(rows: tuple[UUID, ...]) -> Iterator[Held]:
    """Of every row of the human being; what two rows have in common is told once."""
    for holder in holders().values():
        told: set[Held] = set()
        for person_id in rows:
            new = [one for one in holder.held_about(person_id) if one not in told]
            told.update(new)
            yield from new


def given_by(person_id: UUID) -> tuple[Given, ...]:
    """Consents that can be taken back, with keys that name their context."""
    rows = identity.rows_of_person(person_id)
    found = {
        f"{context}:{one.key}": one
        for context, port in consents().items()
        for row in rows
        for one in port.given_by(row)
    }
    return tuple(
        Given(key=key, title=one.title, given_at=one.given_at, effect=one.effect)
        for key, one in found.items()
    )


def correctable(person_id: UUID) -> tuple[Correctable, ...]:
    return tuple(
        Correctable(key=f"{context}:{one.key}", label=one.label, value=one.value, source=one.source)
        for context, port in corrections().items()
        for one in port.fields_of(person_id)
    )
