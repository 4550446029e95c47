"""Đang xem: note that an officer has a case open, so that a colleague is told."""

from datetime import datetime, timedelta
from uuid import UUID

from motcua.kernel import db

SELDOM = timedelta(seconds=20)  # a page that asks more often writes nothing
DECIDING = timedelta(minutes=2)  # at the form of an action, unless it asks again
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
