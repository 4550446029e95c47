"""Rút lại điều đã đồng ý, at once: whoever gave it needs nobody's decision to take it back."""

from datetime import datetime
from uuid import UUID

from motcua.contexts.identity import public as identity
from motcua.contexts.privacy.contracts import ConsentGone, RequestNotFound
from motcua.contexts.privacy.queries.held import given_by
from motcua.kernel import db
from motcua.kernel.actors import Actor
from motcua.kernel.db import joins_transaction, owns_transaction
from motcua.kernel.holdings import consents


@owns_transaction
def take_back(key: str, *, actor: Actor, now: datetime) -> None:
    """Raises: RequestNotFound (nobody's own), ConsentGone. Legal: Law 91/2025/QH15, Art. 4."""
    person_id = actor.person_id
    if person_id is None:
        raise RequestNotFound
    if key not in {one.key for one in given_by(person_id)}:
        raise ConsentGone
    end(key, person_id, actor=actor, now=now)
    facts: dict[str, object] = {"consent": key}
    db.record(action="privacy.take_back", subject=str(person_id), actor=actor, facts=facts)


@joins_transaction
def end(key: str, person_id: UUID, *, actor: Actor, now: datetime) -> None:
    """By whichever row it was given; nothing when it was taken back before."""
    context, _, own = key.partition(":")
    for row in identity.rows_of_person(person_id):
        consents()[context].take_back(own, row, actor=actor, now=now)
