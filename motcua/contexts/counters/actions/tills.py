"""Ca thu tiền: opened with a float, counted note by note, signed by two, handed on."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from motcua.contexts.counters.contracts.cash import (
    CountShift,
    DifferenceUnexplained,
    FloatOdd,
    NoOpenShift,
    NotesOdd,
    SecondPersonNeeded,
    ShiftCounted,
    ShiftMoved,
    ShiftOpenAlready,
    ShiftOpened,
    ShiftState,
)
from motcua.contexts.counters.contracts.queue import NotAtThisDesk
from motcua.contexts.counters.models import CashLine, CashShift
from motcua.contexts.counters.policies import CASHIERS
from motcua.contexts.counters.queries import cash
from motcua.contexts.counters.rules.denominations import counted
from motcua.kernel import db
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date
from motcua.kernel.db import Stale, joins_transaction, owns_transaction

MOST_FLOAT = 100_000_000
LONGEST_REASON = 300


def open_shift(unit_id: UUID, *, float_dong: int, actor: Actor, now: datetime) -> ShiftOpened:
    """Raises: NotAtThisDesk, FloatOdd, ShiftOpenAlready."""
    try:
        return _open(unit_id, float_dong=float_dong, actor=actor, now=now)
    except IntegrityError:  # a second press
        raise ShiftOpenAlready from None


@owns_transaction
def _open(unit_id: UUID, *, float_dong: int, actor: Actor, now: datetime) -> ShiftOpened:
    if actor.officer_id is None or not actor.holds(unit_id, CASHIERS):
        raise NotAtThisDesk
    if not 0 <= float_dong <= MOST_FLOAT:
        raise FloatOdd(field="float")
    if cash.open_shift_row(actor) is not None:
        raise ShiftOpenAlready
    row = CashShift(
        unit_id=unit_id,
        officer_id=actor.officer_id,
        day=city_date(now),
        opened_at=now,
        float_dong=float_dong,
    )
    db.insert(row)
    facts: dict[str, object] = {"float": float_dong}
    db.record(action="counters.open_shift", subject=str(row.id), actor=actor, facts=facts)
    return ShiftOpened(shift_id=row.id)


@joins_transaction
def note_cash(
    reference: str, amount_dong: int, *, unit_id: UUID | None, actor: Actor, now: datetime
) -> None:
    """Payments books cash: it goes through this actor's till, or not at all.

    unit_id: where, if payments knows. Raises: NoOpenShift, Stale.
    """
    shift = cash.open_shift_row(actor)
    elsewhere = shift is not None and unit_id is not None and shift.unit_id != unit_id
    if shift is None or elsewhere or shift.day != city_date(now):
        raise NoOpenShift
    before = shift.taken_dong
    shift.taken_dong = before + amount_dong
    db.insert(CashLine(shift_id=shift.id, reference=reference, amount_dong=amount_dong, at=now))
    db.change(shift, "taken_dong", expecting={"taken_dong": before, "counted_at": None})


def count_shift(command: CountShift, *, actor: Actor, now: datetime) -> ShiftCounted:
    """The cashier counts and signs; from now on nothing is taken in this shift.

    Raises: ShiftNotFound, NotesOdd, DifferenceUnexplained, ShiftMoved.
    """
    try:
        return _count(command, actor=actor, now=now)
    except Stale:
        raise ShiftMoved from None


@owns_transaction
def _count(command: CountShift, *, actor: Actor, now: datetime) -> ShiftCounted:
    row = cash.own_shift_row(command.shift_id, actor, now=now)
    if row.counted_at is not None or row.taken_dong != command.seen_dong:
        raise ShiftMoved
    total = counted(dict(command.notes))
    if total is None:
        raise NotesOdd
    difference = total - row.float_dong - row.taken_dong
    reason = command.reason.strip()[:LONGEST_REASON]
    if difference and not reason:
        raise DifferenceUnexplained(field="reason")
    row.notes = {str(value): many for value, many in command.notes if many}
    row.counted_dong, row.difference_dong, row.counted_at = total, difference, now
    row.reason = reason if difference else ""
    db.change(
        row, "notes", "counted_dong", "difference_dong", "counted_at", "reason",
        expecting={"taken_dong": command.seen_dong, "counted_at": None},
    )  # fmt: skip
    facts: dict[str, object] = {"counted": total, "difference": difference}
    db.record(action="counters.count_shift", subject=str(row.id), actor=actor, facts=facts)
    return ShiftCounted(shift_id=row.id, difference_dong=difference)


@owns_transaction
def sign_shift(shift_id: UUID, *, agreed: bool, actor: Actor, now: datetime) -> None:
    """The second person has counted too: signs, or sends it back to be counted again.

    Raises: ShiftNotFound, SecondPersonNeeded, ShiftMoved, Stale.
    """
    row = _of_another(shift_id, ShiftState.COUNTED, actor, now)
    counted_at = row.counted_at
    if agreed:
        row.witness_id, row.witnessed_at = actor.officer_id, now
        db.change(
            row, "witness_id", "witnessed_at",
            expecting={"counted_at": counted_at, "witness_id": None},
        )  # fmt: skip
    else:
        _back_to_counting(row, actor)
    facts: dict[str, object] = {"agreed": agreed}
    db.record(action="counters.sign_shift", subject=str(row.id), actor=actor, facts=facts)


def _back_to_counting(row: CashShift, actor: Actor) -> None:
    """Raises: ShiftOpenAlready when the cashier has begun another shift meanwhile."""
    later = CashShift.objects.filter(officer_id=row.officer_id, counted_at__isnull=True)
    if later.exists():
        raise ShiftOpenAlready("Người thu đã mở ca mới, nên ca này không đếm lại được.")
    counted_at = row.counted_at
    row.counted_at = row.counted_dong = row.difference_dong = None
    row.notes, row.reason = {}, ""
    db.change(
        row, "counted_at", "counted_dong", "difference_dong", "notes", "reason",
        expecting={"counted_at": counted_at, "witness_id": None},
    )  # fmt: skip


@owns_transaction
def take_money(shift_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Whoever takes the money over says so. Raises: ShiftNotFound, SecondPersonNeeded,

    ShiftMoved, Stale.
    """
    row = _of_another(shift_id, ShiftState.SIGNED, actor, now)
    row.receiver_id, row.handed_at = actor.officer_id, now
    db.change(row, "receiver_id", "handed_at", expecting={"receiver_id": None})
    facts: dict[str, object] = {"amount": row.counted_dong}
    db.record(action="counters.take_money", subject=str(row.id), actor=actor, facts=facts)


def _of_another(shift_id: UUID, state: ShiftState, actor: Actor, now: datetime) -> CashShift:
    row = cash.shift_row(shift_id, actor, now=now)
    if actor.officer_id is None or row.officer_id == actor.officer_id:
        raise SecondPersonNeeded
    if cash.state_of(row) is not state:
        raise ShiftMoved
    return row
