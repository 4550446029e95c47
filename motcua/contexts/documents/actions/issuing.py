"""Ban hành: sign a paper, keep it, enter it in the register; and take it back."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db.models import QuerySet

from motcua.contexts.documents import queries
from motcua.contexts.documents.actions.keeping import made_row
from motcua.contexts.documents.adapters import pades, reading, seals
from motcua.contexts.documents.adapters.keys import KeptKeys, local_authority
from motcua.contexts.documents.contracts import (
    AlreadyRevoked,
    IssuedKind,
    IssuedNotFound,
    IssuedView,
    MediaType,
    ReasonMissing,
    SignedNotFound,
    SignedView,
    SignerInfo,
)
from motcua.contexts.documents.events import DocumentIssued, DocumentRevoked
from motcua.contexts.documents.models import IssuedDocument, SignedPaper, StoredFile
from motcua.contexts.documents.ports import SigningKey, Subject
from motcua.contexts.documents.rules import names, verify_codes
from motcua.kernel.actors import Actor
from motcua.kernel.db import change, insert, joins_transaction, record
from motcua.kernel.events import publish
from motcua.kernel.privacy import DataClass
from motcua.kernel.text import nfc

STATED = ("title", "signer_name", "signer_position", "unit_code", "unit_name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A rendered paper before it is signed. verify_code: the one printed on it, "" makes one."""

    kind: IssuedKind
    subject: str
    title: str
    owner_person_id: UUID | None
    signer: SignerInfo
    verify_code: str = ""
    data_class: DataClass = DataClass.PERSONAL_BASIC


@joins_transaction
def issue(pdf: bytes, draft: Draft, *, by: Actor, now: datetime) -> IssuedView:
    """Sign with officer and agency by the keys of this installation, keep, register, tell.

    Raises: StoreUnavailable.
    """
    row = _register_row(draft, now)
    officer = officer_subject(draft.signer)
    with KeptKeys(local_authority()).open(officer, "") as key:
        signed = _signed(pdf, row, key, pades.OFFICER_FIELD, officer, reason=row.title, now=now)
    return _entered(signed, row, draft.data_class, by=by, now=now)


@joins_transaction
def sign(pdf: bytes, draft: Draft, key: SigningKey, *, by: Actor, now: datetime) -> SignedView:
    """The officer's own signature, by an open key. What waited for a seal before is dropped.

    Raises: KeyRefused, StoreUnavailable.
    """
    row = _register_row(draft, now)
    officer = officer_subject(draft.signer)
    signed = _signed(pdf, row, key, pades.OFFICER_FIELD, officer, reason=row.title, now=now)
    drop_signed(draft.subject, now=now)
    file = _kept(signed, row, draft.data_class, now)
    waits = SignedPaper(
        subject=row.subject,
        kind=row.kind,
        verify_code=row.verify_code,
        owner_person_id=row.owner_person_id,
        file=file,
        statement={name: getattr(row, name) for name in STATED}
        | {"signer_key": str(row.signer_key)},
        data_class=draft.data_class.value,
        certificate=sha256(key.certificate).hexdigest(),
        signed_at=now,
    )
    insert(file, waits)
    record(
        action="documents.sign",
        subject=row.subject,
        actor=by,
        facts={"code": row.verify_code, "sha256": file.sha256, "certificate": waits.certificate},
    )
    return SignedView(id=waits.pk, subject=waits.subject, verify_code=waits.verify_code)


@joins_transaction
def seal(subject: str, *, by: Actor, now: datetime) -> IssuedView:
    """The agency's seal under what its officer signed; from here on it is issued.

    Raises: SignedNotFound, StoredCopyAltered, StoreUnavailable.
    """
    waits = _open_for(subject).first()
    if waits is None or waits.file is None:
        raise SignedNotFound
    row = _register_row_of(waits)
    view = _entered(
        reading.whole(waits.file.sha256), row, DataClass(waits.data_class), by=by, now=now
    )
    waits.sealed_at, waits.file = now, None
    change(waits, "sealed_at", "file", expecting={"sealed_at": None})
    return view


@joins_transaction
def drop_signed(subject: str, *, now: datetime) -> None:
    """A signature over what will not be sealed: the matter went back, or is signed anew."""
    for waits in _open_for(subject):
        waits.dropped_at, waits.file = now, None
        change(waits, "dropped_at", "file", expecting={"dropped_at": None})


def _open_for(subject: str) -> "QuerySet[SignedPaper]":
    rows = SignedPaper.objects.filter(subject=subject, sealed_at=None, dropped_at=None)
    return rows.select_related("file").order_by("-signed_at")


def _signed(
    pdf: bytes,
    row: IssuedDocument,
    key: SigningKey,
    field: str,
    by: Subject,
    *,
    reason: str,
    now: datetime,
    seal: seals.Seal | None = None,
) -> bytes:
    mark = pades.Mark(
        field=field,
        name=by.common_name,
        reason=reason,
        code=verify_codes.compact(row.verify_code),
        fingerprint=row.statement.fingerprint(),
    )
    return pades.sign(pdf, key, mark, authority=local_authority(), at=now, seal=seal)


def _entered(
    signed: bytes, row: IssuedDocument, data_class: DataClass, *, by: Actor, now: datetime
) -> IssuedView:
    """Sealed, kept, registered, told."""
    agency = agency_subject(row.unit_code, row.unit_name)
    reason = f"Ký số của {row.unit_name}"
    with KeptKeys(local_authority()).open(agency, "") as key:
        seal = seals.seal_for(signed, row.unit_name, now)
        sealed = _signed(
            signed, row, key, pades.AGENCY_FIELD, agency, reason=reason, now=now, seal=seal
        )
    file = _kept(sealed, row, data_class, now)
    row.file, row.sha256 = file, file.sha256
    insert(file, row)
    record(
        action="documents.issue",
        subject=row.subject,
        actor=by,
        facts={"kind": row.kind, "code": row.verify_code, "sha256": row.sha256},
    )
    publish(
        DocumentIssued(
            occurred_at=now,
            subject=row.subject,
            issued_id=str(row.pk),
            kind=row.kind,
            owner_person_id=_text(row.owner_person_id),
        )
    )
    return queries.issued_view(row)


def _register_row_of(waits: SignedPaper) -> IssuedDocument:
    """What the officer signed for, unchanged: its fingerprint is in the signature."""
    return IssuedDocument(
        kind=waits.kind,
        verify_code=waits.verify_code,
        subject=waits.subject,
        owner_person_id=waits.owner_person_id,
        issued_at=waits.signed_at,
        **waits.statement,
    )


def _register_row(draft: Draft, now: datetime) -> IssuedDocument:
    signer = draft.signer
    return IssuedDocument(
        kind=draft.kind.value,
        verify_code=draft.verify_code or verify_codes.new_code(),
        subject=draft.subject,
        owner_person_id=draft.owner_person_id,
        title=nfc(draft.title)[:300],
        issued_at=now,
        signer_key=signer.key,
        signer_name=nfc(signer.full_name)[:120],
        signer_position=_in_one_line(signer.capacity, signer.position)[:200],
        unit_code=signer.unit_code,
        unit_name=nfc(signer.unit_name)[:200],
    )


def _in_one_line(*words: str) -> str:
    """«KT. Chủ tịch, Phó Chủ tịch»; what is said twice is kept once."""
    lines = (nfc(line) for part in words for line in part.splitlines())
    return ", ".join({line.casefold(): line for line in lines if line}.values())


def officer_subject(signer: SignerInfo) -> Subject:
    """Whom the officer's certificate names."""
    return Subject(f"officer-{signer.key}", nfc(signer.full_name), nfc(signer.unit_name))


def agency_subject(code: str, name: str) -> Subject:
    """Whom the certificate of a seal names."""
    return Subject(f"agency-{_file_safe(code)}", nfc(name), nfc(name))


def _file_safe(code: str) -> str:
    return "".join(char if char.isalnum() and char.isascii() else "_" for char in code)


def _kept(signed: bytes, row: IssuedDocument, data_class: DataClass, now: datetime) -> StoredFile:
    name = names.display_name(f"{row.title} {row.verify_code}", extensions=("pdf",))
    file = made_row(signed, MediaType.PDF, name, row.owner_person_id, now)
    file.data_class = data_class.value
    return file


@joins_transaction
def revoke(
    issued_id: UUID, *, reason: str, by: Actor, now: datetime, replaced_by: UUID | None = None
) -> IssuedView:
    """Take a paper back, for a reason its holder is told; a newer one may stand in its place.

    Raises: IssuedNotFound, AlreadyRevoked, ReasonMissing.
    """
    if not nfc(reason):
        raise ReasonMissing(field="reason")
    row = IssuedDocument.objects.filter(pk=issued_id).first()
    if row is None:
        raise IssuedNotFound
    changed = IssuedDocument.objects.filter(pk=issued_id, revoked_at=None).update(
        revoked_at=now,
        revoked_by=by.account_id,
        revoked_reason=nfc(reason)[:500],
        replaced_by=replaced_by,
    )
    if not changed:
        raise AlreadyRevoked
    record(
        action="documents.revoke",
        subject=row.subject,
        actor=by,
        facts={"code": row.verify_code, "replaced_by": _text(replaced_by)},
    )
    publish(
        DocumentRevoked(
            occurred_at=now,
            subject=row.subject,
            issued_id=str(row.pk),
            kind=row.kind,
            owner_person_id=_text(row.owner_person_id),
        )
    )
    row = IssuedDocument.objects.select_related("replaced_by").get(pk=issued_id)
    return queries.issued_view(row)


def _text(value: UUID | None) -> str | None:
    return str(value) if value else None
