"""Periodic work of documents."""

import logging
from datetime import datetime
from uuid import UUID

from django.conf import settings

from motcua.contexts.documents.actions import (
    arriving,
    digitising,
    handing_off,
    picking_up,
    scanning,
)
from motcua.contexts.documents.actions.forgetting import forget_unused
from motcua.contexts.documents.actions.stamping import stamp_newest_head
from motcua.contexts.documents.actions.sweeping import missing, sweep
from motcua.kernel import clock
from motcua.kernel.jobs import READING, every, once

# The last of six is seconds. Where no scanner lays anything down there is nothing to look for.
OFTEN = "* * * * * */10" if settings.SCANNER_FOLDER else "5 3 * * *"
log = logging.getLogger("motcua.documents")


@every("*/10 * * * *", name="documents.stamp_ledger")
def stamp_ledger(now: datetime) -> None:
    """Once a day an authority says when the newest head of the ledger was there.

    Looked at more often, so that a try which failed is repeated the same hour.
    """
    stamp_newest_head(now=now)


@every("*/10 * * * *", name="documents.scan_waiting")
def scan_waiting(now: datetime) -> None:
    """Files that waited through a pause of the scanner."""
    found = scanning.scan_waiting(now=now)
    if found:
        log.info("scanned %d files that had waited", found)


@every(OFTEN, name="documents.pick_up")
def pick_up(now: datetime) -> None:
    """What scanners laid down: somebody stands at the desk and waits for it."""
    picking_up.pick_up(now=now)


@once(name=digitising.JOB, queue=READING)
def read_paper(reading_id: str) -> None:
    """In a lane of its own: a page takes seconds of a processor."""
    digitising.read(UUID(reading_id), now=clock.now())


@every("10 2 * * *", name="documents.sweep")
def sweep_store(now: datetime) -> None:
    """Uploads that nothing refers to go after a week, then orphans older than a day."""
    dropped = arriving.forget_uploads(now=now)
    log.info("forgot %d rows of uploads that were not finished", dropped)
    digitising.forget_evidence(now=now)
    picking_up.forget_scans(now=now)
    handing_off.forget_handoffs(now=now)
    forgotten, done = forget_unused(now=now), sweep(now=now)
    log.info("forgot %d unused uploads", forgotten)
    log.info("swept %d orphans, %d abandoned uploads", done.removed, done.abandoned)


@every("40 2 * * 0", name="documents.check_store")
def check_store(now: datetime) -> None:
    """Weekly: every row still has its bytes. A missing one is an error somebody must read."""
    for sha256 in missing():
        log.error("the store has lost %s", sha256)
