"""Tệp lên từng phần: begin, take part after part, put together. ADR 0063.

Each part is durable in the store before its row says so, like every content (ADR 0030). What was
received is therefore always whole parts from the start on, whatever died in between.
"""

import hashlib
import io
import re
from datetime import datetime
from hmac import compare_digest
from uuid import UUID

from django.conf import settings

from motcua.contexts.documents import queries
from motcua.contexts.documents.actions import keeping
from motcua.contexts.documents.adapters import reading
from motcua.contexts.documents.adapters.staging import staged, too_large
from motcua.contexts.documents.adapters.stores import store
from motcua.contexts.documents.contracts import (
    DamagedFile,
    EmptyFile,
    FileView,
    PartDamaged,
    PartMisplaced,
    PartTooLong,
    TooMuchUnused,
    UploadIncomplete,
    UploadProgress,
)
from motcua.contexts.documents.models import PartialUpload, UploadPart
from motcua.contexts.documents.rules.limits import (
    PART,
    UNUSED_BYTES_A_DAY,
    UNUSED_FILES_A_DAY,
    UPLOAD_LIVES,
)
from motcua.contexts.documents.rules.names import display_name
from motcua.kernel.access import SignInNeeded
from motcua.kernel.actors import Actor
from motcua.kernel.db import Stale, change, insert, owns_transaction, record

HASH = re.compile(r"[0-9a-f]{64}")


def begin_upload(
    filename: str, size: int, *, stated_hash: str = "", by: Actor, now: datetime
) -> UploadProgress:
    """Announce a file; one that stopped before goes on, on whatever device.

    stated_hash: SHA-256 of the whole. Raises: EmptyFile, TooLarge, TooMuchUnused, SignInNeeded.
    """
    if by.account_id is None:
        raise SignInNeeded
    stated = stated_hash.lower() if HASH.fullmatch(stated_hash.lower()) else ""
    stopped = queries.stopped_upload(by.account_id, stated, size, now=now) if stated else None
    if stopped is not None:
        return queries.progress_of(stopped)
    return _announce(filename, size, stated, by=by, account_id=by.account_id, now=now)


@owns_transaction
def _announce(
    filename: str, size: int, stated: str, *, account_id: UUID, by: Actor, now: datetime
) -> UploadProgress:
    if size <= 0:
        raise EmptyFile
    if size > settings.MAX_UPLOAD_BYTES:
        raise too_large(settings.MAX_UPLOAD_BYTES)
    keeping.check_quota(by, size, now)
    files, announced = queries.bytes_announced(account_id, now=now)
    if files >= UNUSED_FILES_A_DAY or announced + size > UNUSED_BYTES_A_DAY:
        raise TooMuchUnused
    row = PartialUpload(
        account_id=account_id,
        filename=display_name(filename, extensions=(_extension(filename),)),
        size=size,
        stated_hash=stated,
        began_at=now,
        touched_at=now,
    )
    insert(row)
    record(
        action="documents.begin_upload", subject=f"upload {row.pk}", actor=by, facts={"size": size}
    )
    return queries.progress_of(row)


def _extension(filename: str) -> str:
    """What the bytes are is told once they are there; until then the name stays as it came."""
    return filename.rpartition(".")[2].lower()[:5] or "tep"


def take_part(
    upload_id: UUID, begins: int, content: bytes, sha256: str, *, by: Actor, now: datetime
) -> UploadProgress:
    """The next bytes, durable before they count. What came before, sent again, changes nothing.

    Raises: UploadNotFound, PartTooLong, PartDamaged, PartMisplaced, StoreUnavailable.
    """
    row = queries.upload_for(upload_id, by, now=now)
    if not compare_digest(hashlib.sha256(content).hexdigest(), sha256.lower()):
        raise PartDamaged
    if not 0 < len(content) <= PART or begins + len(content) > row.size:
        raise PartTooLong
    if begins != row.received:
        return _taken_before(row, begins, sha256.lower())
    place = store()
    with staged(io.BytesIO(content), place.staging(), limit=PART) as arrived:
        place.keep(arrived)
    part = UploadPart(upload=row, begins=begins, size=len(content), sha256=arrived.sha256)
    try:
        return _record_part(row, part, by=by, now=now)
    except Stale:
        return _taken_before(queries.upload_for(upload_id, by, now=now), begins, arrived.sha256)


def _taken_before(row: PartialUpload, begins: int, sha256: str) -> UploadProgress:
    """Raises: PartMisplaced, unless this very part is there."""
    if not UploadPart.objects.filter(upload=row, begins=begins, sha256=sha256).exists():
        raise PartMisplaced(received=row.received)
    return queries.progress_of(row)


@owns_transaction
def _record_part(
    row: PartialUpload, part: UploadPart, *, by: Actor, now: datetime
) -> UploadProgress:
    """Raises: Stale when the same part came twice at once, StoreUnavailable."""
    keeping.hold(part.sha256)
    row.received, row.touched_at = part.begins + part.size, now
    insert(part)
    change(row, "received", "touched_at", expecting={"received": part.begins})
    record(
        action="documents.take_part",
        subject=f"upload {row.pk}",
        actor=by,
        facts={"begins": part.begins, "size": part.size, "sha256": part.sha256},
    )
    return queries.progress_of(row)


def finish_upload(
    upload_id: UUID, *, owner_person_id: UUID | None, by: Actor, now: datetime
) -> FileView:
    """Put it together and keep it like any upload; asked again, it is the same file.

    Raises: UploadNotFound, UploadIncomplete, and as `keeping.keep_upload`.
    """
    row = queries.upload_for(upload_id, by, now=now)
    if row.file_id:
        return queries.file_by_id(row.file_id)
    if row.received != row.size:
        raise UploadIncomplete(received=row.received)
    kept = keeping.kept_bytes(
        _Joined(queries.parts_of(row)),
        filename=row.filename,
        owner_person_id=owner_person_id,
        by=by,
        now=now,
    )
    if row.stated_hash not in ("", kept.sha256):
        raise DamagedFile
    try:
        return _record_file(row, kept, by=by, now=now)
    except Stale:
        return finish_upload(upload_id, owner_person_id=owner_person_id, by=by, now=now)


@owns_transaction
def _record_file(row: PartialUpload, kept: keeping.Kept, *, by: Actor, now: datetime) -> FileView:
    """Raises: Stale when it was put together twice at once, StoreUnavailable."""
    file = keeping.insert_upload(kept, by=by, now=now)
    row.file = file
    change(row, "file", expecting={"file": None})
    UploadPart.objects.filter(upload=row).delete()
    return queries.view_of(file)


@owns_transaction
def drop_upload(upload_id: UUID, *, by: Actor, now: datetime) -> None:
    """Somebody thought better of it. Raises: UploadNotFound."""
    row = queries.upload_for(upload_id, by, now=now)
    row.delete()
    record(action="documents.drop_upload", subject=f"upload {upload_id}", actor=by)


def forget_uploads(*, now: datetime) -> int:
    """Rows of uploads that nobody went on with; their bytes go with the sweep. No action of a
    person: nothing that was promised changes.
    """
    old = PartialUpload.objects.filter(touched_at__lte=now - UPLOAD_LIVES)
    gone, _by_model = old.delete()
    return gone


class _Joined:
    """The parts one behind the other, each compared with its hash as it is read."""

    def __init__(self, parts: tuple[UploadPart, ...]) -> None:
        self._pieces = (piece for part in parts for piece in reading.pieces(part.sha256))
        self._rest = b""

    def read(self, size: int, /) -> bytes:
        if not self._rest:
            self._rest = next(self._pieces, b"")
        piece, self._rest = self._rest[:size], self._rest[size:]
        return piece
