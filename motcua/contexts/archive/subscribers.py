"""What follows from a published version: closed dossiers that it keeps longer are kept longer."""

from uuid import UUID

from motcua.contexts.archive.actions import scheduling
from motcua.contexts.procedures.events import VersionPublished
from motcua.kernel import clock
from motcua.kernel.events import subscribe


@subscribe(VersionPublished)
def lengthen(event: VersionPublished) -> None:
    """Repeated, it changes nothing."""
    version_id = UUID(str(event.version_id))
    scheduling.lengthen(event.subject, version_id, now=clock.now())
