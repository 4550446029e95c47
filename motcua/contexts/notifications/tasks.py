"""Việc định kỳ: what waited for the morning goes out, and the letter of the day."""

from datetime import datetime

from motcua.contexts.notifications import queries
from motcua.contexts.notifications.actions.delivering import release_held, send_letters
from motcua.contexts.notifications.actions.serving import ask_for_paper
from motcua.contexts.notifications.contracts import DeliveryState
from motcua.kernel.jobs import every


@every("* * * * *", name="notifications.release_held")
def release(now: datetime) -> None:
    """Every minute: a burst at 7:00 leaves in batches. Nothing is written when none wait."""
    if queries.is_waiting(DeliveryState.HELD, now):
        release_held(now=now)


@every("* * * * *", name="notifications.send_letters")
def letters_of_the_day(now: datetime) -> None:
    """From 18:00, in batches."""
    if queries.is_waiting(DeliveryState.GATHERED, now):
        send_letters(now=now)


@every("20 * * * *", name="notifications.ask_for_paper")
def paper(now: datetime) -> None:
    """Notices of the law that reached nobody in time become work of a desk."""
    if queries.is_unreached(now):
        ask_for_paper(now=now)
