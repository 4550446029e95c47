"""Cấp bản sao: the applicant asks for a copy of the result, the agency makes it.

What is copied is the result in force. A revoked one is copied only by a signer who says so.
"""

from datetime import datetime
from uuid import UUID

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import CaseView, NotYourStep
from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts import IssuedNotFound
from motcua.contexts.documents.contracts.copies import CopyWanted
from motcua.contexts.dossiers import queries
from motcua.contexts.dossiers.actions.correcting import result_in_force
from motcua.contexts.dossiers.actions.desk import tell
from motcua.contexts.dossiers.actions.results import signer_of
from motcua.contexts.dossiers.actions.signing import check_proof
from motcua.contexts.dossiers.contracts import NotYourDossier
from motcua.contexts.dossiers.contracts.copies import (
    CopyAsked,
    CopyMade,
    MakeCopy,
    NothingToCopy,
)
from motcua.contexts.dossiers.models import CopyRequest, Dossier
from motcua.contexts.organisations import public as organisations
from motcua.kernel.actors import Actor, Role
from motcua.kernel.db import change, insert, owns_transaction, record


@owns_transaction
def ask_copy(code: str, *, actor: Actor, now: datetime) -> CopyAsked:
    """One request at a time; asked again meanwhile, it stays one.

    Raises: DossierNotFound, NotYourDossier, NothingToCopy.
    """
    dossier = queries.dossier_row(code, actor, now=now)
    if not actor.is_party(dossier.applicant_person_id):
        raise NotYourDossier
    if result_in_force(code) is None:
        raise NothingToCopy
    if not CopyRequest.objects.filter(dossier=dossier, done_at=None).exists():
        insert(CopyRequest(dossier=dossier, asked_by=actor.account_id, asked_at=now))
    record(action="dossiers.ask_copy", subject=code, actor=actor)
    return CopyAsked(code=code)


def make_copy(command: MakeCopy, pin: str, *, actor: Actor, now: datetime) -> CopyMade:
    """`copy_result` by the key that the PIN, or the proof, opens.

    Raises: as `copy_result`, SigningProofNeeded.
    """
    _dossier, case = _in_hand(command.code, actor, now)
    check_proof(actor, now)
    assert actor.officer_id is not None
    unit = organisations.unit_by_id(case.competent_unit_id)
    with documents.open_key(signer_of(actor.officer_id, unit, now), pin, now=now) as key:
        return copy_result(command, key, actor=actor, now=now)


@owns_transaction
def copy_result(
    command: MakeCopy, key: documents.SigningKey, *, actor: Actor, now: datetime
) -> CopyMade:
    """Copied, numbered, signed, sealed; whoever asked has it in the wallet and is told.

    Raises: DossierNotFound, NotYourStep, IssuedNotFound, NothingToCopy, SourceRevoked,
    NotToBeCopied, PagesNotThere, KeyRefused, StoreUnavailable.
    """
    dossier, case = _in_hand(command.code, actor, now)
    assert actor.officer_id is not None
    unit = organisations.unit_by_id(case.competent_unit_id)
    above = organisations.units_above(unit.id)
    made = documents.copy_paper(
        _wanted(command),
        key,
        signer=signer_of(actor.officer_id, unit, now),
        superior=above[0].name if above else "",
        by=actor,
        now=now,
    )
    asked = CopyRequest.objects.filter(dossier=dossier, done_at=None).first()
    if asked is not None:
        asked.issued_id, asked.done_at = made.id, now
        change(asked, "issued_id", "done_at")
    tell(
        dossier,
        action="copy",
        kind="COPIED",
        status=case.status,
        step=case.step,
        now=now,
        issued=made.verify_code,
    )
    record(
        action="dossiers.copy_result",
        subject=dossier.code,
        actor=actor,
        facts={"copy": made.verify_code},
    )
    return CopyMade(verify_code=made.verify_code)


def _in_hand(code: str, actor: Actor, now: datetime) -> tuple[Dossier, CaseView]:
    """Raises: DossierNotFound, NotYourStep."""
    dossier = queries.dossier_row(code, actor, now=now)
    case = casework.case_by_id(dossier.case_id)
    if not actor.holds(case.competent_unit_id, [Role.SIGNER]):
        raise NotYourStep("Chỉ người có thẩm quyền ký của cơ quan giải quyết cấp bản sao được.")
    return dossier, case


def _wanted(command: MakeCopy) -> CopyWanted:
    """Raises: IssuedNotFound, NothingToCopy."""
    source_id = command.source_id or _in_force(command.code)
    if source_id not in {one.id for one in documents.issued_of(command.code)}:
        raise IssuedNotFound(field="source")
    return CopyWanted(
        source_id=source_id,
        kind=command.kind,
        first=command.first,
        last=command.last,
        although_revoked=command.although_revoked,
    )


def _in_force(code: str) -> UUID:
    found = result_in_force(code)
    if found is None:
        raise NothingToCopy
    return found.id
