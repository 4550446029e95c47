"""Tải tệp: a file leaves only through policy, as an attachment, and never runs on our origin."""

from collections.abc import Iterator
from itertools import chain
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from motcua.contexts.documents import queries
from motcua.contexts.documents.actions.opening import note_opening
from motcua.contexts.documents.adapters import pictures, reading
from motcua.contexts.documents.contracts import FileView, MediaType, PictureWanted
from motcua.contexts.documents.rules.kinds import INLINE
from motcua.kernel import clock
from motcua.kernel.access import route, signed_in
from motcua.kernel.reading import note_about
from motcua.kernel.web import actor_of, as_file

SHOW = "xem"  # ?xem=1 asks to see it in the browser
HARMLESS = "sandbox; default-src 'none'"


@route(signed_in)
def file(request: HttpRequest, file_id: UUID) -> StreamingHttpResponse:
    """Raises: FileNotFound (also when the actor may not see it), ClearanceNeeded, StoredCopyAltered
    and those of `check_scanned`.
    """
    actor, now = actor_of(request), clock.now()
    found = queries.file_for(file_id, actor, now=now)
    queries.check_scanned(found, actor.account_id)
    queries.check_cleared(found, actor)
    response = answer(found, shown=SHOW in request.GET)
    note_opening(found, by=actor, now=now)
    note_about(found.owner_person_id, queries.CONTENT)
    return response


@route(signed_in)
def small(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """A small picture of a picture.

    Raises: as `file`, PictureWanted, DamagedFile, PictureTooLarge.
    """
    actor, now = actor_of(request), clock.now()
    found = queries.file_for(file_id, actor, now=now)
    queries.check_scanned(found, actor.account_id)
    queries.check_cleared(found, actor)
    if not found.is_picture:
        raise PictureWanted
    with reading.checked(found.sha256) as content:
        made = pictures.thumbnail(content)
    note_opening(found, by=actor, now=now)
    note_about(found.owner_person_id, queries.CONTENT)
    response = HttpResponse(made, content_type=MediaType.JPEG.value)
    response["Content-Security-Policy"] = HARMLESS
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


def answer(found: FileView, *, shown: bool) -> StreamingHttpResponse:
    """The bytes with headers under which they run nothing. Raises: StoredCopyAltered."""
    content = _started(reading.pieces(found.sha256))
    shown = shown and may_be_shown(found)
    response = as_file(
        StreamingHttpResponse(content, content_type=_content_type(found)),
        found.filename,
        shown=shown,
    )
    response["Content-Length"] = str(found.size)
    response["Content-Security-Policy"] = HARMLESS
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


def may_be_shown(file: FileView) -> bool:
    """Only what a browser draws without running anything."""
    return file.media_type in INLINE and not file.active_content


def _content_type(file: FileView) -> str:
    text = file.media_type in (MediaType.TXT, MediaType.XML)
    return f"{file.media_type}; charset=utf-8" if text else file.media_type


def _started(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Take the first piece now, so that a damaged file is refused before the headers are sent."""
    return chain([next(pieces)], pieces)
