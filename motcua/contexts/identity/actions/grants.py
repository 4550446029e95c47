"""Codes and tokens of applications: issued, used, taken back. The texts are kept nowhere."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.contexts.identity.contracts.applications import Ended
from motcua.contexts.identity.events import ApplicationSignInEnded
from motcua.contexts.identity.models import Consent, Grant, IssuedToken
from motcua.contexts.identity.queries import applications
from motcua.contexts.identity.queries.applications import ACCESS, REFRESH
from motcua.contexts.identity.queries.policies import ConsentPolicy
from motcua.contexts.identity.rules.applications import (
    ACCESS_LIFE,
    CODE_LIFE,
    GRANT_LIFE,
    REFRESH_LIFE,
)
from motcua.kernel.access import visible
from motcua.kernel.actors import Actor, ActorKind
from motcua.kernel.db import change, insert, joins_transaction, owns_transaction, record
from motcua.kernel.events import publish

PARTNER = Actor(kind=ActorKind.PARTNER)  # its server asks; which one, the facts of the leaf say
OWN_WISH = frozenset({Ended.REVOKED, Ended.SIGNED_OUT})


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """What the person who allowed the sign-in had shown of themselves, and what was asked."""

    scopes: tuple[str, ...]
    redirect_uri: str
    challenge: str
    nonce: str
    began_in: str
    assurance: int
    methods: tuple[str, ...]
    signed_in_at: datetime | None


@owns_transaction
def start_grant(
    code: str, sign_in: SignIn, *, consent_id: UUID, actor: Actor, now: datetime
) -> None:
    """Keep the hash of a code that the browser carries to the application."""
    consent = visible(Consent.objects.all(), actor, ConsentPolicy, now=now).get(id=consent_id)
    grant = Grant(
        consent=consent,
        session_name=secrets.token_hex(16),
        began_in=sign_in.began_in,
        scopes=[scope for scope in sign_in.scopes if scope in consent.granted],
        code_digest=applications.digest(code),
        code_expires_at=now + CODE_LIFE,
        redirect_uri=sign_in.redirect_uri,
        challenge=sign_in.challenge,
        nonce=sign_in.nonce,
        assurance=sign_in.assurance,
        methods=list(sign_in.methods),
        signed_in_at=sign_in.signed_in_at,
        started_at=now,
    )
    insert(grant)
    record(
        action="identity.start_grant",
        subject=str(grant.id),
        actor=actor,
        facts={"consent": str(consent_id), "scopes": grant.scopes, "level": grant.assurance},
    )


@owns_transaction
def redeem_code(grant: Grant, *, access: str, refresh: str, actor: Actor, now: datetime) -> None:
    """Tokens for a code, once. Raises: Stale when somebody was faster."""
    grant.code_used_at = now
    change(grant, "code_used_at", expecting={"code_used_at": None, "ended_at": None})
    _issue(grant, access=access, refresh=refresh, now=now)
    record(action="identity.redeem_code", subject=str(grant.id), actor=actor)


@owns_transaction
def renew_tokens(
    used: IssuedToken, *, access: str, refresh: str, actor: Actor, now: datetime
) -> None:
    """Tokens for a refresh token, once. Raises: Stale when somebody was faster."""
    used.used_at = now
    change(used, "used_at", expecting={"used_at": None, "ended_at": None})
    _issue(used.grant, access=access, refresh=refresh, now=now)
    record(action="identity.renew_tokens", subject=str(used.grant_id), actor=actor)


def _issue(grant: Grant, *, access: str, refresh: str, now: datetime) -> None:
    for kind, text, life in ((ACCESS, access, ACCESS_LIFE), (REFRESH, refresh, REFRESH_LIFE)):
        insert(
            IssuedToken(
                grant=grant,
                kind=kind,
                digest=applications.digest(text),
                issued_at=now,
                expires_at=min(now + life, grant.started_at + GRANT_LIFE),
            )
        )


@owns_transaction
def end_grant(grant: Grant, *, why: Ended, actor: Actor, now: datetime) -> None:
    """Every token of this sign-in is dead."""
    end(grant, why=why, actor=actor, now=now)


@joins_transaction
def end(grant: Grant, *, why: Ended, actor: Actor, now: datetime) -> None:
    """Every token of this sign-in is dead; its application hears of it, unless it wished it."""
    if grant.ended_at is None:
        grant.ended_at = now
        change(grant, "ended_at")
        if why not in OWN_WISH and grant.code_used_at and grant.consent.application.sign_out_uri:
            publish(ApplicationSignInEnded(occurred_at=now, subject=str(grant.id)))
    record(action="identity.end_grant", subject=str(grant.id), actor=actor, facts={"why": why})


@owns_transaction
def end_token(token: IssuedToken, *, actor: Actor, now: datetime) -> None:
    """This access token alone."""
    token.ended_at = now
    change(token, "ended_at")
    record(
        action="identity.end_token",
        subject=str(token.grant_id),
        actor=actor,
        facts={"token": str(token.id)},
    )


@owns_transaction
def note_connection_refusal(
    door: str, reason: str, *, client: str, actor: Actor, now: datetime
) -> None:
    """Write down that an application, or somebody in its name, was turned away, and why."""
    record(
        action="identity.refuse_connection",
        subject=client or "unknown",
        actor=actor,
        facts={"door": door, "reason": reason},
    )


@owns_transaction
def note_telling(grant: Grant, scopes: Collection[str], *, actor: Actor, now: datetime) -> None:
    """Write down which application was told what about whom, and by which consent."""
    consent = grant.consent
    record(
        action="identity.tell_application",
        subject=str(consent.id),
        actor=actor,
        facts={"client": consent.application.client_id, "scopes": list(scopes)},
    )


@owns_transaction
def note_sign_out_told(grant: Grant, *, actor: Actor, now: datetime) -> None:
    """Write down that the application's server took the news."""
    record(action="identity.tell_sign_out", subject=str(grant.id), actor=actor)
