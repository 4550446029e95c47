"""Giao vị trí: who acts in a place that lacks a person, said by its head in one act."""

from datetime import date, datetime, timedelta
from uuid import UUID

from motcua.contexts.organisations.actions.editions import renew_absences, renew_staff
from motcua.contexts.organisations.contracts import (
    NotHandedHere,
    NotYourUnit,
    OfficerNotFound,
    SubstituteIsAbsent,
)
from motcua.contexts.organisations.models import Officer, PostHolding, Substitution
from motcua.contexts.organisations.queries import staff
from motcua.contexts.organisations.rules.staffing import Place, Staffing
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import city_date
from motcua.kernel.db import insert, owns_transaction, record

HANDED = frozenset(
    {
        Role.RECEIVER, Role.RETURNER, Role.CASE_OFFICER, Role.DIVISION_HEAD, Role.SIGNER,
        Role.CLERK, Role.FEE_COLLECTOR, Role.CONSULTED,
    }
)  # fmt: skip
WHILE_SUSPENDED = timedelta(days=30)
REASON = "Giao vị trí thiếu người"


@owns_transaction
def hand_over(unit_id: UUID, role: Role, officer_id: UUID, *, actor: Actor, now: datetime) -> None:
    """The officer acts in the place from today: in a vacant post as its holder, else as the
    substitute of who is away. Where somebody acts already, nothing happens.

    Raises: NotYourUnit, NotHandedHere, OfficerNotFound, SubstituteIsAbsent.
    """
    today = city_date(now)
    if not staff.may_hand_over(actor, unit_id, role):
        raise NotYourUnit
    if not Officer.objects.select_for_update().filter(id=officer_id).order_by("id").exists():
        raise OfficerNotFound
    known = staff.current().staffing
    if known.is_away(officer_id, today):
        raise SubstituteIsAbsent(field="officer_id")
    place = known.place(unit_id, role, today)
    if not place.there:
        _fill(known, place, officer_id, today)
    record(
        action="organisations.hand_over",
        subject=str(unit_id),
        actor=actor,
        facts={"role": role.value, "officer": str(officer_id), "again": place.there},
    )


def _fill(known: Staffing, place: Place, officer_id: UUID, today: date) -> None:
    if place.holders:
        for holder in sorted(place.holders - {officer_id}):
            _stand_in(holder, officer_id, today)
        renew_absences()
        return
    vacant = [
        seat
        for seat in place.seats
        if seat.period.contains(today) and not known.signs_no_more(seat, today)
    ]
    if not vacant or place.role not in HANDED:
        raise NotHandedHere
    insert(PostHolding(post_id=vacant[0].id, officer_id=officer_id, valid_from=today))
    renew_staff()


def _stand_in(holder: UUID, officer_id: UUID, today: date) -> None:
    """The absence that stands gets its substitute; a suspension gets one for a month."""
    away = Substitution.objects.filter(
        absent_id=holder, valid_from__lte=today, valid_to__gt=today
    ).update(substitute_id=officer_id)
    if not away:
        insert(
            Substitution(
                absent_id=holder,
                substitute_id=officer_id,
                reason=REASON,
                valid_from=today,
                valid_to=today + WHILE_SUSPENDED,
            )
        )
