"""Soạn thảo: drafts that editors change until an approver publishes them."""

from datetime import datetime
from uuid import UUID

from motcua.contexts.procedures.actions.publishing import draft_for_update, locked_procedure
from motcua.contexts.procedures.contracts import (
    CodeOfDraftFixed,
    Definition,
    DraftResult,
    NotAllowedToEdit,
    VersionState,
)
from motcua.contexts.procedures.models import ProcedureVersion
from motcua.contexts.procedures.queries.checking import findings_for
from motcua.kernel.actors import Actor, ActorKind, Role
from motcua.kernel.db import owns_transaction, record


@owns_transaction
def draft(definition: Definition, *, by: Actor, now: datetime) -> DraftResult:
    """Begin the next version of a procedure, or write over the draft that is there.

    Raises: NotAllowedToEdit.
    """
    may_edit(by)
    procedure = locked_procedure(definition.code, now=now)
    versions = ProcedureVersion.objects.filter(procedure=procedure).order_by("-number")
    version = versions.filter(state=VersionState.DRAFT.value).first()
    if version is None:
        last = versions.first()
        version = ProcedureVersion.draft(
            procedure,
            definition,
            number=last.number + 1 if last else 1,
            by=by.account_id,
            at=now,
        )
    return _save(version, definition, by=by, now=now)


@owns_transaction
def edit(version_id: UUID, definition: Definition, *, by: Actor, now: datetime) -> DraftResult:
    """Write over a draft. Raises: NotAllowedToEdit, VersionNotFound, VersionNotDraft."""
    may_edit(by)
    version = draft_for_update(version_id)
    if version.procedure.code != definition.code:
        raise CodeOfDraftFixed(procedure=version.procedure.code)
    return _save(version, definition, by=by, now=now)


def _save(
    version: ProcedureVersion, definition: Definition, *, by: Actor, now: datetime
) -> DraftResult:
    version.write(definition)
    version.written_by, version.written_at = by.account_id, now
    version.save()
    record(
        action="procedures.draft",
        subject=definition.code,
        actor=by,
        facts={"number": version.number, "digest": version.digest},
    )
    findings = tuple(str(finding) for finding in findings_for(definition))
    return DraftResult(version_id=version.id, number=version.number, findings=findings)


def may_edit(by: Actor) -> None:
    allowed = by.has(Role.CATALOGUE_EDITOR, Role.CATALOGUE_APPROVER)
    if by.kind is not ActorKind.SYSTEM and not allowed:
        raise NotAllowedToEdit
