"""Ngân hàng: its list of transactions, asked through the exchange."""

from collections.abc import Mapping
from datetime import date, datetime

from motcua.contexts.exchange import public as exchange
from motcua.contexts.exchange.contracts import NeighbourDown
from motcua.contexts.payments.contracts import BankCredit
from motcua.kernel.actors import Actor
from motcua.kernel.db import uuid7
from motcua.kernel.money import Money

PURPOSE = "Đối soát phí, lệ phí"


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
