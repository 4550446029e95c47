"""Who stands at an officer's desk: whom this officer has found or registered there today.

The desk finds a person by number, name and birth date before anything else, and the ledger keeps
that; so what may be done only with the person present is tied to their having been found here.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from motcua.contexts.identity.contracts import NotAtYourDesk
from motcua.contexts.identity.queries import people
from motcua.kernel import ledger
from motcua.kernel.actors import Actor, Role

HOLDS = timedelta(hours=12)  # as long as a session


def is_at_desk(actor: Actor, person_ids: Iterable[UUID], *, now: datetime) -> bool:
    """Whether any of these people was found at this receiver's desk today."""
    if not actor.has(Role.RECEIVER) or actor.account_id is None:
        return False
    found = ledger.subjects_since(
        now - HOLDS, action="identity.register_person", actor_id=actor.account_id
    )
    return any(str(one) in found for one in people.group_of(person_ids))


def require_at_desk(actor: Actor, person_ids: Iterable[UUID], *, now: datetime) -> None:
    """Raises: NotAtYourDesk."""
    if not is_at_desk(actor, person_ids, now=now):
        raise NotAtYourDesk
