"""Hẹn xác minh thực địa: plan a visit, move it, cancel it; the applicant says when it suits not."""

from datetime import datetime, timedelta
from uuid import UUID

from motcua.contexts.casework import public as casework
from motcua.contexts.dossiers import queries
from motcua.contexts.dossiers.contracts import NotYourDossier
from motcua.contexts.dossiers.contracts.fieldwork import (
    ChecklistNeeded,
    FieldVisitState,
    FieldVisitView,
    PlaceOfVisitNeeded,
    PlanVisit,
    VisitInThePast,
    VisitIsOpen,
    VisitIsOver,
    VisitorsNeeded,
    VisitReasonNeeded,
)
from motcua.contexts.dossiers.events import FieldVisitProgressed
from motcua.contexts.dossiers.models import Dossier, FieldVisit
from motcua.contexts.dossiers.queries import fieldwork as visits
from motcua.contexts.organisations import public as organisations
from motcua.kernel import db, events
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date
from motcua.kernel.db import owns_transaction
from motcua.kernel.text import nfc

AHEAD = timedelta(days=90)
LONGEST_PLACE = 300
LONGEST_LINE = 300
MOST_LINES = 40


@owns_transaction
def plan_visit(command: PlanVisit, *, actor: Actor, now: datetime) -> FieldVisitView:
    """Tell the applicant when somebody comes to look. No clock stops for it.

    Raises: DossierNotFound, NoVisitNow, NotYourStep, VisitIsOpen, VisitInThePast,
    PlaceOfVisitNeeded, VisitorsNeeded, ChecklistNeeded.
    """
    dossier = queries.dossier_row(command.code, actor, now=now)
    task = visits.check_may_plan(dossier, actor, now=now)
    before = FieldVisit.objects.filter(dossier=dossier).order_by("-number")
    if before.filter(state=FieldVisitState.PLANNED).exists():
        raise VisitIsOpen
    last = before.values_list("number", flat=True).first()
    row = FieldVisit(
        dossier=dossier,
        number=(last or 0) + 1,
        state=FieldVisitState.PLANNED,
        unit_id=task.unit_id,
        planned_by=actor.account_id,
        planned_at=now,
    )
    _fill(row, command, dossier, now)
    db.insert(row)
    _told(row, "visit_planned", actor, now, note=row.place)
    return visits.view_of(row)


@owns_transaction
def change_visit(
    visit_id: UUID, command: PlanVisit, *, actor: Actor, now: datetime
) -> FieldVisitView:
    """Another hour, place or officer; the applicant is told anew, and whether it suits is open.

    Raises: FieldVisitNotFound, VisitIsOver, and as `plan_visit`.
    """
    row = visits.visit_row(visit_id, actor, now=now, locked=True)
    visits.check_may_plan(row.dossier, actor, now=now)
    _check_open(row)
    _fill(row, command, row.dossier, now)
    row.unsuited = row.unsuited_at = None
    fields = ("starts_at", "place", "companions", "lines", "visitor_ids")
    db.change(row, *fields, "unsuited", "unsuited_at", expecting={"state": FieldVisitState.PLANNED})
    _told(row, "visit_moved", actor, now, note=row.place)
    return visits.view_of(row)


def _fill(row: FieldVisit, command: PlanVisit, dossier: Dossier, now: datetime) -> None:
    if not now < command.starts_at <= now + AHEAD:
        raise VisitInThePast(field="starts_on")
    place = nfc(command.place)[:LONGEST_PLACE]
    if not place:
        raise PlaceOfVisitNeeded(field="place")
    today = city_date(now)
    able = {
        one.id for role in visits.GOES for one in organisations.holders_of(row.unit_id, role, today)
    }
    if not command.visitors or not set(command.visitors) <= able:
        raise VisitorsNeeded(field="visitors")
    asked = command.lines or visits.lines_for(dossier.case_id)
    lines = [line for one in asked if (line := nfc(one)[:LONGEST_LINE])][:MOST_LINES]
    if not lines:
        raise ChecklistNeeded(field="lines")
    row.starts_at, row.place = command.starts_at, place
    row.companions = nfc(command.companions)[:LONGEST_PLACE] or None
    row.visitor_ids = [str(one) for one in dict.fromkeys(command.visitors)]
    row.lines = _keyed(lines, row)


def _keyed(lines: list[str], row: FieldVisit) -> list[dict[str, str]]:
    """A line that stays as it was keeps its key, and with it what was noted."""
    known = {one["text"]: one["key"] for one in row.lines or ()}
    taken = set(known.values())
    free = (f"l{number}" for number in range(1, 10_000) if f"l{number}" not in taken)
    return [{"key": known.get(text) or next(free), "text": text} for text in dict.fromkeys(lines)]


@owns_transaction
def cancel_visit(visit_id: UUID, reason: str, *, actor: Actor, now: datetime) -> FieldVisitView:
    """Nobody comes; what was noted stays. Raises: FieldVisitNotFound, NotYourStep, NoVisitNow,
    VisitIsOver, VisitReasonNeeded.
    """
    row = visits.visit_row(visit_id, actor, now=now, locked=True)
    visits.check_goes(row, actor, now=now)
    _check_open(row)
    said = nfc(reason)[:LONGEST_PLACE]
    if not said:
        raise VisitReasonNeeded(field="reason")
    row.state, row.reason = FieldVisitState.CANCELLED, said
    row.closed_at, row.closed_by = now, actor.account_id
    fields = ("state", "reason", "closed_at", "closed_by")
    db.change(row, *fields, expecting={"state": FieldVisitState.PLANNED})
    _told(row, "visit_cancelled", actor, now, note=said)
    return visits.view_of(row)


@owns_transaction
def say_unsuited(visit_id: UUID, reason: str, *, actor: Actor, now: datetime) -> None:
    """The applicant cannot then; whoever goes is told and chooses another hour, or goes.

    Raises: FieldVisitNotFound, NotYourDossier, VisitIsOver, VisitReasonNeeded.
    """
    row = visits.visit_row(visit_id, actor, now=now, locked=True)
    if not actor.is_party(row.dossier.applicant_person_id):
        raise NotYourDossier
    _check_open(row)
    said = nfc(reason)[:LONGEST_PLACE]
    if not said:
        raise VisitReasonNeeded(field="unsuited")
    row.unsuited, row.unsuited_at = said, now
    db.change(row, "unsuited", "unsuited_at", expecting={"state": FieldVisitState.PLANNED})
    _told(row, "visit_unsuited", actor, now, note=said)


def _check_open(row: FieldVisit) -> None:
    if row.state != FieldVisitState.PLANNED:
        raise VisitIsOver


def _told(row: FieldVisit, what: str, actor: Actor, now: datetime, *, note: str) -> None:
    """In the history of the case, in the ledger, and to whom it concerns."""
    code = row.dossier.code
    facts: dict[str, object] = {"visit": str(row.id), "at": row.starts_at.isoformat()}
    casework.note_event(
        case_code=code, kind=what, actor=actor, now=now, note=note, unit_id=row.unit_id, facts=facts
    )
    events.publish(
        FieldVisitProgressed(occurred_at=now, subject=code, visit_id=row.id, progress=what)
    )
    db.record(action=f"dossiers.{what}", subject=code, actor=actor, facts=facts)
