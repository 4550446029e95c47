"""Đề nghị xem lại: one's own, what waits for the reviewing unit, what a unit hears afterwards."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import CaseView
from motcua.contexts.dossiers.contracts import StageView
from motcua.contexts.dossiers.contracts.reviews import (
    ReviewFinding,
    ReviewNotFound,
    ReviewView,
)
from motcua.contexts.dossiers.models import ReviewRequest
from motcua.contexts.dossiers.policies import REVIEWS, ReviewPolicy
from motcua.contexts.dossiers.queries.stages import stages_of
from motcua.contexts.dossiers.rules import reviews as rules
from motcua.contexts.identity import public as identity
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import UnitNotFound
from motcua.contexts.procedures import public as procedures
from motcua.kernel.access import visible
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import city_date

MOST = 500


def rows_for(actor: Actor, *, now: datetime) -> "QuerySet[ReviewRequest]":
    rows = visible(ReviewRequest.objects.all(), actor, ReviewPolicy, now=now)
    return rows.select_related("dossier")


def review_row(review_id: UUID, actor: Actor, *, now: datetime) -> ReviewRequest:
    """Raises: ReviewNotFound."""
    row = rows_for(actor, now=now).filter(pk=review_id).first()
    if row is None:
        raise ReviewNotFound
    return row


def review(review_id: UUID, actor: Actor, *, now: datetime) -> ReviewView:
    """Raises: ReviewNotFound."""
    return _views([review_row(review_id, actor, now=now)], actor, now)[0]


def reviews_of(code: str, actor: Actor, *, now: datetime) -> tuple[ReviewView, ...]:
    """What was asked about one dossier, the first time first."""
    rows = rows_for(actor, now=now).filter(dossier__code=code).order_by("level")
    return _views(list(rows), actor, now)


def reviews(actor: Actor, *, now: datetime, answered: bool) -> tuple[ReviewView, ...]:
    """For officers: what waits, next due first; or what was answered, newest first."""
    rows = rows_for(actor, now=now).filter(answered_at__isnull=not answered)
    order = ("-answered_at", "pk") if answered else ("due_at", "pk")
    return _views(list(rows.order_by(*order)[:MOST]), actor, now)


def overdue(actor: Actor, *, now: datetime) -> tuple[ReviewView, ...]:
    """Unanswered past their time, the oldest first; for leaders."""
    rows = rows_for(actor, now=now).filter(answered_at__isnull=True, due_at__lt=now)
    return _views(list(rows.order_by("due_at", "pk")[:MOST]), actor, now)


def counts(actor: Actor, *, now: datetime) -> tuple[int, int, int]:
    """How many wait, of them past their time, and how many were answered."""
    rows = rows_for(actor, now=now)
    waiting = rows.filter(answered_at__isnull=True)
    late = waiting.filter(due_at__lt=now)
    return waiting.count(), late.count(), rows.filter(answered_at__isnull=False).count()


def course_of(review_id: UUID, actor: Actor, *, now: datetime) -> tuple[StageView, ...]:
    """The path of the dossier, without its content. Raises: ReviewNotFound."""
    case = casework.case_by_id(review_row(review_id, actor, now=now).dossier_id)
    return stages_of(case, casework.tasks_of(case), now=now)


def reviewing_unit(case: CaseView, level: int, now: datetime) -> UUID | None:
    """Who reviews at this level: a unit with somebody to do it, that had no part in the case."""
    today = city_date(now)
    own = {
        case.competent_unit_id, case.handling_unit_id, case.receiving_unit_id,
        case.supporting_unit_id or case.competent_unit_id,
    }  # fmt: skip
    own |= {unit.id for unit in organisations.units_within(case.competent_unit_id, today)}
    chain = [unit.id for unit in organisations.units_above(case.competent_unit_id)]
    try:
        inspection = organisations.unit(rules.rule().inspection, today)
    except UnitNotFound:
        inspection = None
    if inspection is not None:
        above = [unit.id for unit in organisations.units_above(inspection.id)]
        chain = [inspection.id, *chain, *above]
    able = [one for one in rules.outside(chain, own) if _has_somebody(one, now)]
    return able[level - 1] if level <= len(able) else None


def _has_somebody(unit_id: UUID, now: datetime) -> bool:
    today = city_date(now)
    return any(organisations.holders_of(unit_id, role, today) for role in REVIEWS)


def reviewers_of(unit_id: UUID, now: datetime) -> set[UUID]:
    """Officers who may answer for the unit."""
    today = city_date(now)
    return {o.id for role in REVIEWS for o in organisations.holders_of(unit_id, role, today)}


def heads_of(case: CaseView, now: datetime) -> set[UUID]:
    """Who hears the outcome: head of the division and signers of the authority."""
    today = city_date(now)
    places = (
        (case.handling_unit_id, Role.DIVISION_HEAD),
        (case.competent_unit_id, Role.SIGNER),
    )
    return {o.id for unit, role in places for o in organisations.holders_of(unit, role, today)}


def _views(rows: Sequence[ReviewRequest], actor: Actor, now: datetime) -> tuple[ReviewView, ...]:
    names = identity.officer_names({row.answered_by for row in rows if row.answered_by})
    cases = casework.cases([row.dossier.code for row in rows])
    return tuple(
        _view(row, cases[row.dossier.code], names.get(row.answered_by or row.pk, ""), actor, now)
        for row in rows
    )


def _view(
    row: ReviewRequest, case: CaseView, answered_by: str, actor: Actor, now: datetime
) -> ReviewView:
    reviews_it = row.unit_id in actor.unit_ids(*REVIEWS)
    party = actor.is_party(row.dossier.applicant_person_id)
    return ReviewView(
        id=row.pk,
        code=row.dossier.code,
        procedure_name=procedures.version(row.dossier.procedure_version_id).name,
        level=row.level,
        stars=row.stars,
        text=row.text if reviews_it or party else "",
        unit_name=organisations.unit_by_id(row.unit_id).name,
        about_unit=organisations.unit_by_id(case.competent_unit_id).name,
        asked_at=row.asked_at,
        due_at=row.due_at,
        late=row.answered_at is None and row.due_at < now,
        finding=ReviewFinding(row.finding) if row.finding else None,
        answer=row.answer or "",
        answered_at=row.answered_at,
        answered_by=answered_by,
        agreed=row.agreed,
        can_answer=reviews_it and row.answered_at is None,
        can_settle=party and row.answered_at is not None and row.agreed is None,
    )
