"""Jobs of the archive: packing what somebody asked for."""

from uuid import UUID

from motcua.contexts.archive.actions import packing
from motcua.kernel import clock
from motcua.kernel.jobs import once


@once(name=packing.JOB, queue=packing.LANE)
def pack(package_id: str) -> None:
    """Dossier by dossier; killed, it goes on where it was."""
    packing.pack(UUID(package_id), now=clock.now())
