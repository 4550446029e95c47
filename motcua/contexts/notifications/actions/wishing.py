"""Chọn cách nhận: which kinds by which way, when it is quiet, what comes in one letter."""

from datetime import datetime

from motcua.contexts.notifications import queries
from motcua.contexts.notifications.models import Preferences
from motcua.contexts.notifications.rules import wishes
from motcua.contexts.notifications.rules.wishes import Wishes
from motcua.kernel.actors import Actor
from motcua.kernel.db import change, insert, owns_transaction, record

FIELDS = ("off", "quiet_from", "quiet_to", "gathers", "changed_at")


@owns_transaction
def choose(wanted: Wishes, *, actor: Actor, now: datetime) -> None:
    """For the actor alone. What cannot be switched off stays on, whatever was sent."""
    row = queries.own_preferences(actor, now=now)
    is_new = row is None
    row = row or Preferences(**queries.reader_fields(actor))
    row.off = wishes.written(wanted.off)
    row.quiet_from, row.quiet_to = wanted.quiet.begins, wanted.quiet.ends
    row.gathers, row.changed_at = wanted.gathers, now
    if is_new:
        insert(row)
    else:
        change(row, *FIELDS)
    record(
        action="notifications.choose",
        subject=str(row.id),
        actor=actor,
        facts={"off": row.off, "gathers": row.gathers},
    )
