"""Questions about dossiers that were read back: by code, by number, by the whole name."""

import re
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from motcua.contexts.archive.contracts import (
    RestoredFileView,
    RestoredLine,
    RestoredNotFound,
    RestoredView,
)
from motcua.contexts.archive.models import RestoredDossier, RestoredFile
from motcua.contexts.archive.models.restored import one_writing
from motcua.contexts.archive.policies import RestoredPolicy
from motcua.contexts.documents import public as documents
from motcua.kernel import access, clearance
from motcua.kernel.actors import Actor
from motcua.kernel.crypto import blind_indexes
from motcua.kernel.privacy import DataClass
from motcua.kernel.text import nfc

PAGE = 50
NUMBER = re.compile(r"\d{9}|\d{12}")


def found(text: str, actor: Actor, *, now: datetime) -> tuple[RestoredLine, ...]:
    """Those that ended last first; nothing typed: the last of all."""
    rows = _seen(actor, now).filter(_asked(nfc(text)))
    rows = rows.order_by("-ended_at", "pk")[:PAGE]
    return tuple(_line(row) for row in rows.defer("content"))


def _seen(actor: Actor, now: datetime) -> "QuerySet[RestoredDossier]":
    return access.visible(RestoredDossier.objects.all(), actor, RestoredPolicy, now=now)


def _asked(text: str) -> Q:
    if not text:
        return Q()
    bare = text.replace(" ", "")
    if NUMBER.fullmatch(bare):
        return Q(number_index__in=blind_indexes(bare, scope="archive.number"))
    names = blind_indexes(one_writing(text), scope="archive.name")
    return Q(code__istartswith=text) | Q(name_index__in=names)


def restored(restored_id: UUID, actor: Actor, *, now: datetime) -> RestoredView:
    """Raises: RestoredNotFound, ClearanceNeeded."""
    row = _seen(actor, now).filter(pk=restored_id).first()
    if row is None:
        raise RestoredNotFound
    clearance.check_may_read(DataClass(row.data_class), actor)
    files = RestoredFile.objects.filter(dossier=row).order_by("path")
    kept = documents.files_by_id([one.file_id for one in files])
    return RestoredView(
        line=_line(row),
        applicant_name=row.applicant_name,
        package_code=row.package_code,
        content=row.content,
        files=tuple(
            RestoredFileView(
                path=one.path,
                name=kept[one.file_id].filename,
                url=kept[one.file_id].url,
                size=kept[one.file_id].size,
            )
            for one in files
        ),
    )


def _line(row: RestoredDossier) -> RestoredLine:
    return RestoredLine(
        id=row.pk,
        code=row.code,
        procedure_name=row.procedure_name,
        unit_name=row.unit_name,
        ended_at=row.ended_at,
        restored_at=row.restored_at,
    )
