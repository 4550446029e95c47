"""Đính chính: a wrong paper is replaced by a right one; nothing is overwritten."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from motcua.contexts.documents.actions.issuing import revoke
from motcua.contexts.documents.contracts import CitationMissing, IssuedView
from motcua.contexts.documents.models import Rectification
from motcua.kernel.actors import Actor
from motcua.kernel.db import insert, joins_transaction, record
from motcua.kernel.text import nfc


@joins_transaction
def rectify(
    wrong_id: UUID,
    right: IssuedView,
    *,
    reason: str,
    citation: str,
    changed: Mapping[str, object],
    by: Actor,
    now: datetime,
) -> None:
    """The wrong paper is revoked and names the right one; links to it say so and open nothing.

    Raises: IssuedNotFound, AlreadyRevoked, ReasonMissing, CitationMissing.
    """
    if not nfc(citation):
        raise CitationMissing(field="citation")
    revoke(wrong_id, reason=reason, by=by, now=now, replaced_by=right.id)
    row = Rectification(
        subject=right.subject,
        wrong_id=wrong_id,
        right_id=right.id,
        reason=nfc(reason)[:500],
        citation=nfc(citation)[:300],
        changed=dict(changed),
        by=by.account_id,
        at=now,
    )
    insert(row)
    record(
        action="documents.rectify",
        subject=right.subject,
        actor=by,
        facts={"wrong": str(wrong_id), "right": str(right.id), "keys": sorted(changed)},
    )
