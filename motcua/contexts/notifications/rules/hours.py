"""Giờ yên tĩnh: an SMS that is not urgent waits from 21:00 to 7:00."""

from datetime import datetime, time, timedelta

from motcua.contexts.notifications.contracts import Channel, Level
from motcua.kernel.clock import city_time

QUIET_FROM = time(21)
QUIET_TO = time(7)


def hold_until(channel: Channel, level: Level, at: datetime) -> datetime | None:
    """When it may go out, or None for at once. Mail disturbs nobody; a danger waits for nobody."""
    if channel is not Channel.SMS or level is Level.EMERGENCY:
        return None
    here = city_time(at)
    if QUIET_TO <= here.time() < QUIET_FROM:
        return None
    morning = here.replace(hour=QUIET_TO.hour, minute=0, second=0, microsecond=0)
    return morning if here.time() < QUIET_TO else morning + timedelta(days=1)
