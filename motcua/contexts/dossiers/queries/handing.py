"""Trả kết quả cho người có mặt: what is ready at this desk for one person and their mandates."""

from datetime import datetime
from uuid import UUID

from motcua.contexts.dossiers.contracts import NationalStatus, ReturnForm
from motcua.contexts.dossiers.contracts.receiving import ReadyResult
from motcua.contexts.dossiers.models import Dossier
from motcua.contexts.dossiers.policies import DossierPolicy
from motcua.contexts.identity import public as identity
from motcua.contexts.identity.contracts import NotAtYourDesk
from motcua.contexts.identity.contracts.mandates import MandateView, Scope
from motcua.contexts.procedures import public as procedures
from motcua.kernel.access import visible
from motcua.kernel.actors import Act, Actor, Role


def ready_for(person_id: UUID, actor: Actor, *, now: datetime) -> tuple[ReadyResult, ...]:
    """Results on paper or not that this person may take here now, the oldest first."""
    held = _mandates(person_id, actor, now)
    theirs = {person_id, *(one.principal_id for one in held)}
    rows = visible(Dossier.objects.all(), actor, DossierPolicy, now=now).filter(
        case__status=NationalStatus.DONE,
        case__receiving_unit_id__in=list(actor.unit_ids(Role.RETURNER)),
        applicant_person_id__in=theirs,
    )
    found = []
    for row in rows.exclude(return_form=ReturnForm.POST).order_by("case_id"):
        version = procedures.version(row.procedure_version_id)
        own = row.applicant_person_id == person_id
        mandate = None if own else _reaching(held, row, version.field_code)
        if own or mandate:
            found.append(
                ReadyResult(
                    code=row.code,
                    procedure_name=version.name,
                    owner_id=row.applicant_person_id,
                    mandate_id=mandate.id if mandate else None,
                )
            )
    return tuple(found)


def _mandates(person_id: UUID, actor: Actor, now: datetime) -> tuple[MandateView, ...]:
    """Those in force under which the person may receive; none before the desk has found them."""
    try:
        held, _given = identity.mandates_of_visitor(person_id, actor=actor, now=now)
    except NotAtYourDesk:
        return ()
    return tuple(one for one in held if one.in_force and Act.RECEIVE in one.scope.acts)


def _reaching(held: tuple[MandateView, ...], row: Dossier, field: str) -> MandateView | None:
    code = procedures.version(row.procedure_version_id).procedure_code
    return next(
        (
            one
            for one in held
            if one.principal_id == row.applicant_person_id and _reaches(one.scope, code, field)
        ),
        None,
    )


def _reaches(scope: Scope, procedure: str, field: str) -> bool:
    everything = not scope.procedures and not scope.fields
    return everything or procedure in scope.procedures or field in scope.fields
