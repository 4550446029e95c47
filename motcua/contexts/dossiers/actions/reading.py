"""Mở tên người nộp: who looks behind a number says why, and that is kept."""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.contexts.dossiers.contracts import LookReason, LookReasonNeeded, ReferenceMalformed
from motcua.contexts.dossiers.queries import OPENING, figures
from motcua.kernel import db
from motcua.kernel.actors import Actor, Role
from motcua.kernel.codes import DossierCode

# No free text: the ledger is for ever, so no name can be typed into it.
_REFERENCE = re.compile(r"[\w/.\-]{0,40}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesOpened:
    """The list whose names the actor may read from now on."""

    subject: str
    at: datetime


@db.owns_transaction
def open_names(
    subject: str,
    reason: str,
    *,
    reference: str = "",
    unit_id: UUID | None = None,
    actor: Actor,
    now: datetime,
) -> NamesOpened:
    """Record why names are read. subject: the list or dossier; reference: a document's number.

    An auditor opens dossiers one by one, never lists.

    Raises: WrongRole, LookReasonNeeded, ReferenceMalformed.
    """
    if not (actor.has(Role.AUDITOR) and DossierCode.parses(subject)):
        figures.check_sees_figures(actor, unit_id)
    if reason not in set(LookReason):
        raise LookReasonNeeded(field="reason")
    if not _REFERENCE.fullmatch(reference):
        raise ReferenceMalformed(field="reference")
    facts: dict[str, object] = {"reason": reason, "reference": reference}
    db.record(action=OPENING, subject=subject[:80], actor=actor, facts=facts)
    return NamesOpened(subject=subject, at=now)
