"""Bàn số: an officer sits down at a window, and leaves it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from motcua.contexts.counters.contracts.queue import (
    NoGroupChosen,
    NotAtThisDesk,
    WindowBusy,
    WindowNumberOdd,
    WindowOpened,
    WindowTaken,
)
from motcua.contexts.counters.models import Window
from motcua.contexts.counters.policies import SERVING
from motcua.contexts.counters.queries import queue
from motcua.kernel import db
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date
from motcua.kernel.db import Stale, owns_transaction

MOST = 99
SEAT = ("officer_id", "day", "opened_at", "current_id", "ahead_in_a_row")


def open_window(
    unit_id: UUID, *, number: int, groups: Iterable[str], actor: Actor, now: datetime
) -> WindowOpened:
    """Sit down at a window of one's desk; the seat of before is left by that.

    Raises: NotAtThisDesk, GroupUnknown, NoGroupChosen, WindowNumberOdd, WindowTaken, WindowBusy.
    """
    try:
        return _open(unit_id, number=number, groups=tuple(groups), actor=actor, now=now)
    except (IntegrityError, Stale):  # two sat down at once
        raise WindowTaken from None


@owns_transaction
def _open(
    unit_id: UUID, *, number: int, groups: tuple[str, ...], actor: Actor, now: datetime
) -> WindowOpened:
    if actor.officer_id is None or unit_id not in actor.unit_ids(*SERVING):
        raise NotAtThisDesk
    if not 1 <= number <= MOST:
        raise WindowNumberOdd(field="number")
    unit = queue.desk_by_id(unit_id)
    letters = [queue.group(unit, letter).letter for letter in dict.fromkeys(groups)]
    if not letters:
        raise NoGroupChosen(field="groups")
    _leave_seats(actor.officer_id, but=number, unit_id=unit_id, now=now)
    row = _seat(unit_id, number, now)
    taken = row.officer_id not in {None, actor.officer_id} and row.day == city_date(now)
    if taken:
        raise WindowTaken(field="number")
    _sit_down(row, letters, actor, now)
    facts: dict[str, object] = {"number": number, "groups": letters}
    db.record(action="counters.open_window", subject=str(row.id), actor=actor, facts=facts)
    return WindowOpened(window_id=row.id, number=number)


def _seat(unit_id: UUID, number: int, now: datetime) -> Window:
    found = Window.objects.filter(unit_id=unit_id, number=number).first()
    if found is None:
        found = Window(unit_id=unit_id, number=number)
        db.insert(found)
    return found


def _sit_down(row: Window, letters: list[str], actor: Actor, now: datetime) -> None:
    """What stood at the window yesterday is over."""
    today = city_date(now)
    expecting: dict[str, object] = {"officer_id": row.officer_id}
    if row.day != today:
        row.current_id, row.ahead_in_a_row = None, 0
    if row.officer_id != actor.officer_id or row.day != today:
        row.officer_id, row.day, row.opened_at = actor.officer_id, today, now
    row.groups = letters
    db.change(row, *SEAT, "groups", expecting=expecting)


def _leave_seats(officer_id: UUID, *, but: int, unit_id: UUID, now: datetime) -> None:
    """Raises: WindowBusy while a ticket of today is at the other window."""
    for seat in Window.objects.filter(officer_id=officer_id):
        if (seat.unit_id, seat.number) == (unit_id, but):
            continue
        if seat.current_id and seat.day == city_date(now):
            raise WindowBusy
        _leave(seat)
    db.current().flush()  # one officer has one seat: the old one goes first


def _leave(seat: Window) -> None:
    expecting: dict[str, object] = {"officer_id": seat.officer_id, "current_id": seat.current_id}
    seat.officer_id = seat.day = seat.opened_at = seat.current_id = None
    seat.ahead_in_a_row = 0
    db.change(seat, *SEAT, expecting=expecting)


@owns_transaction
def close_window(*, actor: Actor, now: datetime) -> None:
    """Leave the window. Raises: WindowNotFound, WindowBusy, Stale."""
    row = queue.own_window_row(actor, now=now)
    if row.current_id:
        raise WindowBusy
    _leave(row)
    db.record(action="counters.close_window", subject=str(row.id), actor=actor)
