"""Thư viện câu chữ: write a sentence, write it anew, put it away."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from motcua.contexts.dossiers.contracts.library import (
    TextChanged,
    TextNameTaken,
    TextNotYours,
    TextWritten,
    WriteText,
)
from motcua.contexts.dossiers.models import LibraryText, LibraryTextVersion
from motcua.contexts.dossiers.queries import library as reading
from motcua.contexts.dossiers.rules.library import checked
from motcua.kernel import db
from motcua.kernel.access import WrongRole
from motcua.kernel.actors import Actor
from motcua.kernel.db import Stale, owns_transaction
from motcua.kernel.text import fold


def write_text(command: WriteText, *, actor: Actor, now: datetime) -> TextWritten:
    """Keep a sentence, or its next version.

    Raises: WrongRole, TextNotYours, LibraryTextNotFound, TextChanged, TextNameTaken, and what is
    wrong with the words (`rules.library.checked`).
    """
    try:
        return _write(command, actor=actor, now=now)
    except IntegrityError as taken:
        raise TextNameTaken(field="name") from taken
    except Stale as overtaken:
        raise TextChanged from overtaken


@owns_transaction
def _write(command: WriteText, *, actor: Actor, now: datetime) -> TextWritten:
    if actor.officer_id is None or actor.account_id is None:
        raise WrongRole
    name, body = checked(command.name, command.body)
    row = _row(command, actor, now)
    if reading.is_name_taken(row, name, actor, now=now):
        raise TextNameTaken(field="name")
    row.name, row.body, row.folded = name, body, fold(f"{name} {body}")
    version = LibraryTextVersion(
        text_id=row.id,
        number=row.version,
        name=name,
        body=body,
        written_by=actor.account_id,
        written_at=now,
    )
    if command.text_id is None:
        db.insert(row)
    else:
        fields = ("name", "body", "folded", "version", "retired_at")
        db.change(row, *fields, expecting={"version": row.version - 1})
    db.insert(version)
    facts: dict[str, object] = {"version": row.version, "unit": str(row.unit_id or "")}
    db.record(action="dossiers.write_text", subject=str(row.id), actor=actor, facts=facts)
    return TextWritten(text_id=row.id)


def _row(command: WriteText, actor: Actor, now: datetime) -> LibraryText:
    """A new one, or the next version of one that is there; written anew it is in use again."""
    if command.text_id is None:
        if not reading.may_write_for(command.unit_id, actor):
            raise TextNotYours(field="unit")
        owner = None if command.unit_id else actor.officer_id
        return LibraryText(officer_id=owner, unit_id=command.unit_id)
    row = _own(command.text_id, actor, now)
    if row.version != command.seen_version:
        raise TextChanged
    row.version += 1
    row.retired_at = None
    return row


@owns_transaction
def retire_text(text_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Put it away: nobody is offered it any more, what it said stays. Put away twice is once.

    Raises: LibraryTextNotFound, TextNotYours.
    """
    row = _own(text_id, actor, now)
    if row.retired_at is None:
        row.retired_at = now
        db.change(row, "retired_at")
    db.record(action="dossiers.retire_text", subject=str(row.id), actor=actor)


def _own(text_id: UUID, actor: Actor, now: datetime) -> LibraryText:
    row = reading.text_row(text_id, actor, now=now)
    if not reading.may_write_for(row.unit_id, actor):
        raise TextNotYours
    return row
