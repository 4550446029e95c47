"""Giờ yên tĩnh: what rings waits for the morning; small news wait for the letter of the day."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from motcua.contexts.notifications.contracts import Channel, Level
from motcua.kernel.clock import city_time

LETTER_AT = time(18)
RINGS = frozenset({Channel.SMS, Channel.PUSH})


@dataclass(frozen=True, slots=True)
class Quiet:
    """From when to when nobody is disturbed; the same hour twice: never quiet."""

    begins: time = time(21)
    ends: time = time(7)

    def holds(self, at: time) -> bool:
        if self.begins <= self.ends:
            return self.begins <= at < self.ends
        return at >= self.begins or at < self.ends


CUSTOMARY = Quiet()


def hold_until(
    channel: Channel, level: Level, at: datetime, quiet: Quiet = CUSTOMARY
) -> datetime | None:
    """When it may go out, or None for at once. Mail disturbs nobody; a danger waits for nobody."""
    here = city_time(at)
    if channel not in RINGS or level is Level.EMERGENCY or not quiet.holds(here.time()):
        return None
    return _next(here, quiet.ends)


def letter_at(at: datetime) -> datetime:
    """When the letter of the day leaves that takes up what is told now."""
    return _next(city_time(at), LETTER_AT)


def _next(here: datetime, wanted: time) -> datetime:
    today = here.replace(hour=wanted.hour, minute=wanted.minute, second=0, microsecond=0)
    return today if here < today else today + timedelta(days=1)
