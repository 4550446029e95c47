"""Documents over the partner and mobile API, version 1."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile

from motcua.contexts.documents import public
from motcua.contexts.documents.api import uploads
from motcua.contexts.documents.api.schemas import FileOut
from motcua.contexts.documents.contracts import FileView, Verification, VerificationStatus
from motcua.kernel import clock
from motcua.kernel.access import open_to_all, route, signed_in
from motcua.kernel.api import actor_of
from motcua.kernel.limits import CODES_CHECKED_BY_API

router = Router(tags=["documents"])
router.add_router("", uploads.router)


class VerificationOut(Schema):
    """owner_masked is all that is said of the holder."""

    status: VerificationStatus
    finding: str
    because: str
    code: str
    title: str
    unit_name: str
    signer_name: str
    signer_position: str
    issued_at: datetime | None
    timestamped_at: datetime | None
    owner_masked: str
    sha256: str
    revoked_at: datetime | None
    revoked_reason: str
    replaced_by_code: str


@router.post("/files", response={201: FileOut}, operation_id="keep_file")
@route(signed_in)
def keep_file(request: HttpRequest, file: File[UploadedFile]) -> Status[FileView]:
    """Tải một tệp lên; the file belongs to the signed-in person until a dossier takes it.

    Refusals: 409 store_unavailable, too_much_unused; 422 empty_file, too_large, type_not_allowed,
    damaged_file, archive_refused, picture_too_large, markup_refused.
    """
    actor = actor_of(request)
    kept = public.keep_upload(
        file,
        filename=file.name or "",
        owner_person_id=actor.party_id,
        by=actor,
        now=clock.now(),
    )
    return Status(201, kept)


@router.get("/files/{file_id}", response=FileOut, operation_id="get_file")
@route(signed_in)
def get_file(request: HttpRequest, file_id: UUID) -> FileView:
    """Thông tin của một tệp. Refusals: 403 clearance_needed, 404 file_not_found."""
    actor = actor_of(request)
    found = public.file_for(file_id, actor, now=clock.now())
    public.check_cleared(found, actor)
    return found


@router.get("/verify/{code}", response=VerificationOut, operation_id="verify_document")
@route(open_to_all, limit=CODES_CHECKED_BY_API)
def verify_document(request: HttpRequest, code: str) -> Verification:
    """Xác minh giấy tờ bằng mã; open to everybody. An unknown code is an answer, not an error.

    Refusals: 429 too_many_calls.
    """
    return public.verify(code)
