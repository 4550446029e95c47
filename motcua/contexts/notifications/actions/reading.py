"""Đọc tin: mark as read, one message or a whole dossier's."""

from datetime import datetime
from uuid import UUID

from motcua.contexts.notifications import queries
from motcua.contexts.notifications.contracts import MessageNotFound
from motcua.kernel.actors import Actor
from motcua.kernel.db import owns_transaction, record


@owns_transaction
def mark_read(notification_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Raises: MessageNotFound, also for somebody else's message."""
    mine = queries.inbox(actor, now=now).filter(id=notification_id)
    if not mine.exists():
        raise MessageNotFound
    queries.mark_read(mine, now=now)
    record(action="notifications.mark_read", subject=str(notification_id), actor=actor)


@owns_transaction
def mark_all_read(*, subject: str | None, actor: Actor, now: datetime) -> None:
    """Everything, or everything about one dossier."""
    rows = queries.inbox(actor, now=now)
    if subject is not None:
        rows = rows.filter(subject=subject)
    known = subject is not None and rows.exists()  # words of a stranger stay out of the ledger
    opened = queries.unread_served(rows)
    queries.mark_read(rows, now=now)
    for one in opened:  # each is the proof that its reader was reached
        record(action="notifications.opened", subject=str(one), actor=actor)
    about = subject if known and subject else ""
    record(action="notifications.mark_all_read", subject=about, actor=actor)
