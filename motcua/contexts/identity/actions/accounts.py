"""Accounts of officers: opened for a person on the staff list, closed and opened again."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.contexts.identity.actions.sessions import end_access
from motcua.contexts.identity.contracts import AccountKind, LastAdministrator
from motcua.contexts.identity.models import Account
from motcua.contexts.identity.queries import accounts
from motcua.contexts.organisations import public as organisations
from motcua.kernel.access import WrongRole
from motcua.kernel.actors import Actor, ActorKind, Role
from motcua.kernel.clock import city_date
from motcua.kernel.db import change, insert, owns_transaction, record


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """An account to open. password_hash: hashed already; hashing is slow and holds no rows."""

    username: str
    officer_id: UUID
    password_hash: str


def _may_manage(actor: Actor) -> None:
    if actor.kind is not ActorKind.SYSTEM and not actor.has(Role.ADMINISTRATOR):
        raise WrongRole("Việc này dành cho: quản trị viên.")


@owns_transaction
def open_officer_accounts(wanted: tuple[NewAccount, ...], *, actor: Actor, now: datetime) -> None:
    """Open accounts for officers; one that exists gets the new password. Raises: WrongRole."""
    _may_manage(actor)
    held = accounts.accounts_of_officers([new.officer_id for new in wanted])
    for new in wanted:
        account = held.get(new.officer_id)
        if account is None:
            insert(_account(new, now=now))
        else:
            account.password = new.password_hash
            change(account, "password")
    record(
        action="identity.open_officer_accounts",
        subject="officers",
        actor=actor,
        facts={"count": len(wanted)},
    )


def _account(new: NewAccount, *, now: datetime) -> Account:
    return Account(
        username=new.username.strip().lower(),
        kind=AccountKind.OFFICER,
        officer_id=new.officer_id,
        password=new.password_hash,
        created_at=now,
    )


@owns_transaction
def set_account_open(account_id: UUID, *, is_open: bool, actor: Actor, now: datetime) -> None:
    """Close an account or open it again; closing ends its sessions and tokens at once.

    Raises: WrongRole, AccountNotFound, LastAdministrator, NobodyTakesOver.
    """
    _may_manage(actor)
    account = accounts.account(account_id)
    account.is_active = is_open
    change(account, "is_active")
    suspend(account, is_open=is_open, now=now)
    if not is_open:
        end_access(account.id, now=now)
    record(
        action="identity.set_account_open",
        subject=str(account_id),
        actor=actor,
        facts={"open": is_open},
    )


def suspend(account: Account, *, is_open: bool, now: datetime) -> None:
    """Whose account is closed acts in no post. Raises: LastAdministrator, NobodyTakesOver."""
    if account.officer_id is None:
        return
    if not is_open:
        _keep_an_administrator(account.officer_id, now=now)
    tell = organisations.restore_officer if is_open else organisations.suspend_officer
    tell(account.officer_id, on=city_date(now))


def _keep_an_administrator(leaving: UUID, *, now: datetime) -> None:
    """Nobody else could open an account again. Raises: LastAdministrator."""
    posts = organisations.posts(city_date(now))
    holders = {one.holder_id for one in posts if one.role is Role.ADMINISTRATOR}
    administer = {holder for holder in holders if holder is not None}
    if leaving not in administer:
        return
    others = Account.objects.filter(officer_id__in=administer - {leaving}, is_active=True)
    if not others.select_for_update().order_by("id"):
        raise LastAdministrator
