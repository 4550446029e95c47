"""People of these tests who follow a ward, and what they heard."""

from uuid import UUID

from motcua.contexts.alerts.actions.following import follow
from motcua.contexts.alerts.contracts import PlaceKind
from motcua.contexts.identity import testing as identity
from motcua.contexts.notifications import public as notifications
from motcua.kernel.testing import MONDAY_9AM, citizen

NOW = MONDAY_9AM
HOW_MANY = 7


def residents(count: int = HOW_MANY, ward: str = "26740") -> list[UUID]:
    people = []
    for number in range(count):
        who = identity.a_person(
            f"Người Dân {number}", personal_number=f"0791909990{number + 10 + int(ward) % 50}"
        )
        actor = citizen(person=who.id)
        follow(ward, PlaceKind.HOME, actor=actor, now=NOW)
        people.append(who.id)
    return people


def told(person: UUID) -> list[str]:
    return [one.template for one in notifications.messages_for(person)]
