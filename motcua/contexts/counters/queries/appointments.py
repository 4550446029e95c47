"""Reads of appointments: free times, one's own, the one with this code."""

from datetime import date, datetime, timedelta
from uuid import UUID

from motcua.contexts.counters.contracts.appointments import (
    AppointmentNotFound,
    AppointmentState,
    AppointmentView,
    Slot,
)
from motcua.contexts.counters.models import Appointment, Window
from motcua.contexts.counters.rules.queue_data import rule
from motcua.contexts.counters.rules.slots import seats_of, times_of
from motcua.contexts.organisations import public as organisations
from motcua.kernel.clock import city_date


def days(unit_id: UUID, *, now: datetime) -> tuple[date, ...]:
    """Days on which one may book: from tomorrow on, while the place is open."""
    calendar = organisations.opening_of(unit_id)
    ahead = (city_date(now) + timedelta(days=n) for n in range(1, rule().book_days + 1))
    return tuple(day for day in ahead if calendar.is_working_day(day))


def seats(unit_id: UUID) -> int:
    """By the windows that the desk has ever opened."""
    known = Window.objects.filter(unit_id=unit_id).count()
    return seats_of(known, share_percent=rule().seats_percent)


def slots(unit_id: UUID, day: date, *, now: datetime) -> tuple[Slot, ...]:
    """The times of a day that may be booked, with the seats left; none outside the days."""
    if day not in days(unit_id, now=now):
        return ()
    calendar = organisations.opening_of(unit_id, day)
    taken: dict[datetime, int] = {}
    held = Appointment.objects.filter(unit_id=unit_id, day=day)
    for at in held.exclude(state=AppointmentState.CANCELLED).values_list("starts_at", flat=True):
        taken[at] = taken.get(at, 0) + 1
    most = seats(unit_id)
    return tuple(
        Slot(starts_at=at, left=max(0, most - taken.get(at, 0)))
        for at in times_of(calendar, day, minutes=rule().slot_minutes)
    )


def free_seat(unit_id: UUID, starts_at: datetime, *, now: datetime) -> int | None:
    """The lowest seat nobody has; None when the time is full or is none."""
    day = city_date(starts_at)
    times = {one.starts_at for one in slots(unit_id, day, now=now) if one.left}
    if starts_at not in times:
        return None
    held = Appointment.objects.filter(unit_id=unit_id, starts_at=starts_at)
    taken = set(held.exclude(state=AppointmentState.CANCELLED).values_list("seat", flat=True))
    return min(seat for seat in range(len(taken) + 1) if seat not in taken)


def appointment_row(appointment_id: UUID) -> Appointment:
    """For whoever holds its address. Raises: AppointmentNotFound."""
    found = Appointment.objects.filter(pk=appointment_id).first()
    if found is None:
        raise AppointmentNotFound
    return found


def appointment(appointment_id: UUID) -> AppointmentView:
    """Raises: AppointmentNotFound."""
    return view(appointment_row(appointment_id))


def by_code(unit_id: UUID, code: str, *, now: datetime) -> Appointment:
    """Of today at this desk. Raises: AppointmentNotFound."""
    rows = Appointment.objects.filter(unit_id=unit_id, day=city_date(now), code=code)
    found = rows.first()
    if found is None:
        raise AppointmentNotFound(field="code")
    return found


def view(row: Appointment) -> AppointmentView:
    booked = row.state == AppointmentState.BOOKED
    return AppointmentView(
        id=row.id,
        unit_id=row.unit_id,
        group=row.group,
        day=row.day,
        starts_at=row.starts_at,
        until=row.starts_at + timedelta(minutes=rule().late_minutes),
        code=row.code,
        state=AppointmentState(row.state),
        may_move=booked and row.moves < rule().moves,
        ticket_id=row.ticket_id,
    )
