"""The exchange for its neighbours in the house: ask now, send surely, check who calls us."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from motcua.contexts.exchange.actions.sending import retry, send
from motcua.contexts.exchange.adapters import calling, push_connector, registry, webpush
from motcua.contexts.exchange.adapters.http_connector import exchange_json
from motcua.contexts.exchange.adapters.simulators.authenticator import secret_of
from motcua.contexts.exchange.adapters.simulators.offered import offer
from motcua.contexts.exchange.contracts import (
    CallbackRefused,
    CallView,
    DeadLetter,
    NeighbourDown,
    NeighbourState,
    Outcome,
    ProviderFigures,
    PushServiceUnknown,
    UnreadableKeys,
)
from motcua.contexts.exchange.ports import Operation
from motcua.contexts.exchange.queries import log, sendings
from motcua.contexts.exchange.rules import signature_holds
from motcua.kernel.actors import Actor

__all__ = [
    "Operation",
    "ask",
    "calls",
    "dead_letters",
    "exchange_json",
    "neighbours",
    "offer",
    "push_key",
    "push_service_of",
    "register",
    "retry",
    "sample_authenticator",
    "send",
    "sms_figures",
    "try_device",
    "verify_callback",
]

TIMESTAMP_HEADER = "X-Timestamp"
SIGNATURE_HEADER = "X-Signature"


def ask(
    connector: str,
    operation: str,
    payload: Mapping[str, object],
    *,
    key: str,
    purpose: str,
    actor: Actor,
) -> Mapping[str, object]:
    """Ask a neighbour and wait for the answer, three seconds at most for look-ups.

    Call it outside a transaction: a slow neighbour must not hold rows. The attempt is logged.
    Raises: NeighbourDown, NeighbourRefused, UnknownConnector.
    """
    heard = calling.call(
        calling.Question(
            connector=connector,
            operation=operation,
            payload=payload,
            key=key,
            purpose=purpose,
            actor_kind=actor.kind,
            account_id=actor.account_id,
        )
    )
    heard.line.save(force_insert=True)
    if heard.problem is not None:
        raise heard.problem
    if heard.answer is None:
        raise NeighbourDown(reason="empty", connector=connector)
    return heard.answer


def dead_letters(
    actor: Actor, *, now: datetime, before: datetime | None = None, limit: int = 50
) -> tuple[DeadLetter, ...]:
    """Messages given up, newest first, keyset by `gave_up_at`; for administrators and auditors."""
    return sendings.dead_letters(actor, before=before, limit=limit, now=now)


def neighbours(actor: Actor, *, now: datetime) -> tuple[NeighbourState, ...]:
    """How each neighbour behaved in the last hour; for administrators and auditors."""
    return log.neighbours(registry.names(), actor, now=now)


def calls(
    actor: Actor,
    *,
    now: datetime,
    connector: str = "",
    outcome: Outcome | None = None,
    before: tuple[datetime, UUID] | None = None,
    limit: int = 50,
) -> tuple[CallView, ...]:
    """What was said to neighbours, newest first, without its content; keyset by time and id."""
    return log.calls(
        actor, now=now, connector=connector, outcome=outcome, before=before, limit=limit
    )


def verify_callback(
    neighbour: str, body: bytes, headers: Mapping[str, str], *, now: datetime
) -> None:
    """Check that a call from outside comes from this neighbour and is fresh.

    The signature covers time and body: HMAC-SHA256 of ``<X-Timestamp>.<body>`` in hexadecimal.
    Raises: CallbackRefused.
    """
    fits = signature_holds(
        registry.shared_secret(neighbour),
        timestamp=headers.get(TIMESTAMP_HEADER, ""),
        body=body,
        signature=headers.get(SIGNATURE_HEADER, ""),
        now=now,
    )
    if not fits:
        raise CallbackRefused(neighbour=neighbour)


def push_key() -> str:
    """Our public key as a browser wants it when it subscribes (`applicationServerKey`)."""
    return webpush.base64(webpush.raw_point(registry.vapid_key().public_key()))


def push_service_of(endpoint: str, *, p256dh: str, auth: str) -> str:
    """The connector that reaches this browser. Raises: PushServiceUnknown, UnreadableKeys."""
    try:
        webpush.Audience.read(p256dh, auth)
    except webpush.Unreadable as problem:
        raise UnreadableKeys from problem
    found = push_connector.service_of(endpoint, registry.push_services())
    if not found:
        raise PushServiceUnknown
    return found


def try_device(*, actor: Actor) -> Mapping[str, object]:
    """A browser played by the stand-ins: endpoint, p256dh, auth. Only where stand-ins run.

    Raises: UnknownConnector, NeighbourDown, NeighbourRefused.
    """
    asked = {"key": push_key()}
    purpose = "Thử nhận tin đẩy"
    key = secrets.token_hex(16)
    return ask(registry.TRIED, "make", asked, key=key, purpose=purpose, actor=actor)


def sms_figures(actor: Actor, *, since: datetime, now: datetime) -> tuple[ProviderFigures, ...]:
    """Each provider of SMS since then; for administrators and auditors."""
    return sendings.sms_figures(actor, since=since, now=now)


def sample_authenticator(username: str) -> str:
    """The secret of the stand-in for a sample officer's app of codes; for the seed only."""
    return secret_of(username, key=registry.shared_secret("authenticator"))


register = registry.register
