"""Stand-in for the post: takes orders, tells what happens to each parcel, loses some.

An order is known by its key: told again it makes no second parcel, with other content it is
refused. What happens is planned when the parcel is handed over, as the control page says: at once,
late, twice, out of order, nobody at home three times, lost; or pressed by hand on its own page.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256

from motcua.contexts.exchange.adapters.simulators import callbacks
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
from motcua.contexts.exchange.contracts import VNPOST, NeighbourDown, NeighbourRefused
from motcua.kernel.money import Money

REFUSES, SILENT, TWICE, SHUFFLED = "post_refuses", "post_silent", "post_twice", "post_shuffled"
FREE = "post_no_price"
LATE = "post_late"
LATENESS = timedelta(seconds=20)
POSTMAN = "Bưu tá Phan Văn Thư"
PRICE, PRICE_SOURCE = 25_000, "Bưu chính mô phỏng báo khi nhận đơn"
PAPERWAYS = {
    "TAKEN": "Bưu tá đã nhận",
    "MOVED": "Đến bưu cục",
    "NOT_HOME": "Không ai ở nhà",
    "TURNED": "Chuyển hoàn",
    "BROUGHT_BACK": "Đã trả lại người gửi",
    "DELIVERED": "Đã phát",
    "LOST": "Thất lạc",
    "FOUND": "Tìm thấy",
}


class PostOffice:
    """Orders, parcels and their events, each kept once."""

    def __init__(
        self, *, store: Store, now: Callable[[], datetime], mode: Callable[[], str] = str
    ) -> None:
        self._store, self._now, self._mode = store, now, mode

    def routes(self) -> list[Route]:
        return [
            route("GET", "/vnpost", self._home),
            route("POST", "/vnpost/su-kien", self._press),
        ]

    def book(self, asked: Mapping[str, object], *, key: str) -> dict[str, object]:
        """Keys: order, kind, home, desk, papers. Raises: NeighbourRefused; NeighbourDown when it
        took the order and keeps silent.
        """
        order, home = str(asked.get("order", "")), asked.get("home")
        if not order or order != key or not isinstance(home, Mapping) or not home.get("street"):
            raise NeighbourRefused(reason="order_incomplete")
        mode = self._mode()
        if mode == REFUSES:
            raise NeighbourRefused(reason="area_not_served")
        said = json.dumps(asked, sort_keys=True, ensure_ascii=False)
        self._store.add("parcel", order, self._parcel(order, asked, said, mode))
        known = self._store.get("parcel", order) or {}
        if known["asked"] != said:
            raise NeighbourRefused(reason="order_changed")
        if mode == SILENT:
            raise NeighbourDown(reason="silent", connector=VNPOST)
        return {name: known[name] for name in ("order", "tracking", "price", "price_source")}

    def track(self, asked: Mapping[str, object]) -> dict[str, object]:
        """Everything that happened to one. Raises: NeighbourRefused."""
        order = str(asked.get("order", ""))
        if self._store.get("parcel", order) is None:
            raise NeighbourRefused(reason="order_unknown")
        return {"events": self._events(order)}

    def claim(self, asked: Mapping[str, object], *, key: str) -> dict[str, object]:
        """Search for it; the same key is the same claim. Raises: NeighbourRefused."""
        order = str(asked.get("order", ""))
        if self._store.get("parcel", order) is None:
            raise NeighbourRefused(reason="order_unknown")
        number = f"KN{sha256(key.encode()).hexdigest()[:8].upper()}"
        self._store.add("claim", order, {"claim": number})
        return {"claim": (self._store.get("claim", order) or {})["claim"]}

    def happen(self, order: str, kind: str) -> dict[str, object]:
        """Something happens to a parcel now, and the platform is told. Raises: BadRequest."""
        parcel = self._store.get("parcel", order)
        if parcel is None or kind not in PAPERWAYS:
            raise BadRequest("unknown parcel or event")
        number, now = len(self._events(order)) + 1, self._now()
        event: dict[str, object] = {
            "order": order,
            "id": f"{parcel['tracking']}-{number}",
            "kind": kind,
            "at": now.isoformat(),
            "place": "Bưu cục mô phỏng Bến Thành",
            "reason": "không liên lạc được" if kind == "NOT_HOME" else "",
            "postman": POSTMAN,
            "proof": "CHIP" if kind == "DELIVERED" else "",
            "taken_by": parcel["recipient"] if kind == "DELIVERED" else "",
        }
        self._store.put("parcel_event", str(event["id"]), event)
        self._tell(event)
        return event

    def _parcel(
        self, order: str, asked: Mapping[str, object], said: str, mode: str
    ) -> dict[str, object]:
        home = asked["home"]
        name = str(home.get("name", "")) if isinstance(home, Mapping) else ""
        priced = mode != FREE
        return {
            "order": order,
            "tracking": f"VN{sha256(order.encode()).hexdigest()[:9].upper()}SG",
            "price": PRICE if priced else None,
            "price_source": PRICE_SOURCE if priced else "",
            "vnd": Money(PRICE).vnd() if priced else "",
            "kind": str(asked.get("kind", "")),
            "recipient": name,
            "asked": said,
            "at": self._now().isoformat(),
        }

    def _events(self, order: str) -> list[dict[str, object]]:
        return [one for one in self._store.all("parcel_event") if one["order"] == order]

    def _tell(self, event: Mapping[str, object]) -> None:
        """Plan the callback as the control page says; kept events can always be asked for."""
        mode, due = self._mode(), self._now()
        if mode == SILENT:
            return
        if mode == SHUFFLED and event["kind"] == "TAKEN":
            due += LATENESS
        if mode == LATE:
            due += LATENESS
        for turn in range(2 if mode == TWICE else 1):
            key = f"post-{event['id']}-{turn}"
            callbacks.plan(self._store, key, event, to=VNPOST, due=due)

    def _home(self, request: Request, parts: Mapping[str, str]) -> Response:
        parcels = self._store.newest("parcel", limit=50)
        shown = [
            {**one, "events": [PAPERWAYS[str(e["kind"])] for e in self._events(str(one["order"]))]}
            for one in parcels
        ]
        return page("post_home.html", {"parcels": shown, "ways": PAPERWAYS.items()})

    def _press(self, request: Request, parts: Mapping[str, str]) -> Response:
        given = request.form
        self.happen(given.get("order", ""), given.get("kind", ""))
        return redirect("/vnpost")
