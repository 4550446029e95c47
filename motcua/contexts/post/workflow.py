"""Đường đi của bưu gửi: one table of states; the state is what is left when all events are told.

Events come late, twice and out of order. They are laid in the order in which they happened, then
the table is walked; what does not fit where it stands changes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from motcua.contexts.post.contracts import ConsignmentState, TrackingKind

S, T = ConsignmentState, TrackingKind
MOST_ATTEMPTS = 3

TABLE: dict[tuple[ConsignmentState, TrackingKind], ConsignmentState] = {
    (S.BOOKED, T.TAKEN): S.WITH_POST,
    (S.BOOKED, T.MOVED): S.WITH_POST,
    (S.BOOKED, T.NOT_HOME): S.BOOKED,
    (S.BOOKED, T.DELIVERED): S.DELIVERED,
    (S.BOOKED, T.LOST): S.LOST,
    (S.WITH_POST, T.MOVED): S.WITH_POST,
    (S.WITH_POST, T.NOT_HOME): S.WITH_POST,
    (S.WITH_POST, T.TURNED): S.COMING_BACK,
    (S.WITH_POST, T.BROUGHT_BACK): S.CAME_BACK,
    (S.WITH_POST, T.DELIVERED): S.DELIVERED,
    (S.WITH_POST, T.LOST): S.LOST,
    (S.COMING_BACK, T.BROUGHT_BACK): S.CAME_BACK,
    (S.COMING_BACK, T.LOST): S.LOST,
    (S.LOST, T.FOUND): S.WITH_POST,
    (S.LOST, T.DELIVERED): S.DELIVERED,
    (S.LOST, T.BROUGHT_BACK): S.CAME_BACK,
}
ENDED = frozenset({S.REFUSED, S.CAME_BACK, S.DELIVERED, S.CANCELLED})
WITH_POST = frozenset({S.WITH_POST, S.COMING_BACK, S.LOST})
# Of the same moment: what comes first on the way of a parcel comes first.
_ORDER = {kind: at for at, kind in enumerate(TrackingKind)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One event, as far as it decides."""

    id: str
    kind: TrackingKind
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a consignment is, and how often nobody was at home."""

    state: ConsignmentState
    attempts: int = 0


def place_after(events: Iterable[Happened]) -> Place:
    """Walk the table over everything that is known, in whatever order it was heard."""
    state, attempts = S.BOOKED, 0
    known = {event.id: event for event in events}
    for event in sorted(known.values(), key=lambda one: (one.at, _ORDER[one.kind], one.id)):
        after = TABLE.get((state, event.kind))
        if after is None:
            continue
        attempts += event.kind is T.NOT_HOME
        state = after
        if state is S.WITH_POST and attempts >= MOST_ATTEMPTS and event.kind is T.NOT_HOME:
            state = S.COMING_BACK
    return Place(state=state, attempts=attempts)
