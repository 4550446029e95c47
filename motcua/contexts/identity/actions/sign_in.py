"""Let people in: citizens by VNeID, officers by name and password; and keep the tries."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password

from motcua.contexts.identity.actions.linking import link_account, note_proof
from motcua.contexts.identity.actions.numbers import note_number
from motcua.contexts.identity.actions.sessions import end_within
from motcua.contexts.identity.contracts import (
    AccountClosed,
    Doubt,
    SignedIn,
    SignInOutcome,
    SignInRefused,
    Source,
    TooManyAttempts,
    VNeIDClaims,
    WrongNameOrPassword,
)
from motcua.contexts.identity.events import PersonDiffers
from motcua.contexts.identity.models import Account, Person, SignInAttempt
from motcua.contexts.identity.queries import accounts
from motcua.contexts.identity.rules import is_throttled
from motcua.kernel import idempotency
from motcua.kernel.actors import ANONYMOUS, SYSTEM
from motcua.kernel.db import insert, joins_transaction, owns_transaction, record
from motcua.kernel.events import publish
from motcua.kernel.text import fold


@owns_transaction
def sign_in_by_vneid(
    claims: VNeIDClaims, *, is_same: bool | None = None, now: datetime
) -> SignedIn:
    """The account of the person VNeID vouched for; made on the first visit.

    What we hold about a known person is left as it is; differences are told, not written, and
    another number than ours becomes a question for an officer. is_same: see `link_account`.
    Raises: AccountClosed, LinkToConfirm.
    """
    account = accounts.account_of_subject(claims.subject)
    differs: tuple[str, ...] = ()
    is_new, is_linked, doubt = account is None, False, None
    if account is None:
        account, is_linked, doubt = link_account(claims, is_same=is_same, now=now)
    elif account.person is not None:
        differs = _differences(account.person, claims)
        if not differs:
            note_proof(account.person, claims.level)
    if not account.is_active or account.person_id is None:
        raise AccountClosed(reason="account_closed")
    if differs:
        told = ",".join(differs)
        publish(PersonDiffers(occurred_at=now, subject=str(account.person_id), fields=told))
    if "personal_number" in differs:
        note_number(
            account.person_id, claims.personal_number, source=Source.VNEID, actor=SYSTEM, now=now
        )
    record(
        action="identity.sign_in_by_vneid",
        subject=str(account.person_id),
        actor=SYSTEM,
        facts={"account": str(account.id), "level": claims.level, "differs": list(differs)},
    )
    return SignedIn(
        account_id=account.id,
        person_id=account.person_id,
        is_new=is_new,
        differs=differs,
        linked=is_linked,
        doubted=doubt is not None,
        denied=doubt is Doubt.DENIED,
    )


@joins_transaction
def account_for(
    claims: VNeIDClaims, *, is_same: bool | None, now: datetime
) -> tuple[Account, bool]:
    """The representative's account by an organisation's, and whether it was linked now.

    Raises: AccountClosed, LinkToConfirm.
    """
    account = accounts.account_of_subject(claims.subject)
    is_new = account is None
    if account is None:
        account, *_ = link_account(claims, is_same=is_same, now=now, of_organisation=True)
    if not account.is_active or account.person is None:
        raise AccountClosed(reason="account_closed")
    return account, is_new


def _differences(person: Person, claims: VNeIDClaims) -> tuple[str, ...]:
    found = []
    if fold(person.full_name) != fold(claims.full_name):
        found.append("full_name")
    if person.personal_number != claims.personal_number:
        found.append("personal_number")
    if person.born_on != claims.born_on:
        found.append("born_on")
    return tuple(found)


def check_password(username: str, password: str, *, origin: str, now: datetime) -> Account:
    """The officer's account, if name and password fit and not too many tries failed before.

    Not one transaction: a wrong try must stay written. Hashing takes time and holds no rows.
    Raises: TooManyAttempts, WrongNameOrPassword, AccountClosed.
    """
    account, outcome = _judged(username, password, origin=origin, now=now)
    # No idempotency key: the same form sent again is one more try, and counts.
    with idempotency.using(""):
        note_attempt(username, outcome, origin=origin, now=now, account=account)
    if outcome in _TURNED_AWAY:
        raise _TURNED_AWAY[outcome]
    if account is None:
        raise WrongNameOrPassword
    return account


def refuse_when_throttled(username: str, *, origin: str, now: datetime) -> None:
    """Raises: TooManyAttempts, after writing down that this try was turned away unread."""
    of_name, of_origin = accounts.failures_since(now, username=username, origin=origin)
    if is_throttled(failures_of_name=of_name, failures_of_origin=of_origin):
        with idempotency.using(""):
            note_attempt(username, SignInOutcome.THROTTLED, origin=origin, now=now)
        raise TooManyAttempts


_TURNED_AWAY = {
    SignInOutcome.THROTTLED: TooManyAttempts,
    SignInOutcome.WRONG: WrongNameOrPassword,
    SignInOutcome.CLOSED: AccountClosed,
}


def _judged(
    username: str, password: str, *, origin: str, now: datetime
) -> tuple[Account | None, SignInOutcome]:
    of_name, of_origin = accounts.failures_since(now, username=username, origin=origin)
    if is_throttled(failures_of_name=of_name, failures_of_origin=of_origin):
        return None, SignInOutcome.THROTTLED
    account = accounts.officer_account(username)
    if account is None:
        make_password(password)  # an unknown name takes as long as a wrong password
        return None, SignInOutcome.WRONG
    if not account.check_password(password):
        return account, SignInOutcome.WRONG
    return account, SignInOutcome.SIGNED_IN if account.is_active else SignInOutcome.CLOSED


@owns_transaction
def note_attempt(
    username: str,
    outcome: SignInOutcome,
    *,
    origin: str,
    now: datetime,
    account: Account | None = None,
    by: str = "password",
) -> None:
    """Write down one try. by: what was tried, for the ledger."""
    insert(
        SignInAttempt(
            name_index=accounts.name_index(username),
            origin_index=accounts.origin_index(origin),
            outcome=outcome,
            at=now,
        )
    )
    subject = str(account.id) if account else "unknown"
    facts: dict[str, object] = {"outcome": outcome}
    record(action=f"identity.sign_in_by_{by}", subject=subject, actor=ANONYMOUS, facts=facts)


@owns_transaction
def note_refusal(refusal: SignInRefused, *, now: datetime, subject: str = accounts.VNEID) -> None:
    """Write down that a sign-in by VNeID (or another way) was turned away, and why."""
    record(
        action="identity.sign_in_refused",
        subject=subject,
        actor=ANONYMOUS,
        facts={"code": refusal.code, "reason": refusal.reason},
    )


@owns_transaction
def note_sign_out(account_id: UUID, *, mark: str, now: datetime) -> None:
    """Somebody leaves; what began in their session (of this mark) at applications ends with it."""
    end_within(mark, now=now)
    record(action="identity.sign_out", subject=str(account_id), actor=SYSTEM)
