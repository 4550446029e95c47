"""Khi nào đọc là lạ: pure rules over an hour of reading. Thresholds are ours, no law sets them."""

from dataclasses import dataclass
from datetime import datetime

from motcua.contexts.privacy.contracts import AlertKind
from motcua.kernel.clock import city_time


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """many: people in one hour. odd: hours of the city's day when hardly anybody works, and how

    many people read then are worth a question; on days off the whole day is odd.
    """

    many: int = 200
    odd_from: int = 21
    odd_to: int = 6
    odd_many: int = 10


def alert_for(people: int, hour: datetime, *, day_off: bool, watch: Watch) -> AlertKind | None:
    """What this hour of one officer calls for; too many people outweighs the odd hour."""
    if people >= watch.many:
        return AlertKind.BULK
    clock = city_time(hour).hour
    odd = day_off or clock >= watch.odd_from or clock < watch.odd_to
    return AlertKind.ODD_HOUR if odd and people >= watch.odd_many else None
