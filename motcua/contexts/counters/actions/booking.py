"""Hẹn giờ: book, move, give up, and come: a code at the kiosk becomes a ticket of that time."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError

from motcua.contexts.counters.actions.taking import next_number, phone_index
from motcua.contexts.counters.contracts.appointments import (
    AppointmentBooked,
    AppointmentHeldAlready,
    AppointmentOver,
    AppointmentState,
    BookAppointment,
    MovedTooOften,
    SlotTaken,
    TooEarly,
)
from motcua.contexts.counters.contracts.queue import (
    TicketChannel,
    TicketState,
    TicketTaken,
)
from motcua.contexts.counters.models import Appointment, Ticket
from motcua.contexts.counters.queries import appointments, queue
from motcua.contexts.counters.rules.queue_data import label_of, rule
from motcua.kernel import db
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date
from motcua.kernel.db import Stale, owns_transaction

TRIES = 5


def book(command: BookAppointment, *, actor: Actor, now: datetime) -> AppointmentBooked:
    """Raises: DeskNotFound, GroupUnknown, SlotTaken, AppointmentHeldAlready, PhoneNeeded."""
    for _try in range(TRIES):
        try:
            return _book(command, actor=actor, now=now)
        except IntegrityError:  # somebody took the seat or the code: look again
            continue
    raise SlotTaken


@owns_transaction
def _book(command: BookAppointment, *, actor: Actor, now: datetime) -> AppointmentBooked:
    unit = queue.desk_by_id(command.unit_id)
    queue.group(unit, command.group)
    row = Appointment(
        unit_id=unit.id,
        group=command.group,
        day=city_date(command.starts_at),
        starts_at=command.starts_at,
        seat=_seat(unit.id, command.starts_at, now),
        code=f"{secrets.randbelow(1_000_000):06d}",
        state=AppointmentState.BOOKED,
        booked_at=now,
    )
    _make_own(row, command, actor)
    db.insert(row)
    facts: dict[str, object] = {"group": row.group, "starts_at": row.starts_at.isoformat()}
    db.record(action="counters.book", subject=str(row.id), actor=actor, facts=facts)
    return AppointmentBooked(appointment_id=row.id)


def _seat(unit_id: UUID, starts_at: datetime, now: datetime) -> int:
    """Raises: SlotTaken."""
    seat = appointments.free_seat(unit_id, starts_at, now=now)
    if seat is None:
        raise SlotTaken(field="at")
    return seat


def _make_own(row: Appointment, command: BookAppointment, actor: Actor) -> None:
    held = Appointment.objects.filter(unit_id=row.unit_id, day=row.day).exclude(
        state=AppointmentState.CANCELLED
    )
    if actor.party_id is not None:
        row.person_id = actor.party_id
        held = held.filter(person_id__in=actor.party_ids)
    else:
        row.phone_index = phone_index(command.phone)
        held = held.filter(phone_index=row.phone_index)
    row.turn = held.count()
    if row.turn >= rule().tickets_a_day:
        raise AppointmentHeldAlready


@owns_transaction
def cancel_appointment(appointment_id: UUID, *, actor: Actor, now: datetime) -> None:
    """By whoever holds its address. Raises: AppointmentNotFound, AppointmentOver, Stale."""
    row = _booked(appointment_id)
    row.state = AppointmentState.CANCELLED
    db.change(row, "state", expecting={"state": AppointmentState.BOOKED})
    db.record(action="counters.cancel_appointment", subject=str(row.id), actor=actor)


def move_appointment(
    appointment_id: UUID, starts_at: datetime, *, actor: Actor, now: datetime
) -> None:
    """Raises: AppointmentNotFound, AppointmentOver, MovedTooOften, SlotTaken,

    AppointmentHeldAlready.
    """
    try:
        _move(appointment_id, starts_at, actor=actor, now=now)
    except (IntegrityError, Stale):  # the seat went, or another one is held that day
        raise SlotTaken(field="at") from None


@owns_transaction
def _move(appointment_id: UUID, starts_at: datetime, *, actor: Actor, now: datetime) -> None:
    row = _booked(appointment_id)
    if row.moves >= rule().moves:
        raise MovedTooOften
    before = row.moves
    row.seat = _seat(row.unit_id, starts_at, now)
    row.starts_at, row.day, row.moves = starts_at, city_date(starts_at), before + 1
    db.change(
        row, "seat", "starts_at", "day", "moves",
        expecting={"moves": before, "state": AppointmentState.BOOKED},
    )  # fmt: skip
    db.record(action="counters.move_appointment", subject=str(row.id), actor=actor)


def _booked(appointment_id: UUID) -> Appointment:
    row = appointments.appointment_row(appointment_id)
    if row.state != AppointmentState.BOOKED:
        raise AppointmentOver
    return row


@owns_transaction
def arrive(unit_id: UUID, code: str, *, actor: Actor, now: datetime) -> TicketTaken:
    """The code becomes a ticket that waits since the time of the appointment; nobody's, as any.

    Raises: AppointmentNotFound, AppointmentOver (late, given up or used), TooEarly, Stale.
    """
    row = appointments.by_code(unit_id, code, now=now)
    late = now > row.starts_at + timedelta(minutes=rule().late_minutes)
    if row.state != AppointmentState.BOOKED or late:
        raise AppointmentOver
    if now < row.starts_at - timedelta(minutes=rule().early_minutes):
        raise TooEarly
    ticket = _ticket(row, now)
    row.state, row.ticket_id = AppointmentState.ARRIVED, ticket.id
    db.insert(ticket)
    db.change(row, "state", "ticket_id", expecting={"state": AppointmentState.BOOKED})
    db.record(action="counters.arrive", subject=str(row.id), actor=actor)
    return TicketTaken(ticket_id=ticket.id, label=label_of(ticket.first_group, ticket.number))


def _ticket(row: Appointment, now: datetime) -> Ticket:
    return Ticket(
        unit_id=row.unit_id,
        day=row.day,
        group=row.group,
        first_group=row.group,
        number=next_number(row.unit_id, row.group, row.day),
        channel=TicketChannel.APPOINTMENT,
        state=TicketState.WAITING,
        priority=False,
        taken_at=now,
        queued_at=row.starts_at,
    )
