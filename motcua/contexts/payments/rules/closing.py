"""Chốt ngày: the sums of a day, and the name of everything that keeps two sums apart.

Three comparisons: cash in the books with what went through the tills, receipts with the money that
came, money by bank with the bank's statement. Each difference is one named part, and the parts add
up to it (property test).
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from motcua.contexts.payments.contracts.closing import Gap, LineKind, TillShift
from motcua.kernel.money import ZERO, Money

CAME = (LineKind.CASH_IN, LineKind.BANK_IN, LineKind.MOVED_IN)
LEFT = (LineKind.CASH_BACK, LineKind.BANK_BACK, LineKind.MOVED_OUT)
TAKEN_BACK = (LineKind.RECEIPT_VOID, LineKind.RECEIPT_LESS)
NEED_WORDS = frozenset({Gap.CASH_BESIDE_TILL})
BLOCKS = frozenset({Gap.TILL_OPEN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a day. on_statement: the bank's statement has it as well."""

    kind: LineKind
    item: UUID
    amount: Money
    at: datetime
    on: date
    reference: str = ""
    bill: str = ""
    on_statement: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A difference with its name. amount: what it adds to the difference of its two sums."""

    gap: Gap
    amount: Money
    item: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The whole of a day, on one page."""

    day: date
    entries: tuple[Entry, ...]
    tills: tuple[TillShift, ...]

    def sum(self, *kinds: LineKind) -> Money:
        return Money.total(one.amount for one in self.entries if one.kind in kinds)

    @property
    def came(self) -> Money:
        return self.sum(*CAME)

    @property
    def left(self) -> Money:
        return self.sum(*LEFT)

    @property
    def net(self) -> Money:
        return self.came - self.left

    @property
    def receipts(self) -> Money:
        return self.sum(LineKind.RECEIPT) - self.sum(*TAKEN_BACK)

    @property
    def cash(self) -> Money:
        """What the books say went through the tills that day itself."""
        own = tuple(one for one in self.entries if one.on == self.day)
        came = Money.total(one.amount for one in own if one.kind is LineKind.CASH_IN)
        return came - Money.total(one.amount for one in own if one.kind is LineKind.CASH_BACK)

    @property
    def taken(self) -> Money:
        return Money.total(one.taken for one in self.tills)

    @property
    def late(self) -> tuple[Entry, ...]:
        """Lines of days that are closed: adjustments, each with the day it belongs to."""
        return tuple(one for one in self.entries if one.on < self.day)

    @property
    def gaps(self) -> tuple[Named, ...]:
        return (
            *_of_tills(self),
            *_of_receipts(self.entries),
            *_of_bank(self.entries),
            *_late(self),
        )

    @property
    def blocked(self) -> bool:
        return any(one.gap in BLOCKS for one in self.gaps)

    @property
    def needs_words(self) -> bool:
        return any(one.gap in NEED_WORDS for one in self.gaps)

    @property
    def digest(self) -> str:
        """Changes with every line and every till."""
        said = sorted(f"{one.kind}:{one.item}:{int(one.amount)}" for one in self.entries)
        said += sorted(f"till:{one.id}:{int(one.taken)}:{one.counted}" for one in self.tills)
        return hashlib.sha256("\n".join(said).encode()).hexdigest()


def report(sheet: Sheet) -> dict[str, object]:
    """What is signed: sums, tills, names of differences; ids, codes and amounts only."""
    return {
        "sums": {kind.value: int(sheet.sum(kind)) for kind in LineKind},
        "lines": len(sheet.entries),
        "came": int(sheet.came),
        "left": int(sheet.left),
        "net": int(sheet.net),
        "receipts": int(sheet.receipts),
        "cash": int(sheet.cash),
        "taken": int(sheet.taken),
        "tills": [
            {
                "id": str(one.id),
                "cashier": str(one.cashier_id),
                "taken": int(one.taken),
                "counted": None if one.counted is None else int(one.counted),
                "difference": None if one.difference is None else int(one.difference),
                "reason": one.reason,
            }
            for one in sheet.tills
        ],
        "gaps": [
            {
                "gap": one.gap.value,
                "amount": int(one.amount),
                "item": one.item,
                "words": one.words,
            }
            for one in sheet.gaps
        ],
    }


def _of_tills(sheet: Sheet) -> Iterable[Named]:
    for till in sheet.tills:
        if till.counted is None:
            yield Named(gap=Gap.TILL_OPEN, amount=ZERO, item=str(till.id))
        elif till.difference:
            yield Named(
                gap=Gap.TILL_DIFFERS, amount=till.difference, item=str(till.id), words=till.reason
            )
    beside = sheet.taken - sheet.cash
    if beside:
        yield Named(gap=Gap.CASH_BESIDE_TILL, amount=beside)


def _of_receipts(entries: Iterable[Entry]) -> Iterable[Named]:
    """By bill: what its receipts say more, or less, than the money of the day."""
    came: dict[str, Money] = {}
    issued: dict[str, Money] = {}
    voided: dict[str, Money] = {}
    for one in entries:
        sums: Mapping[LineKind, dict[str, Money]] = {
            **dict.fromkeys(CAME, came),
            LineKind.RECEIPT: issued,
            **dict.fromkeys(TAKEN_BACK, voided),
        }
        if one.kind in sums:
            held = sums[one.kind]
            held[one.bill] = held.get(one.bill, ZERO) + one.amount
    for bill in sorted({*came, *issued, *voided}):
        rest = issued.get(bill, ZERO) - came.get(bill, ZERO)
        if rest > 0:
            yield Named(gap=Gap.EARLIER_PART, amount=rest, item=bill)
        elif rest < 0:
            gap = Gap.OVERPAID if bill in issued else Gap.PART_ONLY
            yield Named(gap=gap, amount=rest, item=bill)
        if bill in voided:
            yield Named(gap=Gap.VOIDED, amount=-voided[bill], item=bill)


def _of_bank(entries: Iterable[Entry]) -> Iterable[Named]:
    """One part: the statement of a day comes the morning after."""
    waiting = [one for one in entries if not one.on_statement]
    moved = Money.total(
        one.amount if one.kind is LineKind.BANK_IN else -one.amount for one in waiting
    )
    if waiting:
        yield Named(gap=Gap.NOT_ON_STATEMENT, amount=moved, words=str(len(waiting)))


def _late(sheet: Sheet) -> Iterable[Named]:
    for one in sheet.late:
        sign = -1 if one.kind in LEFT else 1
        yield Named(
            gap=Gap.LATE_LINE,
            amount=Money(sign * one.amount),
            item=one.reference,
            words=one.on.isoformat(),
        )


RECEIPT_GAPS = frozenset({Gap.EARLIER_PART, Gap.PART_ONLY, Gap.OVERPAID, Gap.VOIDED})
