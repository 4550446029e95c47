"""Files of a form that waits for its sender: kept like any upload, named only in their session.

Uploads are kept by a context above this one, which says how at the start. The view that takes the
form asks for `parked_files` as it asks for files.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from secrets import token_urlsafe
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from motcua.kernel import clock, idempotency
from motcua.kernel.access import actor_of
from motcua.kernel.actors import Actor
from motcua.kernel.errors import DomainError

PARKED = "parked_files"  # session key, and the hidden field that names them
MOST = 5  # of one form
Parked = tuple[str, str, str]  # of which field, the file's id, its name
Keep = Callable[["UploadedFile[Any]", Actor, datetime], UUID]
_keepers: list[Keep] = []


def park_files_with(keep: Keep) -> None:
    """`keep` raises a DomainError for what it will not keep."""
    _keepers[:] = [keep]


def sent(request: HttpRequest) -> int:
    """How many files came with the form."""
    return sum(len(uploads) for _name, uploads in request.FILES.lists())


def park(request: HttpRequest) -> list[Parked]:
    """Those of the form's files that can be kept, and those that waited with it before."""
    found = _waiting(request)
    uploads = [(name, one) for name, files in request.FILES.lists() for one in files]
    for keep in _keepers:
        for name, upload in uploads[:MOST]:
            upload.seek(0)
            with suppress(DomainError), idempotency.using(""):
                kept = keep(upload, actor_of(request), clock.now())
                found.append((name, str(kept), upload.name or ""))
    return found


def hand_on(request: HttpRequest, files: Sequence[Parked]) -> str:
    """The mark by which the form, sent at last, names its files."""
    mark = token_urlsafe(12)
    request.session[PARKED] = {"mark": mark, "files": list(files)}
    return mark


def parked_files(request: HttpRequest, name: str) -> tuple[UUID, ...]:
    """Files of this field that waited with this form; nobody else's mark opens them."""
    return tuple(UUID(file_id) for of, file_id, _name in _waiting(request) if of == name)


def _waiting(request: HttpRequest) -> list[Parked]:
    held = request.session.get(PARKED)
    if not held or held["mark"] != request.POST.get(PARKED, ""):
        return []
    return [(of, file_id, name) for of, file_id, name in held["files"]]
