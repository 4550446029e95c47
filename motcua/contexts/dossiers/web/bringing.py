"""Tệp của một biểu mẫu: chosen in the form itself, or brought before in parts by a script."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Protocol
from uuid import UUID

from django.http import HttpRequest

from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts import FileView
from motcua.kernel.actors import Actor
from motcua.kernel.web import uuid_of

ARRIVED = "arrived"  # «key:upload:name», one of each file that came in parts


class Keep(Protocol):
    """Raises: as `documents.keep_upload` and `documents.finish_upload`."""

    def __call__(self, *, by: Actor, now: datetime, owner_person_id: UUID | None) -> FileView: ...


@dataclass(frozen=True, slots=True)
class Brought:
    """One file for one paper. name: as the sender called it."""

    key: str
    name: str
    keep: Keep


def brought(request: HttpRequest) -> Iterator[Brought]:
    """Every file of the form with the key of its paper."""
    for told in request.POST.getlist(ARRIVED):
        key, _colon, rest = told.partition(":")
        upload, _colon, name = rest.partition(":")
        if upload_id := uuid_of(upload):
            yield Brought(key, name[:120], partial(documents.finish_upload, upload_id))
    for key, files in request.FILES.lists():
        for file in files:
            name = file.name or key
            yield Brought(key, name, partial(documents.keep_upload, file, filename=name))
