"""Mở tệp: who of the officers opened whose paper stays on record."""

from datetime import datetime

from motcua.contexts.documents.contracts import FileView
from motcua.kernel.actors import Actor
from motcua.kernel.db import owns_transaction, record


def note_opening(file: FileView, *, by: Actor, now: datetime) -> None:
    """Everybody but the person looking at their own papers leaves a trace."""
    if not by.is_citizen:
        record_opening(str(file.id), by=by, now=now)


@owns_transaction
def record_opening(file_id: str, *, by: Actor, now: datetime) -> None:
    """One leaf per opening."""
    record(action="documents.open_file", subject=f"file {file_id}", actor=by)
