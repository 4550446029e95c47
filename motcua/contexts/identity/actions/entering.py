"""Mã vào: let an officer set a password who has none, or forgot it; the second factor stays."""

import hmac
from datetime import datetime
from uuid import UUID

from motcua.contexts.identity.actions.passwords import judged
from motcua.contexts.identity.actions.recovery import digest_of_code
from motcua.contexts.identity.actions.sessions import end_all, end_entry_codes
from motcua.contexts.identity.actions.sign_in import note_attempt, refuse_when_throttled
from motcua.contexts.identity.contracts import AccountKind, AccountNotFound, SignInOutcome
from motcua.contexts.identity.contracts.passwords import (
    AccountIsClosed,
    EntryCodeIssued,
    EntryCodeRefused,
    NotYoursToLetIn,
)
from motcua.contexts.identity.events import FactorsChanged
from motcua.contexts.identity.models import Account, EntryCode
from motcua.contexts.identity.queries import accounts, entering
from motcua.contexts.identity.rules import ENTRY_CODE
from motcua.contexts.organisations import public as organisations
from motcua.kernel import idempotency
from motcua.kernel.actors import SYSTEM, Actor, Role
from motcua.kernel.clock import city_date
from motcua.kernel.db import change, insert, owns_transaction, record
from motcua.kernel.events import publish

NO_CODE = b"\0" * 32


@owns_transaction
def issue_entry_code(
    account_id: UUID, code: str, *, actor: Actor, now: datetime
) -> EntryCodeIssued:
    """A head or an administrator, never the officer, hands out `code` (from `new_code`).

    An earlier one ends. The officer is told by mail, without the code.
    Raises: AccountNotFound (also one that the actor arranges nothing for), NotYoursToLetIn (one's
    own), AccountIsClosed.
    """
    Account.objects.select_for_update().filter(id=account_id).order_by("id").first()
    account = accounts.account(account_id)
    if actor.account_id is None or actor.account_id == account.id:
        raise NotYoursToLetIn
    if not _may_let_in(actor, account, now=now):
        raise AccountNotFound  # as if there were none: whose account exists is not told
    if not account.is_active:
        raise AccountIsClosed
    end_entry_codes(account.id, now=now)
    issued = EntryCode(
        account=account, issued_by_id=actor.account_id, digest=digest_of_code(code), issued_at=now
    )
    insert(issued)
    facts: dict[str, object] = {"entry": str(issued.id)}
    subject = str(account.id)
    record(action="identity.issue_entry_code", subject=subject, actor=actor, facts=facts)
    publish(FactorsChanged(occurred_at=now, subject=subject, how="entry"))
    return EntryCodeIssued(id=issued.id, until=now + ENTRY_CODE)


def _may_let_in(actor: Actor, account: Account, *, now: datetime) -> bool:
    if account.kind != AccountKind.OFFICER:
        return False
    if actor.has(Role.ADMINISTRATOR):
        return True
    arranged = organisations.officers_arranged_by(actor, city_date(now))
    return account.officer_id in {officer.id for officer in arranged}


def enter(username: str, code: str, new: str, *, origin: str, now: datetime) -> Account:
    """Take the code and set the password. A wrong try stays written, like any other.

    A weak password does not use the code up. Raises: TooManyAttempts, EntryCodeRefused, and as
    `passwords.judged`.
    """
    refuse_when_throttled(username, origin=origin, now=now)
    account = accounts.officer_account(username)
    held = entering.living(account.id, now=now) if account else None
    digest = bytes(held.digest) if held else NO_CODE
    fits = hmac.compare_digest(digest, digest_of_code(code))
    with idempotency.using(""):  # the same form sent again is one more try, and counts
        if account is None or held is None or not fits or not account.is_active:
            wrong = SignInOutcome.WRONG
            note_attempt(username, wrong, origin=origin, now=now, account=account, by="entry_code")
            raise EntryCodeRefused(reason="entry_code")
        hashed = judged(new, account, now=now)
        _take(held.id, account, hashed, now=now)
    return account


@owns_transaction
def _take(entry_id: UUID, account: Account, password_hash: str, *, now: datetime) -> None:
    """Once: the second of two at the same moment finds it used. Raises: EntryCodeRefused."""
    unused = EntryCode.objects.filter(id=entry_id, used_at__isnull=True, ended_at__isnull=True)
    if unused.update(used_at=now) != 1:
        raise EntryCodeRefused(reason="entry_code")
    account.password = password_hash
    change(account, "password", expecting={"is_active": True})
    end_all(account.id)
    facts: dict[str, object] = {"entry": str(entry_id)}
    subject = str(account.id)
    record(action="identity.use_entry_code", subject=subject, actor=SYSTEM, facts=facts)
    publish(FactorsChanged(occurred_at=now, subject=subject, how="password"))
