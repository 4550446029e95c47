"""Recovery of an officer who lost every factor: asked for, confirmed by two, used once."""

import hmac
import secrets
from base64 import b32encode
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from motcua.contexts.identity.actions.sessions import end_access
from motcua.contexts.identity.actions.sign_in import note_attempt, refuse_when_throttled
from motcua.contexts.identity.contracts import (
    AccountNotFound,
    RecoveryNeedsAnother,
    RecoveryOver,
    RecoveryState,
    RecoveryStep,
    RecoveryUnderWay,
    SignInOutcome,
    WrongCode,
)
from motcua.contexts.identity.events import FactorsChanged
from motcua.contexts.identity.models import Account, Factor, FactorRecovery
from motcua.contexts.identity.queries import accounts, recoveries
from motcua.contexts.organisations import public as organisations
from motcua.kernel import idempotency
from motcua.kernel.access import WrongRole
from motcua.kernel.actors import SYSTEM, Actor, Role
from motcua.kernel.clock import city_date
from motcua.kernel.db import change, insert, owns_transaction, record
from motcua.kernel.events import publish


def new_code() -> str:
    """Eighty random bits in four groups, to be read out on the telephone."""
    text = b32encode(secrets.token_bytes(10)).decode()
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))


def digest_of_code(code: str) -> bytes:
    """Of a code as people type it: case, blanks and lines do not matter."""
    written = "".join(letter for letter in code.upper() if letter.isalnum())
    return sha256(written.encode()).digest()


@owns_transaction
def ask_recovery(account_id: UUID, *, actor: Actor, now: datetime) -> RecoveryStep:
    """The officer, a head of theirs or an administrator asks; nothing changes yet.

    Raises: AccountNotFound (also one that the actor arranges nothing for), RecoveryUnderWay.
    """
    Account.objects.select_for_update().filter(id=account_id).order_by("id").first()
    account = accounts.account(account_id)
    if actor.account_id is None or not _may_ask(actor, account, now=now):
        raise AccountNotFound  # as if there were none: whose account exists is not told
    before = recoveries.latest(account.id)
    if before and recoveries.view_of(before, now=now).state is not RecoveryState.OVER:
        raise RecoveryUnderWay
    asked = FactorRecovery(account=account, asked_by_id=actor.account_id, asked_at=now)
    insert(asked)
    _tell(asked, "ask_recovery", how="asked", actor=actor, now=now)
    return RecoveryStep(id=asked.id, is_granted=False)


def _may_ask(actor: Actor, account: Account, *, now: datetime) -> bool:
    if actor.account_id == account.id or actor.has(Role.ADMINISTRATOR):
        return True
    arranged = organisations.officers_arranged_by(actor, city_date(now))
    return account.officer_id in {officer.id for officer in arranged}


@owns_transaction
def confirm_recovery(recovery_id: UUID, code: str, *, actor: Actor, now: datetime) -> RecoveryStep:
    """One of two administrators says yes. With the second, all the officer's factors, sessions

    and tokens end, and `code` (from `new_code`, shown once by the caller) opens enrolment, once,
    within an hour. Raises: WrongRole, RecoveryNotFound, RecoveryOver, RecoveryNeedsAnother.
    """
    if not actor.has(Role.ADMINISTRATOR):
        raise WrongRole("Việc này dành cho: quản trị viên.")
    row = recoveries.locked(recovery_id, actor, now=now)
    state = recoveries.view_of(row, now=now).state
    if state not in {RecoveryState.ASKED, RecoveryState.HALF}:
        raise RecoveryOver
    if actor.account_id in {row.asked_by_id, row.account_id, row.first_by_id}:
        raise RecoveryNeedsAnother
    if state is RecoveryState.ASKED:
        row.first_by_id, row.first_at = actor.account_id, now
        change(row, "first_by", "first_at", expecting={"first_by": None})
        facts: dict[str, object] = {"recovery": str(row.id), "of": 2, "is": 1}
        subject = str(row.account_id)
        record(action="identity.confirm_recovery", subject=subject, actor=actor, facts=facts)
        return RecoveryStep(id=row.id, is_granted=False)
    row.second_by_id, row.second_at, row.code_digest = actor.account_id, now, digest_of_code(code)
    change(row, "second_by", "second_at", "code_digest", expecting={"second_by": None})
    _end_everything(row.account_id, now=now)
    _tell(row, "confirm_recovery", how="recovered", actor=actor, now=now)
    return RecoveryStep(id=row.id, is_granted=True)


def _end_everything(account_id: UUID, *, now: datetime) -> None:
    """What was lost may be in other hands: nothing that was opened with it stays open."""
    living = Factor.objects.filter(account_id=account_id, removed_at__isnull=True)
    living.update(removed_at=now)
    end_access(account_id, now=now)


def _tell(row: FactorRecovery, action: str, *, how: str, actor: Actor, now: datetime) -> None:
    account, facts = str(row.account_id), {"recovery": str(row.id)}
    record(action=f"identity.{action}", subject=account, actor=actor, facts=dict(facts))
    publish(FactorsChanged(occurred_at=now, subject=account, how=how))


def redeem_code(account: Account, code: str, *, origin: str, now: datetime) -> None:
    """Take the code that two administrators granted. A wrong try stays written, like any other.

    Raises: TooManyAttempts, WrongCode.
    """
    refuse_when_throttled(account.username, origin=origin, now=now)
    row = recoveries.latest(account.id)
    granted = row is not None and (recoveries.view_of(row, now=now).state is RecoveryState.GRANTED)
    held = bytes(row.code_digest or b"") if row else b""
    fits = hmac.compare_digest(held, digest_of_code(code)) and granted
    with idempotency.using(""):
        outcome = SignInOutcome.SIGNED_IN if fits else SignInOutcome.WRONG
        by = "recovery"
        note_attempt(account.username, outcome, origin=origin, now=now, account=account, by=by)
        if row is None or not fits:
            raise WrongCode
        use_recovery(row.id, now=now)


@owns_transaction
def use_recovery(recovery_id: UUID, *, now: datetime) -> None:
    """Once: the second of two at the same moment finds it used. Raises: WrongCode."""
    unused = FactorRecovery.objects.filter(id=recovery_id, used_at__isnull=True)
    if unused.update(used_at=now) != 1:
        raise WrongCode
    record(action="identity.use_recovery", subject=str(recovery_id), actor=SYSTEM)
