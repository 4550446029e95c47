"""Địa chỉ nhận tin: made, its secret changed, woken, closed."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from motcua.contexts.identity import public as identity
from motcua.contexts.webhooks import queries
from motcua.contexts.webhooks.adapters import posting
from motcua.contexts.webhooks.contracts import (
    AddressMalformed,
    EndpointMade,
    EndpointNotFound,
    MandateTooNarrow,
    NewsKind,
    TooManyEndpoints,
)
from motcua.contexts.webhooks.models import Endpoint
from motcua.contexts.webhooks.rules import MOST_ENDPOINTS, OLD_SECRET_LIVES
from motcua.kernel import db
from motcua.kernel.actors import Actor
from motcua.kernel.db import owns_transaction

LONGEST = 500


def make_endpoint(
    url: str,
    *,
    secret: str,
    kinds: Iterable[NewsKind],
    sandbox: bool,
    actor: Actor,
    now: datetime,
) -> EndpointMade:
    """Tell this address from now on; `secret` (`rules.new_secret`) is shown once by the caller.

    Raises: AddressMalformed, TooManyEndpoints, MandateTooNarrow, StepUpNeeded.
    """
    if len(url) > LONGEST or not posting.is_allowed(url):
        raise AddressMalformed(field="url")
    return _make(url, secret=secret, kinds=kinds, sandbox=sandbox, actor=actor, now=now)


@owns_transaction
def _make(
    url: str,
    *,
    secret: str,
    kinds: Iterable[NewsKind],
    sandbox: bool,
    actor: Actor,
    now: datetime,
) -> EndpointMade:
    if not sandbox:
        identity.require_recent(actor, now=now)
    if actor.account_id is None or actor.party_id is None:
        raise EndpointNotFound
    if actor.mandate is not None and actor.mandate.is_limited:
        raise MandateTooNarrow
    if queries.count_of(actor, now=now) >= MOST_ENDPOINTS:
        raise TooManyEndpoints
    row = Endpoint(
        account_id=actor.account_id,
        person_id=actor.party_id,
        mandate_id=actor.mandate.id if actor.mandate else None,
        assurance=actor.assurance,
        sandbox=sandbox,
        url=url,
        kinds=sorted({*kinds, NewsKind.PING}),
        secret=secret,
        made_at=now,
    )
    db.insert(row)
    facts: dict[str, object] = {"kinds": row.kinds, "sandbox": sandbox}
    db.record(action="webhooks.make_endpoint", subject=str(row.id), actor=actor, facts=facts)
    return EndpointMade(endpoint_id=row.id)


@owns_transaction
def change_secret(endpoint_id: UUID, secret: str, *, actor: Actor, now: datetime) -> None:
    """For a day both secrets sign, so that the receiver changes in its own time.

    Raises: EndpointNotFound, StepUpNeeded.
    """
    row = queries.own_endpoint(endpoint_id, actor, now=now)
    if not row.sandbox:
        identity.require_recent(actor, now=now)
    row.old_secret, row.old_until, row.secret = row.secret, now + OLD_SECRET_LIVES, secret
    db.change(row, "old_secret", "old_until", "secret")
    db.record(action="webhooks.change_secret", subject=str(row.id), actor=actor)


@owns_transaction
def wake_endpoint(endpoint_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Tell it again what waits and what comes. Raises: EndpointNotFound."""
    row = queries.own_endpoint(endpoint_id, actor, now=now)
    row.disabled_at = row.failing_since = None
    db.change(row, "disabled_at", "failing_since")
    db.record(action="webhooks.wake_endpoint", subject=str(row.id), actor=actor)


@owns_transaction
def end_endpoint(endpoint_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Nothing is told there any more. Raises: EndpointNotFound."""
    row = queries.own_endpoint(endpoint_id, actor, now=now)
    row.ended_at = now
    db.change(row, "ended_at", expecting={"ended_at": None})
    db.record(action="webhooks.end_endpoint", subject=str(row.id), actor=actor)
