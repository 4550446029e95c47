"""Keys that sign identity tokens: the first, the next published ahead, the change from old to new.

Each step is one statement, and what is to be done follows from the rows and the time alone: a run
that is killed leaves the step undone, and the next one does it; a run too many does nothing.
"""

from datetime import datetime

from django.db import IntegrityError

from motcua.contexts.identity.adapters.id_tokens import new_key
from motcua.contexts.identity.models import SigningKey
from motcua.contexts.identity.queries import applications
from motcua.contexts.identity.rules.applications import KEY_SHOWN_AHEAD, KEY_SIGNS
from motcua.kernel import idempotency
from motcua.kernel.access import WrongRole
from motcua.kernel.actors import SYSTEM, Actor, ActorKind, Role
from motcua.kernel.db import Stale, change, current, insert, owns_transaction, record


def key_that_signs(*, now: datetime) -> SigningKey:
    """Made on first use; of several processes that ask at once, one makes it."""
    found = applications.signing_key()
    if found is not None:
        return found
    try:
        with idempotency.using(""):
            change_signing_key(actor=SYSTEM, now=now)
    except (IntegrityError, Stale):
        pass  # another process was faster; its key is the one
    made = applications.signing_key()
    if made is None:
        raise RuntimeError("no key signs")
    return made


def turn_signing_keys(*, now: datetime) -> None:
    """What is due: the next key published, or, when it was seen long enough, put to sign."""
    signs, waits = key_that_signs(now=now), applications.waiting_key()
    due_at = (signs.signs_from or signs.made_at) + KEY_SIGNS
    if waits is None and now >= due_at - KEY_SHOWN_AHEAD:
        publish_next_key(actor=SYSTEM, now=now)
    elif waits is not None and now >= max(due_at, waits.made_at + KEY_SHOWN_AHEAD):
        change_signing_key(actor=SYSTEM, now=now)


def _may_change(actor: Actor) -> None:
    if actor.kind is not ActorKind.SYSTEM and not actor.has(Role.ADMINISTRATOR):
        raise WrongRole("Việc này dành cho: quản trị viên.")


@owns_transaction
def publish_next_key(*, actor: Actor, now: datetime) -> None:
    """A key that clients may learn before anything is signed by it; nothing when one waits.

    Raises: WrongRole.
    """
    _may_change(actor)
    waits = applications.waiting_key()
    if waits is None:
        waits = _made(now)
        insert(waits)
    record(action="identity.publish_next_key", subject=waits.key_id, actor=actor)


def _made(now: datetime) -> SigningKey:
    name, pem, public = new_key()
    return SigningKey(key_id=name, private_pem=pem, public=public, made_at=now)


@owns_transaction
def change_signing_key(*, actor: Actor, now: datetime) -> None:
    """The next key signs from now on, or one made now when none waits.

    The old one only verifies, and loses its private half.
    Raises: WrongRole; Stale when another change was faster.
    """
    _may_change(actor)
    old, new = applications.signing_key(), applications.waiting_key()
    if old is not None:
        old.retired_at, old.private_pem = now, None
        change(old, "retired_at", "private_pem", expecting={"retired_at": None})
        current().flush()  # one signs at a time: the old one retires before the new one begins
    if new is None:
        new = _made(now)
        new.signs_from = now
        insert(new)
    else:
        new.signs_from = now
        change(new, "signs_from", expecting={"signs_from": None})
    record(
        action="identity.change_signing_key",
        subject=new.key_id,
        actor=actor,
        facts={"retired": old.key_id if old else ""},
    )
