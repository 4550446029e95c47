"""Địa chỉ lịch bí mật: made, renewed, closed; a calendar program reads it without signing in."""

import secrets
from datetime import datetime, timedelta

from motcua.contexts.dossiers.actions import drafts
from motcua.contexts.dossiers.contracts import NotYourDossier
from motcua.contexts.dossiers.contracts.obligations import FeedMade, FeedNotFound, Obligation
from motcua.contexts.dossiers.models import CalendarFeed
from motcua.contexts.dossiers.queries import obligations as reading
from motcua.contexts.identity import public as identity
from motcua.contexts.identity.contracts.mandates import MandateEnded
from motcua.kernel import db
from motcua.kernel.actors import Actor
from motcua.kernel.db import owns_transaction

READ_GRAIN = timedelta(minutes=5)  # how exactly the last reading is known


def new_secret() -> str:
    return secrets.token_urlsafe(32)


@owns_transaction
def make_feed(text: str, *, language: str, actor: Actor, now: datetime) -> FeedMade:
    """Keep the hash of `text` (from `new_secret`), which the caller shows once.

    The address before it ends. Under a mandate it tells of that party alone, while the mandate
    holds. Raises: StepUpNeeded, NotYourDossier.
    """
    identity.require_recent(actor, now=now)
    if actor.party_id is None:
        raise NotYourDossier
    before = reading.own_feed(actor, now=now)
    if before is not None:
        before.ended_at = now
        db.change(before, "ended_at", expecting={"ended_at": None})
    feed = CalendarFeed(
        account_id=drafts.account_of(actor),
        person_id=actor.party_id,
        mandate_id=actor.mandate.id if actor.mandate else None,
        digest=reading.feed_digest(text),
        language=language,
        made_at=now,
    )
    db.insert(feed)
    db.record(action="dossiers.make_calendar_feed", subject=str(feed.id), actor=actor)
    return FeedMade(feed_id=feed.id)


@owns_transaction
def end_feed(*, actor: Actor, now: datetime) -> None:
    """At once and for good. Raises: FeedNotFound."""
    feed = reading.own_feed(actor, now=now)
    if feed is None:
        raise FeedNotFound
    feed.ended_at = now
    db.change(feed, "ended_at", expecting={"ended_at": None})
    db.record(action="dossiers.end_calendar_feed", subject=str(feed.id), actor=actor)


def read_feed(text: str, *, now: datetime) -> tuple[CalendarFeed, tuple[Obligation, ...]]:
    """What the holder of the address is told. Raises: FeedNotFound, also once the right ended."""
    feed = reading.feed_of(text)
    try:
        actor = identity.actor_at_work(
            feed.account_id, assurance=1, mandate_id=feed.mandate_id, now=now
        )
    except MandateEnded as ended:
        raise FeedNotFound from ended
    if not actor.is_party(feed.person_id):
        raise FeedNotFound
    if feed.read_at is None or now - feed.read_at > READ_GRAIN:
        CalendarFeed.objects.filter(pk=feed.pk).update(read_at=now)
    return feed, reading.obligations(actor, now=now)
