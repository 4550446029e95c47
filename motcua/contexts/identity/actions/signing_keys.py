"""Keys that sign identity tokens: the first one, and the next."""

from datetime import datetime

from django.db import IntegrityError

from motcua.contexts.identity.adapters.id_tokens import new_key
from motcua.contexts.identity.models import SigningKey
from motcua.contexts.identity.queries import applications
from motcua.kernel import idempotency
from motcua.kernel.access import WrongRole
from motcua.kernel.actors import SYSTEM, Actor, ActorKind, Role
from motcua.kernel.db import change, current, insert, owns_transaction, record


def key_that_signs(*, now: datetime) -> SigningKey:
    """Made on first use; of several processes that ask at once, one makes it."""
    found = applications.signing_key()
    if found is not None:
        return found
    try:
        with idempotency.using(""):
            change_signing_key(actor=SYSTEM, now=now)
    except IntegrityError:
        pass  # another process was faster; its key is the one
    made = applications.signing_key()
    if made is None:
        raise RuntimeError("no key signs")
    return made


@owns_transaction
def change_signing_key(*, actor: Actor, now: datetime) -> None:
    """A new key signs from now on. The old one only verifies, and loses its private half.

    Raises: WrongRole; Stale when another change was faster.
    """
    if actor.kind is not ActorKind.SYSTEM and not actor.has(Role.ADMINISTRATOR):
        raise WrongRole("Việc này dành cho: quản trị viên.")
    name, pem, public = new_key()
    old = applications.signing_key()
    if old is not None:
        old.retired_at, old.private_pem = now, None
        change(old, "retired_at", "private_pem", expecting={"retired_at": None})
        current().flush()  # one signs at a time: the old one retires before the new one begins
    insert(SigningKey(key_id=name, private_pem=pem, public=public, made_at=now))
    record(
        action="identity.change_signing_key",
        subject=name,
        actor=actor,
        facts={"retired": old.key_id if old else ""},
    )
