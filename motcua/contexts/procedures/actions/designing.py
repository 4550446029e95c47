"""Thiết kế: a draft begun from what is in force, changed edit by edit, undone, put in force.

Every save is a revision. Whoever saves says which revision they saw; an edit of a part that
somebody else changed since then is refused, an edit of another part is taken.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from motcua.contexts.procedures.actions.drafting import may_edit
from motcua.contexts.procedures.actions.publishing import (
    draft_for_update,
    locked_procedure,
    may_publish,
    newest_of,
    put_in_force,
)
from motcua.contexts.procedures.contracts import (
    Definition,
    DefinitionFault,
    ProcedureNotFound,
    ProcedureNotOpen,
    Published,
    VersionState,
)
from motcua.contexts.procedures.contracts.designing import (
    DraftMoved,
    Edit,
    EditRefused,
    NothingChanged,
    NothingToUndo,
    OwnDraft,
    Saved,
)
from motcua.contexts.procedures.models import DraftRevision, Procedure, ProcedureVersion
from motcua.contexts.procedures.queries.checking import refuse_errors
from motcua.contexts.procedures.rules import editing, telling
from motcua.contexts.procedures.rules.beginning import as_design
from motcua.contexts.procedures.rules.reading import parse_definition
from motcua.kernel.actors import Actor, ActorKind
from motcua.kernel.db import joins_transaction, owns_transaction, record

LONGEST_SAYING = 500
STILL_TYPING = timedelta(minutes=10)


@owns_transaction
def begin_design(code: str, *, by: Actor, now: datetime) -> Saved:
    """The draft of a procedure: the one there is, or a new one that says what is in force.

    Raises: NotAllowedToEdit, ProcedureNotFound, ProcedureNotOpen.
    """
    may_edit(by)
    if not Procedure.objects.filter(code=code).exists():
        raise ProcedureNotFound(procedure=code)
    procedure = locked_procedure(code, now=now)
    record(action="procedures.begin_design", subject=code, actor=by)
    rows = ProcedureVersion.objects.filter(procedure=procedure)
    version = rows.filter(state=VersionState.DRAFT.value).first()
    if version is None:
        base = newest_of(procedure)
        if base is None:
            raise ProcedureNotOpen(procedure=code)
        last = rows.order_by("-number").values_list("number", flat=True).first() or 0
        definition = as_design(parse_definition(base.content))
        version = ProcedureVersion.draft(
            procedure, definition, number=last + 1, by=by.account_id, at=now
        )
        version.save()
    return Saved(version_id=version.id, revision=_kept(version, by=by, now=now).serial)


@owns_transaction
def save_design(
    version_id: UUID, edit: Edit, *, seen: int, while_typing: bool = False, by: Actor, now: datetime
) -> Saved:
    """Do one edit. while_typing: what the same person just typed there is undone as one change.

    Raises: NotAllowedToEdit, VersionNotFound, VersionNotDraft, DraftMoved, EditRefused.
    """
    may_edit(by)
    version = draft_for_update(version_id)
    newest = _kept(version, by=by, now=now)
    before = version.content
    if newest.serial != seen:
        known = _revision(version, seen).content
        if editing.part_of(known, edit) != editing.part_of(before, edit):
            raise DraftMoved(seen=seen, revision=newest.serial)
    start = _typed_from(version, edit, newest, by=by, now=now) if while_typing else newest
    return _save(version, editing.edited(before, edit), newest, start=start, by=by, now=now)


def _typed_from(
    version: ProcedureVersion, edit: Edit, newest: DraftRevision, *, by: Actor, now: datetime
) -> DraftRevision:
    """Where somebody began to type at this part, if they are still at it."""
    is_theirs = newest.saved_by == by.account_id and now - newest.saved_at < STILL_TYPING
    if not is_theirs or newest.came_from is None:
        return newest
    before = _revision(version, newest.came_from)
    changes = telling.changes_between(before.content, newest.content)
    here = all(change.path[: len(edit.path)] == edit.path for change in changes)
    return before if here else newest


@owns_transaction
def replace_process(
    version_id: UUID, process: Mapping[str, object], *, seen: int, by: Actor, now: datetime
) -> Saved:
    """Take over a whole table of steps. Raises: as `save_design`."""
    may_edit(by)
    version = draft_for_update(version_id)
    newest = _kept(version, by=by, now=now)
    if newest.serial != seen:
        raise DraftMoved(seen=seen, revision=newest.serial)
    table = version.content | {"process": dict(process)}
    return _save(version, table, newest, start=newest, by=by, now=now)


@owns_transaction
def undo_design(version_id: UUID, *, seen: int, by: Actor, now: datetime) -> Saved:
    """Go back by one change; again goes back further.

    Raises: NotAllowedToEdit, VersionNotFound, VersionNotDraft, DraftMoved, NothingToUndo.
    """
    may_edit(by)
    version = draft_for_update(version_id)
    newest = _kept(version, by=by, now=now)
    if newest.serial != seen:
        raise DraftMoved(seen=seen, revision=newest.serial)
    if newest.came_from is None:
        raise NothingToUndo
    goal = _revision(version, newest.came_from)
    version.write(_read(goal.content))
    version.written_by, version.written_at = by.account_id, now
    version.save()
    again = DraftRevision.objects.create(
        version=version,
        serial=newest.serial + 1,
        came_from=goal.came_from,
        content=goal.content,
        said=goal.said,
        saved_by=by.account_id,
        saved_at=now,
    )
    record(
        action="procedures.undo_design",
        subject=version.procedure.code,
        actor=by,
        facts={"number": version.number, "to": goal.serial},
    )
    return Saved(version_id=version.id, revision=again.serial)


@owns_transaction
def discard_design(version_id: UUID, *, by: Actor, now: datetime) -> None:
    """Throw a draft away. Raises: NotAllowedToEdit, VersionNotFound, VersionNotDraft."""
    may_edit(by)
    version = draft_for_update(version_id)
    record(
        action="procedures.discard_design",
        subject=version.procedure.code,
        actor=by,
        facts={"number": version.number, "digest": version.digest},
    )
    version.delete()


@owns_transaction
def publish_design(
    version_id: UUID, *, seen: int, valid_from: date | None, by: Actor, now: datetime
) -> Published:
    """Put the draft in force, exactly as the approver saw it.

    Raises: NotAllowedToPublish, OwnDraft, VersionNotFound, VersionNotDraft, DraftMoved,
    NothingChanged, LintFailed, ProcessMalformed.
    """
    version, definition = approved(version_id, seen=seen, by=by, now=now)
    version.write(_dated(definition, valid_from))
    record(
        action="procedures.publish",
        subject=definition.code,
        actor=by,
        facts={"digest": version.digest, "seen": seen},
    )
    newest = newest_of(version.procedure)
    return put_in_force(version, _dated(definition, valid_from), newest=newest, by=by, now=now)


@joins_transaction
def approved(
    version_id: UUID, *, seen: int, by: Actor, now: datetime
) -> tuple[ProcedureVersion, Definition]:
    """The draft, if this approver may put it in force as they saw it."""
    may_publish(by)
    version = draft_for_update(version_id)
    own = by.kind is not ActorKind.SYSTEM and _has_written(version, by)
    newest = _kept(version, by=by, now=now)
    if newest.serial != seen:
        raise DraftMoved(seen=seen, revision=newest.serial)
    if own:
        raise OwnDraft
    definition = _read(version.content)
    base = newest_of(version.procedure)
    held = base is not None and base.valid_to is None
    if base and held and not telling.told(telling.changes_between(base.content, version.content)):
        raise NothingChanged
    refuse_errors(definition)
    return version, definition


def _has_written(version: ProcedureVersion, by: Actor) -> bool:
    """Any of it: a colleague who mends a word last does not make a second pair of eyes of them."""
    saved = DraftRevision.objects.filter(version=version, saved_by=by.account_id)
    return version.written_by == by.account_id or saved.exists()


def _dated(definition: Definition, valid_from: date | None) -> Definition:
    return replace(definition, valid_from=valid_from)


def _save(
    version: ProcedureVersion,
    table: Mapping[str, object],
    newest: DraftRevision,
    *,
    start: DraftRevision,
    by: Actor,
    now: datetime,
) -> Saved:
    """start: what undoing goes back to."""
    before = version.content
    definition = _read(table)
    version.write(definition)
    changes = telling.changes_between(before, version.content)
    if not changes:
        record(
            action="procedures.draft",
            subject=definition.code,
            actor=by,
            facts={"number": version.number, "digest": version.digest},
        )
        return Saved(version_id=version.id, revision=newest.serial)
    version.written_by, version.written_at = by.account_id, now
    version.save()
    told = telling.changes_between(start.content, version.content)
    said = " ".join(change.sentence for change in told)
    saved = DraftRevision.objects.create(
        version=version,
        serial=newest.serial + 1,
        came_from=start.serial,
        content=version.content,
        said=said[:LONGEST_SAYING],
        saved_by=by.account_id,
        saved_at=now,
    )
    record(
        action="procedures.draft",
        subject=definition.code,
        actor=by,
        facts={"number": version.number, "digest": version.digest},
    )
    return Saved(version_id=version.id, revision=saved.serial)


@joins_transaction
def _kept(version: ProcedureVersion, *, by: Actor, now: datetime) -> DraftRevision:
    """The newest revision; a draft written in another way gets one, so that it can be undone."""
    newest = DraftRevision.objects.filter(version=version).order_by("-serial").first()
    if newest is not None and newest.content == version.content:
        return newest
    return DraftRevision.objects.create(
        version=version,
        serial=newest.serial + 1 if newest else 1,
        came_from=newest.serial if newest else None,
        content=version.content,
        saved_by=version.written_by or by.account_id,
        saved_at=version.written_at or now,
    )


def _revision(version: ProcedureVersion, serial: int) -> DraftRevision:
    row = DraftRevision.objects.filter(version=version, serial=serial).first()
    if row is None:
        raise DraftMoved(seen=serial)
    return row


def _read(table: Mapping[str, object]) -> Definition:
    """Raises: EditRefused, with the first thing that cannot be read."""
    try:
        return parse_definition(table)
    except DefinitionFault as fault:
        raise EditRefused(
            f"{EditRefused.sentence} {fault.complaints[0]}",
            faults=[str(complaint) for complaint in fault.complaints],
        ) from fault
