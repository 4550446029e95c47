"""Tìm theo người: why somebody looks for a person is kept, what they typed is not."""

import re
from datetime import datetime

from motcua.contexts.dossiers.contracts import (
    ReferenceMalformed,
    SearchCaseUnknown,
    SearchPurpose,
    SearchPurposeNeeded,
    SearchReferenceNeeded,
)
from motcua.contexts.dossiers.queries import lists
from motcua.kernel import crypto, db
from motcua.kernel.actors import Actor
from motcua.kernel.codes import DossierCode, PersonalNumber

ACTION, SCOPE = "dossiers.search_person", "dossiers.search_person"
# No free text: the ledger is for ever, so no name can be typed into it.
_REFERENCE = re.compile(r"[\w/.\-]{0,40}")


@db.owns_transaction
def note_search(
    number: str,
    purpose: str,
    *,
    case_code: str = "",
    reference: str = "",
    actor: Actor,
    now: datetime,
) -> None:
    """Before anything is looked for. case_code: the dossier in hand; reference: a document's.

    The leaf names a keyed digest of the number: it tells whether somebody was looked for to
    whoever knows the number and holds the keys, and nothing to anybody else.

    Raises: SearchPurposeNeeded, SearchCaseUnknown, SearchReferenceNeeded, ReferenceMalformed.
    """
    if purpose not in set(SearchPurpose):
        raise SearchPurposeNeeded(field="purpose")
    if purpose == SearchPurpose.CASE:
        check_case(case_code, actor, now=now)
    if purpose == SearchPurpose.OTHER and not reference:
        raise SearchReferenceNeeded(field="reference")
    if not _REFERENCE.fullmatch(reference):
        raise ReferenceMalformed(field="reference")
    digest = crypto.blind_index(PersonalNumber.clean(number), scope=SCOPE).hex()
    facts: dict[str, object] = {"purpose": purpose}
    facts |= {"case": case_code} if case_code else {}
    facts |= {"reference": reference} if reference else {}
    db.record(action=ACTION, subject=f"search {digest}", actor=actor, facts=facts)


def check_case(code: str, actor: Actor, *, now: datetime) -> None:
    """The dossier in hand is one that the actor sees. Raises: SearchCaseUnknown."""
    known = DossierCode.parses(code) and lists.visible_rows(actor, now).filter(code=code).exists()
    if not known:
        raise SearchCaseUnknown(field="case_code")
