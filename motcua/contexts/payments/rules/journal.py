"""Sổ kép: which accounts an act of money moves. Each entry's debits equal its credits.

The chart is fixed here; the database refuses an entry that does not balance and any change of a
line. Official treasury numbers (chương, tiểu mục) are not known to us and are not invented.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from motcua.contexts.payments.contracts import Account, Channel, FeeItem, FeeKind
from motcua.kernel.money import ZERO, Money


class EntryKind(StrEnum):
    """Why money moved in the books."""

    DUE = "DUE"  # a bill became owed
    MONEY_IN = "MONEY_IN"  # bank or cash received
    WRITE_OFF = "WRITE_OFF"  # a cancelled bill is owed no more
    FROM_SUSPENSE = "FROM_SUSPENSE"  # a collector gave waiting money to a bill
    REFUND_PROMISED = "REFUND_PROMISED"
    REFUND_PAID = "REFUND_PAID"
    BANK_FEE = "BANK_FEE"  # what the bank kept for itself


@dataclass(frozen=True, slots=True)
class Line:
    """One side of an entry; exactly one of the two amounts is above 0."""

    account: Account
    debit: Money = ZERO
    credit: Money = ZERO


ACCOUNT_NAMES: dict[Account, str] = {
    Account.RECEIVABLE: "Phải thu phí, lệ phí",
    Account.BANK_CLEARING: "Tiền gửi ngân hàng chờ đối soát",
    Account.CASH_AT_DESK: "Tiền mặt tại quầy",
    Account.REVENUE_PHI: "Thu phí",
    Account.REVENUE_LE_PHI: "Thu lệ phí",
    Account.REVENUE_LAND_DUTY: "Thu nghĩa vụ tài chính về đất",
    Account.REVENUE_TAX: "Thu thuế",
    Account.REVENUE_POST: "Thu hộ cước bưu chính",
    Account.REVENUE_OTHER: "Thu khác",
    Account.SUSPENSE: "Tiền chưa rõ nguồn",
    Account.REFUNDS_PAYABLE: "Phải hoàn lại",
    Account.BANK_FEES: "Phí ngân hàng",
}
_REVENUE: dict[FeeKind, Account] = {kind: Account(f"REVENUE_{kind}") for kind in FeeKind}
_ARRIVES: dict[Channel, Account] = {
    Channel.BANK: Account.BANK_CLEARING,
    Channel.CASH: Account.CASH_AT_DESK,
}


def due(items: Iterable[FeeItem]) -> tuple[Line, ...]:
    """Bill opened: owed to us, earned by kind of fee."""
    by_kind: dict[FeeKind, Money] = {}
    for item in items:
        by_kind[item.kind] = by_kind.get(item.kind, Money(0)) + item.amount
    total = Money.total(by_kind.values())
    earned = (Line(_REVENUE[kind], credit=amount) for kind, amount in by_kind.items() if amount)
    return (Line(Account.RECEIVABLE, debit=total), *earned)


def write_off(items: Iterable[FeeItem], *, paid: Money, promised: Money = ZERO) -> tuple[Line, ...]:
    """Bill cancelled: the unpaid part is owed no more, the paid part is to be given back.

    promised: what was promised back before, which left revenue then.
    """
    known = tuple(items)
    earned = due(known)[1:]
    total = Money.total(line.credit for line in earned)
    gone: dict[Account, Money] = {}
    for account, amount in split_refund(known, promised):
        gone[account] = gone.get(account, ZERO) + amount
    return _some(
        *(Line(one.account, debit=one.credit - gone.get(one.account, ZERO)) for one in earned),
        Line(Account.RECEIVABLE, credit=total - paid),
        Line(Account.REFUNDS_PAYABLE, credit=paid - promised),
    )


def money_in(channel: Channel, *, applied: Money, suspense: Money) -> tuple[Line, ...]:
    """Money received: it pays what is owed, the rest waits in suspense."""
    return _some(
        Line(_ARRIVES[channel], debit=applied + suspense),
        Line(Account.RECEIVABLE, credit=applied),
        Line(Account.SUSPENSE, credit=suspense),
    )


def from_suspense(*, applied: Money) -> tuple[Line, ...]:
    """Waiting money given to a bill by a collector."""
    return (Line(Account.SUSPENSE, debit=applied), Line(Account.RECEIVABLE, credit=applied))


def refund_promised(sources: Iterable[tuple[Account, Money]]) -> tuple[Line, ...]:
    """We owe it back; `sources` are revenue accounts or suspense, with what each gives."""
    taken = tuple(Line(account, debit=amount) for account, amount in sources)
    return (*taken, Line(Account.REFUNDS_PAYABLE, credit=Money.total(t.debit for t in taken)))


def refund_paid(amount: Money, channel: Channel) -> tuple[Line, ...]:
    """The money left us."""
    return (Line(Account.REFUNDS_PAYABLE, debit=amount), Line(_ARRIVES[channel], credit=amount))


def bank_fee(amount: Money) -> tuple[Line, ...]:
    """The bank kept this for its service, of a transfer or on a line of its own."""
    return (Line(Account.BANK_FEES, debit=amount), Line(Account.BANK_CLEARING, credit=amount))


def split_refund(
    items: Iterable[FeeItem], amount: Money, *, already: Money = ZERO
) -> tuple[tuple[Account, Money], ...]:
    """From which revenue accounts a refund is taken: the bill's last lines first."""
    skip, left, parts = already, amount, []
    for item in reversed(tuple(items)):
        skipped = Money(min(skip, item.amount))
        skip = skip - skipped
        part = Money(min(left, item.amount - skipped))
        if part:
            parts.append((_REVENUE[item.kind], part))
            left = left - part
    return tuple(parts)


def balances(lines: Iterable[Line]) -> bool:
    """Whether debits equal credits and every line has exactly one side."""
    kept = tuple(lines)
    one_sided = all((line.debit > 0) != (line.credit > 0) for line in kept)
    sides = Money.total(line.debit for line in kept) == Money.total(line.credit for line in kept)
    return bool(kept) and one_sided and sides


def _some(*lines: Line) -> tuple[Line, ...]:
    return tuple(line for line in lines if line.debit or line.credit)
