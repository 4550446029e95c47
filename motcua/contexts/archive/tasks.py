"""Jobs of the archive: packing what somebody asked for, last days of what ended."""

from datetime import datetime
from uuid import UUID

from motcua.contexts.archive.actions import packing, scheduling
from motcua.kernel import clock
from motcua.kernel.jobs import every, once


@once(name=packing.JOB, queue=packing.LANE)
def pack(package_id: str) -> None:
    """Dossier by dossier; killed, it goes on where it was."""
    packing.pack(UUID(package_id), now=clock.now())


@every("50 2 * * *", name="archive.note_closed")
def note_closed(now: datetime) -> None:
    """Each night, before the disposal: what ended gets its last day."""
    scheduling.note_closed(now=now)
