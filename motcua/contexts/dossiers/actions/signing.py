"""Ký hàng loạt: up to twenty results under one PIN or one proof, each an action of its own.

The PIN lives in this call alone, so that no other process can go on when this one is killed: what
was signed stays signed, the rest waits for its officer, who types the PIN once more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import ActionKind
from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts import (
    BatchView,
    ItemState,
    ItemView,
    KeyRefused,
    SignerInfo,
    StoreUnavailable,
)
from motcua.contexts.dossiers import queries
from motcua.contexts.dossiers.actions import desk
from motcua.contexts.dossiers.actions.correcting import (
    Corrected,
    CorrectResult,
    check_may_correct,
    correct_result,
)
from motcua.contexts.dossiers.actions.results import draft_of, signer_of
from motcua.contexts.dossiers.contracts import (
    NothingToSign,
    SigningProofNeeded,
    TakeStep,
    TooManyToSign,
)
from motcua.contexts.organisations import public as organisations
from motcua.kernel import db, idempotency
from motcua.kernel.actors import Actor
from motcua.kernel.db import owns_transaction
from motcua.kernel.errors import DomainError

LIMIT = 20
PROOF = timedelta(minutes=5)
STOPS = (KeyRefused, StoreUnavailable)  # these would meet every paper behind as well


@dataclass(frozen=True, slots=True)
class BatchBegun:
    batch_id: UUID


@owns_transaction
def begin(codes: Sequence[str], *, actor: Actor, now: datetime) -> BatchBegun:
    """Remember what shall be signed, as it stands now: what changes afterwards is not signed.

    Raises: NothingToSign, TooManyToSign, DossierNotFound.
    """
    wanted = tuple(dict.fromkeys(codes))
    if not wanted:
        raise NothingToSign
    if len(wanted) > LIMIT:
        raise TooManyToSign
    rows = [queries.dossier_row(code, actor, now=now) for code in wanted]
    seen = [(row.code, casework.case_by_id(row.case_id).version) for row in rows]
    return BatchBegun(documents.begin_batch(seen, actor=actor, now=now))


def work(batch_id: UUID, pin: str, *, actor: Actor, now: datetime) -> BatchView:
    """Sign what waits, one by one. A key that refuses stops the batch, a dossier only itself.

    Raises: BatchNotFound, SigningProofNeeded, KeyRefused (nothing was signed by this call).
    """
    waiting = [
        item
        for item in documents.batch_for(batch_id, actor, now=now).items
        if item.state is ItemState.WAITING
    ]
    if waiting:
        check_proof(actor, now)
        with idempotency.using(""):  # each item is signed once by its own row
            _work(batch_id, waiting, pin, actor, now)
    return documents.batch_for(batch_id, actor, now=now)


def correct(command: CorrectResult, pin: str, *, actor: Actor, now: datetime) -> Corrected:
    """`correct_result` by the key that the PIN, or the proof, opens.

    Raises: as `correct_result`, SigningProofNeeded.
    """
    check_proof(actor, now)
    dossier = queries.dossier_row(command.code, actor, now=now)
    check_may_correct(casework.case_by_id(dossier.case_id), actor)
    with documents.open_key(_signer_for(command.code, actor, now), pin, now=now) as key:
        return correct_result(command, key, actor=actor, now=now)


def draft(code: str, *, actor: Actor, now: datetime) -> bytes:
    """The paper as it would be signed now. Raises: DossierNotFound, ResultDataMissing."""
    assert actor.officer_id is not None
    row = queries.dossier_row(code, actor, now=now)
    case = casework.case_by_id(row.case_id)
    return draft_of(row, case, actor.officer_id, now=now)


def check_proof(actor: Actor, now: datetime) -> None:
    """Whoever types a PIN proves who they are to the token."""
    fresh = actor.proven_at is not None and now - actor.proven_at <= PROOF
    if not documents.asks_pin() and not fresh:
        raise SigningProofNeeded(field="code")


def _work(
    batch_id: UUID, waiting: Sequence[ItemView], pin: str, actor: Actor, now: datetime
) -> None:
    signed = 0
    try:
        signer = _signer_for(waiting[0].subject, actor, now)
        with documents.open_key(signer, pin, now=now) as key:
            for item in waiting:
                _one(batch_id, item, key, actor, now)
                signed += 1
    except STOPS as problem:
        documents.batch_stopped(batch_id, problem.code, actor=actor, now=now)
        if not signed:
            raise
    else:
        documents.batch_stopped(batch_id, "", actor=actor, now=now)


def _one(
    batch_id: UUID, item: ItemView, key: documents.SigningKey, actor: Actor, now: datetime
) -> None:
    try:
        sign_item(batch_id, item.subject, item.seen_version, key, actor=actor, now=now)
    except STOPS:
        raise
    except DomainError as refusal:
        documents.item_refused(batch_id, item.subject, refusal.message, actor=actor, now=now)


@owns_transaction
def sign_item(
    batch_id: UUID,
    code: str,
    seen_version: int,
    key: documents.SigningKey,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Signature, step and the line of the batch together, or nothing of it.

    Raises: DossierNotFound, CaseMoved, NotYourStep, ActionNotOffered, KeyRefused.
    """
    if not documents.take_item(batch_id, code):
        db.record(action="dossiers.sign_again", subject=code, actor=actor)
        return
    command = TakeStep(code=code, action=_signing_action(code), seen_version=seen_version)
    desk.take(command, actor=actor, now=now, key=key)
    documents.item_signed(batch_id, code, now=now)


def _signing_action(code: str) -> str:
    """The action of the present step that signs; "" is one that no step offers."""
    case = casework.case(code)
    step = casework.process_table(case.process_id).step(case.step)
    return next((a.key for a in step.actions if a.kind is ActionKind.SIGN), "")


def _signer_for(code: str, actor: Actor, now: datetime) -> SignerInfo:
    assert actor.officer_id is not None
    dossier = queries.dossier_row(code, actor, now=now)
    case = casework.case_by_id(dossier.case_id)
    unit = organisations.unit_by_id(case.competent_unit_id)
    return signer_of(actor.officer_id, unit, now)
