"""Hoàn tiền: what may go back, how much of it, and how many people must agree."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from motcua.contexts.payments.contracts import Finding, RefundGround, RefundState
from motcua.kernel.money import ZERO, Money

HERE = Path(__file__).parents[1]
GROUND_OF = {
    Finding.OVER: RefundGround.OVERPAID,
    Finding.PAID_TWICE: RefundGround.PAID_TWICE,
    Finding.AFTER_CANCEL: RefundGround.AFTER_CANCEL,
}
BOOKED = frozenset(
    {RefundState.PROMISED, RefundState.ORDERED, RefundState.ACCOUNT_NEEDED, RefundState.PAID}
)
UNDECIDED = frozenset({RefundState.ASKED, RefundState.SECOND})


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundRule:
    """What holds for one reason; see `refunds.toml`."""

    ground: RefundGround
    name: str
    name_en: str
    refundable: bool
    by_payer: bool
    claimed: bool
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundRules:
    """The whole file. verified: somebody compared it with the text of the law."""

    second_person_from: Money
    answer_days: int
    verified: bool
    grounds: dict[RefundGround, GroundRule]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    bin: str
    name: str


@cache
def rules() -> RefundRules:
    table = tomllib.loads((HERE / "refunds.toml").read_text(encoding="utf-8"))
    grounds = {
        RefundGround(row["key"]): GroundRule(
            ground=RefundGround(row["key"]),
            name=row["name"],
            name_en=row["name_en"],
            refundable=row["refundable"],
            by_payer=row["by_payer"],
            claimed=row.get("claimed", False),
            days=row["days"],
        )
        for row in table["ground"]
    }
    return RefundRules(
        second_person_from=Money(table["second_person_from"]),
        answer_days=table["answer_days"],
        verified=table["verified"],
        grounds=grounds,
    )


@cache
def banks() -> tuple[Bank, ...]:
    table = tomllib.loads((HERE / "banks.toml").read_text(encoding="utf-8"))
    return tuple(Bank(**row) for row in table["bank"])


def left(received: Money, refunds: Iterable[tuple[RefundState, int]]) -> Money:
    """What of received money no refund speaks for yet; a declined one speaks for nothing."""
    held = Money.total(dong for state, dong in refunds if state is not RefundState.DECLINED)
    return Money(max(ZERO, received - held))


def needs_second(amount: Money, *, across: bool = False) -> bool:
    """Whether two people must agree. across: another agency than the payer's asks for it."""
    return across or amount >= rules().second_person_from


def claims() -> tuple[GroundRule, ...]:
    """What a payer may say of a paid bill in their own words."""
    return tuple(one for one in rules().grounds.values() if one.claimed)


def is_account_number(text: str) -> bool:
    """Accounts of banks have 6 to 19 characters, digits alone in most; spaces were taken out."""
    return text.isascii() and text.isalnum() and 6 <= len(text) <= 19
