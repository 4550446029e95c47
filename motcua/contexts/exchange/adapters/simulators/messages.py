"""Stand-ins for the mail server and the providers of SMS: keep what was sent, let a person read it.

A provider of SMS tells the platform afterwards what became of a message, in the way chosen on the
control page; it asks money for each part.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256

from motcua.contexts.exchange.adapters.simulators import callbacks
from motcua.contexts.exchange.adapters.simulators.http import Request, Response, Route, page, route
from motcua.contexts.exchange.adapters.simulators.store import Store
from motcua.contexts.exchange.contracts import SMS, SMS_PROVIDERS, NeighbourRefused

TITLES = {"mail": "Hộp thư mô phỏng", SMS: "Tin nhắn mô phỏng"}
SMS_LIMIT = 1000
LETTERS_ALONE, LETTERS_JOINED = 70, 67  # of a message that bears tone marks (UCS-2)
PRICES = {"sms_one": 350, "sms_two": 420}  # invented đồng for each part
QUOTA, UNREACHED, SILENT, LATE = "quota", "unreached", "silent", "late"
TWICE, FORGED = "twice", "forged"
LATENESS = timedelta(hours=2)


class Messages:
    """One sender of messages: ``mail``, or one provider of ``sms``."""

    def __init__(
        self,
        name: str,
        *,
        store: Store,
        now: Callable[[], datetime],
        mode: Callable[[], str] = str,
    ) -> None:
        self._name = name
        self._kind = SMS if name in SMS_PROVIDERS else name
        self._store, self._now, self._mode = store, now, mode

    def routes(self) -> list[Route]:
        return [
            route("GET", f"/{self._kind}", self._list),
            route("GET", f"/{self._kind}/{{id}}", self._read),
        ]

    def send(self, message: Mapping[str, object], *, key: str) -> dict[str, object]:
        """Keys: to, text, and for mail also subject. The same key is kept once.

        Raises: NeighbourRefused.
        """
        to, text = str(message.get("to", "")), str(message.get("text", ""))
        if not to or not text:
            raise NeighbourRefused(reason="message_incomplete")
        if self._kind == SMS and len(text) > SMS_LIMIT:
            raise NeighbourRefused(reason="message_too_long")
        if self._mode() == QUOTA:
            raise NeighbourRefused(reason="quota_exhausted")
        ident = sha256(f"{self._name}/{key}".encode()).hexdigest()[:20]
        at = self._now().isoformat()
        subject = str(message.get("subject", ""))
        kept = {"id": ident, "to": to, "subject": subject, "text": text, "at": at}
        if self._store.add(self._kind, ident, {**kept, "by": self._name}) and self._kind == SMS:
            self._plan_receipts(ident, key, text)
        return {"id": ident, "accepted_at": at}

    def _plan_receipts(self, ident: str, key: str, text: str) -> None:
        mode, now = self._mode(), self._now()
        parts = parts_of(text)
        told = {
            "provider": self._name,
            "key": key,
            "delivered": mode != UNREACHED,
            "reason": "number_off" if mode == UNREACHED else "",
            "at": now.isoformat(),
            "parts": parts,
            "cost_dong": parts * PRICES[self._name],
        }
        due = now + LATENESS if mode == LATE else now
        for turn in range({SILENT: 0, TWICE: 2}.get(mode, 1)):
            callbacks.plan(
                self._store, f"{ident}-{turn}", told, to=self._name, due=due, forged=mode == FORGED
            )

    def _list(self, request: Request, parts: Mapping[str, str]) -> Response:
        to = request.query.get("to", "").strip()
        found = [m for m in self._store.newest(self._kind) if not to or to in str(m["to"])]
        return page("messages.html", {
            "kind": self._kind, "title": TITLES[self._kind], "to": to, "messages": found,
        })  # fmt: skip

    def _read(self, request: Request, parts: Mapping[str, str]) -> Response:
        found = self._store.get(self._kind, parts["id"])
        if found is None:
            return page("missing.html", {"path": request.path}, status=404)
        return page("message.html", {
            "kind": self._kind, "title": TITLES[self._kind], "message": found,
        })  # fmt: skip


def parts_of(text: str) -> int:
    """How many parts a message with tone marks takes."""
    if len(text) <= LETTERS_ALONE:
        return 1
    return -(-len(text) // LETTERS_JOINED)
