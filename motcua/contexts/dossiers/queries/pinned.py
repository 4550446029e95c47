"""Hồ sơ theo phiên bản: how many open dossiers stand where, and how each version fares.

Counts only: nothing of a dossier or of a person, so no policy of rows is asked.
"""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Avg, Count, F, Q

from motcua.contexts.casework.contracts import Phase
from motcua.contexts.dossiers.contracts import NationalStatus, Source
from motcua.contexts.dossiers.models import Dossier, Draft
from motcua.kernel.codes import ProcedureCode

DECIDED = (NationalStatus.DONE, NationalStatus.RETURNED)
OPEN = Q(case__phase__in=[Phase.INTAKE, Phase.RUNNING, Phase.PAUSED, Phase.DECIDED])


@dataclass(frozen=True, slots=True, kw_only=True)
class Pinned:
    """So many open dossiers of a version stand at a step of a unit."""

    version_id: UUID
    step: str
    unit_id: UUID
    dossiers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionFigures:
    """How the dossiers of one version fared. days: from acceptance to the decision, on average."""

    version_id: UUID
    sent: int
    open: int
    decided: int
    on_time: int
    supplemented: int
    days: float | None


def pinned(code: ProcedureCode) -> tuple[Pinned, ...]:
    """Open dossiers of a procedure by version, step and the unit that handles them."""
    rows = (
        Dossier.objects.filter(OPEN, procedure_version__procedure__code=code)
        .values("procedure_version_id", "procedure_version__number", "case__step")
        .annotate(unit=F("case__handling_unit_id"), dossiers=Count("pk"))
        .order_by("-procedure_version__number", "case__step", "-dossiers", "unit")
    )
    return tuple(
        Pinned(
            version_id=row["procedure_version_id"],
            step=row["case__step"],
            unit_id=row["unit"],
            dossiers=row["dossiers"],
        )
        for row in rows
    )


def open_drafts(code: ProcedureCode) -> int:
    """Drafts of citizens that are not sent yet; they follow the version in force."""
    return Draft.objects.filter(procedure_version__procedure__code=code, submitted_as="").count()


def sent_by_programs(code: ProcedureCode) -> int:
    """Dossiers that came over the API: their senders fill the form by its schema."""
    rows = Dossier.objects.filter(procedure_version__procedure__code=code, source=Source.API)
    return rows.count()


def parties_with(code: ProcedureCode, among: Collection[UUID]) -> frozenset[UUID]:
    """Which of these parties ever sent this procedure."""
    rows = Dossier.objects.filter(
        procedure_version__procedure__code=code, applicant_person__in=among
    )
    return frozenset(rows.order_by().values_list("applicant_person_id", flat=True).distinct())


def version_figures(version_ids: tuple[UUID, ...]) -> dict[UUID, VersionFigures]:
    """Each version beside the others; one without a dossier is left out."""
    decided = Q(case__status__in=DECIDED)
    rows = (
        Dossier.objects.filter(procedure_version_id__in=version_ids)
        .values("procedure_version_id")
        .annotate(
            sent=Count("pk"),
            alive=Count("pk", filter=OPEN),
            decided=Count("pk", filter=decided),
            on_time=Count("pk", filter=decided & Q(case__ended_at__lte=F("case__due_at"))),
            supplemented=Count("pk", filter=Q(supplements__gt=0)),
            took=Avg(F("case__ended_at") - F("case__started_at"), filter=decided),
        )
        .order_by("procedure_version_id")
    )
    return {
        row["procedure_version_id"]: VersionFigures(
            version_id=row["procedure_version_id"],
            sent=row["sent"],
            open=row["alive"],
            decided=row["decided"],
            on_time=row["on_time"],
            supplemented=row["supplemented"],
            days=row["took"].total_seconds() / 86_400 if row["took"] else None,
        )
        for row in rows
    }
