"""Nhận tệp: from a stream of bytes to a row that promises them."""

import io
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from motcua.contexts.documents import queries
from motcua.contexts.documents.adapters import locking, pictures
from motcua.contexts.documents.adapters.scanning import scanner
from motcua.contexts.documents.adapters.staging import Readable, staged
from motcua.contexts.documents.adapters.stores import store
from motcua.contexts.documents.contracts import (
    Advice,
    FileView,
    MediaType,
    NeedsPassword,
    ScanVerdict,
    StoreUnavailable,
    TooMuchUnused,
)
from motcua.contexts.documents.contracts.files import PICTURES
from motcua.contexts.documents.events import FileUploaded
from motcua.contexts.documents.models import StoredFile
from motcua.contexts.documents.rules import kinds, names
from motcua.contexts.documents.rules.inspection import Inspection, inspect
from motcua.contexts.documents.rules.limits import (
    UNUSED_BYTES_A_DAY,
    UNUSED_FILES_A_DAY,
    Limits,
)
from motcua.kernel.actors import Actor
from motcua.kernel.db import change, insert, joins_transaction, owns_transaction, record
from motcua.kernel.events import publish
from motcua.kernel.privacy import DataClass, strictest

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Bytes that are in the store, and what was found out about them."""

    sha256: str
    size: int
    told: Inspection
    stated_name: str
    owner_person_id: UUID | None
    advice: tuple[Advice, ...] = ()


def keep_upload(
    stream: Readable, *, filename: str, owner_person_id: UUID | None, by: Actor, now: datetime
) -> FileView:
    """Keep one upload: staged, inspected, durable in the store, and only then a row.

    Raises: EmptyFile, TooLarge, TypeNotAllowed, DamagedFile, ArchiveRefused, PictureTooLarge,
    MarkupRefused, NeedsPassword, TooMuchUnused, StoreUnavailable.
    """
    kept = kept_bytes(stream, filename=filename, owner_person_id=owner_person_id, by=by, now=now)
    return record_upload(kept, by=by, now=now)


def kept_bytes(
    stream: Readable, *, filename: str, owner_person_id: UUID | None, by: Actor, now: datetime
) -> Kept:
    """Bytes inspected and durable, promised by nobody yet. Raises: as `keep_upload`."""
    place, limits = store(), Limits(size=settings.MAX_UPLOAD_BYTES)
    with staged(stream, place.staging(), limit=limits.size) as arrived:
        check_quota(by, arrived.size, now)
        with arrived.path.open("rb") as file:
            told = inspect(file, size=arrived.size, limits=limits)
            advice = _looked_at(file, told)
        place.keep(arrived)
    return Kept(
        sha256=arrived.sha256,
        size=arrived.size,
        told=told,
        stated_name=filename,
        owner_person_id=owner_person_id,
        advice=advice,
    )


def _looked_at(file: IO[bytes], told: Inspection) -> tuple[Advice, ...]:
    """Raises: NeedsPassword."""
    if told.locked and locking.needs_password(file):
        raise NeedsPassword
    if told.media_type in PICTURES:
        return pictures.advice_on(file)
    return (Advice.EMPTY,) if told.empty else ()


def check_quota(by: Actor, size: int, now: datetime) -> None:
    """Before the bytes enter the store. What is unused is asked only of who brought very much.

    Raises: TooMuchUnused.
    """
    if by.account_id is None:
        return
    today = Q(uploaded_by=by.account_id, created_at__gt=now - DAY)
    if _fits(StoredFile.objects.filter(today), size):
        return
    if not _fits(queries.unused(by.account_id).filter(today), size):
        raise TooMuchUnused


def _fits(rows: "QuerySet[StoredFile]", size: int) -> bool:
    files, brought = queries.count_and_size(rows)
    return files < UNUSED_FILES_A_DAY and brought + size <= UNUSED_BYTES_A_DAY


@owns_transaction
def record_upload(kept: Kept, *, by: Actor, now: datetime) -> FileView:
    """Promise kept bytes. Raises: StoreUnavailable when they are gone (swept in between)."""
    return queries.view_of(insert_upload(kept, by=by, now=now))


@joins_transaction
def insert_upload(kept: Kept, *, by: Actor, now: datetime) -> StoredFile:
    """Raises: StoreUnavailable."""
    hold(kept.sha256)
    row = _row(kept, by, now)
    insert(row)
    record(
        action="documents.keep_upload",
        subject=f"file {row.pk}",
        actor=by,
        facts={"sha256": kept.sha256, "size": kept.size, "type": kept.told.media_type.value},
    )
    if row.scan == ScanVerdict.WAITING:
        publish(FileUploaded(occurred_at=now, subject=str(row.pk)))
    return row


def _first_word() -> ScanVerdict:
    return ScanVerdict.WAITING if scanner() else ScanVerdict.NOT_SCANNED


@joins_transaction
def keep_made(
    content: bytes,
    *,
    media_type: MediaType,
    filename: str,
    owner_person_id: UUID | None,
    now: datetime,
    data_class: DataClass = DataClass.PERSONAL_BASIC,
) -> FileView:
    """Keep a file that the city made itself, for its owner. Raises: StoreUnavailable."""
    row = made_row(content, media_type, filename, owner_person_id, now)
    row.data_class = data_class.value
    insert(row)
    return queries.view_of(row)


@joins_transaction
def keep_stream(
    content: Readable,
    *,
    size: int,
    media_type: MediaType,
    filename: str,
    data_class: DataClass,
    now: datetime,
) -> FileView:
    """Keep what is too large to hold in memory, of nobody's own. Raises: StoreUnavailable."""
    row = _streamed_row(content, size, media_type, filename, None, now)
    row.data_class = data_class.value
    insert(row)
    return queries.view_of(row)


def made_row(
    content: bytes,
    media_type: MediaType,
    filename: str,
    owner_person_id: UUID | None,
    now: datetime,
) -> StoredFile:
    """The bytes are durable before anybody promises them; the caller inserts the row."""
    stream = io.BytesIO(content)
    return _streamed_row(stream, len(content), media_type, filename, owner_person_id, now)


def _streamed_row(
    content: Readable,
    size: int,
    media_type: MediaType,
    filename: str,
    owner_person_id: UUID | None,
    now: datetime,
) -> StoredFile:
    place = store()
    with staged(content, place.staging(), limit=size) as arrived:
        place.keep(arrived)
    hold(arrived.sha256)
    return StoredFile(
        sha256=arrived.sha256,
        size=arrived.size,
        media_type=media_type.value,
        filename=filename,
        scan=ScanVerdict.NOT_SCANNED.value,
        owner_person_id=owner_person_id,
        created_at=now,
    )


def hold(sha256: str) -> None:
    """Make sure that a row about to be written has its bytes, and that they stay."""
    queries.hold_bytes(sha256)
    if not store().has(sha256):
        raise StoreUnavailable(reason="swept")


def _row(kept: Kept, by: Actor, now: datetime) -> StoredFile:
    found = kept.told.media_type
    stated = names.stated_extension(kept.stated_name)
    return StoredFile(
        sha256=kept.sha256,
        size=kept.size,
        media_type=found.value,
        filename=names.display_name(kept.stated_name, extensions=kinds.KINDS[found].extensions),
        pages=kept.told.pages,
        active_content=kept.told.active_content,
        scan=_first_word().value,
        notice=kinds.mismatch_notice(stated, found),
        advice=" ".join(kept.advice),
        owner_person_id=kept.owner_person_id,
        uploaded_by=by.account_id,
        created_at=now,
    )


@joins_transaction
def classify(file_id: UUID, data_class: DataClass) -> None:
    """The use a file is put to may ask for more care than its upload did, never for less."""
    row = StoredFile.objects.get(pk=file_id)
    wanted = strictest((DataClass(row.data_class), data_class))
    if wanted.value != row.data_class:
        row.data_class = wanted.value
        change(row, "data_class")
