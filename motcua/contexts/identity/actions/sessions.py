"""Sessions: begun, ended by their owner, ended by an administrator."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from motcua.contexts.identity.actions.grants import end
from motcua.contexts.identity.contracts import SessionNotFound
from motcua.contexts.identity.contracts.applications import Ended
from motcua.contexts.identity.events import DeviceAdded
from motcua.contexts.identity.models import ApiToken, EntryCode, Grant, KnownDevice, Session
from motcua.contexts.identity.queries import accounts, applications, sessions
from motcua.kernel.access import WrongRole
from motcua.kernel.actors import SYSTEM, Actor, Role
from motcua.kernel.db import current, insert, joins_transaction, owns_transaction, record
from motcua.kernel.events import publish


@owns_transaction
def note_session(
    account_id: UUID,
    *,
    person_id: UUID | None,
    device: str,
    digest: bytes,
    level: int,
    methods: tuple[str, ...],
    now: datetime,
) -> None:
    """Somebody is signed in now; from a browser not seen before, the owner is told.

    digest: of the mark in the browser. The very first one is no news.
    """
    known = KnownDevice.objects.filter(account_id=account_id)
    seen = [bytes(row) for row in known.values_list("digest", flat=True)]
    is_new = digest not in seen
    if is_new:
        insert(KnownDevice(account_id=account_id, digest=digest, first_at=now))
    if is_new and seen:
        publish(
            DeviceAdded(
                occurred_at=now, subject=str(account_id), device=device, person_id=person_id
            )
        )
    record(
        action="identity.begin_session",
        subject=str(account_id),
        actor=SYSTEM,
        facts={"level": level, "methods": list(methods), "new_device": is_new},
    )


@owns_transaction
def end_session(handle: str, *, actor: Actor, now: datetime) -> None:
    """One of one's own, at once. Raises: SessionNotFound."""
    found = sessions.living_of(actor, now=now).filter(session_key__startswith=handle)
    marks = list(found.values_list("mark", flat=True))
    if len(handle) != sessions.HANDLE or not found.delete()[0]:
        raise SessionNotFound
    for mark in marks:
        _end_there(applications.grants_within(mark), actor=actor, now=now)
    record(action="identity.end_session", subject=str(actor.account_id), actor=actor)


@owns_transaction
def end_other_sessions(this: str, *, actor: Actor, now: datetime) -> None:
    """All of one's own but the one that asks. this: its digest.

    Sign-ins at applications end with them, those also whose session is long over.
    """
    facts: dict[str, object] = {"ended": end_all_but(this, actor=actor, now=now)}
    subject = str(actor.account_id)
    record(action="identity.end_other_sessions", subject=subject, actor=actor, facts=facts)


@joins_transaction
def end_all_but(this: str, *, actor: Actor, now: datetime) -> int:
    """One's own sessions but this, and sign-ins at applications; how many sessions."""
    living = sessions.living_of(actor, now=now)
    own = living.filter(session_key=this).values_list("mark", flat=True).first() or ""
    ended, _ = living.exclude(session_key=this).delete()
    if actor.account_id is not None:
        others = applications.grants_of_account(actor.account_id, but_within=own)
        _end_there(others, actor=actor, now=now)
    return ended


@owns_transaction
def end_sessions_of(account_id: UUID, *, actor: Actor, now: datetime) -> None:
    """An administrator ends every session of an account. Raises: WrongRole, AccountNotFound."""
    if not actor.has(Role.ADMINISTRATOR):
        raise WrongRole("Việc này dành cho: quản trị viên.")
    account = accounts.account(account_id)
    facts: dict[str, object] = {"ended": end_all(account.id)}
    record(action="identity.end_sessions_of", subject=str(account.id), actor=actor, facts=facts)


@joins_transaction
def end_all(account_id: UUID) -> int:
    """Every session of the account, wherever it is, and every sign-in at an application.

    Returns how many sessions there were.
    """
    _end_there(applications.grants_of_account(account_id), actor=SYSTEM, now=current().now)
    return Session.objects.filter(account_id=account_id).delete()[0]


@joins_transaction
def end_within(mark: str, *, now: datetime) -> None:
    """Sign-ins at applications that began in the session with this mark."""
    _end_there(applications.grants_within(mark), actor=SYSTEM, now=now)


def _end_there(found: Iterable[Grant], *, actor: Actor, now: datetime) -> None:
    for grant in found:
        end(grant, why=Ended.SESSION, actor=actor, now=now)


@joins_transaction
def revoke_all_tokens(account_id: UUID, *, now: datetime) -> int:
    """Every token of the account stops at once; how many there were."""
    living = ApiToken.objects.filter(account_id=account_id, revoked_at__isnull=True)
    return living.update(revoked_at=now)


@joins_transaction
def end_entry_codes(account_id: UUID, *, now: datetime) -> int:
    """Codes to enter with that nobody used yet; how many there were."""
    living = EntryCode.objects.filter(account_id=account_id, used_at__isnull=True)
    return living.filter(ended_at__isnull=True).update(ended_at=now)


@joins_transaction
def end_access(account_id: UUID, *, now: datetime) -> None:
    """Whatever is open for an account: sessions, tokens, codes to enter with."""
    end_all(account_id)
    revoke_all_tokens(account_id, now=now)
    end_entry_codes(account_id, now=now)
