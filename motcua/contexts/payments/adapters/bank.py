"""Ngân hàng: its list of transactions, asked through the exchange."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from motcua.contexts.exchange import public as exchange
from motcua.contexts.exchange.contracts import NeighbourDown
from motcua.contexts.payments.contracts import BankAnswer, BankCredit, RefundTold
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.db import uuid7
from motcua.kernel.money import Money

PURPOSE = "Đối soát phí, lệ phí"
GIVING_BACK = "Hoàn phí, lệ phí"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundOrder:
    """What the bank is asked to do. transaction: the one to turn around, else the account."""

    key: str
    amount: Money
    transaction: str
    bank: str
    number: str
    holder: str
    memo: str


def transactions_of_day(day: date, *, actor: Actor) -> tuple[BankCredit, ...]:
    """Every credit of one day as the bank knows it. Raises: NeighbourDown, NeighbourRefused."""
    answer = exchange.ask(
        "bank",
        "reconcile",
        {"date": day.isoformat()},
        key=f"reconcile-{uuid7()}",
        purpose=PURPOSE,
        actor=actor,
    )
    rows = answer.get("transactions")
    if not isinstance(rows, list | tuple):
        raise NeighbourDown(reason="no list of transactions", connector="bank")
    return tuple(credit_from(row) for row in rows)


def credit_from(told: Mapping[str, object]) -> BankCredit:
    """One transaction in the bank's words. Raises: NeighbourDown when a part is missing."""
    try:
        return BankCredit(
            transaction_id=str(told["transaction_id"]),
            amount=Money(int(str(told["amount"]))),
            memo=str(told["content"]),
            booked_at=datetime.fromisoformat(str(told["paid_at"])),
        )
    except (KeyError, ValueError) as gap:
        raise NeighbourDown(reason=f"unreadable transaction: {gap}", connector="bank") from gap


def refund(order: RefundOrder) -> RefundTold:
    """Give money back; the same key never pays twice. Raises: NeighbourDown, NeighbourRefused."""
    asked = {
        "order": order.key,
        "amount": int(order.amount),
        "transaction_id": order.transaction,
        "account": {"bank": order.bank, "number": order.number, "holder": order.holder},
        "content": order.memo,
    }
    answer = exchange.ask("bank", "refund", asked, key=order.key, purpose=GIVING_BACK, actor=SYSTEM)
    return told_from(answer)


def ask_about(order: RefundOrder) -> RefundTold:
    """What became of an order whose answer we did not hear. Raises: NeighbourDown."""
    answer = exchange.ask(
        "bank",
        "refund_state",
        {"order": order.key},
        key=f"refund-state-{uuid7()}",
        purpose=GIVING_BACK,
        actor=SYSTEM,
    )
    return told_from(answer)


def told_from(told: Mapping[str, object]) -> RefundTold:
    """One word about an order. Raises: NeighbourDown when a part is missing."""
    try:
        return RefundTold(
            order=str(told["order"]),
            amount=Money(int(str(told["amount"]))),
            answer=BankAnswer(str(told["state"])),
            reference=str(told.get("reference", "")),
            reason=str(told.get("reason", "")),
        )
    except (KeyError, ValueError) as gap:
        raise NeighbourDown(reason=f"unreadable refund: {gap}", connector="bank") from gap
