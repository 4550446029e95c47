"""Hồ sơ giấy: dossiers whose papers lie at a desk, through the policy."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from motcua.contexts.dossiers.contracts import PaperSource, Source
from motcua.contexts.dossiers.contracts.on_paper import PaperDossier, PaperItem
from motcua.contexts.dossiers.models import Dossier, DossierPaper
from motcua.contexts.dossiers.queries.lists import visible_rows
from motcua.contexts.dossiers.queries.papers import paper_name
from motcua.contexts.procedures import public as procedures
from motcua.kernel.actors import Actor

ON_PAPER = (Source.COUNTER, Source.POST)
HELD = (PaperSource.UPLOADED, PaperSource.SCANNED, PaperSource.HANDED_IN)
OWN_FORM = "Đơn, tờ khai"


def on_paper(
    actor: Actor, *, unit_ids: Iterable[UUID], since: datetime, now: datetime, limit: int
) -> tuple[PaperDossier, ...]:
    """Received on paper by these desks since then, in the order in which they came."""
    wanted = Q(case__receiving_unit_id__in=list(unit_ids), case__started_at__gte=since)
    return _found(wanted, actor, now=now, limit=limit)


def on_paper_of(codes: Sequence[str], actor: Actor, *, now: datetime) -> tuple[PaperDossier, ...]:
    """Those of the codes that came in on paper and that the actor may see."""
    return _found(Q(code__in=list(codes)), actor, now=now, limit=len(codes))


def _found(wanted: Q, actor: Actor, *, now: datetime, limit: int) -> tuple[PaperDossier, ...]:
    rows = visible_rows(actor, now).filter(
        wanted, source__in=ON_PAPER, case__started_at__isnull=False
    )
    found = list(rows.order_by("case__started_at", "case_id")[:limit])
    papers = DossierPaper.objects.filter(
        dossier__in=found, replaced_at__isnull=True, source__in=HELD
    )
    by_dossier: dict[UUID, list[DossierPaper]] = {}
    for paper in papers.order_by("added_at", "id"):
        by_dossier.setdefault(paper.dossier_id, []).append(paper)
    return tuple(_view(row, by_dossier.get(row.case_id, [])) for row in found)


def _view(row: Dossier, papers: Iterable[DossierPaper]) -> PaperDossier:
    version = procedures.version(row.procedure_version_id)
    own = PaperItem(id=row.code, name=OWN_FORM)
    others = (
        PaperItem(id=str(paper.id), name=paper_name(version, paper.component_key))
        for paper in papers
    )
    return PaperDossier(
        code=row.code,
        procedure_name=version.name,
        received_at=row.case.started_at or row.case.opened_at,
        receiving_unit_id=row.case.receiving_unit_id,
        competent_unit_id=row.case.competent_unit_id,
        handling_unit_id=row.case.handling_unit_id,
        papers=(own, *others),
    )
