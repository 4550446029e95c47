"""Đang giữ gì: what every context holds about a person, under the activity it serves."""

from collections.abc import Iterator
from uuid import UUID

from motcua.contexts.privacy.contracts import HeldUnder
from motcua.contexts.privacy.rules.activities import activities, activity_of
from motcua.kernel.holdings import Correctable, Given, Held, consents, corrections, holders


def held_about(person_id: UUID) -> tuple[HeldUnder, ...]:
    """Complete, in the order of the register; activities that hold nothing are left out."""
    found: dict[str, list[Held]] = {}
    for record in _records(person_id):
        found.setdefault(activity_of(record.model).key, []).append(record)
    return tuple(
        HeldUnder(activity=activity, records=tuple(found[activity.key]))
        for activity in activities()
        if activity.key in found
    )


def _records(person_id: UUID) -> Iterator[Held]:
    for holder in holders().values():
        yield from holder.held_about(person_id)


def given_by(person_id: UUID) -> tuple[Given, ...]:
    """Consents that can be taken back, with keys that name their context."""
    return tuple(
        Given(key=f"{context}:{one.key}", title=one.title, given_at=one.given_at, effect=one.effect)
        for context, port in consents().items()
        for one in port.given_by(person_id)
    )


def correctable(person_id: UUID) -> tuple[Correctable, ...]:
    return tuple(
        Correctable(key=f"{context}:{one.key}", label=one.label, value=one.value, source=one.source)
        for context, port in corrections().items()
        for one in port.fields_of(person_id)
    )
