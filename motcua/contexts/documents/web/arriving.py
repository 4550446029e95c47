"""Tệp lên từng phần: the door that scripts bring large files through, part after part.

The order is that of tus: announce, ask how far it came, send what follows. A form names the upload
afterwards in place of a file (`uploads.py`), so it decides what becomes of it.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.http.response import HttpResponseBase

from motcua.contexts.documents import queries
from motcua.contexts.documents.actions import arriving
from motcua.contexts.documents.contracts import PartMisplaced, UploadProgress
from motcua.contexts.documents.rules.limits import PART
from motcua.kernel import clock
from motcua.kernel.access import route, signed_in
from motcua.kernel.errors import DomainError
from motcua.kernel.web import actor_of

LONGEST_NUMBER = 15
OFFSET, CHECKSUM = "Upload-Offset", "Upload-Checksum"


@route(signed_in)
def begin(request: HttpRequest) -> HttpResponseBase:
    """POST name and size; answers where to send the parts, and how long one may be."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        told = arriving.begin_upload(
            request.POST.get("name", ""),
            whole_number(request.POST.get("size", "")),
            stated_hash=request.POST.get("sha256", ""),
            by=actor_of(request),
            now=clock.now(),
        )
    except DomainError as problem:
        return _refused(problem)
    return JsonResponse(_told(told), status=201)


@route(signed_in, keyless=True)
def upload(request: HttpRequest, upload_id: UUID) -> HttpResponseBase:
    """GET how far it came; PATCH the next part; DELETE it. A part says where it belongs and what
    it must be, so the same one twice is one.

    Raises: UploadNotFound.
    """
    actor, now = actor_of(request), clock.now()
    if request.method == "PATCH":
        return _part(request, upload_id)
    if request.method == "DELETE":
        arriving.drop_upload(upload_id, by=actor, now=now)
        return HttpResponse(status=204)
    return JsonResponse(_told(queries.progress_of(queries.upload_for(upload_id, actor, now=now))))


def _part(request: HttpRequest, upload_id: UUID) -> HttpResponseBase:
    try:
        told = arriving.take_part(
            upload_id,
            whole_number(request.headers.get(OFFSET, "")),
            request.body,
            request.headers.get(CHECKSUM, ""),
            by=actor_of(request),
            now=clock.now(),
        )
    except DomainError as problem:
        return _refused(problem)
    return JsonResponse(_told(told))


def _told(told: UploadProgress) -> dict[str, object]:
    return {
        "id": str(told.id),
        "url": f"/giay-to/len/{told.id}",
        "received": told.received,
        "size": told.size,
        "part": PART,
    }


def _refused(problem: DomainError) -> JsonResponse:
    """For the script beside the bar of this file; where to go on, when that is what was wrong."""
    said: dict[str, object] = {"code": problem.code, "message": problem.message}
    if isinstance(problem, PartMisplaced):
        said["received"] = problem.facts["received"]
    return JsonResponse(said, status=int(problem.kind))


def whole_number(text: str) -> int:
    """-1 for what is none: no file has that size, and no part begins there."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < LONGEST_NUMBER else -1
