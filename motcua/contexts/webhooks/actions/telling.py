"""Tin: written once for each address, sent until it is taken.

A try is claimed before it is made: the claim sets when the next one would be. A worker that is
killed in the middle leaves a letter that is sent again then, under the same id.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from motcua.contexts.identity import public as identity
from motcua.contexts.identity.contracts.mandates import MandateEnded
from motcua.contexts.notifications import public as notifications
from motcua.contexts.webhooks import queries
from motcua.contexts.webhooks.adapters import posting
from motcua.contexts.webhooks.contracts import EndpointAsleep, NewsKind
from motcua.contexts.webhooks.events import LetterQueued
from motcua.contexts.webhooks.models import Endpoint, Letter
from motcua.contexts.webhooks.rules import (
    DISABLED_AFTER,
    KEPT,
    WAITS,
    headers_of,
    letter_body,
    wait_after,
)
from motcua.kernel import db, events
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.db import joins_transaction, owns_transaction

MOST_AT_ONCE = 200


@owns_transaction
def announce(
    person_id: UUID,
    kind: NewsKind,
    *,
    subject: str,
    data: Mapping[str, object],
    sandbox: bool,
    happened_at: datetime,
    now: datetime,
) -> None:
    """A letter for each address of the party that wants such news; told twice it is one."""
    mark = f"{kind}:{subject}:{happened_at.isoformat()}"
    rows = queries.hearing(person_id, kind, sandbox=sandbox)
    told = queries.told_already([row.id for row in rows], mark)
    whole = {**data, "sandbox": sandbox}
    for row in rows:
        if row.id not in told:
            _write(row, kind, subject, mark, whole, happened_at, now)
    facts: dict[str, object] = {"kind": kind, "letters": len(rows) - len(told)}
    db.record(action="webhooks.announce", subject=subject, actor=SYSTEM, facts=facts)


@joins_transaction
def _write(
    endpoint: Endpoint,
    kind: NewsKind,
    subject: str,
    mark: str,
    data: Mapping[str, object],
    happened_at: datetime,
    now: datetime,
) -> None:
    letter = Letter(
        endpoint_id=endpoint.id,
        kind=kind,
        subject=subject,
        mark=mark,
        body=letter_body(kind, data, happened_at),
        happened_at=happened_at,
        next_at=now,
    )
    db.insert(letter)
    events.publish(LetterQueued(occurred_at=now, subject=str(letter.id)))


@owns_transaction
def ping(endpoint_id: UUID, *, actor: Actor, now: datetime) -> None:
    """A letter that says nothing, to see whether it arrives.

    Raises: EndpointNotFound, EndpointAsleep.
    """
    row = queries.own_endpoint(endpoint_id, actor, now=now)
    if row.disabled_at is not None:
        raise EndpointAsleep
    data: dict[str, object] = {"sandbox": row.sandbox}
    mark = f"{NewsKind.PING}:{now.isoformat()}"
    _write(row, NewsKind.PING, str(row.id), mark, data, now, now)
    db.record(action="webhooks.ping", subject=str(row.id), actor=actor)


@owns_transaction
def send_again(letter_id: UUID, endpoint_id: UUID, *, actor: Actor, now: datetime) -> None:
    """The same letter under the same id, with all its tries anew.

    Raises: EndpointNotFound, LetterNotFound, EndpointAsleep.
    """
    letter = queries.own_letter(letter_id, endpoint_id, actor, now=now)
    if letter.endpoint.disabled_at is not None:
        raise EndpointAsleep
    letter.tries, letter.next_at = 0, now
    letter.taken_at = letter.given_up_at = None
    db.change(letter, "tries", "next_at", "taken_at", "given_up_at")
    events.publish(LetterQueued(occurred_at=now, subject=str(letter.id)))
    db.record(action="webhooks.send_again", subject=str(letter.id), actor=actor)


def send_due(*, now: datetime) -> None:
    """Every letter whose next try has come."""
    for letter_id in queries.due(now, limit=MOST_AT_ONCE):
        send(letter_id, now=now)


def send(letter_id: UUID, *, now: datetime) -> None:
    """One try, when one is due."""
    letter = _claim(letter_id, now=now)
    if letter is None:
        return
    there = letter.endpoint
    keys = [there.secret]
    if there.old_secret and there.old_until and there.old_until > now:
        keys.append(there.old_secret)
    headers = headers_of(str(letter.id), letter.body, keys, now=now)
    _note(letter, posting.post(there.url, letter.body, headers), now=now)


def _claim(letter_id: UUID, *, now: datetime) -> Letter | None:
    """The letter, for this try alone; None when it is not due, or its address hears no more."""
    rows = Letter.objects.select_related("endpoint").filter(pk=letter_id, next_at__lte=now)
    letter = rows.first()
    if letter is None or letter.endpoint.disabled_at or letter.endpoint.ended_at:
        return None
    if not _may_hear(letter.endpoint, now):
        _close(letter.endpoint, now=now)
        return None
    return letter if _claimed(letter, now=now) else None


def _claimed(letter: Letter, *, now: datetime) -> bool:
    """Two workers may see the same letter; one of them gets it."""
    try:
        _take_try(letter, now=now)
    except db.Stale:
        return False
    return True


@owns_transaction
def _take_try(letter: Letter, *, now: datetime) -> None:
    seen, letter.tries = letter.tries, letter.tries + 1
    letter.next_at = now + (wait_after(letter.tries) or WAITS[-1])
    db.change(letter, "tries", "next_at", expecting={"tries": seen})
    facts: dict[str, object] = {"try": letter.tries}
    db.record(action="webhooks.try_letter", subject=str(letter.id), actor=SYSTEM, facts=facts)


def _may_hear(endpoint: Endpoint, now: datetime) -> bool:
    """Whether who made it may still act for the party."""
    try:
        actor = identity.actor_at_work(
            endpoint.account_id,
            assurance=endpoint.assurance,
            mandate_id=endpoint.mandate_id,
            now=now,
        )
    except MandateEnded:
        return False
    return actor.is_party(endpoint.person_id)


@owns_transaction
def _close(endpoint: Endpoint, *, now: datetime) -> None:
    endpoint.ended_at = now
    db.change(endpoint, "ended_at")
    db.record(action="webhooks.end_endpoint", subject=str(endpoint.id), actor=SYSTEM)


@owns_transaction
def _note(letter: Letter, finding: str, *, now: datetime) -> None:
    """How the try went; an address that failed for days is put to sleep, and its owner hears."""
    endpoint = letter.endpoint
    letter.finding = finding
    if finding == posting.TAKEN:
        letter.taken_at, letter.next_at, endpoint.failing_since = now, None, None
    else:
        endpoint.failing_since = endpoint.failing_since or now
        if wait_after(letter.tries) is None:
            letter.given_up_at, letter.next_at = now, None
    db.change(letter, "finding", "taken_at", "given_up_at", "next_at")
    db.change(endpoint, "failing_since")
    if _is_hopeless(endpoint, finding, now):
        _disable(endpoint, now)
    facts: dict[str, object] = {"finding": finding, "try": letter.tries}
    db.record(action="webhooks.note_letter", subject=str(letter.id), actor=SYSTEM, facts=facts)


def _is_hopeless(endpoint: Endpoint, finding: str, now: datetime) -> bool:
    """Gone, as it says itself; or it has taken nothing for days."""
    if finding == posting.GONE:
        return True
    return endpoint.failing_since is not None and now - endpoint.failing_since > DISABLED_AFTER


@joins_transaction
def _disable(endpoint: Endpoint, now: datetime) -> None:
    endpoint.disabled_at = now
    db.change(endpoint, "disabled_at")
    if not endpoint.sandbox:
        notifications.notify(
            person_id=endpoint.person_id,
            template="webhook_asleep",
            subject=str(endpoint.id),
            params={},
            now=now,
        )


@owns_transaction
def forget_letters(*, now: datetime) -> None:
    """A month of letters is kept."""
    old = Letter.objects.filter(happened_at__lt=now - KEPT, next_at__isnull=True)
    ids = list(old.order_by("happened_at", "id").values_list("id", flat=True)[:5000])
    Letter.objects.filter(pk__in=ids).delete()
    facts: dict[str, object] = {"letters": len(ids)}
    db.record(action="webhooks.forget", subject="webhooks", actor=SYSTEM, facts=facts)
