"""Bản soạn, phiên bản, lần thử: what designers read."""

from uuid import UUID

from motcua.contexts.procedures.contracts import VersionNotFound, VersionState
from motcua.contexts.procedures.contracts.designing import (
    Change,
    DesignLine,
    DesignView,
    TrialView,
)
from motcua.contexts.procedures.models import (
    NOT_GENERAL,
    DraftRevision,
    ProcedureVersion,
    Trial,
)
from motcua.contexts.procedures.queries.checking import findings_for
from motcua.contexts.procedures.rules import telling
from motcua.contexts.procedures.rules.reading import parse_definition


def design(version_id: UUID) -> DesignView:
    """A draft, with what the linter says of it. Raises: VersionNotFound."""
    row = _draft(version_id)
    definition = parse_definition(row.content)
    newest = DraftRevision.objects.filter(version=row).order_by("-serial").first()
    base = _base_of(row)
    return DesignView(
        version_id=row.id,
        code=str(definition.code),
        number=row.number,
        definition=definition,
        table=row.content,
        revision=newest.serial if newest else 0,
        saved_at=row.written_at,
        saved_by=row.written_by,
        can_undo=bool(newest and newest.came_from is not None),
        undo_said=newest.said if newest else "",
        findings=findings_for(definition),
        base_id=base.id if base else None,
        base_number=base.number if base else 0,
    )


def designs() -> tuple[DesignLine, ...]:
    """Every draft, the newest saved first."""
    rows = ProcedureVersion.objects.filter(state=VersionState.DRAFT.value)
    return tuple(
        DesignLine(
            version_id=row.id,
            code=row.procedure.code,
            name=row.name,
            number=row.number,
            saved_at=row.written_at,
        )
        for row in rows.select_related("procedure").defer("content").order_by("-written_at", "id")
    )


def content_at(version_id: UUID, revision: int) -> dict[str, object]:
    """The draft as it was at a revision; empty when there is none."""
    row = DraftRevision.objects.filter(version_id=version_id, serial=revision).first()
    return row.content if row else {}


def compared(before_id: UUID, after_id: UUID) -> tuple[Change, ...]:
    """What differs between two versions, drafts too. Raises: VersionNotFound."""
    rows = {row.id: row for row in ProcedureVersion.objects.filter(id__in=(before_id, after_id))}
    if {before_id, after_id} - rows.keys():
        raise VersionNotFound(version=str(after_id))
    changes = telling.changes_between(rows[before_id].content, rows[after_id].content)
    return telling.told(changes)


def compared_tables(before: dict[str, object], after: dict[str, object]) -> tuple[Change, ...]:
    return telling.told(telling.changes_between(before, after))


def trials(code: str = "") -> tuple[TrialView, ...]:
    """Trials, the newest first; of one procedure or of all."""
    rows = Trial.objects.select_related("procedure", "version").defer("version__content")
    found = rows.filter(procedure__code=code) if code else rows
    return tuple(
        TrialView(
            id=row.id,
            code=row.procedure.code,
            version_id=row.version_id,
            number=row.version.number,
            wards=tuple(row.wards),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            ended_at=row.ended_at,
            outcome=row.outcome,
        )
        for row in found.order_by("-starts_on", "-id")[:100]
    )


def _draft(version_id: UUID) -> ProcedureVersion:
    rows = ProcedureVersion.objects.select_related("procedure")
    row = rows.filter(id=version_id, state=VersionState.DRAFT.value).first()
    if row is None:
        raise VersionNotFound(version=str(version_id))
    return row


def _base_of(row: ProcedureVersion) -> ProcedureVersion | None:
    rows = ProcedureVersion.objects.filter(procedure=row.procedure_id)
    return rows.exclude(state__in=NOT_GENERAL).order_by("-number").first()
