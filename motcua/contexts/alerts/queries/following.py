"""Followed wards of whoever asks."""

from datetime import datetime

from django.db.models import QuerySet

from motcua.contexts.alerts.contracts import PlaceKind, PlaceSource, PlaceView
from motcua.contexts.alerts.models import FollowedPlace
from motcua.contexts.alerts.policies import FollowedPlacePolicy
from motcua.kernel.access import visible
from motcua.kernel.actors import Actor


def own(actor: Actor, *, now: datetime) -> QuerySet[FollowedPlace]:
    rows = visible(FollowedPlace.objects.all(), actor, FollowedPlacePolicy, now=now)
    return rows.order_by("since", "id")


def places(actor: Actor, *, now: datetime) -> tuple[PlaceView, ...]:
    return tuple(
        PlaceView(
            id=one.id,
            kind=PlaceKind(one.kind),
            ward_code=one.ward_code,
            source=PlaceSource(one.source),
            since=one.since,
        )
        for one in own(actor, now=now)
    )


def keep(place: FollowedPlace) -> None:
    """Once per person and ward: a second time only says anew why."""
    FollowedPlace.objects.bulk_create(
        [place],
        update_conflicts=True,
        unique_fields=["person", "ward_index"],
        update_fields=["kind", "source"],
    )
