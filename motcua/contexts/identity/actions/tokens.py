"""Personal access tokens: made, used, revoked."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from motcua.contexts.identity.contracts import TokenMade, TokenNotFound
from motcua.contexts.identity.models import ApiToken
from motcua.contexts.identity.queries import accounts, mandates
from motcua.contexts.identity.rules import (
    LONGEST_TOKEN_LIFE,
    SCOPES,
    TOKEN_LIFE,
    require_recent,
)
from motcua.kernel.access import SignInNeeded
from motcua.kernel.actors import Actor
from motcua.kernel.db import change, insert, owns_transaction, record
from motcua.kernel.text import nfc

PREFIX, TRYING_PREFIX = "mct_", "mct_thu_"
USE_GRAIN = timedelta(minutes=1)  # how exactly the last use is known


def new_token_text(*, sandbox: bool = False) -> str:
    return (TRYING_PREFIX if sandbox else PREFIX) + secrets.token_urlsafe(32)


@owns_transaction
def make_token(
    text: str,
    *,
    name: str,
    scopes: Iterable[str],
    sandbox: bool = False,
    life: timedelta = TOKEN_LIFE,
    actor: Actor,
    now: datetime,
) -> TokenMade:
    """Keep the hash of `text` (from `new_token_text`), which the caller shows once.

    The token acts with the assurance its owner has now; made while working in somebody's name, it
    works in that name alone, as far as the mandate reaches. sandbox: it reaches no row of the city.
    Raises: SignInNeeded, StepUpNeeded, MandateEnded.
    """
    if actor.account_id is None:
        raise SignInNeeded
    if not sandbox:
        require_recent(actor, now=now)
    mandate = actor.mandate and mandates.of_token(actor.mandate.id, actor, now=now)
    token = ApiToken(
        account_id=actor.account_id,
        name=nfc(name)[:80] or "API",
        digest=accounts.token_digest(text),
        scopes=sorted(SCOPES.intersection(scopes)),
        assurance=actor.assurance,
        created_at=now,
        expires_at=now + min(life, LONGEST_TOKEN_LIFE),
        sandbox=sandbox,
        mandate_id=mandate.id if mandate else None,
    )
    insert(token)
    record(
        action="identity.make_token",
        subject=str(token.id),
        actor=actor,
        facts={
            "scopes": token.scopes,
            "mandate": str(token.mandate_id or ""),
            "sandbox": sandbox,
        },
    )
    return TokenMade(id=token.id)


@owns_transaction
def revoke_token(token_id: UUID, *, actor: Actor, now: datetime) -> None:
    """At once and for good; only one's own. Raises: TokenNotFound."""
    token = accounts.own_token(token_id, actor, now=now)
    if token is None or token.revoked_at is not None:
        raise TokenNotFound
    token.revoked_at = now
    change(token, "revoked_at")
    record(action="identity.revoke_token", subject=str(token_id), actor=actor)


def note_use(token: ApiToken, *, now: datetime) -> None:
    """Remember the last use, to the minute; a figure for the owner, not an act."""
    if token.last_used_at is None or now - token.last_used_at > USE_GRAIN:
        ApiToken.objects.filter(id=token.id).update(last_used_at=now)
