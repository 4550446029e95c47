"""Đang xem: note that an officer has a case open, so that a colleague is told; forget it again."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from motcua.contexts.casework.contracts import Phase
from motcua.contexts.casework.models import Look
from motcua.kernel import db
from motcua.kernel.actors import SYSTEM
from motcua.kernel.db import owns_transaction

SELDOM = timedelta(seconds=20)  # a page that asks more often writes nothing
DECIDING = timedelta(minutes=2)  # at the form of an action, unless it asks again
AFTER_THE_END = timedelta(days=30)  # of a case nobody reads anew
AT_MOST = timedelta(days=180)  # who saw a version so long ago reads it as unread
_NOTE = """
INSERT INTO casework_look AS known (id, case_id, officer_id, version, at, deciding_until)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (case_id, officer_id) DO UPDATE SET
    version = greatest(known.version, excluded.version), at = excluded.at,
    deciding_until = excluded.deciding_until
WHERE known.version < excluded.version OR known.at < $7
    OR (known.deciding_until IS NULL) <> (excluded.deciding_until IS NULL)
RETURNING 1
"""


def note_look(
    case_id: UUID, *, officer_id: UUID, version: int, deciding: bool = False, now: datetime
) -> bool:
    """Whether it was written. No action: nothing follows from it, and nobody answers for it."""
    until = now + DECIDING if deciding else None
    key = (db.uuid7(), case_id, officer_id, version, now, until)
    return bool(db.read(_NOTE, *key, now - SELDOM))


@owns_transaction
def forget_looks(*, now: datetime) -> int:
    """Of cases that have ended, and old ones of all. Who read what stays in the read log."""
    ended = Q(case__phase=Phase.ENDED, at__lt=now - AFTER_THE_END)
    gone, _each = Look.objects.filter(ended | Q(at__lt=now - AT_MOST)).delete()
    db.record(action="casework.forget_looks", subject="looks", actor=SYSTEM, facts={"looks": gone})
    return gone
