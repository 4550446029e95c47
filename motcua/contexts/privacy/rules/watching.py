"""Khi nào đọc là lạ: pure rules over an hour of reading. Thresholds are ours, no law sets them."""

from dataclasses import dataclass
from datetime import datetime

from motcua.contexts.privacy.contracts import AlertKind, WatchMalformed
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


# Between which numbers a guard may choose; below the first nobody could work in peace.
MANY, ODD_MANY, HOURS = range(20, 2001), range(1, 501), range(24)


def check(watch: Watch) -> None:
    """Raises: WatchMalformed."""
    said = (
        ("many", watch.many, MANY),
        ("odd_many", watch.odd_many, ODD_MANY),
        ("odd_from", watch.odd_from, HOURS),
        ("odd_to", watch.odd_to, HOURS),
    )
    for field, number, allowed in said:
        if number not in allowed:
            raise WatchMalformed(f"Bạn nhập một số từ {allowed[0]} đến {allowed[-1]}.", field=field)


def is_odd(clock: int, watch: Watch) -> bool:
    """Whether this hour of the day is one of the odd ones, which may span midnight."""
    if watch.odd_from <= watch.odd_to:
        return watch.odd_from <= clock < watch.odd_to
    return clock >= watch.odd_from or clock < watch.odd_to


def alert_for(people: int, hour: datetime, *, day_off: bool, watch: Watch) -> AlertKind | None:
    """What this hour of one officer calls for; too many people outweighs the odd hour."""
    if people >= watch.many:
        return AlertKind.BULK
    odd = day_off or is_odd(city_time(hour).hour, watch)
    return AlertKind.ODD_HOUR if odd and people >= watch.odd_many else None
