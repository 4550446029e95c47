"""Đối soát với ngân hàng: compare two lists of credits and explain every difference."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from motcua.contexts.payments.contracts import BankCredit
from motcua.kernel.money import ZERO, Money

CORRECTION = "+"  # ends the number of a credit that completes what a callback told too low


class Difference(StrEnum):
    """Why our books and the bank's list disagree on one transaction."""

    NEVER_TOLD = "NEVER_TOLD"  # the bank has it, its callback never reached us
    NOT_AT_BANK = "NOT_AT_BANK"  # we booked it, the bank's list of the period lacks it
    TOLD_LOW = "TOLD_LOW"  # its callback said less than its list
    TOLD_HIGH = "TOLD_HIGH"  # its callback said more than its list
    OTHER_MEMO = "OTHER_MEMO"
    LISTED_TWICE = "LISTED_TWICE"  # the bank's own list repeats the transaction


EXPLANATIONS: dict[Difference, str] = {
    Difference.NEVER_TOLD: "Ngân hàng có giao dịch này nhưng chưa báo. Sẽ ghi sổ ngay.",
    Difference.NOT_AT_BANK: "Sổ có giao dịch này, danh sách ngân hàng không có. Hỏi ngân hàng.",
    Difference.TOLD_LOW: "Ngân hàng báo thiếu tiền. Sẽ ghi thêm phần chênh ngay.",
    Difference.TOLD_HIGH: "Ngân hàng báo nhiều hơn số đã nhận. Hỏi ngân hàng.",
    Difference.OTHER_MEMO: "Hai bên ghi nội dung khác nhau. Tiền khớp, chỉ cần xem lại.",
    Difference.LISTED_TWICE: "Danh sách ngân hàng ghi giao dịch này hai lần. Sổ chỉ ghi một lần.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One difference: both sides as they stand, and what it means."""

    transaction_id: str
    difference: Difference
    ours: Money | None
    theirs: Money | None

    @property
    def sentence(self) -> str:
        return EXPLANATIONS[self.difference]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """The outcome of one period."""

    matched: int
    ours_total: Money
    theirs_total: Money
    differences: tuple[Explained, ...]

    @property
    def explained_gap(self) -> Money:
        """What the differences say the two totals should differ by (ours minus theirs)."""
        return Money.total((d.ours or Money(0)) - (d.theirs or Money(0)) for d in self.differences)


def reconcile(ours: Iterable[BankCredit], theirs: Iterable[BankCredit]) -> Reconciliation:
    """Match by transaction id. The explained gap equals the difference of totals, always."""
    theirs = tuple(theirs)
    booked = {credit.transaction_id: credit for credit in ours}
    listed, repeated = _first_and_repeated(theirs)
    differences = [
        explained
        for transaction_id in sorted(booked.keys() | listed.keys())
        for explained in _compare(booked.get(transaction_id), listed.get(transaction_id))
    ]
    differences += [_explain(Difference.LISTED_TWICE, None, credit) for credit in repeated]
    at_odds = {d.transaction_id for d in differences}
    return Reconciliation(
        matched=len((booked.keys() & listed.keys()) - at_odds),
        ours_total=Money.total(credit.amount for credit in booked.values()),
        theirs_total=Money.total(credit.amount for credit in theirs),
        differences=tuple(differences),
    )


def missing_credits(found: Reconciliation, theirs: Iterable[BankCredit]) -> tuple[BankCredit, ...]:
    """What must be booked so that no money at the bank is missing from our books.

    The part a callback left out is a credit of its own, named after its transaction.
    """
    listed, _ = _first_and_repeated(tuple(theirs))
    booked_now = []
    for explained in found.differences:
        credit = listed.get(explained.transaction_id)
        if credit is None:
            continue
        if explained.difference is Difference.NEVER_TOLD:
            booked_now.append(credit)
        if explained.difference is Difference.TOLD_LOW:
            rest = credit.amount - (explained.ours or ZERO)
            number = credit.transaction_id + CORRECTION
            booked_now.append(replace(credit, transaction_id=number, amount=rest))
    return tuple(booked_now)


def with_corrections(booked: Iterable[BankCredit]) -> tuple[BankCredit, ...]:
    """Our credits with their corrections added in, one per bank transaction."""
    whole: dict[str, BankCredit] = {}
    for credit in booked:
        number = credit.transaction_id.removesuffix(CORRECTION)
        before = whole.get(number)
        amount = credit.amount + (before.amount if before else ZERO)
        whole[number] = replace(before or credit, transaction_id=number, amount=amount)
    return tuple(whole.values())


def _first_and_repeated(
    credits_listed: tuple[BankCredit, ...],
) -> tuple[dict[str, BankCredit], list[BankCredit]]:
    """The first line of each transaction counts; every further one is a repetition."""
    first: dict[str, BankCredit] = {}
    repeated = []
    for credit in credits_listed:
        if credit.transaction_id in first:
            repeated.append(credit)
        else:
            first[credit.transaction_id] = credit
    return first, repeated


def _compare(ours: BankCredit | None, theirs: BankCredit | None) -> tuple[Explained, ...]:
    if ours is None:
        return (_explain(Difference.NEVER_TOLD, None, theirs),)
    if theirs is None:
        return (_explain(Difference.NOT_AT_BANK, ours, None),)
    if ours.amount < theirs.amount:
        return (_explain(Difference.TOLD_LOW, ours, theirs),)
    if ours.amount > theirs.amount:
        return (_explain(Difference.TOLD_HIGH, ours, theirs),)
    if ours.memo != theirs.memo:
        return (_explain(Difference.OTHER_MEMO, ours, theirs),)
    return ()


def _explain(
    difference: Difference, ours: BankCredit | None, theirs: BankCredit | None
) -> Explained:
    known = ours or theirs
    return Explained(
        transaction_id=known.transaction_id if known else "",
        difference=difference,
        ours=ours.amount if ours else None,
        theirs=theirs.amount if theirs else None,
    )
