"""Phát cảnh báo: a second person makes the draft public, and ends what it replaces."""

import hashlib
from datetime import datetime, timedelta

from django.conf import settings

from motcua.contexts.alerts.contracts import (
    AlertChanged,
    Drafted,
    Ended,
    Kind,
    NotInForce,
    NotReleaser,
    OwnDraft,
    ProofNeeded,
    State,
)
from motcua.contexts.alerts.events import AlertReleased
from motcua.contexts.alerts.models import Alert
from motcua.contexts.alerts.policies import RELEASERS, may_release_for
from motcua.contexts.alerts.queries import alerts as queries
from motcua.contexts.alerts.queries import live
from motcua.contexts.alerts.rules import cap
from motcua.contexts.identity import public as identity
from motcua.contexts.organisations import public as organisations
from motcua.kernel.access import WrongRole
from motcua.kernel.actors import Actor
from motcua.kernel.db import change, joins_transaction, owns_transaction, record
from motcua.kernel.events import publish

PROOF = timedelta(minutes=5)
RELEASED = (
    "state", "released_at", "released_by", "expires_at", "cap", "changed_at", "spread_at",
    "told_at",
)  # fmt: skip


@owns_transaction
def release(code: str, *, seen_version: int, actor: Actor, now: datetime) -> Drafted:
    """Make a draft public, exactly as it was read. One row, which everybody pulls.

    The document is written here and never again. Raises: AlertNotFound, WrongRole, OwnDraft,
    NotReleaser, ProofNeeded, AlertChanged, NotInForce.
    """
    row = queries.row(code, actor, now=now)
    _check(row, seen_version, actor, now)
    if row.replaces_id is not None:
        _end(row, queries.for_update(row.replaces_id), now)
    row.state, row.released_at, row.released_by = State.RELEASED, now, actor.officer_id
    row.expires_at, row.changed_at = now + timedelta(hours=row.hours), now
    row.cap = _document(row)
    change(row, *RELEASED, expecting={"state": State.DRAFT, "version": seen_version})
    live.renew()
    facts: dict[str, object] = {
        "kind": row.kind,
        "status": row.status,
        "wards": len(row.wards),
        "writers": [str(one) for one in row.written_by],
        "sha256": hashlib.sha256(row.cap.encode()).hexdigest(),
    }
    record(action="alerts.release", subject=code, actor=actor, facts=facts)
    publish(AlertReleased(occurred_at=now, subject=code, alert_id=row.id), urgent=True)
    return Drafted(code=code)


def _check(row: Alert, seen_version: int, actor: Actor, now: datetime) -> None:
    if actor.officer_id is None or not actor.has(*RELEASERS):
        raise WrongRole
    if row.state != State.DRAFT or row.version != seen_version:
        raise AlertChanged
    if actor.officer_id in row.written_by:
        raise OwnDraft
    if not may_release_for(actor, tuple(row.wards)):
        raise NotReleaser
    identity.require_recent(actor, now=now)
    if actor.proven_at is None or now - actor.proven_at > PROOF:
        raise ProofNeeded


@joins_transaction
def _end(row: Alert, earlier: Alert, now: datetime) -> None:
    """The message before it ends at the same moment. Raises: NotInForce."""
    if not queries.view_of(earlier).holds(now):
        raise NotInForce
    is_cancel = row.kind == Kind.CANCEL
    earlier.state, earlier.ended_at, earlier.changed_at = State.ENDED, now, now
    earlier.ended_as = Ended.CANCELLED if is_cancel else Ended.REPLACED
    change(
        earlier,
        "state",
        "ended_at",
        "ended_as",
        "changed_at",
        expecting={"state": State.RELEASED},
    )


def _document(row: Alert) -> str:
    unit = organisations.unit_by_id(row.unit_id)
    return cap.document(
        queries.view_of(row),
        sender=unit.code,
        page=f"{settings.PUBLIC_ORIGIN}/canh-bao/{row.code}",
        references=queries.references(row),
    )
