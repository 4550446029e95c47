"""Reads of sessions."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from motcua.contexts.identity.adapters.sessions import DEVICE, ORIGIN, digest_of, opened
from motcua.contexts.identity.contracts import SessionView
from motcua.contexts.identity.models import Session
from motcua.contexts.identity.queries.policies import SessionPolicy
from motcua.kernel.access import visible
from motcua.kernel.actors import Actor

HANDLE = 24  # digits of the digest that name a session in an address; they open nothing


def living_of(actor: Actor, *, now: datetime) -> "QuerySet[Session]":
    """The actor's own sessions that have not ended."""
    rows = visible(Session.objects.all(), actor, SessionPolicy, now=now)
    return rows.filter(expire_date__gt=now)


def owner_of_ended(session_key: str) -> UUID | None:
    """Whose session a cookie was that opens nothing any more; None when no row tells it."""
    rows = Session.objects.filter(session_key=digest_of(session_key))
    return rows.values_list("account_id", flat=True).first()


def is_there(mark: str) -> bool:
    """Whether the session with this mark has not been ended."""
    return Session.objects.filter(mark=mark).exists()


def views_of(actor: Actor, *, this: str, now: datetime) -> tuple[SessionView, ...]:
    """Newest first. this: the digest of the session that asks."""
    rows = living_of(actor, now=now).order_by("-began_at", "session_key")[:100]
    return tuple(_view(row, this=this) for row in rows)


def _view(row: Session, *, this: str) -> SessionView:
    carried = opened(row.session_data, row.session_key) or {}
    return SessionView(
        id=row.session_key[:HANDLE],
        device=str(carried.get(DEVICE, "")),
        origin=str(carried.get(ORIGIN, "")),
        level=row.level,
        began_at=row.began_at,
        used_at=row.used_at,
        is_this=row.session_key == this,
    )
