"""What a personnel system tells of officers: come, changed, in a post, gone. Nothing is erased."""

import secrets
from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password

from motcua.contexts.identity.actions.accounts import suspend
from motcua.contexts.identity.actions.sessions import end_access
from motcua.contexts.identity.contracts import AccountKind, AccountNotFound
from motcua.contexts.identity.contracts.provisioning import (
    ClientMade,
    ClientNameMissing,
    ClientNotFound,
    GuardNotByMachine,
    OfficerProvisioned,
    OfficerTold,
    PostNotByMachine,
    ToldOfficer,
)
from motcua.contexts.identity.models import Account, ProvisionedAccount, ProvisioningClient
from motcua.contexts.identity.queries import accounts, provisioning
from motcua.contexts.identity.rules import clean_mail
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import OfficerNotFound, PostNotFound
from motcua.kernel.access import SignInNeeded, WrongRole
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import city_date
from motcua.kernel.db import change, insert, owns_transaction, record
from motcua.kernel.text import nfc

PREFIX = "mcs_"
NEVER_BY_MACHINE = frozenset({Role.ADMINISTRATOR, Role.AUDITOR, Role.DATA_PROTECTION})


def new_client_token() -> str:
    return PREFIX + secrets.token_urlsafe(32)


def _may_manage(actor: Actor) -> None:
    if not actor.has(Role.ADMINISTRATOR):
        raise WrongRole("Việc này dành cho: quản trị viên.")


@owns_transaction
def make_client(token: str, *, name: str, actor: Actor, now: datetime) -> ClientMade:
    """Let a personnel system call; only the hash of `token` is kept.

    Raises: WrongRole, ClientNameMissing.
    """
    _may_manage(actor)
    if actor.account_id is None:
        raise SignInNeeded
    called = nfc(name)[:80]
    if not called:
        raise ClientNameMissing(field="name")
    client = ProvisioningClient(
        name=called,
        digest=accounts.token_digest(token),
        made_by_id=actor.account_id,
        created_at=now,
    )
    insert(client)
    record(action="identity.make_provisioning_client", subject=str(client.id), actor=actor)
    return ClientMade(id=client.id)


@owns_transaction
def revoke_client(client_id: UUID, *, actor: Actor, now: datetime) -> None:
    """At once and for good. Raises: WrongRole, ClientNotFound."""
    _may_manage(actor)
    living = ProvisioningClient.objects.filter(id=client_id, revoked_at__isnull=True)
    if living.update(revoked_at=now) != 1:
        raise ClientNotFound
    record(action="identity.revoke_provisioning_client", subject=str(client_id), actor=actor)


@owns_transaction
def provision_officer(told: ToldOfficer, *, actor: Actor, now: datetime) -> OfficerProvisioned:
    """Add an officer with an account; one who left before comes back under the same id.

    The account has no password yet. Raises: OfficerTold, ContactMalformed.
    """
    number = nfc(told.staff_no).lower()
    mail = clean_mail(told.email)
    try:
        officer_id = organisations.officer_by_staff_no(number).id
    except OfficerNotFound:
        officer_id = organisations.add_officer(
            staff_no=number, full_name=told.full_name, email=mail
        )
    account = provisioning.account_of(officer_id)
    mark = provisioning.mark_of(account.id) if account else None
    if account is not None and (mark is None or mark.removed_at is None):
        raise OfficerTold(field="userName")
    organisations.correct_officer(officer_id, full_name=told.full_name, email=mail)
    if account is None:
        account = Account(
            username=number,
            kind=AccountKind.OFFICER,
            officer_id=officer_id,
            password=make_password(None),
            created_at=now,
        )
        account.save(force_insert=True)
    _set(account, told, now=now)
    _record("provision_officer", officer_id, actor=actor, active=told.is_active)
    return OfficerProvisioned(id=officer_id)


@owns_transaction
def update_officer(officer_id: UUID, told: ToldOfficer, *, actor: Actor, now: datetime) -> None:
    """Name, mail, open or closed, as told.

    Raises: AccountNotFound, ContactMalformed, GuardNotByMachine.
    """
    account = _living(officer_id)
    mail = clean_mail(told.email)
    if told.is_active != account.is_active:
        _refuse_guard(officer_id, now=now)
    organisations.correct_officer(officer_id, full_name=told.full_name, email=mail)
    _set(account, told, now=now)
    _record("update_officer", officer_id, actor=actor, active=told.is_active)


@owns_transaction
def remove_officer(officer_id: UUID, *, actor: Actor, now: datetime) -> None:
    """The officer left: account, sessions, tokens and posts end; what was done stays.

    Raises: AccountNotFound, GuardNotByMachine.
    """
    account = _living(officer_id)
    _refuse_guard(officer_id, now=now)
    told = ToldOfficer(staff_no="", full_name="", email="", is_active=False)
    _set(account, told, now=now, removed_at=now)
    organisations.end_holding(officer_id, on=city_date(now))
    _record("remove_officer", officer_id, actor=actor, active=False)


@owns_transaction
def set_holder(post_id: UUID, officer_id: UUID | None, *, actor: Actor, now: datetime) -> None:
    """From today this officer holds the post, or nobody does.

    Raises: PostNotFound, OfficerNotFound, PostNotByMachine.
    """
    today = city_date(now)
    post = {one.id: one for one in organisations.posts(today)}.get(post_id)
    if post is None:
        raise PostNotFound
    if post.role in NEVER_BY_MACHINE and officer_id != post.holder_id:
        raise PostNotByMachine
    before = post.holder_id
    if before is not None and before != officer_id:
        organisations.end_holding(before, on=today, post_id=post_id)
    if officer_id is not None:
        organisations.hold_post(post_id, officer_id, on=today)
    facts: dict[str, object] = {"holder": str(officer_id), "before": str(before)}
    record(action="identity.set_holder", subject=str(post_id), actor=actor, facts=facts)


def _refuse_guard(officer_id: UUID, *, now: datetime) -> None:
    """A stolen token must not take away who administers, audits or protects the city.

    Raises: GuardNotByMachine.
    """
    posts = organisations.posts(city_date(now))
    if any(one.holder_id == officer_id and one.role in NEVER_BY_MACHINE for one in posts):
        raise GuardNotByMachine


def _living(officer_id: UUID) -> Account:
    account = provisioning.account_of(officer_id)
    mark = provisioning.mark_of(account.id) if account else None
    if account is None or (mark and mark.removed_at):
        raise AccountNotFound
    return account


def _set(
    account: Account, told: ToldOfficer, *, now: datetime, removed_at: datetime | None = None
) -> None:
    ProvisionedAccount.objects.update_or_create(
        account=account, defaults={"external_id": told.external_id, "removed_at": removed_at}
    )
    if account.is_active != told.is_active:
        account.is_active = told.is_active
        change(account, "is_active")
        suspend(account, is_open=told.is_active, now=now)
    if not told.is_active:
        end_access(account.id, now=now)


def _record(action: str, officer_id: UUID, *, actor: Actor, active: bool) -> None:
    facts: dict[str, object] = {"active": active, "by": actor.name}
    record(action=f"identity.{action}", subject=str(officer_id), actor=actor, facts=facts)
