"""Nơi theo dõi: whose warnings a citizen wants to have."""

from datetime import datetime
from uuid import UUID

from motcua.contexts.alerts.contracts import (
    NoKnownHome,
    PlaceKind,
    PlaceMalformed,
    PlaceSource,
    TooManyPlaces,
)
from motcua.contexts.alerts.models import FollowedPlace
from motcua.contexts.alerts.queries import following
from motcua.contexts.identity import public as identity
from motcua.contexts.reference import public as reference
from motcua.kernel.access import SignInNeeded
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date
from motcua.kernel.db import joins_transaction, owns_transaction, record

MOST = 10


@owns_transaction
def follow(ward_code: str, kind: PlaceKind, *, actor: Actor, now: datetime) -> None:
    """Follow a ward; the same again changes only why. Raises: PlaceMalformed, TooManyPlaces."""
    _follow(ward_code, kind, PlaceSource.SAID, actor=actor, now=now)


@owns_transaction
def follow_home(*, actor: Actor, now: datetime) -> None:
    """Follow the ward of one's registered home. The call is the consent to use it for warnings.

    Raises: NoKnownHome, TooManyPlaces. Legal: Law 91/2025/QH15 (consent for one purpose).
    """
    home = identity.person(_own(actor)).ward_code
    if not home or reference.commune(home, city_date(now)) is None:
        raise NoKnownHome
    _follow(home, PlaceKind.HOME, PlaceSource.REGISTER, actor=actor, now=now)


@owns_transaction
def unfollow(place_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Stop following; a consent to use the registered home ends with it. Raises: PlaceMalformed."""
    found = following.own(actor, now=now).filter(id=place_id).first()
    if found is None:
        raise PlaceMalformed
    found.delete()
    record(action="alerts.unfollow", subject=str(place_id), actor=actor)


def _own(actor: Actor) -> UUID:
    if actor.person_id is None:
        raise SignInNeeded
    return actor.person_id


@joins_transaction
def _follow(
    ward_code: str, kind: PlaceKind, source: PlaceSource, *, actor: Actor, now: datetime
) -> None:
    person = _own(actor)
    if reference.commune(ward_code, city_date(now)) is None:
        raise PlaceMalformed(field="ward")
    if following.own(actor, now=now).count() >= MOST:
        raise TooManyPlaces
    place = FollowedPlace(
        person_id=person, kind=kind, ward_code=ward_code, source=source, since=now
    )
    following.keep(place)
    facts: dict[str, object] = {"kind": kind.value, "source": source.value}
    record(action="alerts.follow", subject=str(place.id), actor=actor, facts=facts)
