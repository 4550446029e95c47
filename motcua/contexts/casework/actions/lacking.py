"""Việc ở vị trí thiếu người: open tasks where nobody of the place itself acts today."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Min

from motcua.contexts.casework import queries
from motcua.contexts.casework.models import Task
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import PlaceView
from motcua.kernel import db
from motcua.kernel.actors import SYSTEM, Role
from motcua.kernel.clock import city_date
from motcua.kernel.db import owns_transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class LackingPlace:
    """A place, its open tasks, and when the next of them is due."""

    place: PlaceView
    tasks: int
    next_due: datetime


def lacking_places(on: date, *, units: Collection[UUID] | None = None) -> tuple[LackingPlace, ...]:
    """Places with open tasks that lack a person, next due first; of these units or of all."""
    rows = Task.objects.filter(state__in=queries.ALIVE)
    if units is not None:
        rows = rows.filter(unit_id__in=units)
    counted = rows.values_list("unit_id", "role").annotate(Count("pk"), Min("due_at")).order_by()
    found = [
        LackingPlace(place=place, tasks=tasks, next_due=due)
        for unit_id, role, tasks, due in counted
        if (place := organisations.place_lacking(unit_id, Role(role), on)) is not None
    ]
    return tuple(sorted(found, key=lambda one: one.next_due))


def open_tasks_at(unit_id: UUID, role: Role) -> int:
    return Task.objects.filter(state__in=queries.ALIVE, unit_id=unit_id, role=role).count()


@owns_transaction
def check_holders(*, now: datetime) -> tuple[LackingPlace, ...]:
    """Look at every place with open tasks, and keep in the ledger how many lack a person."""
    found = lacking_places(city_date(now))
    db.record(
        action="casework.check_holders",
        subject="places",
        actor=SYSTEM,
        facts={
            "places": len(found),
            "tasks": sum(one.tasks for one in found),
            "uncovered": sum(not one.place.is_covered for one in found),
        },
    )
    return found
