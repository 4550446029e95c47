"""An officer's own password: changed with the old one, judged by one set of rules."""

from datetime import datetime

from django.contrib.auth.hashers import make_password

from motcua.contexts.identity.actions.sessions import end_all_but
from motcua.contexts.identity.actions.sign_in import note_attempt, refuse_when_throttled
from motcua.contexts.identity.adapters.passwords import refuse_known
from motcua.contexts.identity.contracts import AccountClosed, SignInOutcome
from motcua.contexts.identity.contracts.passwords import (
    PasswordChanged,
    PasswordUnchanged,
    WrongPassword,
)
from motcua.contexts.identity.events import FactorsChanged
from motcua.contexts.identity.models import Account
from motcua.contexts.identity.queries.passwords import known_words
from motcua.contexts.identity.rules.passwords import check_password_shape
from motcua.kernel import idempotency
from motcua.kernel.access import SignInNeeded
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date
from motcua.kernel.db import change, owns_transaction, record
from motcua.kernel.events import publish


def judged(new: str, account: Account, *, now: datetime) -> str:
    """Its hash, once it is good enough for this officer; hashing is slow and holds no rows.

    Raises: PasswordTooShort, PasswordTooLong, PasswordTellsWho, PasswordKnown.
    """
    check_password_shape(new, known_words(account, on=city_date(now)))
    refuse_known(new)
    return make_password(new)


def change_own_password(
    account: Account, current: str, new: str, *, this: str, origin: str, actor: Actor, now: datetime
) -> PasswordChanged:
    """With the password in use, whose wrong tries count as at the door. this: digest of the session

    that asks and stays. Not one transaction: a wrong try must stay written.
    Raises: SignInNeeded, TooManyAttempts, WrongPassword, PasswordUnchanged, and as `judged`.
    """
    if actor.account_id != account.id:
        raise SignInNeeded
    refuse_when_throttled(account.username, origin=origin, now=now)
    if not account.check_password(current):
        with idempotency.using(""):  # the same form sent again is one more try, and counts
            wrong = SignInOutcome.WRONG
            note_attempt(account.username, wrong, origin=origin, now=now, account=account)
        raise WrongPassword
    if new == current:
        raise PasswordUnchanged(field="new")
    hashed = judged(new, account, now=now)
    with idempotency.using(""):  # sent again, the current password is another by then
        return set_password(account, hashed, this=this, actor=actor, now=now)


@owns_transaction
def set_password(
    account: Account, password_hash: str, *, this: str, actor: Actor, now: datetime
) -> PasswordChanged:
    """Every other session of the account ends with the old password.

    Raises: AccountClosed, Stale when two changes meet.
    """
    before = account.password
    if not account.is_active:
        raise AccountClosed(reason="account_closed")
    account.password = password_hash
    change(account, "password", expecting={"password": before, "is_active": True})
    ended = end_all_but(this, actor=actor, now=now)
    facts: dict[str, object] = {"ended": ended}
    subject = str(account.id)
    record(action="identity.change_password", subject=subject, actor=actor, facts=facts)
    publish(FactorsChanged(occurred_at=now, subject=subject, how="password"))
    return PasswordChanged(ended=ended)
