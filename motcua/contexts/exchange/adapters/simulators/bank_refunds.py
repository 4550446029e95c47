"""Stand-in for the part of the bank that gives money back, in the way chosen on the control page.

An order is known by its key: told again it changes nothing, with other content it is refused.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from motcua.contexts.exchange.adapters.simulators import callbacks
from motcua.contexts.exchange.adapters.simulators.store import Store
from motcua.contexts.exchange.contracts import NeighbourDown, NeighbourRefused
from motcua.kernel.money import Money

REFUSES, WAITS, LATE = "refund_refused", "refund_waits", "refund_late"
SILENT, TWICE = "refund_silent", "refund_twice"
LATENESS = timedelta(seconds=20)
DONE, PENDING, REFUSED, UNKNOWN = "DONE", "PENDING", "REFUSED", "UNKNOWN"


class BankRefunds:
    """Orders to give back, each kept once."""

    def __init__(
        self, *, store: Store, now: Callable[[], datetime], mode: Callable[[], str] = str
    ) -> None:
        self._store, self._now, self._mode = store, now, mode

    def order(self, asked: Mapping[str, object], *, key: str) -> dict[str, object]:
        """Keys: order, amount, transaction_id or account, content.

        Raises: NeighbourRefused; NeighbourDown when it did it and keeps silent.
        """
        order, amount = str(asked.get("order", "")), int(str(asked.get("amount", 0)))
        if not order or order != key or amount <= 0:
            raise NeighbourRefused(reason="order_incomplete")
        mode = self._mode()
        if self._store.add("refund", order, self._made(asked, mode)):
            self._plan(order, mode)
        known = self._store.get("refund", order) or {}
        if known["asked"] != json.dumps(asked, sort_keys=True, ensure_ascii=False):
            raise NeighbourRefused(reason="order_changed")
        if mode == SILENT:
            raise NeighbourDown(reason="silent", connector="bank")
        return self._told(known)

    def state(self, asked: Mapping[str, object]) -> dict[str, object]:
        """What became of an order; of one that never came, that it never came."""
        order = str(asked.get("order", ""))
        known = self._store.get("refund", order)
        if known is None:
            return {"order": order, "amount": 0, "state": UNKNOWN}
        return self._told(known)

    def _made(self, asked: Mapping[str, object], mode: str) -> dict[str, object]:
        order, amount, now = str(asked["order"]), int(str(asked["amount"])), self._now()
        reason = "account_unknown" if mode == REFUSES else self._problem(asked, amount)
        due = now + (LATENESS if mode == LATE else timedelta(0))
        account = asked.get("account")
        number = str(account.get("number", "")) if isinstance(account, Mapping) else ""
        return {
            "order": order,
            "amount": amount,
            "vnd": Money(amount).vnd(),
            "state": REFUSED if reason else PENDING if mode in (WAITS, LATE) else DONE,
            "reason": reason,
            "reference": f"HOAN{order[-14:].upper()}",
            "due": "" if mode == WAITS else due.isoformat(),
            "at": now.isoformat(),
            "to": str(asked.get("transaction_id") or number),
            "content": str(asked.get("content", "")),
            "asked": json.dumps(asked, sort_keys=True, ensure_ascii=False),
        }

    def _problem(self, asked: Mapping[str, object], amount: int) -> str:
        """Never more of a transaction than came with it."""
        number = str(asked.get("transaction_id") or "")
        came = self._store.get("transaction", number) if number else None
        if came is None:
            return ""
        given = sum(
            int(str(one["amount"]))
            for one in self._store.all("refund")
            if one["to"] == number and one["state"] != REFUSED
        )
        return "more_than_came" if given + amount > int(str(came["amount"])) else ""

    def _plan(self, order: str, mode: str) -> None:
        """Tell the platform how it ended, once it has ended."""
        known = self._store.get("refund", order) or {}
        if not known["due"] or mode == SILENT:
            return
        told = {**self._told(known), "state": REFUSED if known["reason"] else DONE}
        for turn in range(2 if mode == TWICE else 1):
            key, due = f"refund-{order}-{turn}", datetime.fromisoformat(str(known["due"]))
            callbacks.plan(self._store, key, told, to="bank_refund", due=due)

    def _told(self, known: Mapping[str, object]) -> dict[str, object]:
        state, due = known["state"], str(known["due"])
        if state == PENDING and due and datetime.fromisoformat(due) <= self._now():
            state = DONE
        names = ("order", "amount", "reference", "reason")
        return {name: known[name] for name in names} | {"state": state}
