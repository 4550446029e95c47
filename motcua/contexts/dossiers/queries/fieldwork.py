"""Xác minh thực địa: visits and notes, through the policy of their dossier."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import CaseView, NotYourStep, Phase, TaskView
from motcua.contexts.dossiers.contracts.fieldwork import (
    CheckLine,
    FieldVisitNotFound,
    FieldVisitState,
    FieldVisitView,
    NotAtThisVisit,
    NoVisitNow,
    SiteMark,
    SiteNoteKind,
    SiteNoteState,
    SiteNoteView,
    SiteOdd,
    Spot,
)
from motcua.contexts.dossiers.models import Dossier, FieldVisit, SiteNote
from motcua.contexts.dossiers.policies import FieldVisitPolicy
from motcua.contexts.identity import public as identity
from motcua.contexts.organisations import public as organisations
from motcua.kernel import access
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import city_date

GOES = (Role.CASE_OFFICER, Role.DIVISION_HEAD)
KEPT_OPEN = timedelta(days=7)  # that a closed visit stays in the list of who went
MOST = 60


def visit_row(visit_id: UUID, actor: Actor, *, now: datetime, locked: bool = False) -> FieldVisit:
    """locked: until the action ends nobody else closes it. Raises: FieldVisitNotFound."""
    rows = FieldVisit.objects.filter(pk=visit_id).select_related("dossier")
    row = access.visible(rows, actor, FieldVisitPolicy, now=now).first()
    if row is None:
        raise FieldVisitNotFound
    if locked:
        # Read again by its key alone: the joins of a policy cannot be locked.
        row = FieldVisit.objects.select_for_update().get(pk=row.pk)
    return row


def check_may_plan(dossier: Dossier, actor: Actor, *, now: datetime) -> TaskView:
    """Whoever holds the step, or the head of its unit. Raises: NoVisitNow, NotYourStep."""
    case = casework.case_by_id(dossier.case_id)
    task = open_step(case)
    if task is None or not _has_visits(case, task):
        raise NoVisitNow
    if not may_plan(case, task, actor, now=now):
        raise NotYourStep
    return task


def may_plan(case: CaseView, task: TaskView | None, actor: Actor, *, now: datetime) -> bool:
    if task is None or not _has_visits(case, task):
        return False
    holds = casework.post_for(task, actor, on=city_date(now)) is not None
    return holds or actor.holds(task.unit_id, casework.HEADS)


def _has_visits(case: CaseView, task: TaskView) -> bool:
    return case.phase is Phase.RUNNING and task.role in GOES


def open_step(case: CaseView) -> TaskView | None:
    alive = (one for one in casework.tasks_of(case) if one.closed_at is None)
    return next((one for one in alive if one.kind == "STEP"), None)


def check_goes(row: FieldVisit, actor: Actor, *, now: datetime) -> None:
    """Who was named, whoever stands in for them, the head of the unit. Raises: NotAtThisVisit."""
    if actor.holds(row.unit_id, casework.HEADS):
        return
    named = {UUID(one) for one in row.visitor_ids}
    mine = {actor.officer_id} | {post.substituting_for for post in actor.posts}
    if not (actor.unit_ids(*GOES) & {row.unit_id} and named & mine):
        raise NotAtThisVisit


def goes(row: FieldVisit, actor: Actor, *, now: datetime) -> bool:
    try:
        check_goes(row, actor, now=now)
    except NotAtThisVisit:
        return False
    return True


def lines_for(case_id: UUID) -> tuple[str, ...]:
    """What the pinned table of steps says should be looked at."""
    case = casework.case_by_id(case_id)
    table = casework.process_table(case.process_id)
    said = table.step(case.step).visit or next((s.visit for s in table.steps if s.visit), "")
    return tuple(line.strip() for line in said.splitlines() if line.strip())


def visits_of(dossier_id: UUID) -> tuple[FieldVisitView, ...]:
    """The newest first."""
    rows = FieldVisit.objects.filter(dossier_id=dossier_id).select_related("dossier")
    return _views(rows.order_by("-number"))


def own_visits(actor: Actor, *, now: datetime) -> tuple[FieldVisitView, ...]:
    """Planned ones of the actor's units in their order, and what was closed this week."""
    units = sorted(actor.unit_ids(*GOES))
    rows = FieldVisit.objects.filter(unit_id__in=units).select_related("dossier")
    seen = access.visible(rows, actor, FieldVisitPolicy, now=now)
    planned = seen.filter(state=FieldVisitState.PLANNED).order_by("starts_at", "pk")[:MOST]
    closed = seen.filter(closed_at__gt=now - KEPT_OPEN).order_by("-closed_at", "pk")[:MOST]
    return (*_views(planned), *_views(closed))


def subject_of(visit_id: UUID, actor: Actor, *, now: datetime) -> UUID:
    """Whose matter it is: the owner of what is photographed. Raises: FieldVisitNotFound."""
    return visit_row(visit_id, actor, now=now).dossier.applicant_person_id


def view_of(row: FieldVisit) -> FieldVisitView:
    return _views([row])[0]


def _views(rows: Iterable[FieldVisit]) -> tuple[FieldVisitView, ...]:
    found = list(rows)
    if not found:
        return ()
    ids = {UUID(one) for row in found for one in row.visitor_ids}
    officers = organisations.officers_by_id(ids)
    closers = identity.officer_names({row.closed_by for row in found if row.closed_by})
    return tuple(
        FieldVisitView(
            id=row.id,
            code=row.dossier.code,
            number=row.number,
            state=FieldVisitState(row.state),
            starts_at=row.starts_at,
            place=row.place,
            companions=row.companions or "",
            visitor_ids=tuple(UUID(one) for one in row.visitor_ids),
            visitors=tuple(
                officers[UUID(one)].full_name for one in row.visitor_ids if UUID(one) in officers
            ),
            lines=lines_in(row),
            unsuited=row.unsuited or "",
            reason=row.reason or "",
            finding=row.finding or "",
            closed_at=row.closed_at,
            closed_by=closers.get(row.closed_by, "") if row.closed_by else "",
            minutes=tuple(row.minutes),
        )
        for row in found
    )


def lines_in(row: FieldVisit) -> tuple[CheckLine, ...]:
    return tuple(CheckLine(key=one["key"], text=one["text"]) for one in row.lines)


def notes_of(visit_id: UUID) -> tuple[SiteNoteView, ...]:
    """In the order in which they were noted."""
    rows = SiteNote.objects.filter(visit_id=visit_id).order_by("happened_at", "recorded_at", "pk")
    return note_views(rows)


def note_views(rows: Iterable[SiteNote]) -> tuple[SiteNoteView, ...]:
    found = list(rows)
    names = identity.officer_names({row.by for row in found if row.by})
    return tuple(_note(row, names) for row in found)


def _note(row: SiteNote, names: dict[UUID, str]) -> SiteNoteView:
    body = row.body
    return SiteNoteView(
        id=row.id,
        kind=SiteNoteKind(row.kind),
        state=SiteNoteState(row.state),
        odd=SiteOdd(row.odd) if row.odd else None,
        key=row.key,
        mark=SiteMark(body["mark"]) if body.get("mark") else None,
        text=body.get("text", ""),
        name=body.get("name", ""),
        capacity=body.get("capacity", ""),
        spot=Spot(**body.get("spot", {})),
        file_id=row.file_id,
        happened_at=row.happened_at,
        recorded_at=row.recorded_at,
        by_name=names.get(row.by, "") if row.by else "",
    )


def standing(notes: Collection[SiteNoteView], kind: SiteNoteKind) -> tuple[SiteNoteView, ...]:
    """What the minutes tell."""
    return tuple(one for one in notes if one.kind is kind and one.state is SiteNoteState.KEPT)


def waiting(notes: Collection[SiteNoteView]) -> tuple[SiteNoteView, ...]:
    return tuple(one for one in notes if one.state is SiteNoteState.WAITING)
