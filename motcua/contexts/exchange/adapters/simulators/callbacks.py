"""The stand-ins' own retry lane: tells the platform what happened, signed, until it listens."""

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import requests

from motcua.contexts.exchange.adapters.simulators.store import Store
from motcua.contexts.exchange.rules import signature_of

ATTEMPTS = 6
PAUSE = 0.3  # seconds between two looks at what is due
LOOK_BACK = 5000  # planned calls looked through
PATIENCE = 5  # seconds the bank waits for the platform


@dataclass(frozen=True, slots=True)
class Ear:
    """Where the platform listens to one neighbour, and the secret shared with that one."""

    url: str
    secret: bytes


def plan(
    store: Store,
    key: str,
    told: Mapping[str, object],
    *,
    to: str,
    due: datetime,
    forged: bool = False,
) -> None:
    """One call more for the lane; the same key again is the same call. to: which neighbour."""
    store.put("callback", key, {
        "key": key, "to": to, "body": json.dumps(told, ensure_ascii=False),
        "due": due.isoformat(), "attempts": 0, "forged": forged, "state": "WAITING", "heard": "",
    })  # fmt: skip


class CallbackLane:
    """Sends what is due. Planned calls are documents, so a restart forgets none.

    ears: by neighbour; a call that names none is the bank's.
    """

    def __init__(
        self,
        *,
        store: Store,
        ears: Mapping[str, Ear],
        now: Callable[[], datetime],
        session: requests.Session | None = None,
    ) -> None:
        self._store = store
        self._ears = ears
        self._now = now
        self._session = session or requests.Session()
        self._ended = threading.Event()

    def run(self) -> None:
        """Until `end` is called; meant for a thread of its own."""
        while not self._ended.wait(PAUSE):
            self.run_due()

    def end(self) -> None:
        self._ended.set()

    def run_due(self) -> int:
        """Send every waiting call whose time has come; gives how many were tried."""
        waiting = [
            c for c in self._store.newest("callback", limit=LOOK_BACK) if c["state"] == "WAITING"
        ]
        due = [c for c in waiting if datetime.fromisoformat(str(c["due"])) <= self._now()]
        for call in reversed(due):
            self._try(call)
        return len(due)

    def _try(self, call: dict[str, object]) -> None:
        ear = self._ears[str(call.get("to", "bank"))]
        heard = self._post(ear, str(call["body"]).encode(), forged=bool(call["forged"]))
        attempts = int(str(call["attempts"])) + 1
        done = heard.startswith("2")
        state = "TOLD" if done else ("WAITING" if attempts < ATTEMPTS else "GIVEN_UP")
        due = (self._now() + timedelta(seconds=2**attempts)).isoformat()
        changed = {**call, "attempts": attempts, "state": state, "heard": heard, "due": due}
        self._store.put("callback", str(call["key"]), changed)

    def _post(self, ear: Ear, body: bytes, *, forged: bool) -> str:
        timestamp = self._now().isoformat()
        secret = b"somebody else's secret" if forged else ear.secret
        headers = {
            "Content-Type": "application/json",
            "X-Timestamp": timestamp,
            "X-Signature": signature_of(secret, timestamp=timestamp, body=body),
        }
        try:
            told = self._session.post(ear.url, data=body, headers=headers, timeout=PATIENCE)
        except requests.RequestException as problem:
            return type(problem).__name__
        return str(told.status_code)
