"""Đối soát với ngân hàng: compare two lists of credits and explain every difference."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from motcua.contexts.payments.contracts import BankCredit
from motcua.kernel.money import ZERO, Money

CORRECTION = "+"  # ends the number of a credit that completes what a callback told too low


class Difference(StrEnum):
    """Why our books and the bank's list or statement disagree on one transaction."""

    NEVER_TOLD = "NEVER_TOLD"  # the bank has it, its callback never reached us
    NOT_AT_BANK = "NOT_AT_BANK"  # we booked it, the bank's list of the period lacks it
    TOLD_LOW = "TOLD_LOW"  # its callback said less than its list
    TOLD_HIGH = "TOLD_HIGH"  # its callback said more than its list
    OTHER_MEMO = "OTHER_MEMO"
    LISTED_TWICE = "LISTED_TWICE"  # the bank's own list repeats the transaction
    UNKNOWN_PAYER = "UNKNOWN_PAYER"  # came with words that name no bill
    WRONG_CODE = "WRONG_CODE"  # came with the code of a bill that does not exist
    PAID_TWICE = "PAID_TWICE"
    AFTER_CANCEL = "AFTER_CANCEL"
    BANK_FEE = "BANK_FEE"  # the bank kept the difference for itself, and says so
    CHARGE = "CHARGE"  # a fee of the bank on a line of its own
    RETURNED = "RETURNED"  # the bank took a credit back
    REFUND_RETURNED = "REFUND_RETURNED"  # what we sent back came back
    REFUND_NOT_TOLD = "REFUND_NOT_TOLD"  # it left, its callback never reached us
    REFUND_ON_ITS_WAY = "REFUND_ON_ITS_WAY"  # booked as sent, not yet on a statement
    OTHER_REFUND = "OTHER_REFUND"  # another amount left than was agreed
    UNKNOWN_OUT = "UNKNOWN_OUT"  # money left that nobody here ordered
    NOT_YET_ARRIVED = "NOT_YET_ARRIVED"  # told lately, the statement may follow


EXPLANATIONS: dict[Difference, str] = {
    Difference.NEVER_TOLD: "Ngân hàng có giao dịch này nhưng chưa báo. Sẽ ghi sổ ngay.",
    Difference.NOT_AT_BANK: "Sổ có giao dịch này, danh sách ngân hàng không có. Hỏi ngân hàng.",
    Difference.TOLD_LOW: "Ngân hàng báo thiếu tiền. Sẽ ghi thêm phần chênh ngay.",
    Difference.TOLD_HIGH: "Ngân hàng báo nhiều hơn số đã nhận. Hỏi ngân hàng.",
    Difference.OTHER_MEMO: "Hai bên ghi nội dung khác nhau. Tiền khớp, chỉ cần xem lại.",
    Difference.LISTED_TWICE: "Danh sách ngân hàng ghi giao dịch này hai lần. Sổ chỉ ghi một lần.",
    Difference.UNKNOWN_PAYER: "Nội dung không có mã khoản phí. Ghi vào tiền chưa rõ.",
    Difference.WRONG_CODE: "Nội dung có mã sai. Ghi vào tiền chưa rõ rồi tìm khoản phí.",
    Difference.PAID_TWICE: "Khoản phí đã đủ tiền trước đó. Ghi vào tiền chưa rõ để trả lại.",
    Difference.AFTER_CANCEL: "Khoản phí đã hủy. Ghi vào tiền chưa rõ để trả lại.",
    Difference.BANK_FEE: "Ngân hàng giữ lại phí chuyển tiền. Ghi phí vào sổ.",
    Difference.CHARGE: "Ngân hàng thu phí dịch vụ. Ghi phí vào sổ.",
    Difference.RETURNED: "Ngân hàng rút lại khoản đã báo. Hỏi ngân hàng, ghi câu trả lời.",
    Difference.REFUND_RETURNED: "Tiền hoàn bị trả về. Ghi vào tiền chưa rõ để hoàn lại cách khác.",
    Difference.REFUND_NOT_TOLD: "Ngân hàng đã chuyển tiền hoàn nhưng chưa báo. Ghi sổ ngay.",
    Difference.REFUND_ON_ITS_WAY: "Tiền hoàn đã đi, chờ có trên sao kê ngày sau.",
    Difference.OTHER_REFUND: "Ngân hàng chuyển khác số đã duyệt hoàn. Hỏi ngân hàng.",
    Difference.UNKNOWN_OUT: "Tiền ra khỏi tài khoản mà sổ không có lệnh. Hỏi ngân hàng ngay.",
    Difference.NOT_YET_ARRIVED: "Ngân hàng đã báo, chờ có trên sao kê ngày sau.",
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
    odds = of_amounts(ours.amount, theirs.amount)
    if odds is None and ours.memo != theirs.memo:
        odds = Difference.OTHER_MEMO
    return (_explain(odds, ours, theirs),) if odds else ()


def of_amounts(ours: Money, theirs: Money) -> Difference | None:
    """What two amounts of one credit say of each other; lists and statements ask here."""
    if ours == theirs:
        return None
    return Difference.TOLD_LOW if ours < theirs else Difference.TOLD_HIGH


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
