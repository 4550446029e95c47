"""What follows when a file was kept."""

from uuid import UUID

from motcua.contexts.documents.actions import scanning
from motcua.contexts.documents.events import FileUploaded
from motcua.kernel import clock
from motcua.kernel.events import subscribe


@subscribe(FileUploaded)
def scan(event: FileUploaded) -> None:
    """A silent scanner fails the job, which tries again by itself; later the rounds go on."""
    scanning.scan_file(UUID(event.subject), now=clock.now())
