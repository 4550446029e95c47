"""Nêu lý do trước khi xem: who sees a row only by watching the whole city says first why.

One mechanism for every post that sees across the city. A ground of a policy that `watches` shows
that a row exists; what is in it opens with a reason, kept in the ledger, that names the row and
holds as long as a working day. Whoever has a nearer ground needs none.
"""

from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from motcua.kernel import ledger
from motcua.kernel.access import NOTHING, Policy, joined
from motcua.kernel.actors import Actor

M = TypeVar("M", bound=Model)
HOLDS = timedelta(hours=12)  # as long as a session


def watches(actor: Actor, policy: type[Policy], *, now: datetime) -> bool:
    """Whether some ground of this actor is only that of watching the city."""
    grounds = Policy.registry[policy.resource].held(actor, now=now)
    return any(ground.watches for ground in grounds)


def opened(
    rows: "QuerySet[M]", actor: Actor, policy: type[Policy], *, now: datetime
) -> "QuerySet[M]":
    """Of the rows that the actor sees, those whose content is open: for pages, files, exports."""
    return rows.filter(open_to(actor, policy, now=now))


def open_to(actor: Actor, policy: type[Policy], *, now: datetime) -> Q:
    """The predicate of `opened`. Asks the ledger only for whoever watches."""
    grounds = Policy.registry[policy.resource].held(actor, now=now)
    nearer = [ground.predicate for ground in grounds if not ground.watches]
    watching = [ground.predicate for ground in grounds if ground.watches]
    said = reasons_of(actor, policy, now=now) if watching else ()
    if said:
        nearer.append(joined(watching) & Q(**{f"{policy.subject}__in": said}))
    return joined(nearer) if nearer else NOTHING


def reasons_of(actor: Actor, policy: type[Policy], *, now: datetime) -> tuple[str, ...]:
    """What this account gave a reason for, and may still read by it."""
    if actor.account_id is None:
        return ()
    return ledger.subjects_since(now - HOLDS, action=policy.opening, actor_id=actor.account_id)
