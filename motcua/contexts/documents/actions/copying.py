"""Sao y, trích sao, sao lục: a copy of an own electronic result, with the form of a copy.

Decree 30/2020, Art. 25 to 27: the copy bears its form in words, a number of the register of the
agency that copies, place and day, its signer and its seal. What is no longer in force is copied
only by whoever says so, and the copy says it in turn.
"""

from datetime import datetime
from typing import Any

from motcua.contexts.documents import queries
from motcua.contexts.documents.actions import issuing
from motcua.contexts.documents.actions.numbers import take_number
from motcua.contexts.documents.adapters import copying, reading
from motcua.contexts.documents.contracts import (
    IssuedKind,
    IssuedNotFound,
    IssuedView,
    SignerInfo,
)
from motcua.contexts.documents.contracts.copies import (
    COPY_NAMES,
    COPY_SYMBOLS,
    CopyKind,
    CopyWanted,
    NotToBeCopied,
    PagesNotThere,
    SourceRevoked,
)
from motcua.contexts.documents.models import CertifiedCopy, IssuedDocument
from motcua.contexts.documents.ports import SigningKey
from motcua.contexts.documents.rules import printing, verify_codes
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date, city_time
from motcua.kernel.db import insert, joins_transaction, record
from motcua.kernel.privacy import DataClass

PLACE = "Thành phố Hồ Chí Minh"


@joins_transaction
def copy_paper(
    wanted: CopyWanted,
    key: SigningKey,
    *,
    signer: SignerInfo,
    superior: str,
    by: Actor,
    now: datetime,
) -> IssuedView:
    """Copied, numbered, signed and sealed. superior: the body above the one that copies.

    Raises: IssuedNotFound, NotToBeCopied, SourceRevoked, PagesNotThere, KeyRefused,
    StoredCopyAltered, StoreUnavailable.
    """
    source = _source(wanted)
    content = reading.whole(source.sha256)
    first, last = _pages(wanted, copying.pages_in(content))
    nth = CertifiedCopy.objects.filter(issued__subject=source.subject).count() + 1
    symbol = COPY_SYMBOLS[wanted.kind]
    number = take_number(
        f"{source.subject}/sao/{nth}", unit_code=signer.unit_code, symbol=symbol, now=now
    )
    code = verify_codes.new_code()
    said = _said(source, wanted, signer, now) | {
        "letterhead": _letterhead(signer, superior, f"{number:02d}/{symbol}", now),
        "verify_code": code,
    }
    said["source"] |= {"pages": f"{first} đến {last}" if last > first else str(first)}
    pdf = copying.copied(content, range(first - 1, last), said, qr_url=queries.verify_url(code))
    draft = issuing.Draft(
        kind=IssuedKind.CERTIFIED_COPY,
        subject=source.subject,
        title=f"{COPY_NAMES[wanted.kind]}: {source.title}",
        owner_person_id=source.owner_person_id,
        signer=signer,
        verify_code=code,
        data_class=DataClass(source.file.data_class),
    )
    issuing.sign(pdf, draft, key, by=by, now=now)
    made = issuing.seal(source.subject, by=by, now=now)
    insert(
        CertifiedCopy(
            issued_id=made.id,
            source=source,
            kind=wanted.kind.value,
            number=f"{number:02d}/{symbol}",
            first_page=first,
            last_page=last,
            of_revoked=source.revoked_at is not None,
            by=by.account_id,
            at=now,
        )
    )
    record(
        action="documents.copy",
        subject=source.subject,
        actor=by,
        facts={"source": source.verify_code, "copy": made.verify_code, "kind": wanted.kind.value},
    )
    return made


def _source(wanted: CopyWanted) -> IssuedDocument:
    """Locked, so that nobody revokes it meanwhile."""
    rows = IssuedDocument.objects.select_for_update(of=("self",)).select_related("file")
    source = rows.filter(pk=wanted.source_id, file__disposed_at__isnull=True).first()
    if source is None:
        raise IssuedNotFound
    if not _fits(source, wanted.kind):
        raise NotToBeCopied(field="kind")
    if source.revoked_at is not None and not wanted.although_revoked:
        raise SourceRevoked(field="although_revoked")
    return source


def _fits(source: IssuedDocument, kind: CopyKind) -> bool:
    if kind is not CopyKind.SAO_LUC:
        return source.kind == IssuedKind.RESULT
    copies = CertifiedCopy.objects.filter(issued=source, kind=CopyKind.SAO_Y)
    return copies.exists()


def _pages(wanted: CopyWanted, whole: int) -> tuple[int, int]:
    if wanted.kind is not CopyKind.TRICH_SAO:
        return 1, whole
    if not 1 <= wanted.first <= wanted.last <= whole:
        raise PagesNotThere(field="first")
    return wanted.first, wanted.last


def _letterhead(signer: SignerInfo, superior: str, number: str, now: datetime) -> dict[str, object]:
    on = printing.long_date(city_date(now))
    return {
        "superior": superior,
        "agency": signer.unit_name,
        "number": number,
        "place": PLACE,
        "on": on,
    }


def _said(
    source: IssuedDocument, wanted: CopyWanted, signer: SignerInfo, now: datetime
) -> dict[str, Any]:
    """What the form of a copy tells of what was copied, and of who copies it."""
    what = "bản chính điện tử"
    if wanted.kind is CopyKind.SAO_LUC:
        what = "bản sao y"
    elif wanted.kind is CopyKind.TRICH_SAO:
        what = "một phần bản chính điện tử"
    return {
        "title": f"{COPY_NAMES[wanted.kind]} {source.verify_code}",
        "kind": COPY_NAMES[wanted.kind],
        "agency": signer.unit_name,
        "stamped": f"{city_time(now):%d/%m/%Y %H:%M:%S} +07:00",
        "recipient": "Người yêu cầu",
        "approval": {
            "capacity": signer.capacity,
            "position": signer.position,
            "full_name": signer.full_name,
            "signed_at": printing.moment(now),
        },
        "source": {
            "what": what,
            "title": source.title,
            "verify_code": source.verify_code,
            "issued_at": printing.moment(source.issued_at),
            "signer": f"{source.signer_name}, {source.signer_position}",
            "agency": source.unit_name,
            "revoked": _revoked_words(source),
        },
    }


def _revoked_words(source: IssuedDocument) -> str:
    if source.revoked_at is None:
        return ""
    at = printing.moment(source.revoked_at)
    instead = source.replaced_by
    replaced = f" Bản thay thế mang mã {instead.verify_code}." if instead else ""
    return f"Văn bản được sao đã bị thu hồi lúc {at}: {source.revoked_reason}{replaced}"
