"""Xử lý khác biệt, chốt ngày: each difference is settled by a booking or by an answer."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from motcua.contexts.payments.actions.bookkeeping import book
from motcua.contexts.payments.actions.ordering import note_told
from motcua.contexts.payments.actions.receiving import receive_bank_credit
from motcua.contexts.payments.actions.statements import collectors_only, match_lines
from motcua.contexts.payments.contracts import (
    BankAnswer,
    BankCredit,
    BankDayMoved,
    DifferenceGone,
    ReasonNeeded,
    RefundTold,
    StillUnexplained,
)
from motcua.contexts.payments.models import BankDayClosing, DifferenceNote, StatementEntry
from motcua.contexts.payments.queries import statements as reading
from motcua.contexts.payments.queries.bank_days import BankDay, DayDifference, bank_day
from motcua.contexts.payments.rules import journal
from motcua.contexts.payments.rules.journal import EntryKind
from motcua.contexts.payments.rules.matching import Remedy
from motcua.contexts.payments.rules.reconciliation import CORRECTION, Difference
from motcua.contexts.payments.rules.statements import Side
from motcua.kernel import idempotency
from motcua.kernel.actors import Actor
from motcua.kernel.db import change, owns_transaction, record
from motcua.kernel.errors import Conflict
from motcua.kernel.money import Money
from motcua.kernel.text import nfc

LONGEST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """How many differences were booked; left: somebody or something else settled them first."""

    number: int
    left: int


def settle(
    day: date, item: str, name: str, *, said: str, actor: Actor, now: datetime
) -> Difference:
    """Do what settles one difference of a day, if it still is there.

    said: the answer of the bank, where nothing can be booked. Raises: CollectorsOnly,
    DifferenceGone, ReasonNeeded, and what booking raises.
    """
    collectors_only(actor)
    one = _difference(day, item, name)
    if one.remedy is Remedy.ASK:
        note_difference(day, item, one.name, said=said, actor=actor, now=now)
        return one.name
    _book(one, actor=actor, now=now)
    match_day(day, actor=actor, now=now)
    return one.name


def settle_all(day: date, *, actor: Actor, now: datetime) -> Settled:
    """Book every difference of a day that needs no words; one after the other, each for itself.

    The day is read once: what one booking makes of another line (a second payment of a bill that
    the first has just paid) changes under which name that line is booked, not whether.
    Raises: CollectorsOnly.
    """
    collectors_only(actor)
    key, done = idempotency.current_key(), 0
    waiting = [
        one for one in bank_day(day).differences if one.is_open and one.remedy is not Remedy.ASK
    ]
    for one in waiting:
        try:
            with idempotency.using(f"{key}:{one.item}" if key else ""):
                _book(one, actor=actor, now=now)
            done += 1
        except Conflict:
            continue  # settled meanwhile; what it left stands on the page
    if waiting:
        match_day(day, actor=actor, now=now)
    return Settled(number=done, left=len(waiting) - done)


def _book(one: DayDifference, *, actor: Actor, now: datetime) -> None:
    """Raises: DifferenceGone, RepeatedWithOtherContent."""
    if one.remedy in (Remedy.BOOK, Remedy.BOOK_REST):
        receive_bank_credit(_credit(one), actor=actor, now=now)
    elif one.remedy is Remedy.NOTE_PAID:
        note_told(_told(one), actor=actor, now=now)
    elif one.remedy is Remedy.BOOK_FEE:
        book_fee(_entry_id(one), actor=actor, now=now)


@owns_transaction
def match_day(day: date, *, actor: Actor, now: datetime) -> None:
    """Write down what meets now on that day."""
    match_lines(day, day, now=now)
    record(action="payments.match_day", subject=day.isoformat(), actor=actor)


@owns_transaction
def book_fee(entry_id: UUID, *, actor: Actor, now: datetime) -> None:
    """The bank kept something for itself. Raises: CollectorsOnly, DifferenceGone."""
    collectors_only(actor)
    entry = reading.entry_for_update(entry_id)
    if entry is None or entry.fee_booked_at is not None:
        raise DifferenceGone
    amount = Money(entry.amount_dong if entry.is_charge else entry.fee_dong)
    book(
        EntryKind.BANK_FEE,
        journal.bank_fee(amount),
        reference=entry.key,
        invoice=None,
        happened_at=entry.booked_at,
        now=now,
    )
    entry.fee_booked_at = now
    change(entry, "fee_booked_at")
    record(
        action="payments.book_bank_fee",
        subject=str(entry.id),
        actor=actor,
        facts={"amount": int(amount)},
    )


@owns_transaction
def note_difference(
    day: date, item: str, name: Difference, *, said: str, actor: Actor, now: datetime
) -> None:
    """What the bank answered. Raises: CollectorsOnly, ReasonNeeded."""
    collectors_only(actor)
    words = nfc(said)[:LONGEST]
    if not words:
        raise ReasonNeeded(field="said")
    note = DifferenceNote(
        item=item, difference=name, said=words, noted_at=now, noted_by_id=actor.account_id
    )
    if not reading.kept_once(note):
        raise DifferenceGone
    record(
        action="payments.note_difference",
        subject=item,
        actor=actor,
        facts={"difference": name.value, "day": day.isoformat()},
    )


@owns_transaction
def close_day(day: date, *, actor: Actor, now: datetime) -> None:
    """Sign off a day of the account. Raises: CollectorsOnly, StillUnexplained, BankDayMoved."""
    collectors_only(actor)
    if reading.closing_for_update(day) is not None:
        raise BankDayMoved
    span = reading.covered()
    if span is None or not span[0] <= day <= span[1]:
        raise StillUnexplained("Chưa có sao kê của ngày này. Bạn nhập sao kê trước.")
    match_lines(day, day, now=now)
    found = bank_day(day)
    if found.open_number:
        raise StillUnexplained(
            f"Còn {found.open_number} khác biệt chưa xử lý. Bạn xử lý từng dòng rồi chốt."
        )
    signed = BankDayClosing(
        day=day, report=_report(found), closed_at=now, closed_by_officer_id=actor.officer_id
    )
    if not reading.kept_once(signed):
        raise BankDayMoved
    record(
        action="payments.close_bank_day",
        subject=day.isoformat(),
        actor=actor,
        facts={"matched": found.matched, "explained": len(found.differences)},
    )


@owns_transaction
def reopen_day(day: date, *, reason: str, actor: Actor, now: datetime) -> None:
    """Raises: CollectorsOnly, ReasonNeeded, BankDayMoved."""
    collectors_only(actor)
    words = nfc(reason)[:LONGEST]
    if not words:
        raise ReasonNeeded(field="reason")
    row = reading.closing_for_update(day)
    if row is None:
        raise BankDayMoved
    row.reopened_at, row.reopened_by_officer_id = now, actor.officer_id
    row.reopen_reason = words
    change(row, "reopened_at", "reopened_by_officer_id", "reopen_reason")
    record(action="payments.reopen_bank_day", subject=day.isoformat(), actor=actor)


def _difference(day: date, item: str, name: str) -> DayDifference:
    """Raises: DifferenceGone."""
    found = (one for one in bank_day(day).differences if one.item == item and one.is_open)
    one = next(found, None)
    if one is None or one.name != name:
        raise DifferenceGone
    return one


def _entry_id(one: DayDifference) -> UUID:
    return UUID(one.item.partition(":")[2])


def _entry(one: DayDifference) -> StatementEntry:
    """Raises: DifferenceGone."""
    row = reading.entry_of(_entry_id(one))
    if row is None:
        raise DifferenceGone
    return row


def _credit(one: DayDifference) -> BankCredit:
    """What the bank has and our books lack."""
    row = _entry(one)
    told = BankCredit(
        transaction_id=row.reference,
        amount=Money(row.amount_dong),
        memo=row.memo,
        booked_at=row.booked_at,
    )
    if one.remedy is Remedy.BOOK:
        return told
    rest = one.found.theirs - one.found.ours
    known = one.found.book
    number = sorted(known.references)[0] if known else row.reference
    return replace(told, transaction_id=f"{number}{CORRECTION}", amount=rest)


def _told(one: DayDifference) -> RefundTold:
    """The statement itself says that our order was done. Raises: DifferenceGone."""
    row, ours = _entry(one), one.found.book
    if ours is None or row.side != Side.OUT:
        raise DifferenceGone
    return RefundTold(
        order=reading.order_of(UUID(str(ours.key).partition(":")[2])),
        amount=Money(row.amount_dong),
        answer=BankAnswer.DONE,
        reference=row.reference,
    )


def _report(found: BankDay) -> dict[str, object]:
    """What was signed: sums, and each difference by its name. Ids, codes and amounts only."""
    return {
        "opening": None if found.opening is None else int(found.opening),
        "came": int(found.came),
        "left": int(found.left),
        "lines": found.lines,
        "matched": found.matched,
        "ours": int(found.ours),
        "gap": int(found.gap),
        "differences": [
            {
                "item": one.item,
                "name": one.name.value,
                "ours": int(one.found.ours),
                "theirs": int(one.found.theirs),
            }
            for one in found.differences
        ],
    }
