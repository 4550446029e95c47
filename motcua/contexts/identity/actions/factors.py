"""Factors of officers: added, proved, removed."""

import secrets
from base64 import b32encode
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.contexts.identity.actions.sign_in import (
    note_attempt,
    note_refusal,
    refuse_when_throttled,
)
from motcua.contexts.identity.adapters import webauthn
from motcua.contexts.identity.adapters.webauthn import Made
from motcua.contexts.identity.contracts import (
    AccountClosed,
    FactorKind,
    FactorMade,
    FactorNameMissing,
    LastFactor,
    PasskeyRefused,
    SecondFactorExists,
    SignInOutcome,
    SignInRefused,
    WrongCode,
)
from motcua.contexts.identity.events import FactorsChanged
from motcua.contexts.identity.models import Account, Factor
from motcua.contexts.identity.queries import factors
from motcua.contexts.identity.rules import step_of_code
from motcua.kernel import idempotency
from motcua.kernel.access import WrongRole
from motcua.kernel.actors import SYSTEM, Actor, ActorKind
from motcua.kernel.db import Stale, change, insert, owns_transaction, record
from motcua.kernel.events import publish
from motcua.kernel.text import nfc

APP = "Ứng dụng tạo mã"


def new_secret() -> str:
    """160 random bits, as apps take them."""
    return b32encode(secrets.token_bytes(20)).decode()


@owns_transaction
def add_app(account_id: UUID, *, secret: str, code: str, actor: Actor, now: datetime) -> FactorMade:
    """Keep the secret of an app of codes once the app proved that it has it.

    Raises: SecondFactorExists, WrongCode.
    """
    if factors.living_app(account_id):
        raise SecondFactorExists
    step = step_of_code(code, secret, after=0, now=now)
    if step is None:
        raise WrongCode
    factor = Factor(
        account_id=account_id, kind=FactorKind.TOTP, name=APP, secret=secret, last_step=step,
        created_at=now, last_used_at=now,
    )  # fmt: skip
    return _added(factor, actor=actor, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleApp:
    """An app of codes for the account of a sample officer."""

    account_id: UUID
    secret: str


@owns_transaction
def add_sample_apps(wanted: tuple[SampleApp, ...], *, actor: Actor, now: datetime) -> None:
    """Give sample officers who never had a factor the stand-in app. Raises: WrongRole."""
    if actor.kind is not ActorKind.SYSTEM:
        raise WrongRole
    had = factors.accounts_with_any([one.account_id for one in wanted])
    rows = [
        Factor(
            account_id=one.account_id, kind=FactorKind.TOTP, name=APP, secret=one.secret,
            created_at=now,
        )
        for one in wanted
        if one.account_id not in had
    ]  # fmt: skip
    insert(*rows)
    facts: dict[str, object] = {"count": len(rows)}
    record(action="identity.add_sample_apps", subject="officers", actor=actor, facts=facts)


@owns_transaction
def add_passkey(
    account_id: UUID, made: Made, *, name: str, actor: Actor, now: datetime
) -> FactorMade:
    """Keep a passkey that the officer's browser made. Raises: FactorNameMissing."""
    called = nfc(name)[:60]
    if not called:
        raise FactorNameMissing(field="name")
    factor = Factor(
        account_id=account_id, kind=FactorKind.PASSKEY, name=called,
        credential_id=made.credential_id, credential=made.credential, sign_count=made.sign_count,
        created_at=now, last_used_at=now,
    )  # fmt: skip
    return _added(factor, actor=actor, now=now)


def _added(factor: Factor, *, actor: Actor, now: datetime) -> FactorMade:
    insert(factor)
    facts: dict[str, object] = {"factor": str(factor.id), "kind": str(factor.kind)}
    account = str(factor.account_id)
    record(action="identity.add_factor", subject=account, actor=actor, facts=facts)
    publish(FactorsChanged(occurred_at=now, subject=account, how="added"))
    return FactorMade(id=factor.id)


@owns_transaction
def remove_factor(factor_id: UUID, *, actor: Actor, now: datetime) -> None:
    """One's own, and never the last. Raises: FactorNotFound, LastFactor."""
    factor = factors.own(factor_id, actor, now=now)
    # Two at once, each removing the other's «not the last», wait for each other here.
    Account.objects.select_for_update().filter(id=factor.account_id).order_by("id").first()
    if len(factors.living(factor.account_id)) < 2:
        raise LastFactor
    factor.removed_at = now
    change(factor, "removed_at", expecting={"removed_at": None})
    account = str(factor.account_id)
    facts: dict[str, object] = {"factor": str(factor.id), "kind": str(factor.kind)}
    record(action="identity.remove_factor", subject=account, actor=actor, facts=facts)
    publish(FactorsChanged(occurred_at=now, subject=account, how="removed"))


def check_code(account: Account, code: str, *, origin: str, now: datetime) -> None:
    """The code of the officer's app, once. Not one transaction: a wrong try must stay written.

    Raises: TooManyAttempts, WrongCode.
    """
    refuse_when_throttled(account.username, origin=origin, now=now)
    app = factors.living_app(account.id)
    step = step_of_code(code, app.secret or "", after=app.last_step, now=now) if app else None
    # No idempotency key: the same code sent again is one more try, and counts.
    with idempotency.using(""):
        fits = app is not None and step is not None and _taken(app, step, now=now)
        outcome = SignInOutcome.SIGNED_IN if fits else SignInOutcome.WRONG
        note_attempt(account.username, outcome, origin=origin, now=now, account=account, by="code")
    if not fits:
        raise WrongCode


def _taken(app: Factor, step: int, *, now: datetime) -> bool:
    """Whether this try was the first with the code of that step."""
    try:
        use_code(app, step, now=now)
    except Stale:  # the same code at the same moment, in another window: one of the two counts
        return False
    return True


@owns_transaction
def use_code(app: Factor, step: int, *, now: datetime) -> None:
    """Take the step: no code up to it counts any more. Raises: Stale."""
    before = app.last_step
    app.last_step, app.last_used_at = step, now
    change(app, "last_step", "last_used_at", expecting={"last_step": before})
    record(action="identity.use_factor", subject=str(app.id), actor=SYSTEM)


def check_passkey(
    answer: str, state: webauthn.State | None, *, now: datetime, of: UUID | None = None
) -> Account:
    """Whose passkey answered the question that was asked with `state`; `of`: only this account's.

    Not one transaction: a refusal must stay written. Raises: PasskeyRefused, AccountClosed.
    """
    with idempotency.using(""):  # each answer is to one challenge, and counts once by it
        try:
            return _proved(answer, state, of, now=now)
        except SignInRefused as refusal:
            note_refusal(refusal, now=now, subject="passkey")
            raise


def _proved(
    answer: str, state: webauthn.State | None, of: UUID | None, *, now: datetime
) -> Account:
    if state is None:
        raise PasskeyRefused(reason="not_asked")
    factor = factors.living_passkey(webauthn.claimed(answer))
    if factor is None or of not in (None, factor.account_id):
        raise PasskeyRefused(reason="passkey_unknown")
    counter = webauthn.proved(answer, state, credential=bytes(factor.credential or b""))
    use_passkey(factor, counter=counter, now=now)
    return factor.account


@owns_transaction
def use_passkey(factor: Factor, *, counter: int, now: datetime) -> None:
    """Note that a passkey proved itself. Raises: PasskeyRefused when it seems to be a copy."""
    if not factor.account.is_active:
        raise AccountClosed(reason="account_closed")
    if counter and counter <= factor.sign_count:
        raise PasskeyRefused(reason="passkey_copied")
    before = factor.sign_count
    factor.sign_count, factor.last_used_at = counter, now
    change(factor, "sign_count", "last_used_at", expecting={"sign_count": before})
    record(action="identity.use_factor", subject=str(factor.id), actor=SYSTEM)
