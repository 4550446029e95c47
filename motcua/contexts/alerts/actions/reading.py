"""Đã xem, đã đọc: what a resident on the list did with a message."""

from datetime import datetime

from motcua.contexts.alerts.contracts import AlertView
from motcua.contexts.alerts.queries import reach
from motcua.kernel.actors import Actor
from motcua.kernel.db import owns_transaction, record


@owns_transaction
def note_seen(alert: AlertView, *, actor: Actor, now: datetime) -> None:
    """The page of the message was open before a resident on its list."""
    _note(alert, ("seen_at",), actor, now)
    record(action="alerts.note_seen", subject=alert.code, actor=actor)


@owns_transaction
def confirm_read(alert: AlertView, *, actor: Actor, now: datetime) -> None:
    """«Tôi đã đọc»: the receipt that leaders count."""
    _note(alert, ("seen_at", "read_at"), actor, now)
    record(action="alerts.confirm_read", subject=alert.code, actor=actor)


def _note(alert: AlertView, fields: tuple[str, ...], actor: Actor, now: datetime) -> None:
    row = reach.of_person(alert.id, actor.own_ids)
    if row is not None:
        for field in fields:
            reach.note(row.id, field, now=now)
