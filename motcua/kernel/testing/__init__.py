"""Builders and tripwires for tests. The plugin (`kernel.testing.plugin`) is on in every run."""

from datetime import datetime
from uuid import UUID, uuid5

from motcua.kernel.actors import Actor, ActorKind, PostHeld, Role
from motcua.kernel.clearance import NEEDS_CLEARANCE
from motcua.kernel.clock import CITY_TZ

NAMES = UUID("6f1d5a2e-0000-4000-8000-000000000000")
TUESDAY_9AM = datetime(2026, 11, 24, 9, 0, tzinfo=CITY_TZ)  # a holiday from 2026 on: see below
MONDAY_9AM = datetime(2026, 11, 23, 9, 0, tzinfo=CITY_TZ)  # an ordinary working day


def stable_id(name: str) -> UUID:
    """The same UUID for the same name, so that failures read the same twice."""
    return uuid5(NAMES, name)


def officer(
    *roles: Role,
    unit: UUID | None = None,
    name: str = "Lê Quốc Bảo",
    cleared_for: frozenset[str] = NEEDS_CLEARANCE,
) -> Actor:
    """An officer who holds these roles at one unit."""
    at = unit or stable_id("unit")
    return Actor(
        kind=ActorKind.OFFICER,
        name=name,
        account_id=stable_id(name),
        officer_id=stable_id(f"officer {name}"),
        posts=tuple(PostHeld(at, "H29.99.1", role) for role in roles),
        assurance=2,
        cleared_for=cleared_for,
    )


def citizen(*, person: UUID | None = None, name: str = "Nguyễn Thị Ánh Tuyết") -> Actor:
    """A person signed in at level 2."""
    return Actor(
        kind=ActorKind.CITIZEN,
        name=name,
        account_id=stable_id(name),
        person_id=person or stable_id(f"person {name}"),
        assurance=2,
        proven_at=MONDAY_9AM,
    )
