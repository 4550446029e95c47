"""Nộp giúp: what was asked and answered, and what the helper may still do."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import ActionKind, Step
from motcua.contexts.dossiers.contracts import DeskView, DossierView, Source
from motcua.contexts.dossiers.contracts.assisting import (
    AGREED,
    AssistanceNotFound,
    AssistanceView,
    Consent,
    ConsentMissing,
    HelperMayNotDecide,
    Identified,
    NotAssisted,
)
from motcua.contexts.dossiers.models import Assistance, Dossier
from motcua.contexts.dossiers.policies import AssistancePolicy
from motcua.contexts.dossiers.queries.one import dossier_row
from motcua.contexts.dossiers.queries.sending import runnable_version
from motcua.contexts.dossiers.rules.assisting import may_do, register_fields
from motcua.contexts.identity import public as identity
from motcua.contexts.organisations import public as organisations
from motcua.kernel.access import visible
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date


def own_row(assistance_id: UUID, actor: Actor, *, now: datetime) -> Assistance:
    """Of the officer who asked; nobody else opens it. Raises: AssistanceNotFound."""
    row = (
        visible(Assistance.objects.all(), actor, AssistancePolicy, now=now)
        .filter(pk=assistance_id)
        .first()
    )
    if row is None:
        raise AssistanceNotFound
    return row


def assistance(assistance_id: UUID, actor: Actor, *, now: datetime) -> AssistanceView:
    """Raises: AssistanceNotFound."""
    return _view(own_row(assistance_id, actor, now=now))


def assistance_of(code: str, actor: Actor, *, now: datetime) -> AssistanceView:
    """How this dossier was filed for its applicant. Raises: DossierNotFound, NotAssisted."""
    row = row_of(dossier_row(code, actor, now=now))
    if row is None:
        raise NotAssisted
    return _view(row)


def row_of(dossier: Dossier) -> Assistance | None:
    if dossier.source != Source.ASSISTED:
        return None
    return Assistance.objects.filter(dossier_id=dossier.pk).first()


def needed(code: str, ward: str, only: frozenset[str] | None, now: datetime) -> frozenset[str]:
    """What of the register's record the form shows, and nothing more."""
    version = runnable_version(code, city_date(now), ward)
    return register_fields(
        one.prefill for one in version.form.questions() if only is None or one.key in only
    )


def agreed_row(
    assistance_id: UUID | None,
    procedure_code: str,
    applicant_id: UUID | None,
    actor: Actor,
    now: datetime,
) -> Assistance:
    """What allows this officer to file this, once, for this applicant. Raises: ConsentMissing."""
    if assistance_id is None:
        raise ConsentMissing
    rows = visible(Assistance.objects.all(), actor, AssistancePolicy, now=now).filter(
        pk=assistance_id,
        procedure_code=procedure_code,
        applicant_id=applicant_id,
        consent__in=AGREED,
        dossier=None,
    )
    found = rows.first()
    if found is None:
        raise ConsentMissing
    return found


def of_draft(draft_id: UUID) -> UUID | None:
    found = Assistance.objects.filter(draft_id=draft_id).values_list("pk", flat=True)
    return found.first()


def _view(row: Assistance) -> AssistanceView:
    helpers = identity.officer_names([row.account_id])
    return AssistanceView(
        id=row.id,
        person_id=row.person_id,
        applicant_id=row.applicant_id,
        procedure_code=row.procedure_code,
        ward_code=row.ward_code,
        mandate_id=row.mandate_id,
        helper=helpers.get(row.account_id, ""),
        unit=organisations.unit_by_id(row.unit_id).name,
        told=tuple(row.told),
        draft_id=row.draft_id,
        identified=Identified(row.identified) if row.identified else None,
        consent=Consent(row.consent) if row.consent else None,
        asked_at=row.asked_at,
        code_sent_at=row.code_sent_at,
        answered_at=row.answered_at,
        denied_at=row.denied_at,
    )


def with_help(view: DossierView, dossier: Dossier) -> DossierView:
    row = row_of(dossier)
    return replace(view, assisted=_view(row)) if row else view


def helped(dossier: Dossier, actor: Actor) -> bool:
    """Whether this officer filed it for its applicant."""
    mine = actor.account_id is not None and dossier.submitted_by == actor.account_id
    return mine and dossier.source == Source.ASSISTED


def check_four_eyes(dossier: Dossier, step: Step, kind: ActionKind, actor: Actor) -> None:
    """Raises: HelperMayNotDecide."""
    if helped(dossier, actor) and not may_do(step.role, kind):
        raise HelperMayNotDecide


def check_decides(dossier: Dossier, actor: Actor) -> None:
    """Of acts that are no step: whoever filed it does none of them. Raises: HelperMayNotDecide."""
    if helped(dossier, actor):
        raise HelperMayNotDecide


def for_helper(view: DeskView, dossier: Dossier, actor: Actor) -> DeskView:
    """How it was filed; for the helper without what they would be refused."""
    view = replace(view, dossier=with_help(view.dossier, dossier))
    if not helped(dossier, actor):
        return view
    case = casework.case_by_id(dossier.case_id)
    step = casework.process_table(case.process_id).step(case.step)
    kinds = {action.key: action.kind for action in step.actions}
    may = tuple(one for one in view.actions if may_do(step.role, kinds[one.key]))
    lost = len(may) < len(view.actions)
    warned = (*view.warnings, HelperMayNotDecide.sentence) if lost else view.warnings
    return replace(view, actions=may, warnings=warned, can_correct=False, can_extend=False)
