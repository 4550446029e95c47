"""Xoay, ghép ảnh: a picture made anew is a file of its own; what it was made of stays told.

A picture is always turned from what was sent first, so turning on and on loses nothing, and back
is that very file again.
"""

import io
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import IO
from uuid import UUID

from motcua.contexts.documents import queries
from motcua.contexts.documents.actions import keeping
from motcua.contexts.documents.adapters import pictures, reading
from motcua.contexts.documents.contracts import Advice, FileView, PictureWanted, TooManyPictures
from motcua.contexts.documents.models import FileOrigin, StoredFile
from motcua.contexts.documents.rules.limits import JOINED_AT_ONCE
from motcua.kernel.actors import Actor
from motcua.kernel.db import insert, owns_transaction, record
from motcua.kernel.privacy import strictest

FULL_TURN = 4


def turn_picture(file_id: UUID, quarters: int, *, by: Actor, now: datetime) -> FileView:
    """Turn clockwise by so many right angles; by none, what a camera only marked becomes so.

    Owns its transaction: call it from a view.

    Raises: FileNotFound, PictureWanted, DamagedFile, PictureTooLarge, TooMuchUnused,
    StoreUnavailable and those of `check_scanned`, `check_cleared`.
    """
    (shown,) = _pictures([file_id], by, now)
    first, before = _sent_first(shown)
    total = (before + quarters) % FULL_TURN
    if not total and Advice.SIDEWAYS not in first.advice:
        return first
    made = _made_before(first, total, by)
    if made is not None:
        return made
    with reading.checked(first.sha256) as file:
        content = pictures.turned(file, total)
    return _kept(content, shown.filename, [(first, total)], by=by, now=now)


def join_pictures(file_ids: Sequence[UUID], *, title: str, by: Actor, now: datetime) -> FileView:
    """One PDF of A4 pages in this order. Owns its transaction: call it from a view.

    Raises: TooManyPictures, and as `turn_picture`.
    """
    if len(file_ids) > JOINED_AT_ONCE:
        raise TooManyPictures
    found = _pictures(file_ids, by, now)
    if not found:
        raise PictureWanted
    with _all_open(found) as files:
        content = pictures.joined(files, title=title, now=now)
    return _kept(content, f"{title}.pdf", [(one, 0) for one in found], by=by, now=now)


def _pictures(file_ids: Sequence[UUID], by: Actor, now: datetime) -> list[FileView]:
    found = [queries.file_for(file_id, by, now=now) for file_id in file_ids]
    for one in found:
        queries.check_scanned(one, by.account_id)
        queries.check_cleared(one, by)
        if not one.is_picture:
            raise PictureWanted
    return found


def _sent_first(shown: FileView) -> tuple[FileView, int]:
    """The picture as it was sent, and how far it is turned now."""
    turn = FileOrigin.objects.filter(file=shown.id).select_related("origin").first()
    if turn is None or turn.origin is None:
        return shown, 0
    return queries.view_of(turn.origin), turn.quarters


def _made_before(first: FileView, quarters: int, by: Actor) -> FileView | None:
    rows = StoredFile.objects.filter(
        pk__in=FileOrigin.objects.filter(origin=first.id, quarters=quarters).values("file"),
        uploaded_by=by.account_id,
    )
    row = rows.order_by("pk").first()
    return queries.view_of(row) if row else None


@contextmanager
def _all_open(files: Sequence[FileView]) -> Iterator[list[IO[bytes]]]:
    with ExitStack() as stack:
        yield [stack.enter_context(reading.checked(one.sha256)) for one in files]


def _kept(
    content: bytes, name: str, origins: list[tuple[FileView, int]], *, by: Actor, now: datetime
) -> FileView:
    kept = keeping.kept_bytes(
        io.BytesIO(content),
        filename=name,
        owner_person_id=origins[0][0].owner_person_id,
        by=by,
        now=now,
    )
    return _recorded(kept, origins, by=by, now=now)


@owns_transaction
def _recorded(
    kept: keeping.Kept, origins: list[tuple[FileView, int]], *, by: Actor, now: datetime
) -> FileView:
    """The leaf says which bytes the new ones were made of. Raises: StoreUnavailable."""
    row = keeping.insert_upload(kept, by=by, now=now)
    keeping.classify(row.pk, strictest(tuple(one.data_class for one, _quarters in origins)))
    insert(
        *(
            FileOrigin(
                file=row, place=place, origin_id=one.id, sha256=one.sha256, quarters=quarters
            )
            for place, (one, quarters) in enumerate(origins)
        )
    )
    record(
        action="documents.make_from_pictures",
        subject=f"file {row.pk}",
        actor=by,
        facts={
            "sha256": kept.sha256,
            "from": [one.sha256 for one, _quarters in origins],
            "quarters": [quarters for _one, quarters in origins],
        },
    )
    return queries.file_by_id(row.pk)
