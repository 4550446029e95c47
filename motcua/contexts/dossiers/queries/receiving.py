"""Trả kết quả: how one result comes, who may fetch it, what waits at a desk."""

from datetime import datetime

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import Phase
from motcua.contexts.dossiers.contracts import NationalStatus, ReturnForm
from motcua.contexts.dossiers.contracts.receiving import (
    CHANGEABLE,
    Fetching,
    HandoverState,
    HandoverView,
    PickupCodeWrong,
    PostAddress,
    WaitingResult,
)
from motcua.contexts.dossiers.models import Dossier, Handover
from motcua.contexts.dossiers.policies import DossierPolicy
from motcua.contexts.dossiers.queries.one import dossier_row
from motcua.contexts.dossiers.rules import receiving
from motcua.contexts.identity import public as identity
from motcua.contexts.organisations import public as organisations
from motcua.contexts.procedures import public as procedures
from motcua.kernel.access import visible
from motcua.kernel.actors import Act, Actor, Role
from motcua.kernel.crypto import blind_indexes

MOST = 200


def handover_of(code: str, actor: Actor, *, now: datetime) -> HandoverView:
    """For the owner and for the desk; only the owner reads the code. Raises: DossierNotFound."""
    dossier = dossier_row(code, actor, now=now)
    return _view(dossier, own=actor.is_party(dossier.applicant_person_id))


def _view(dossier: Dossier, *, own: bool) -> HandoverView:
    row = Handover.objects.filter(pk=dossier.pk).first()
    case = casework.case_by_id(dossier.pk)
    desk = organisations.unit_by_id(case.receiving_unit_id)
    state = HandoverState(row.state) if row else HandoverState.WAITING
    form = ReturnForm(dossier.return_form)
    ended = case.phase is Phase.ENDED
    return HandoverView(
        form=form,
        state=state,
        code=row.code if row and own and not ended and form is ReturnForm.COUNTER else "",
        desk=desk.name,
        desk_address=desk.address,
        address=PostAddress(**row.address) if row and row.address else None,
        tracking=row.tracking if row else "",
        posted_at=row.posted_at if row else None,
        ended_at=row.ended_at if row else None,
        taken_by=(row.taken_by or "") if row else "",
        ready=case.status == NationalStatus.DONE,
        changeable=state in CHANGEABLE and not ended,
    )


def waiting_results(actor: Actor, *, now: datetime) -> tuple[WaitingResult, ...]:
    """At the desks where the actor hands out, the longest waiting first."""
    desks = actor.unit_ids(Role.RETURNER)
    rows = visible(Dossier.objects.all(), actor, DossierPolicy, now=now).filter(
        case__status=NationalStatus.DONE, case__receiving_unit_id__in=list(desks)
    )
    found = list(rows.select_related("case").order_by("case__ended_at", "pk")[:MOST])
    states = dict(
        Handover.objects.filter(pk__in=[row.pk for row in found])
        .order_by("pk")
        .values_list("pk", "state")
    )
    return tuple(
        WaitingResult(
            code=row.code,
            procedure_name=procedures.version(row.procedure_version_id).name,
            form=ReturnForm(row.return_form),
            state=HandoverState(states.get(row.pk, HandoverState.WAITING)),
            decided_at=row.case.ended_at,
        )
        for row in found
    )


def fetching(pickup: str, actor: Actor, *, now: datetime) -> Fetching:
    """Whose result the code fetches, and who may take it. Raises: PickupCodeWrong."""
    told = receiving.code_in(pickup)
    indexes = blind_indexes(told, scope=receiving.SCOPE) if told else []
    ids = list(Handover.objects.filter(code_index__in=indexes).values_list("pk", flat=True))
    rows = visible(Dossier.objects.all(), actor, DossierPolicy, now=now)
    here = list(actor.unit_ids(Role.RETURNER))
    dossier = rows.filter(
        pk__in=ids, case__status=NationalStatus.DONE, case__receiving_unit_id__in=here
    ).first()
    if dossier is None:
        raise PickupCodeWrong
    owner = dossier.applicant_person_id
    version = procedures.version(dossier.procedure_version_id)
    able = identity.representatives_of(
        owner, Act.RECEIVE, procedure=version.procedure_code, field=version.field_code, now=now
    )
    return Fetching(
        code=dossier.code,
        procedure_name=version.name,
        owner_name=identity.names_of([owner]).get(owner, ""),
        representatives=able,
        handover=_view(dossier, own=False),
    )
