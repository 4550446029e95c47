"""Quét tệp: what somebody sent is looked at for malware before anybody else may open it."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from motcua.contexts.documents.adapters import reading
from motcua.contexts.documents.adapters.scanning import scanner
from motcua.contexts.documents.contracts import ScanVerdict, StoredCopyAltered
from motcua.contexts.documents.events import FileRefused
from motcua.contexts.documents.models import StoredFile
from motcua.contexts.documents.ports import Scan, ScannerSilent
from motcua.kernel.actors import SYSTEM
from motcua.kernel.db import change, owns_transaction, record
from motcua.kernel.events import publish

PATIENCE = timedelta(minutes=15)  # longer than a job tries by itself
BATCH = 200
REFUSED = frozenset({ScanVerdict.INFECTED, ScanVerdict.TOO_LARGE})
log = logging.getLogger("motcua.documents")


def scan_file(file_id: UUID, *, now: datetime) -> None:
    """Ask the scanner about one file and keep its word; told already, nothing is asked again.

    Raises: ScannerSilent; the file waits, and is asked about again.
    """
    asked, row = scanner(), StoredFile.objects.filter(pk=file_id).first()
    if asked is None or row is None or row.scan not in _unscanned():
        return
    with reading.checked(row.sha256) as content:
        scan = asked.scan(content)
    record_verdict(row, scan, now=now)


@owns_transaction
def record_verdict(row: StoredFile, scan: Scan, *, now: datetime) -> None:
    """Raises: LostRace when another process told it first."""
    before, row.scan, row.scanner = row.scan, scan.verdict.value, scan.scanner
    change(row, "scan", "scanner", expecting={"scan": before})
    record(
        action="documents.scan_file",
        subject=f"file {row.pk}",
        actor=SYSTEM,
        facts={"verdict": scan.verdict.value, "scanner": scan.scanner, "sha256": row.sha256},
    )
    if scan.verdict in REFUSED:
        publish(
            FileRefused(
                occurred_at=now,
                subject=str(row.pk),
                verdict=scan.verdict.value,
                person_id=row.owner_person_id,
                account_id=row.uploaded_by,
            )
        )


def scan_waiting(*, now: datetime) -> int:
    """What waited through a pause of the scanner, or came before there was one. How many."""
    if scanner() is None:
        return 0
    before = Q(scan=ScanVerdict.WAITING, created_at__lt=now - PATIENCE)
    old = Q(scan=ScanVerdict.NOT_SCANNED, uploaded_by__isnull=False)
    found = StoredFile.objects.filter(before | old).order_by("-created_at")[:BATCH]
    done = 0
    for file_id in list(found.values_list("pk", flat=True)):
        try:
            scan_file(file_id, now=now)
        except ScannerSilent as reason:
            log.warning("the scanner is silent (%s); files wait", reason)
            return done
        except StoredCopyAltered:
            log.error("file %s cannot be scanned: its stored copy is altered", file_id)
            continue
        done += 1
    return done


def _unscanned() -> tuple[str, ...]:
    return ScanVerdict.WAITING.value, ScanVerdict.NOT_SCANNED.value
