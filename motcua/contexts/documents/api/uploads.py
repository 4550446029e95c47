"""Tệp lên từng phần, over the API: the order of calls and the promises are those of the pages.

Announce, ask how far it came, send what follows, finish. A part names its place and its checksum,
so the same one twice is one, whatever its Idempotency-Key (ADR 0063).
"""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from motcua.contexts.documents import public, queries
from motcua.contexts.documents.actions import arriving
from motcua.contexts.documents.api.schemas import FileOut
from motcua.contexts.documents.contracts import FileView, UploadProgress
from motcua.contexts.documents.rules.limits import PART
from motcua.contexts.documents.web.arriving import CHECKSUM, OFFSET, whole_number
from motcua.kernel import clock, idempotency
from motcua.kernel.access import route, signed_in
from motcua.kernel.api import actor_of

router = Router(tags=["documents"])


class UploadIn(Schema):
    """size in bytes. sha256 of the whole: then an upload that stopped goes on."""

    filename: Annotated[str, Field(max_length=400)]
    size: Annotated[int, Field(ge=0, lt=10**15)]
    sha256: Annotated[str, Field(pattern="^([0-9a-f]{64})?$", default="")]


class UploadOut(Schema):
    """received: the number of the next byte to send. part: the most that one call may bring."""

    id: UUID
    size: int
    received: int
    part: int = PART


@router.post("/uploads", response={201: UploadOut}, operation_id="begin_upload")
@route(signed_in)
def begin(request: HttpRequest, sent: UploadIn) -> Status[UploadProgress]:
    """Báo một tệp sắp tải lên. Refusals: 409 too_much_unused; 422 empty_file, too_large."""
    told = arriving.begin_upload(
        sent.filename,
        sent.size,
        stated_hash=sent.sha256,
        by=actor_of(request),
        now=clock.now(),
    )
    return Status(201, told)


@router.get("/uploads/{upload_id}", response=UploadOut, operation_id="get_upload")
@route(signed_in)
def progress(request: HttpRequest, upload_id: UUID) -> UploadProgress:
    """Đã nhận đến đâu. Refusals: 404 upload_not_found."""
    row = queries.upload_for(upload_id, actor_of(request), now=clock.now())
    return queries.progress_of(row)


@router.patch("/uploads/{upload_id}", response=UploadOut, operation_id="send_part")
@route(signed_in)
def part(request: HttpRequest, upload_id: UUID) -> UploadProgress:
    """Gửi phần tiếp theo: the bytes as body, Upload-Offset and Upload-Checksum (SHA-256) as heads.

    Refusals: 404 upload_not_found; 409 part_misplaced, store_unavailable; 422 part_damaged,
    part_too_long.
    """
    with idempotency.using(""):
        return arriving.take_part(
            upload_id,
            whole_number(request.headers.get(OFFSET, "")),
            request.body,
            request.headers.get(CHECKSUM, ""),
            by=actor_of(request),
            now=clock.now(),
        )


@router.post("/uploads/{upload_id}/finish", response={201: FileOut}, operation_id="finish_upload")
@route(signed_in)
def finish(request: HttpRequest, upload_id: UUID) -> Status[FileView]:
    """Ghép các phần thành một tệp; asked again, it is the same file.

    Refusals: 404 upload_not_found; 409 upload_incomplete, and those of keep_file.
    """
    actor = actor_of(request)
    with idempotency.using(""):
        kept = public.finish_upload(
            upload_id, owner_person_id=actor.party_id, by=actor, now=clock.now()
        )
    return Status(201, kept)


@router.delete("/uploads/{upload_id}", response={204: None}, operation_id="drop_upload")
@route(signed_in)
def drop(request: HttpRequest, upload_id: UUID) -> Status[None]:
    """Thôi không tải nữa. Refusals: 404 upload_not_found."""
    arriving.drop_upload(upload_id, by=actor_of(request), now=clock.now())
    return Status(204, None)
