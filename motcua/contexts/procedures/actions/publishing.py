"""Công bố: from a definition to a version that is in force and never changes."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from motcua.contexts.casework import public as casework
from motcua.contexts.procedures.contracts import (
    Definition,
    NotAllowedToPublish,
    ProcedureNotFound,
    ProcedureNotOpen,
    Published,
    Source,
    VersionNotDraft,
    VersionNotFound,
    VersionState,
)
from motcua.contexts.procedures.events import ProcedureWithdrawn, VersionPublished
from motcua.contexts.procedures.models import (
    NOT_GENERAL,
    CatalogueEdition,
    Procedure,
    ProcedureVersion,
)
from motcua.contexts.procedures.queries.checking import refuse_errors
from motcua.contexts.procedures.queries.snapshot import forget
from motcua.contexts.procedures.rules.reading import parse_definition
from motcua.contexts.procedures.rules.writing import digest_of
from motcua.kernel.actors import Actor, ActorKind, Role
from motcua.kernel.clock import city_date
from motcua.kernel.db import joins_transaction, owns_transaction, record, uuid7
from motcua.kernel.events import publish


@owns_transaction
def publish_version(definition: Definition, *, by: Actor, now: datetime) -> Published:
    """Publish this content, unless it is in force already; the period before is closed.

    What designers published here stays when the file of the repository is read again.
    A running dossier keeps the version it pinned.
    Raises: NotAllowedToPublish, LintFailed, ProcessMalformed.
    """
    may_publish(by)
    refuse_errors(definition)
    procedure = locked_procedure(definition.code, now=now)
    newest = newest_of(procedure)
    facts: dict[str, object] = {"digest": digest_of(definition)}
    record(action="procedures.publish", subject=definition.code, actor=by, facts=facts)
    if newest is not None and newest.digest == digest_of(definition) and newest.valid_to is None:
        return _answer(newest, definition.code, changed=False)
    if newest is not None and _is_held_here(newest, definition):
        return _answer(newest, definition.code, changed=False)
    version = ProcedureVersion.draft(
        procedure, definition, number=_next_number(procedure), by=by.account_id, at=now
    )
    return put_in_force(version, definition, newest=newest, by=by, now=now)


@owns_transaction
def publish_draft(version_id: UUID, *, by: Actor, now: datetime) -> Published:
    """Publish a draft as it stands.

    Raises: NotAllowedToPublish, VersionNotFound, VersionNotDraft, LintFailed, ProcessMalformed.
    """
    may_publish(by)
    version = draft_for_update(version_id)
    definition = parse_definition(version.content)
    refuse_errors(definition)
    facts: dict[str, object] = {"digest": digest_of(definition)}
    record(action="procedures.publish", subject=definition.code, actor=by, facts=facts)
    newest = newest_of(version.procedure)
    return put_in_force(version, definition, newest=newest, by=by, now=now)


@owns_transaction
def withdraw(code: str, *, on: date, by: Actor, now: datetime) -> None:
    """Bãi bỏ: from this day on no version is in force; running dossiers are finished as pinned.

    Raises: NotAllowedToPublish, ProcedureNotFound, ProcedureNotOpen.
    """
    may_publish(by)
    if not Procedure.objects.filter(code=code).exists():
        raise ProcedureNotFound(procedure=code)
    newest = newest_of(locked_procedure(code, now=now))
    if newest is None or newest.valid_to is not None:
        raise ProcedureNotOpen(procedure=code, on=on.isoformat())
    newest.valid_to = max(on, newest.valid_from or on)
    newest.state = VersionState.REPEALED.value
    newest.save(update_fields=("valid_to", "state"))
    record(action="procedures.withdraw", subject=code, actor=by, facts={"on": on.isoformat()})
    publish(ProcedureWithdrawn(occurred_at=now, subject=code, version_id=newest.id))
    announce()


@joins_transaction
def announce() -> None:
    """Tell every process that the catalogue changed."""
    CatalogueEdition.objects.update_or_create(id=1, defaults={"token": uuid7()})
    forget()
    transaction.on_commit(forget)


@joins_transaction
def locked_procedure(code: str, *, now: datetime) -> Procedure:
    """The procedure of this code, made when new, and locked against another publication."""
    Procedure.objects.get_or_create(code=code, defaults={"created_at": now})
    return Procedure.objects.select_for_update().get(code=code)


@joins_transaction
def draft_for_update(version_id: UUID) -> ProcedureVersion:
    """Raises: VersionNotFound, VersionNotDraft."""
    version = (
        ProcedureVersion.objects.select_for_update(of=("self", "procedure"))
        .select_related("procedure")
        .filter(id=version_id)
        .first()
    )
    if version is None:
        raise VersionNotFound(version=str(version_id))
    if version.state != VersionState.DRAFT.value:
        raise VersionNotDraft(version=str(version_id))
    return version


@joins_transaction
def put_in_force(
    version: ProcedureVersion,
    definition: Definition,
    *,
    newest: ProcedureVersion | None,
    by: Actor,
    now: datetime,
) -> Published:
    start = _start(definition, newest, today=city_date(now))
    if newest is not None and newest.number > version.number:
        version.number = _next_number(version.procedure)  # somebody published meanwhile
    _make_room(version.procedure, start)
    process_id = None
    if definition.process:
        process_id = casework.publish_process(definition.process, actor=by, now=now)
    version.publish(valid_from=start, process_id=process_id, by=by.account_id, at=now)
    version.save()
    code = definition.code
    publish(
        VersionPublished(
            occurred_at=now, subject=code, version_id=version.id, number=version.number
        )
    )
    announce()
    return _answer(version, code, changed=True)


def _is_held_here(newest: ProcedureVersion, definition: Definition) -> bool:
    """Once designed here, a procedure is no longer what its file says."""
    return newest.source == Source.EDITOR.value and definition.source is not Source.EDITOR


def _start(definition: Definition, newest: ProcedureVersion | None, *, today: date) -> date | None:
    """The day named; else a first version has always been, and a later one begins today.

    Reference data does not count as a first version. A later one never reaches back before the
    beginning of the one it follows.
    """
    reference = newest is None or newest.source == Source.NATIONAL.value
    if reference and definition.source is not Source.NATIONAL:
        return definition.valid_from
    start = definition.valid_from or today
    return max(start, newest.valid_from or start) if newest else start


@joins_transaction
def _make_room(procedure: Procedure, start: date | None) -> None:
    """End what would still be in force from `start` on; None clears all (it has a first day)."""
    rows = ProcedureVersion.objects.filter(procedure=procedure).exclude(state__in=NOT_GENERAL)
    for row in rows.order_by("number"):
        if row.valid_to is None or start is None or row.valid_to > start:
            cut = max(start or date.min, row.valid_from or date.min)
            if row.valid_to is None or cut < row.valid_to:
                row.valid_to = cut
                row.save(update_fields=("valid_to",))


def newest_of(procedure: Procedure) -> ProcedureVersion | None:
    return (
        ProcedureVersion.objects.filter(procedure=procedure)
        .exclude(state__in=NOT_GENERAL)
        .order_by("-number")
        .first()
    )


def _next_number(procedure: Procedure) -> int:
    last = ProcedureVersion.objects.filter(procedure=procedure).order_by("-number").first()
    return last.number + 1 if last else 1


def _answer(version: ProcedureVersion, code: str, *, changed: bool) -> Published:
    return Published(version_id=version.id, code=code, number=version.number, changed=changed)


def may_publish(by: Actor) -> None:
    if by.kind is not ActorKind.SYSTEM and not by.has(Role.CATALOGUE_APPROVER):
        raise NotAllowedToPublish
