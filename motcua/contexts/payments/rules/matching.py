"""Đối soát sao kê: pair the lines of statements with our books, give the rest one name each.

Lines meet by the bank's number, then by the code of the bill, then by amount, day and words. Every
line of both sides ends in exactly one pair or one difference, so that the differences add up to
what the two sides differ by (property test).
"""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from motcua.contexts.payments.rules.codes import PREFIX, codes_in
from motcua.contexts.payments.rules.reconciliation import Difference, of_amounts
from motcua.contexts.payments.rules.settlement import Bill
from motcua.contexts.payments.rules.statements import Side
from motcua.kernel.money import ZERO, Money

APART = timedelta(days=3)  # between the day of the bank and ours, when only words and amount agree
PATIENCE = timedelta(days=3)  # how long a statement may lag behind what the bank told us
_ALMOST_A_CODE = re.compile(rf"{PREFIX}[0-9A-Z]{{8,}}")


class Booked(StrEnum):
    """What stands in our books: a credit, a refund that left, one that was only ordered."""

    CREDIT = "CREDIT"
    REFUND = "REFUND"
    ORDER = "ORDER"


class Remedy(StrEnum):
    """What settles a difference. NONE: it is explained by itself."""

    NONE = "NONE"
    BOOK = "BOOK"
    BOOK_REST = "BOOK_REST"
    BOOK_FEE = "BOOK_FEE"
    NOTE_PAID = "NOTE_PAID"
    ASK = "ASK"


REMEDIES: dict[Difference, Remedy] = {
    Difference.NEVER_TOLD: Remedy.BOOK,
    Difference.UNKNOWN_PAYER: Remedy.BOOK,
    Difference.WRONG_CODE: Remedy.BOOK,
    Difference.PAID_TWICE: Remedy.BOOK,
    Difference.AFTER_CANCEL: Remedy.BOOK,
    Difference.REFUND_RETURNED: Remedy.BOOK,
    Difference.TOLD_LOW: Remedy.BOOK_REST,
    Difference.BANK_FEE: Remedy.BOOK_FEE,
    Difference.CHARGE: Remedy.BOOK_FEE,
    Difference.REFUND_NOT_TOLD: Remedy.NOTE_PAID,
    Difference.REFUND_ON_ITS_WAY: Remedy.NONE,
    Difference.NOT_YET_ARRIVED: Remedy.NONE,
    Difference.NOT_AT_BANK: Remedy.ASK,
    Difference.TOLD_HIGH: Remedy.ASK,
    Difference.OTHER_MEMO: Remedy.ASK,
    Difference.LISTED_TWICE: Remedy.ASK,
    Difference.RETURNED: Remedy.ASK,
    Difference.OTHER_REFUND: Remedy.ASK,
    Difference.UNKNOWN_OUT: Remedy.ASK,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BankLine:
    """A line of a statement. bill: what the code in its words names, None for nothing."""

    key: Hashable
    side: Side
    amount: Money
    on: date
    memo: str = ""
    references: frozenset[str] = frozenset()
    fee: Money = ZERO
    fee_booked: bool = False
    is_reversal: bool = False
    is_charge: bool = False
    bill: Bill | None = None

    @property
    def signed(self) -> Money:
        return self.amount if self.side is Side.IN else -self.amount


@dataclass(frozen=True, slots=True, kw_only=True)
class BookLine:
    """A credit or a refund of our books. An ORDER is known but not booked, so it counts nothing."""

    key: Hashable
    kind: Booked
    amount: Money
    on: date
    memo: str = ""
    references: frozenset[str] = frozenset()

    @property
    def side(self) -> Side:
        return Side.IN if self.kind is Booked.CREDIT else Side.OUT

    @property
    def signed(self) -> Money:
        if self.kind is Booked.ORDER:
            return ZERO
        return self.amount if self.side is Side.IN else -self.amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One line of either side, or a pair, with its name; name None: the two agree."""

    bank: BankLine | None
    book: BookLine | None
    name: Difference | None

    @property
    def item(self) -> str:
        """Which line it is: that of the bank if there is one."""
        line = self.bank or self.book
        return str(line.key) if line else ""

    @property
    def ours(self) -> Money:
        """What our books count for it; a fee of the bank that was booked is taken off."""
        booked = self.book.signed if self.book else ZERO
        if self.bank is not None and self.bank.fee_booked:
            return booked - (self.bank.amount if self.bank.is_charge else self.bank.fee)
        return booked

    @property
    def theirs(self) -> Money:
        return self.bank.signed if self.bank else ZERO


Pair = tuple[BankLine, BookLine]


def pair(bank: Iterable[BankLine], book: Iterable[BookLine]) -> tuple[Pair, ...]:
    """One line of the bank with one of ours, each at most once; the surest way first."""
    left_bank, left_book = list(bank), list(book)
    pairs: list[Pair] = []
    for meets in (_by_reference, _by_code, _by_words):
        made = meets(left_bank, left_book)
        pairs += made
        gone = {id(one) for both in made for one in both}
        left_bank = [one for one in left_bank if id(one) not in gone]
        left_book = [one for one in left_book if id(one) not in gone]
    return tuple(pairs)


def explain_pair(bank: BankLine, book: BookLine) -> Difference | None:
    """Why two lines that belong together are not equal; None when they are."""
    if book.kind is Booked.ORDER:
        return Difference.REFUND_NOT_TOLD if bank.amount == book.amount else Difference.OTHER_REFUND
    taken = bank.fee if bank.side is Side.IN else -bank.fee
    if bank.amount == book.amount and not bank.fee_booked:
        return _of_words(bank, book)
    if bank.fee and bank.amount + taken == book.amount:
        return None if bank.fee_booked else Difference.BANK_FEE
    if bank.side is Side.OUT:
        return Difference.OTHER_REFUND
    return of_amounts(book.amount, bank.amount)


def explain_bank(line: BankLine, known: frozenset[str] = frozenset()) -> Difference | None:
    """Why our books lack a line of the bank; None for a charge that is booked.

    known: the numbers of lines that have met their match, to tell what is listed twice.
    """
    if line.side is Side.OUT:
        return _unknown_out(line, known)
    if line.references & known:
        return Difference.LISTED_TWICE
    if line.is_reversal:
        return Difference.REFUND_RETURNED
    if line.bill is not None:
        return _of_bill(line.bill)
    almost = _ALMOST_A_CODE.search(_squeezed(line.memo))
    return Difference.WRONG_CODE if almost else Difference.UNKNOWN_PAYER


def explain_book(line: BookLine, day: date) -> Difference | None:
    """Why the bank lacks a line of ours at the end of that day; None for a mere order."""
    if line.kind is Booked.ORDER:
        return None
    if day - line.on > PATIENCE:
        return Difference.NOT_AT_BANK
    if line.kind is Booked.REFUND:
        return Difference.REFUND_ON_ITS_WAY
    return Difference.NOT_YET_ARRIVED


def lay_beside(
    bank: Sequence[BankLine],
    book: Sequence[BookLine],
    day: date,
    known: frozenset[str] = frozenset(),
) -> tuple[Found, ...]:
    """Both sides as they stand at the end of a day: every line once, in a pair or alone.

    known: numbers of lines that met their match before.
    """
    pairs = pair(bank, book)
    met = {id(one) for both in pairs for one in both}
    known |= frozenset(name for theirs, _ours in pairs for name in theirs.references)
    found = [Found(bank=b, book=o, name=explain_pair(b, o)) for b, o in pairs]
    found += [
        Found(bank=one, book=None, name=explain_bank(one, known))
        for one in bank
        if id(one) not in met
    ]
    found += [
        Found(bank=None, book=one, name=explain_book(one, day))
        for one in book
        if id(one) not in met
    ]
    return tuple(found)


def _unknown_out(line: BankLine, known: frozenset[str]) -> Difference | None:
    if line.is_charge:
        return None if line.fee_booked else Difference.CHARGE
    if line.is_reversal:
        return Difference.RETURNED
    return Difference.LISTED_TWICE if line.references & known else Difference.UNKNOWN_OUT


def _of_bill(bill: Bill) -> Difference:
    if bill.cancelled:
        return Difference.AFTER_CANCEL
    return (
        Difference.NEVER_TOLD if bill.outstanding and not bill.refunded else Difference.PAID_TWICE
    )


def _of_words(bank: BankLine, book: BookLine) -> Difference | None:
    theirs, ours = codes_in(bank.memo), codes_in(book.memo)
    return Difference.OTHER_MEMO if theirs and ours and theirs != ours else None


def _by_reference(bank: Sequence[BankLine], book: Sequence[BookLine]) -> list[Pair]:
    """The bank's number of a transaction, or the number that we gave our order."""
    ours: dict[tuple[Side, str], BookLine] = {}
    for line in book:
        for name in line.references:
            ours.setdefault((line.side, name), line)
    taken: set[int] = set()
    pairs = []
    for theirs in bank:
        names = (ours.get((theirs.side, name)) for name in sorted(theirs.references))
        found = next((one for one in names if one and id(one) not in taken), None)
        if found is not None and not theirs.is_reversal:
            taken.add(id(found))
            pairs.append((theirs, found))
    return pairs


def _by_code(bank: Sequence[BankLine], book: Sequence[BookLine]) -> list[Pair]:
    """The same bill and amount, days apart at most, and nothing else that fits as well."""

    def of(line: BankLine | BookLine) -> Hashable | None:
        codes = codes_in(line.memo)
        return (line.side, line.amount, codes[0]) if codes else None

    return _alone(bank, book, of)


def _by_words(bank: Sequence[BankLine], book: Sequence[BookLine]) -> list[Pair]:
    """The same words, amount and day, where neither side has a second such line."""

    def of(line: BankLine | BookLine) -> Hashable | None:
        words = _squeezed(line.memo)
        return (line.side, line.amount, line.on, words) if words else None

    return _alone(bank, book, of)


def _alone(
    bank: Sequence[BankLine],
    book: Sequence[BookLine],
    of: Callable[[BankLine | BookLine], Hashable | None],
) -> list[Pair]:
    """Pairs of which each side has exactly one: two equal candidates are for a person."""
    theirs, ours = defaultdict(list), defaultdict(list)
    for one in bank:
        if not one.is_reversal and not one.is_charge:
            theirs[of(one)].append(one)
    for other in book:
        ours[of(other)].append(other)
    return [
        (theirs[key][0], ours[key][0])
        for key in theirs
        if key is not None
        and len(theirs[key]) == 1
        and len(ours.get(key, ())) == 1
        and abs(theirs[key][0].on - ours[key][0].on) <= APART
    ]


def _squeezed(memo: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", memo.upper())
