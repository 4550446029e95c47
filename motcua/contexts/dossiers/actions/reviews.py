"""Đề nghị xem lại: asked by the unhappy, answered outside the unit, agreed to or taken higher."""

from datetime import datetime, timedelta
from uuid import UUID

from motcua.contexts.casework import public as casework
from motcua.contexts.dossiers import queries
from motcua.contexts.dossiers.actions.drafts import check_mandate
from motcua.contexts.dossiers.actions.telling_officers import tell_officers
from motcua.contexts.dossiers.contracts import NotYourDossier
from motcua.contexts.dossiers.contracts.reviews import (
    LEVELS,
    LONGEST,
    NobodyReviews,
    ReviewAnswered,
    ReviewAnswerMissing,
    ReviewAsked,
    ReviewFinding,
    ReviewNotAnswered,
    ReviewNotFound,
    ReviewNotOffered,
    ReviewOpened,
    ReviewTextMissing,
)
from motcua.contexts.dossiers.models import Dossier, ReviewRequest
from motcua.contexts.dossiers.policies import REVIEWS
from motcua.contexts.dossiers.queries import reviews as asked
from motcua.contexts.dossiers.rules import reviews as rules
from motcua.contexts.notifications import public as notifications
from motcua.contexts.organisations import public as organisations
from motcua.contexts.procedures import public as procedures
from motcua.kernel import db
from motcua.kernel.actors import SYSTEM, Act, Actor
from motcua.kernel.clock import city_date
from motcua.kernel.db import owns_transaction
from motcua.kernel.text import nfc

AHEAD = timedelta(days=14)  # the next working day lies within, also over Tết


@owns_transaction
def ask_review(code: str, text: str, *, actor: Actor, now: datetime) -> ReviewOpened:
    """After a low rating: a unit outside looks at how the dossier was handled.

    Raises: DossierNotFound, NotYourDossier, ReviewNotOffered, ReviewAsked, ReviewTextMissing,
    NobodyReviews.
    """
    dossier = queries.dossier_row(code, actor, now=now)
    if not actor.is_party(dossier.applicant_person_id):
        raise NotYourDossier
    check_mandate(
        actor, Act.TALK, procedures.version(dossier.procedure_version_id), about=code, now=now
    )
    locked = Dossier.objects.select_for_update().get(pk=dossier.pk)
    if locked.stars is None or locked.stars > rules.rule().stars:
        raise ReviewNotOffered
    if ReviewRequest.objects.filter(dossier=locked).exists():
        raise ReviewAsked
    return _open(locked, text, level=1, actor=actor, now=now)


@owns_transaction
def answer_review(review_id: UUID, finding: str, text: str, *, actor: Actor, now: datetime) -> None:
    """In writing, by the reviewing unit; only now the unit it is about hears of it.

    Raises: ReviewNotFound, ReviewAnswered, ReviewAnswerMissing.
    """
    row = asked.review_row(review_id, actor, now=now)
    if row.unit_id not in actor.unit_ids(*REVIEWS):
        raise ReviewNotFound
    if row.answered_at is not None:
        raise ReviewAnswered
    said = nfc(text).strip()[:LONGEST]
    if finding not in set(ReviewFinding) or not said:
        raise ReviewAnswerMissing(field="text" if finding in set(ReviewFinding) else "finding")
    row.finding, row.answer = finding, said
    row.answered_at, row.answered_by = now, actor.account_id
    db.change(
        row, "finding", "answer", "answered_at", "answered_by", expecting={"answered_at": None}
    )
    _record("dossiers.answer_review", row, actor, finding=finding)
    case = casework.case_by_id(row.dossier_id)
    notifications.notify(
        person_id=row.dossier.applicant_person_id, template="review_answered",
        subject=row.dossier.code, params=_unit(row), now=now,
    )  # fmt: skip
    heads = asked.heads_of(case, now)
    tell_officers(heads, "review_outcome", row.dossier.code, _unit(row), now)


@owns_transaction
def settle_review(review_id: UUID, agreed: bool, *, actor: Actor, now: datetime) -> None:
    """The citizen agrees; or not, and the next unit above looks once more.

    Raises: ReviewNotFound, ReviewNotAnswered.
    """
    row = asked.review_row(review_id, actor, now=now)
    if not actor.is_party(row.dossier.applicant_person_id):
        raise ReviewNotFound
    if row.answered_at is None or row.agreed is not None:
        raise ReviewNotAnswered
    row.agreed, row.settled_at = agreed, now
    db.change(row, "agreed", "settled_at", expecting={"agreed": None})
    _record("dossiers.settle_review", row, actor, agreed=agreed)
    case = casework.case_by_id(row.dossier_id)
    next_level = row.level + 1
    higher = next_level <= LEVELS and asked.reviewing_unit(case, next_level, now)
    if not agreed and higher:
        _open(row.dossier, row.text, level=next_level, actor=actor, now=now)


@owns_transaction
def remind_reviewers(*, now: datetime) -> int:
    """Who has a working day left hears it once; who is late hears it every morning."""
    today, told = city_date(now), 0
    waiting = ReviewRequest.objects.filter(answered_at__isnull=True, due_at__lt=now + AHEAD)
    for row in waiting.select_related("dossier").order_by("due_at", "pk"):
        late = row.due_at < now
        if row.reminded_at and (not late or city_date(row.reminded_at) == today):
            continue
        if not late and row.due_at > organisations.calendar_of(row.unit_id).add_working_days(
            now, 1
        ):
            continue
        row.reminded_at = now
        db.change(row, "reminded_at")
        words = {**_unit(row), "until": casework.moment_words(row.due_at)}
        template = "review_overdue" if late else "review_due_soon"
        tell_officers(asked.reviewers_of(row.unit_id, now), template, row.dossier.code, words, now)
        told += 1
    db.record(action="dossiers.remind_reviewers", subject="", actor=SYSTEM, facts={"reviews": told})
    return told


def _open(dossier: Dossier, text: str, *, level: int, actor: Actor, now: datetime) -> ReviewOpened:
    said = nfc(text).strip()[:LONGEST]
    if not said:
        raise ReviewTextMissing(field="text")
    case = casework.case_by_id(dossier.pk)
    unit_id = asked.reviewing_unit(case, level, now)
    if unit_id is None:
        raise NobodyReviews
    row = ReviewRequest(
        dossier=dossier, level=level, unit_id=unit_id, stars=dossier.stars or 0, text=said,
        asked_by=actor.account_id, asked_at=now, due_at=_due(unit_id, now),
    )  # fmt: skip
    db.insert(row)
    _record("dossiers.ask_review", row, actor, level=level)
    words = {**_unit(row), "until": casework.moment_words(row.due_at)}
    tell_officers(asked.reviewers_of(unit_id, now), "review_asked", case.code, words, now)
    return ReviewOpened(id=row.pk)


def _due(unit_id: UUID, now: datetime) -> datetime:
    return organisations.calendar_of(unit_id).add_working_days(now, rules.rule().days)


def _unit(row: ReviewRequest) -> dict[str, str]:
    return {"unit": organisations.unit_by_id(row.unit_id).name}


def _record(action: str, row: ReviewRequest, actor: Actor, **facts: object) -> None:
    db.record(
        action=action,
        subject=row.dossier.code,
        actor=actor,
        facts={"review": str(row.pk), **facts},
    )
