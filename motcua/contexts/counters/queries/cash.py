"""Reads of the till: one's own shift, those of the desk."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from motcua.contexts.counters.contracts.cash import (
    CashLineView,
    ShiftNotFound,
    ShiftState,
    ShiftView,
)
from motcua.contexts.counters.models import CashLine, CashShift
from motcua.contexts.counters.policies import ShiftPolicy
from motcua.contexts.payments.contracts.closing import TillShift
from motcua.kernel import access
from motcua.kernel.actors import Actor
from motcua.kernel.money import Money

SHOWN = 30


def open_shift_row(actor: Actor) -> CashShift | None:
    """The shift in which the actor takes money, of whatever day."""
    if actor.officer_id is None:
        return None
    rows = CashShift.objects.filter(officer_id=actor.officer_id, counted_at__isnull=True)
    return rows.first()


def _visible(actor: Actor, now: datetime) -> "QuerySet[CashShift]":
    return access.visible(CashShift.objects.all(), actor, ShiftPolicy, now=now)


def shift_row(shift_id: UUID, actor: Actor, *, now: datetime) -> CashShift:
    """Raises: ShiftNotFound."""
    found = _visible(actor, now).filter(pk=shift_id).first()
    if found is None:
        raise ShiftNotFound
    return found


def own_shift_row(shift_id: UUID, actor: Actor, *, now: datetime) -> CashShift:
    """Raises: ShiftNotFound for a shift of somebody else."""
    row = shift_row(shift_id, actor, now=now)
    if row.officer_id != actor.officer_id:
        raise ShiftNotFound
    return row


def shift(shift_id: UUID, actor: Actor, *, now: datetime) -> ShiftView:
    """Raises: ShiftNotFound."""
    return view(shift_row(shift_id, actor, now=now))


def open_shift(actor: Actor) -> ShiftView | None:
    row = open_shift_row(actor)
    return view(row) if row else None


def shifts(actor: Actor, *, now: datetime) -> tuple[ShiftView, ...]:
    """The last ones of the desks, newest first."""
    return tuple(view(row) for row in _visible(actor, now).order_by("-opened_at", "-id")[:SHOWN])


def lines(shift_id: UUID, actor: Actor, *, now: datetime) -> tuple[CashLineView, ...]:
    """What went through the till, in order. Raises: ShiftNotFound."""
    row = shift_row(shift_id, actor, now=now)
    return tuple(
        CashLineView(reference=one.reference, amount_dong=one.amount_dong, at=one.at)
        for one in CashLine.objects.filter(shift=row).order_by("at", "id")
    )


def shifts_of_day(unit_id: UUID, day: date) -> tuple[TillShift, ...]:
    """For whoever closes the day of the unit: what went through its tills, and what was counted.

    Nothing counts as counted before two people have signed.
    """
    return tuple(
        TillShift(
            id=row.id,
            cashier_id=row.officer_id,
            taken=Money(row.taken_dong),
            counted=Money(row.counted_dong or 0) if row.witnessed_at else None,
            difference=Money(row.difference_dong or 0) if row.witnessed_at else None,
            reason=row.reason,
        )
        for row in CashShift.objects.filter(unit_id=unit_id, day=day).order_by("opened_at", "id")
    )


def state_of(row: CashShift) -> ShiftState:
    if row.handed_at:
        return ShiftState.HANDED
    if row.witnessed_at:
        return ShiftState.SIGNED
    return ShiftState.COUNTED if row.counted_at else ShiftState.OPEN


def view(row: CashShift) -> ShiftView:
    return ShiftView(
        id=row.id,
        unit_id=row.unit_id,
        officer_id=row.officer_id,
        day=row.day,
        state=state_of(row),
        opened_at=row.opened_at,
        float_dong=row.float_dong,
        taken_dong=row.taken_dong,
        expected_dong=row.float_dong + row.taken_dong,
        notes=tuple(sorted(((int(v), m) for v, m in row.notes.items()), reverse=True)),
        counted_dong=row.counted_dong or 0,
        difference_dong=row.difference_dong or 0,
        reason=row.reason,
        counted_at=row.counted_at,
        witness_id=row.witness_id,
        witnessed_at=row.witnessed_at,
        receiver_id=row.receiver_id,
        handed_at=row.handed_at,
    )
