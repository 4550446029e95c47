"""Nhân chứng: keeps the heads of a ledger that somebody else runs, and countersigns what only grew.

The same code is the stand-in of a developer's machine and, by `motcua witness`, the real thing on
another party's. It refuses a head that contradicts what it has; it never forgets one.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from motcua.contexts.exchange.adapters.simulators.http import Request, Response, Route, route
from motcua.contexts.exchange.adapters.simulators.store import Store
from motcua.contexts.exchange.contracts import NeighbourRefused
from motcua.kernel.anchors import head_words, message
from motcua.kernel.merkle import EMPTY_ROOT, grows

WRONG_SIGNATURE, REFUSES = "wrong_signature", "refuses"


class Witness:
    """One party with a key and a list of its own."""

    def __init__(
        self,
        name: str,
        *,
        store: Store,
        now: Callable[[], datetime],
        mode: Callable[[], str] = str,
    ) -> None:
        self.name = name
        self._store, self._now, self._mode = store, now, mode
        self._kind = f"{name}/head"

    def routes(self) -> list[Route]:
        return [route("GET", f"/{self.name}/anchors.jsonl", self._list)]

    def state(self, asked: Mapping[str, object]) -> dict[str, object]:
        """Key: ledger. What it has of that ledger; size 0 when nothing."""
        newest = self._newest(str(asked.get("ledger", "")))
        known = {name: newest[name] for name in ("number", "size", "root")} if newest else {}
        return {
            "witness": self.name,
            "key": self._public().hex(),
            "number": 0,
            "size": 0,
            "root": EMPTY_ROOT.hex(),
            **known,
        }

    def anchor(self, asked: Mapping[str, object]) -> dict[str, object]:
        """Keys: ledger, key, head, proof. The same head gets the same countersignature.

        Raises: NeighbourRefused (unreadable, other_ledger, bad_signature, fork, rollback,
        inconsistent).
        """
        if self._mode() == REFUSES:
            raise NeighbourRefused(reason="refused")
        try:
            ledger, key = str(asked["ledger"]), bytes.fromhex(str(asked["key"]))
            head, proof = _head(asked["head"]), _hashes(asked["proof"])
            words, signed = head_words(head), bytes.fromhex(str(head["signature"]))
        except (KeyError, TypeError, ValueError) as problem:
            raise NeighbourRefused(reason="unreadable") from problem
        if sha256(key).hexdigest() != ledger:
            raise NeighbourRefused(reason="other_ledger")
        if not _holds(key, signed, words):
            raise NeighbourRefused(reason="bad_signature")
        kept = self._store.get(self._kind, f"{ledger}/{head['number']}")
        if kept is not None:
            if (kept["size"], kept["root"]) != (head["size"], head["root"]):
                raise NeighbourRefused(reason="fork")
            return self._given(kept)
        self._check_growth(self._newest(ledger), head, proof)
        return self._given(self._countersign(ledger, head))

    def _check_growth(
        self, seen: Mapping[str, object] | None, head: Mapping[str, object], proof: list[bytes]
    ) -> None:
        if seen is None:
            return
        old, new = int(str(seen["size"])), int(str(head["size"]))
        if new < old or int(str(head["number"])) < int(str(seen["number"])):
            raise NeighbourRefused(reason="rollback")
        roots = bytes.fromhex(str(seen["root"])), bytes.fromhex(str(head["root"]))
        if not grows(old, roots[0], new, roots[1], proof):
            raise NeighbourRefused(reason="fork" if old == new else "inconsistent")

    def _countersign(self, ledger: str, head: Mapping[str, object]) -> dict[str, object]:
        at = self._now().astimezone(UTC).isoformat()
        number, size = int(str(head["number"])), int(str(head["size"]))
        root = bytes.fromhex(str(head["root"]))
        words = message(
            witness=self.name, ledger_id=ledger, number=number, size=size, root=root, at=at
        )
        line: dict[str, object] = {
            "witness": self.name,
            "ledger": ledger,
            "number": number,
            "size": size,
            "root": root.hex(),
            "at": at,
            "key": self._public().hex(),
            "signature": self._key().sign(words).hex(),
        }
        if not self._store.add(self._kind, f"{ledger}/{number}", line):
            raise NeighbourRefused(reason="fork")
        self._store.put(f"{self.name}/newest", ledger, line)
        return line

    def _given(self, line: dict[str, object]) -> dict[str, object]:
        if self._mode() == WRONG_SIGNATURE:
            return {**line, "signature": "00" * 64}
        return line

    def _newest(self, ledger: str) -> Mapping[str, object] | None:
        return self._store.get(f"{self.name}/newest", ledger)

    def _key(self) -> Ed25519PrivateKey:
        fresh = b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode()
        self._store.add("witness_key", self.name, {"private": fresh})
        kept = self._store.get("witness_key", self.name) or {}
        return Ed25519PrivateKey.from_private_bytes(b64decode(str(kept["private"])))

    def _public(self) -> bytes:
        return self._key().public_key().public_bytes_raw()

    def _list(self, request: Request, parts: Mapping[str, str]) -> Response:
        """Everything it ever countersigned, for whoever checks a ledger."""
        lines = sorted(self._store.all(self._kind), key=lambda line: int(str(line["number"])))
        text = "".join(json.dumps(line) + "\n" for line in lines)
        return Response(text.encode(), 200, (("Content-Type", "application/jsonl"),))


def _head(said: object) -> Mapping[str, object]:
    if not isinstance(said, dict):
        raise TypeError("a head is an object")
    return said


def _hashes(said: object) -> list[bytes]:
    if not isinstance(said, list):
        raise TypeError("a proof is a list")
    return [bytes.fromhex(str(step)) for step in said]


def _holds(key: bytes, signature: bytes, words: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, words)
    except (InvalidSignature, ValueError):
        return False
    return True
