"""Stand-ins for the mail server and the SMS gateway: keep what was sent, let a person read it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha256

from motcua.contexts.exchange.adapters.simulators.http import Request, Response, Route, page, route
from motcua.contexts.exchange.adapters.simulators.store import Store
from motcua.contexts.exchange.contracts import NeighbourRefused

TITLES = {"mail": "Hộp thư mô phỏng", "sms": "Tin nhắn mô phỏng"}
SMS_LIMIT = 1000


class Messages:
    """One kind of message, ``mail`` or ``sms``."""

    def __init__(self, kind: str, *, store: Store, now: Callable[[], datetime]) -> None:
        self._kind = kind
        self._store = store
        self._now = now

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
        if self._kind == "sms" and len(text) > SMS_LIMIT:
            raise NeighbourRefused(reason="message_too_long")
        ident = sha256(key.encode()).hexdigest()[:20]
        at = self._now().isoformat()
        subject = str(message.get("subject", ""))
        kept = {"id": ident, "to": to, "subject": subject, "text": text, "at": at}
        self._store.add(self._kind, ident, kept)
        return {"id": ident, "accepted_at": at}

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
