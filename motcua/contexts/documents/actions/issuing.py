"""Ban hành: sign a paper, keep it, enter it in the register; and take it back."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.conf import settings

from motcua.contexts.documents import queries
from motcua.contexts.documents.actions.keeping import made_row
from motcua.contexts.documents.adapters import pades
from motcua.contexts.documents.adapters.authority import Authority, Subject, authority
from motcua.contexts.documents.contracts import (
    AlreadyRevoked,
    IssuedKind,
    IssuedNotFound,
    IssuedView,
    MediaType,
    ReasonMissing,
    SignerInfo,
)
from motcua.contexts.documents.events import DocumentIssued, DocumentRevoked
from motcua.contexts.documents.models import IssuedDocument, StoredFile
from motcua.contexts.documents.rules import names, verify_codes
from motcua.kernel.actors import Actor
from motcua.kernel.db import insert, joins_transaction, record
from motcua.kernel.events import publish
from motcua.kernel.privacy import DataClass
from motcua.kernel.text import nfc


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


def local_authority() -> Authority:
    """The test authority of this installation."""
    return _opened(Path(settings.VAR))


@lru_cache(maxsize=4)
def _opened(var: Path) -> Authority:
    return authority(var / "secrets" / "pki")


@joins_transaction
def issue(pdf: bytes, draft: Draft, *, by: Actor, now: datetime) -> IssuedView:
    """Sign with officer and agency, keep, register, tell the others.

    Raises: StoreUnavailable.
    """
    row = _register_row(draft, now)
    signed = pades.sign(
        pdf,
        _signatories(draft),
        code=verify_codes.compact(row.verify_code),
        fingerprint=row.statement.fingerprint(),
        authority=local_authority(),
        at=now,
    )
    file = _keep_signed(signed, draft, row, now)
    row.file, row.sha256 = file, file.sha256
    insert(file, row)
    record(
        action="documents.issue",
        subject=draft.subject,
        actor=by,
        facts={"kind": row.kind, "code": row.verify_code, "sha256": row.sha256},
    )
    publish(
        DocumentIssued(
            occurred_at=now,
            subject=draft.subject,
            issued_id=str(row.pk),
            kind=row.kind,
            owner_person_id=_text(row.owner_person_id),
        )
    )
    return queries.issued_view(row)


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


def _signatories(draft: Draft) -> pades.Signatories:
    signer = draft.signer
    return pades.Signatories(
        officer=Subject(f"officer-{signer.key}", nfc(signer.full_name), nfc(signer.unit_name)),
        agency=Subject(
            f"agency-{_file_safe(signer.unit_code)}", nfc(signer.unit_name), nfc(signer.unit_name)
        ),
        reason=nfc(draft.title),
    )


def _file_safe(code: str) -> str:
    return "".join(char if char.isalnum() and char.isascii() else "_" for char in code)


def _keep_signed(signed: bytes, draft: Draft, row: IssuedDocument, now: datetime) -> StoredFile:
    name = names.display_name(f"{draft.title} {row.verify_code}", extensions=("pdf",))
    file = made_row(signed, MediaType.PDF, name, draft.owner_person_id, now)
    file.data_class = draft.data_class.value
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
