"""Hồ sơ thử: one's own, through their policy; and those whose turn it is."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from motcua.contexts.dossiers.contracts import TriedNotFound
from motcua.contexts.dossiers.contracts.sandbox import TriedPage, TriedView
from motcua.contexts.dossiers.models import SandboxDossier
from motcua.contexts.dossiers.policies import SandboxPolicy
from motcua.contexts.procedures import public as procedures
from motcua.kernel import access
from motcua.kernel.actors import Actor
from motcua.kernel.web import uuid_of


def _visible(actor: Actor, now: datetime) -> "QuerySet[SandboxDossier]":
    return access.visible(SandboxDossier.objects.all(), actor, SandboxPolicy, now=now)


def tried_row(draft_id: UUID, actor: Actor, *, now: datetime) -> SandboxDossier:
    """Raises: TriedNotFound."""
    return _the(_visible(actor, now).filter(pk=draft_id))


def tried_draft(draft_id: UUID, actor: Actor, *, now: datetime) -> SandboxDossier:
    """One that is not sent. Raises: TriedNotFound."""
    return _the(_visible(actor, now).filter(pk=draft_id, status=0))


def tried_by_code(code: str, actor: Actor, *, now: datetime) -> SandboxDossier:
    """Raises: TriedNotFound."""
    return _the(_visible(actor, now).filter(code=code))


def _the(rows: "QuerySet[SandboxDossier]") -> SandboxDossier:
    found = rows.first()
    if found is None:
        raise TriedNotFound
    return found


def tried_view(code: str, actor: Actor, *, now: datetime) -> TriedView:
    """Raises: TriedNotFound."""
    return _view(tried_by_code(code, actor, now=now))


def tried_page(actor: Actor, *, now: datetime, before: str = "", limit: int = 20) -> TriedPage:
    """Those that were sent, newest first. before: `older` of the page before."""
    rows = _visible(actor, now).filter(~Q(status=0)).order_by("-id")
    last = uuid_of(before)
    if last is not None:
        rows = rows.filter(id__lt=last)
    found = list(rows[: limit + 1])
    older = str(found[limit - 1].id) if len(found) > limit else ""
    return TriedPage(items=tuple(_view(row) for row in found[:limit]), older=older)


def _view(row: SandboxDossier) -> TriedView:
    version = procedures.version(row.procedure_version_id)
    return TriedView(
        id=row.id,
        code=row.code,
        procedure_code=version.procedure_code,
        procedure_name=version.name,
        status=row.status,
        sent_at=row.sent_at,
        moved_at=row.moved_at,
    )


def waiting(moved_before: datetime, *, limit: int) -> list[UUID]:
    """Those on their way that stood still since then, the longest first."""
    rows = SandboxDossier.objects.filter(status__in=(1, 2, 4), moved_at__lte=moved_before)
    return list(rows.order_by("moved_at", "id").values_list("id", flat=True)[:limit])
