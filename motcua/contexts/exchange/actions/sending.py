"""Say something to a neighbour later, surely and once."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from motcua.contexts.exchange.adapters import calling, registry
from motcua.contexts.exchange.contracts import (
    NeighbourRefused,
    SendingAccepted,
    SendingNotDead,
    SendingState,
    UnknownConnector,
)
from motcua.contexts.exchange.events import SendingAsked, SendingDelivered, SendingGivenUp
from motcua.contexts.exchange.models import Sending
from motcua.contexts.exchange.queries import sendings
from motcua.contexts.exchange.rules import NOT_TAKEN, next_try_at
from motcua.kernel.access import WrongRole
from motcua.kernel.actors import SYSTEM, Actor, Role
from motcua.kernel.db import insert, joins_transaction, owns_transaction, record
from motcua.kernel.events import publish

CLAIM = timedelta(minutes=2)  # longer than the slowest operation may take


@joins_transaction
def send(
    connector: str,
    operation: str,
    payload: Mapping[str, object],
    *,
    key: str,
    purpose: str,
    actor: Actor,
    now: datetime,
    urgent: bool = False,
) -> SendingAccepted:
    """Deliver after this transaction, at least once, with the same key at every try.

    Asking again with the same key changes nothing. urgent: before every backlog.
    Raises: UnknownConnector.
    """
    if operation not in registry.operations_of(connector):
        raise UnknownConnector(connector=connector, operation=operation)
    earlier = sendings.sending_by_key(connector, operation, key)
    if earlier is not None:
        return SendingAccepted(id=earlier.id)
    sending = Sending(
        connector=connector,
        operation=operation,
        key=key,
        purpose=purpose,
        payload=dict(payload),
        actor_kind=actor.kind,
        account_id=actor.account_id,
        state=SendingState.WAITING,
        next_try_at=now,
        created_at=now,
    )
    insert(sending)
    asked = SendingAsked(occurred_at=now, subject=key, sending_id=sending.id)
    publish(asked, urgent=urgent)
    return SendingAccepted(id=sending.id)


def deliver(sending_id: UUID, *, now: datetime) -> bool:
    """Try once, if it is due and nobody else is trying. True when the neighbour was called.

    The call happens outside any transaction; the claim keeps others away meanwhile.
    """
    sending = sendings.claim(sending_id, now=now, until=now + CLAIM)
    if sending is None:
        return False
    note_outcome(sending.id, _tried(sending), now=now)
    return True


def _tried(sending: Sending) -> tuple[calling.Heard, ...]:
    """Each provider that was asked in this try; a dead one leaves the message to the next."""
    attempt = sending.attempts + 1
    found: list[calling.Heard] = []
    for name in registry.providers_of(sending.connector, key=sending.key, attempt=attempt):
        found.append(
            calling.call(
                calling.Question(
                    connector=name,
                    operation=sending.operation,
                    payload=sending.payload or {},
                    key=sending.key,
                    purpose=sending.purpose,
                    actor_kind=sending.actor_kind,
                    account_id=sending.account_id,
                    attempt=attempt,
                )
            )
        )
        if found[-1].line.reason not in NOT_TAKEN:
            break
    return tuple(found)


@owns_transaction
def note_outcome(sending_id: UUID, tried: tuple[calling.Heard, ...], *, now: datetime) -> None:
    """Write down how one try went and what comes next."""
    sending = sendings.sending_for_update(sending_id)
    heard = tried[-1]
    sending.attempts += 1
    sending.last_reason = heard.line.reason
    insert(*(one.line for one in tried))
    if heard.problem is None:
        sending.provider = heard.line.connector
        sending.reference = str((heard.answer or {}).get("id", ""))[:100]
        _end(sending, SendingState.SENT, now=now)
    else:
        again = None
        if not isinstance(heard.problem, NeighbourRefused):
            again = next_try_at(sending.attempts, now, retry_after=heard.problem.retry_after)
        if again is None:
            _end(sending, SendingState.DEAD, now=now)
        sending.next_try_at = again
    sending.save()
    record(
        action="exchange.note_outcome",
        subject=sending.key[:80],
        actor=SYSTEM,
        facts={
            "connector": heard.line.connector,
            "state": sending.state,
            "try": sending.attempts,
        },
    )


def _end(sending: Sending, state: SendingState, *, now: datetime) -> None:
    sending.state = state
    sending.ended_at = now
    sending.next_try_at = None
    if state is SendingState.SENT:
        sending.payload = None
        publish(SendingDelivered(
            occurred_at=now, subject=sending.key,
            connector=sending.connector, operation=sending.operation, provider=sending.provider,
        ))  # fmt: skip
    else:
        publish(SendingGivenUp(
            occurred_at=now, subject=sending.key, connector=sending.connector,
            operation=sending.operation, reason=sending.last_reason,
        ))  # fmt: skip


@owns_transaction
def retry(sending_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Send a dead letter again, with the same key. Raises: WrongRole, SendingNotDead."""
    if not actor.has(Role.ADMINISTRATOR):
        raise WrongRole("Việc này dành cho: quản trị viên.")
    sending = sendings.sending_for_update(sending_id)
    if sending.state != SendingState.DEAD:
        raise SendingNotDead
    sending.state = SendingState.WAITING
    sending.attempts = 0
    sending.ended_at = None
    sending.next_try_at = now
    sending.save()
    publish(SendingAsked(occurred_at=now, subject=sending.key, sending_id=sending.id))
    record(action="exchange.retry", subject=sending.key[:80], actor=actor)
