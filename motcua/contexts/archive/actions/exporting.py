"""Ghi gói ra tệp: for an engineer at the machine; the same zip that an archivist downloads."""

from datetime import datetime
from pathlib import Path

from motcua.contexts.archive.contracts import PackageNotFound, PackageNotReady
from motcua.contexts.archive.models import Package
from motcua.contexts.archive.queries import packages
from motcua.contexts.archive.queries.streaming import streamed
from motcua.kernel import db
from motcua.kernel.actors import SYSTEM
from motcua.kernel.db import owns_transaction


def export(code: str, path: Path, *, now: datetime) -> int:
    """Returns the bytes written. A file that was there is replaced once the new one is whole.

    Raises: PackageNotFound, PackageNotReady.
    """
    note_export(code, now=now)
    row, begun, written = Package.objects.get(code=code), path.with_suffix(".part"), 0
    with begun.open("wb") as file:
        for piece in streamed(row, now=now):
            written += file.write(piece)
    begun.replace(path)
    return written


@owns_transaction
def note_export(code: str, *, now: datetime) -> None:
    """Raises: PackageNotFound, PackageNotReady."""
    row = Package.objects.filter(code=code).first()
    if row is None:
        raise PackageNotFound
    if row.ready_at is None or not packages.is_proved(row):
        raise PackageNotReady
    facts: dict[str, object] = {"sealed": row.sealed}
    db.record(action="archive.export_package", subject=code, actor=SYSTEM, facts=facts)
