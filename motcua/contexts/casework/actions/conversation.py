"""Trao đổi: one thread per case, for the party and the officers."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from motcua.contexts.casework import queries
from motcua.contexts.casework.contracts import EmptyMessage, NotYourStep
from motcua.contexts.casework.events import MessageSent
from motcua.contexts.casework.models import Message
from motcua.kernel import db, events
from motcua.kernel.actors import Actor
from motcua.kernel.db import joins_transaction
from motcua.kernel.text import nfc

LONGEST = 4000


@joins_transaction
def send_message(
    *,
    case_code: str,
    text: str,
    file_ids: Sequence[UUID] = (),
    from_party: bool,
    actor: Actor,
    now: datetime,
) -> None:
    """Write in the thread. The caller has checked that the actor may. Raises: EmptyMessage."""
    clean = nfc(text)[:LONGEST]
    if not clean and not file_ids:
        raise EmptyMessage(field="text")
    if actor.account_id is None:
        raise NotYourStep
    case = queries.case_row(case_code)
    db.insert(
        Message(
            case_id=case.id,
            at=now,
            from_party=from_party,
            author_account_id=actor.account_id,
            text=clean,
            file_ids=[str(f) for f in file_ids],
        )
    )
    events.publish(
        MessageSent(occurred_at=now, subject=case_code, kind=case.kind, from_party=from_party)
    )
