"""Đăng ký token: a certificate read from a token is bound to its officer by two administrators.

The key never leaves the token and the PIN is not needed: a certificate is public. Whoever signs is
held against this list, and what was typed wrong is counted here, never the PIN.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db.models import F

from motcua.contexts.documents.adapters.chains import is_trusted, named_in
from motcua.contexts.documents.adapters.keys import local_authority, officers_keys
from motcua.contexts.documents.adapters.tokens import Tokens
from motcua.contexts.documents.contracts import (
    CertificateNotEnrolled,
    PinLocked,
    PinWrong,
)
from motcua.contexts.documents.contracts.enrolled import (
    CertificateKnown,
    CertificateOfOther,
    CertificateUntrusted,
    EnrolledNotFound,
    NoTokensHere,
    SecondAdministratorNeeded,
    WithdrawReasonNeeded,
)
from motcua.contexts.documents.models import SignerCertificate
from motcua.contexts.documents.ports import SigningKey, Subject
from motcua.kernel import idempotency
from motcua.kernel.access import WrongRole
from motcua.kernel.actors import SYSTEM, Actor, Role
from motcua.kernel.db import change, insert, owns_transaction, record
from motcua.kernel.text import nfc


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """What was read, or changed. id: of the row."""

    id: UUID
    fingerprint: str


@owns_transaction
def ask_enrolment(officer_id: UUID, full_name: str, *, actor: Actor, now: datetime) -> Enrolled:
    """Read the certificate on the officer's token; it signs once a second administrator agrees.

    Raises: WrongRole, NoTokensHere, TokenGone, KeyNotOnToken, CertificateUntrusted,
    CertificateOfOther, CertificateKnown.
    """
    _check_administrator(actor)
    ring = officers_keys()
    if not isinstance(ring, Tokens):
        raise NoTokensHere
    found = ring.read(Subject(f"officer-{officer_id}", full_name, ""))
    if not is_trusted(found.certificate, local_authority(), now):
        raise CertificateUntrusted
    named = named_in(found.certificate)
    if nfc(named.holder).casefold() != nfc(full_name).casefold():
        raise CertificateOfOther
    fingerprint = sha256(found.certificate).hexdigest()
    if SignerCertificate.objects.filter(fingerprint=fingerprint).exists():
        raise CertificateKnown
    row = SignerCertificate(
        officer_id=officer_id,
        holder=named.holder[:120],
        issuer=named.issuer[:200],
        serial=named.serial[:64],
        fingerprint=fingerprint,
        token_serial=found.token_serial,
        not_before=named.not_before,
        not_after=named.not_after,
        asked_by=actor.account_id,
        asked_at=now,
    )
    insert(row)
    _noted("documents.ask_enrolment", row, actor)
    return Enrolled(id=row.pk, fingerprint=fingerprint)


@owns_transaction
def confirm_enrolment(certificate_id: UUID, *, actor: Actor, now: datetime) -> Enrolled:
    """By another administrator than the one who asked; said again, it stays.

    Raises: WrongRole, EnrolledNotFound, SecondAdministratorNeeded.
    """
    row = _locked(certificate_id, actor)
    if actor.account_id is None or row.asked_by == actor.account_id:
        raise SecondAdministratorNeeded
    if row.withdrawn_at is not None:
        raise EnrolledNotFound
    if row.confirmed_at is None:
        row.confirmed_by, row.confirmed_at = actor.account_id, now
        change(row, "confirmed_by", "confirmed_at")
    _noted("documents.confirm_enrolment", row, actor)
    return Enrolled(id=row.pk, fingerprint=row.fingerprint)


@owns_transaction
def withdraw_enrolment(
    certificate_id: UUID, reason: str, *, actor: Actor, now: datetime
) -> Enrolled:
    """From now on it signs nothing; what it signed stands. One administrator is enough.

    Raises: WrongRole, EnrolledNotFound, WithdrawReasonNeeded.
    """
    row = _locked(certificate_id, actor)
    if not nfc(reason).strip():
        raise WithdrawReasonNeeded(field="reason")
    if row.withdrawn_at is None:
        row.withdrawn_by, row.withdrawn_at = actor.account_id, now
        row.withdrawn_reason = nfc(reason).strip()[:300]
        change(row, "withdrawn_by", "withdrawn_at", "withdrawn_reason")
    _noted("documents.withdraw_enrolment", row, actor)
    return Enrolled(id=row.pk, fingerprint=row.fingerprint)


@contextmanager
def opened(officer_id: UUID, subject: Subject, pin: str, *, now: datetime) -> Iterator[SigningKey]:
    """The officer's key; from a token only with a certificate that was confirmed for them.

    Raises: KeyRefused; PinWrong tells how often in a row, and what the token says of the next try.
    """
    ring = officers_keys()
    try:
        with ring.open(subject, pin) as key:
            if isinstance(ring, Tokens):
                _check_enrolled(officer_id, key)
                _forget_wrong_pins(officer_id, now)
            yield key
    except PinWrong:
        with idempotency.using(""):  # each try is one, also when a page is sent again
            counted = count_wrong_pin(officer_id, actor=SYSTEM, now=now)
        warned = ring.warns_of(subject) if isinstance(ring, Tokens) else ""
        raise told(counted.times, warned) from None


@dataclass(frozen=True, slots=True)
class Counted:
    """How often in a row by now."""

    times: int


@owns_transaction
def count_wrong_pin(officer_id: UUID, *, actor: Actor, now: datetime) -> Counted:
    """One more, of each certificate that the officer may sign with."""
    rows = SignerCertificate.objects.filter(officer_id=officer_id, withdrawn_at=None)
    rows.update(wrong_pins=F("wrong_pins") + 1)
    record(action="documents.wrong_pin", subject=f"officer {officer_id}", actor=actor)
    return Counted(max(rows.values_list("wrong_pins", flat=True), default=1))


def _forget_wrong_pins(officer_id: UUID, now: datetime) -> None:
    """The token counts anew, and so do we."""
    rows = SignerCertificate.objects.filter(officer_id=officer_id, wrong_pins__gt=0)
    if rows.exists():
        with idempotency.using(""):
            pin_was_right(officer_id, actor=SYSTEM, now=now)


@owns_transaction
def pin_was_right(officer_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Counting begins at nought."""
    rows = SignerCertificate.objects.filter(officer_id=officer_id, wrong_pins__gt=0)
    rows.update(wrong_pins=0)
    record(action="documents.right_pin", subject=f"officer {officer_id}", actor=actor)


def told(times: int, warned: str) -> PinWrong | PinLocked:
    """What a holder hears after so many wrong PINs. warned: what the token says of the next."""
    if warned == "LOCKED":
        return PinLocked(field="pin")
    said = f"Mã PIN chưa đúng, lần thứ {times} liền nhau; chưa văn bản nào được ký. "
    said += {
        "LAST": "Token cho biết chỉ còn một lần thử: sai nữa là token khóa. "
        "Bạn tìm lại mã PIN hoặc nhờ người quản lý token trước khi thử.",
        "LOW": "Token cho biết đang đếm số lần sai. Bạn nhập lại thật chậm.",
    }.get(warned, "Bạn nhập lại: sai nhiều lần thì token tự khóa.")
    return PinWrong(said, field="pin")


def _check_enrolled(officer_id: UUID, key: SigningKey) -> None:
    """Raises: CertificateNotEnrolled."""
    rows = SignerCertificate.objects.filter(
        officer_id=officer_id,
        fingerprint=sha256(key.certificate).hexdigest(),
        confirmed_at__isnull=False,
        withdrawn_at=None,
    )
    if not rows.exists():
        raise CertificateNotEnrolled(field="pin")


def _locked(certificate_id: UUID, actor: Actor) -> SignerCertificate:
    """Raises: WrongRole, EnrolledNotFound."""
    _check_administrator(actor)
    row = SignerCertificate.objects.select_for_update().filter(pk=certificate_id).first()
    if row is None:
        raise EnrolledNotFound
    return row


def _check_administrator(actor: Actor) -> None:
    if not actor.has(Role.ADMINISTRATOR):
        raise WrongRole


def _noted(action: str, row: SignerCertificate, actor: Actor) -> None:
    facts: dict[str, object] = {"certificate": row.fingerprint}
    record(action=action, subject=f"officer {row.officer_id}", actor=actor, facts=facts)
