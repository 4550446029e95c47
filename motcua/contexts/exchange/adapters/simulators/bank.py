"""Stand-in for the bank: pay a VietQR, tell the platform by a signed callback, reconcile.

The callback can be told to come late, twice, with another amount, with a wrong signature or never;
the money moved all the same, and the reconciliation list shows it.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlencode

from motcua.contexts.exchange.adapters.simulators import callbacks, vietqr
from motcua.contexts.exchange.adapters.simulators.http import (
    BadRequest,
    Request,
    Response,
    Route,
    page,
    redirect,
    route,
)
from motcua.contexts.exchange.adapters.simulators.store import Store
from motcua.kernel.money import Money

WAYS = {
    "normal": "Bình thường: báo ngay",
    "late": "Báo muộn",
    "double": "Báo hai lần",
    "wrong_amount": "Báo sai số tiền",
    "over": "Người trả chuyển thừa 20.000 đồng",
    "wrong_signature": "Báo với chữ ký sai",
    "never": "Không báo",
}
LONGEST_DELAY = 600
SHORTFALL = 1000  # đồng told too little when the amount is wrong
TOO_MUCH = 20_000  # đồng that a payer who mistypes sends on top


class Bank:
    def __init__(self, *, store: Store, platform: str, now: Callable[[], datetime]) -> None:
        self._store = store
        self._platform = platform
        self._now = now

    def routes(self) -> list[Route]:
        return [
            route("GET", "/bank", self._home),
            route("GET", "/bank/tra", self._ask),
            route("POST", "/bank/tra", self._pay),
            route("GET", "/bank/giao-dich/{id}", self._transaction),
        ]

    def operations(self) -> Mapping[str, Callable[[Mapping[str, object]], dict[str, object]]]:
        return {"reconcile": self._reconcile, "transactions_of": self._transactions_of}

    def _home(self, request: Request, parts: Mapping[str, str]) -> Response:
        return page("bank_home.html", {
            "transactions": self._store.newest("transaction", limit=50),
            "refunds": self._store.newest("refund", limit=50),
        })  # fmt: skip

    def _ask(self, request: Request, parts: Mapping[str, str]) -> Response:
        given = request.query
        try:
            asked = self._asked(given)
        except (vietqr.UnreadableQr, BadRequest):
            return page("bank_home.html", {
                "transactions": self._store.newest("transaction", limit=50),
                "problem": "Không đọc được mã QR hoặc số tiền. Bạn dán lại toàn bộ mã.",
            }, status=400)  # fmt: skip
        back = given.get("back", "")
        safe_back = back if back.startswith(f"{self._platform}/") else self._platform
        return page("bank_pay.html", {
            "asked": asked, "vnd": Money(asked.amount).vnd(), "ways": WAYS.items(),
            "back": safe_back,
        })  # fmt: skip

    def _asked(self, given: Mapping[str, str]) -> vietqr.PaymentRequest:
        if given.get("qr"):
            return vietqr.read(given["qr"].strip())
        amount = given.get("amount", "").replace(".", "").strip()
        if not given.get("bill") or not amount.isdigit():
            raise BadRequest("bill or amount missing")
        return vietqr.PaymentRequest(
            bill=given["bill"].strip(), amount=int(amount), account="", merchant=""
        )

    def _pay(self, request: Request, parts: Mapping[str, str]) -> Response:
        given = request.form
        asked = self._asked(given)
        way = given.get("way", "normal")
        if way not in WAYS:
            raise BadRequest("unknown way")
        if way == "over":
            asked = replace(asked, amount=asked.amount + TOO_MUCH)
        delay = min(int(given.get("seconds") or 20), LONGEST_DELAY) if way == "late" else 0
        made = self.pay(asked, way=way, delay=timedelta(seconds=delay))
        return redirect(f"/bank/giao-dich/{made}?{urlencode({'back': given.get('back', '')})}")

    def pay(self, asked: vietqr.PaymentRequest, *, way: str, delay: timedelta) -> str:
        """Move the money and plan the callbacks; gives the number of the transaction."""
        now = self._now()
        number = f"SIM{now:%Y%m%d}{secrets.randbelow(10**8):08d}"
        transaction: dict[str, object] = {
            "transaction_id": number,
            "bill_code": asked.bill,
            "amount": asked.amount,
            "currency": "VND",
            "paid_at": now.isoformat(),
            "content": asked.bill,
        }
        shown = {"way": WAYS[way], "vnd": Money(asked.amount).vnd()}
        self._store.put("transaction", number, {**transaction, **shown})
        for turn in range({"never": 0, "double": 2}.get(way, 1)):
            self._plan(transaction, way=way, turn=turn, due=now + delay)
        return number

    def _plan(
        self, transaction: Mapping[str, object], *, way: str, turn: int, due: datetime
    ) -> None:
        told = dict(transaction)
        if way == "wrong_amount":
            told["amount"] = max(0, int(str(transaction["amount"])) - SHORTFALL)
        key = f"{transaction['transaction_id']}-{turn}"
        callbacks.plan(self._store, key, told, to="bank", due=due, forged=way == "wrong_signature")

    def _transaction(self, request: Request, parts: Mapping[str, str]) -> Response:
        found = self._store.get("transaction", parts["id"])
        if found is None:
            return page("missing.html", {"path": request.path}, status=404)
        calls = [
            call for call in self._store.newest("callback")
            if str(call["key"]).startswith(f"{parts['id']}-")
        ]  # fmt: skip
        back = request.query.get("back", "")
        safe_back = back if back.startswith(self._platform) else self._platform
        return page("bank_done.html", {"transaction": found, "calls": calls, "back": safe_back})

    def _reconcile(self, asked: Mapping[str, object]) -> dict[str, object]:
        """All transactions of one day, as the bank knows them."""
        day = str(asked.get("date", ""))
        return {"date": day, "transactions": [
            _told(t) for t in reversed(self._store.newest("transaction", limit=100_000))
            if str(t["paid_at"]).startswith(day)
        ]}  # fmt: skip

    def _transactions_of(self, asked: Mapping[str, object]) -> dict[str, object]:
        bill = str(asked.get("bill_code", ""))
        mine = [t for t in self._store.newest("transaction", limit=100_000)
                if t["bill_code"] == bill]  # fmt: skip
        return {"bill_code": bill, "transactions": [_told(t) for t in mine]}


def _told(transaction: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in transaction.items() if name not in ("way", "vnd")}
