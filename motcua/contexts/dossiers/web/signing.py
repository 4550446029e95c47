"""Chữ ký vẽ trong trang: the drawing becomes a file of the paper that this form is."""

import binascii
from base64 import b64decode
from io import BytesIO
from uuid import UUID

from django.http import HttpRequest

from motcua.contexts.documents import public as documents
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import DraftView
from motcua.kernel import clock, idempotency
from motcua.kernel.errors import DomainError
from motcua.kernel.web import actor_of, uuid_of

BEGINS = "data:image/png;base64,"
LARGEST = 400_000  # letters of a drawing; a whole pad of ink has a tenth
NAME = "chu-ky.png"


def signed(
    request: HttpRequest, draft: DraftView, key: str, value: dict[str, object]
) -> dict[str, object]:
    """The answer with the file of what was drawn; without it when it was taken away."""
    before = _own(draft, str(value.get("file") or ""))
    if request.POST.get("unsign") == key:
        _take_away(request, draft, before)
        return {**value, "file": ""}
    picture = picture_drawn(request.POST.get(f"{key}.drawn", ""))
    if picture is None:
        return {**value, "file": before}
    kept = _keep(request, draft, picture)
    if kept and before and kept != before:
        _take_away(request, draft, before)
    return {**value, "file": kept or before}


def _own(draft: DraftView, file_id: str) -> str:
    """Only a file that lies in this draft is a signature of this draft."""
    return file_id if any(p.file and str(p.file.id) == file_id for p in draft.papers) else ""


def picture_drawn(drawn: str) -> bytes | None:
    """A PNG as a script drew it; None for anything else."""
    if not drawn.startswith(BEGINS) or len(drawn) > LARGEST:
        return None
    try:
        return b64decode(drawn.removeprefix(BEGINS), validate=True)
    except (binascii.Error, ValueError):
        return None


def _keep(request: HttpRequest, draft: DraftView, picture: bytes) -> str:
    """The id of the kept file; "" when it is no picture, the name stays without it."""
    actor, now = actor_of(request), clock.now()
    paper = next((c.key for c in draft.version.components if c.filled_here), "")
    if not paper:
        return ""
    with idempotency.using(""):
        try:
            file = documents.keep_upload(
                BytesIO(picture),
                filename=NAME,
                by=actor,
                now=now,
                owner_person_id=draft.applicant_person_id,
            )
        except DomainError:
            return ""
        dossiers.attach_paper(draft.id, paper, file.id, actor=actor, now=now)
    return str(file.id)


def _take_away(request: HttpRequest, draft: DraftView, file_id: str) -> None:
    if file := uuid_of(file_id):
        _detach(request, draft, file)


def _detach(request: HttpRequest, draft: DraftView, file: UUID) -> None:
    with idempotency.using(""):
        dossiers.detach_paper(draft.id, file, actor=actor_of(request), now=clock.now())
