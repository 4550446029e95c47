"""Báo cho đúng luật: when a notice counts as having reached its reader, and when paper must go.

The law says that the applicant is told; how long an unread message may be waited for before paper
goes is not fixed in a text that we have read. The figure is ours, marked K-l.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from motcua.contexts.notifications.contracts import Channel, DeliveryState

WAIT = timedelta(days=3)  # K-l: to be confirmed by the city
LOOK_BACK = timedelta(days=60)  # what is older was looked at every hour until now


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way out of one notice, as far as it tells whether the reader was reached."""

    channel: Channel
    state: DeliveryState


def reached_by(ways: tuple[Way, ...], read_at: datetime | None) -> str:
    """OPENED, DELIVERED, or empty: a mail or a push that somebody took proves no reader."""
    if read_at is not None:
        return "OPENED"
    if any(way.state is DeliveryState.DELIVERED for way in ways):
        return "DELIVERED"
    return ""
