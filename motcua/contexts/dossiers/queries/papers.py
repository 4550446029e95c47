"""Giấy tờ của một hồ sơ, in the order of the procedure."""

from motcua.contexts.documents import public as documents
from motcua.contexts.dossiers.contracts import PaperForm, PaperSource, PaperVerdict, PaperView
from motcua.contexts.dossiers.models import Dossier, DossierPaper
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import VersionView


def papers_of(dossier: Dossier) -> tuple[PaperView, ...]:
    """The papers in force, in the order of the procedure; replaced ones stay in the record."""
    rows = DossierPaper.objects.filter(dossier_id=dossier.case_id, replaced_at__isnull=True)
    return in_order(dossier, list(rows.order_by("added_at", "id")))


def in_order(dossier: Dossier, rows: list[DossierPaper]) -> tuple[PaperView, ...]:
    """These papers with their files."""
    file_ids = [row.file_id for row in rows if row.file_id]
    files = documents.files_by_id(file_ids)
    reused = [row.file_id for row in rows if row.file_id and row.source == PaperSource.FROM_STORE]
    issued = documents.issued_by_file(reused) if reused else {}
    version = procedures.version(dossier.procedure_version_id)
    place = {component.key: number for number, component in enumerate(version.components)}
    rows = sorted(rows, key=lambda row: place.get(row.component_key, len(place)))
    return tuple(
        PaperView(
            id=row.id,
            component_key=row.component_key,
            name=paper_name(version, row.component_key),
            source=PaperSource(row.source),
            form=PaperForm(row.form),
            file=files.get(row.file_id) if row.file_id else None,
            verdict=PaperVerdict(row.verdict),
            verdict_reason=row.verdict_reason,
            verdict_note=row.verdict_note or "",
            added_at=row.added_at,
            issued=issued.get(row.file_id) if row.file_id else None,
        )
        for row in rows
    )


def paper_name(version: VersionView, key: str) -> str:
    component = version.component(key)
    return component.name if component else key
