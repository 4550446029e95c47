"""Stand-in for a browser's push service, and for the browser behind it.

It judges what arrives as the real ones do (RFC 8030, 8292), opens it with the browser's key (RFC
8291) and lets a person read it. A device that was removed is gone for good.
"""

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import jwt
from cryptography.hazmat.primitives.asymmetric import ec

from motcua.contexts.exchange.adapters import webpush
from motcua.contexts.exchange.adapters.simulators.http import (
    Request,
    Response,
    Route,
    page,
    redirect,
    refusal,
    route,
)
from motcua.contexts.exchange.adapters.simulators.store import Document, Store
from motcua.contexts.exchange.contracts import NeighbourRefused

DEVICES, MESSAGES = "push_device", "push"
GONE, MISSING, TOO_LARGE, BUSY = "gone", "missing", "too_large", "busy"
PLAYED = {
    GONE: (410, ()),
    MISSING: (404, ()),
    TOO_LARGE: (413, ()),
    BUSY: (429, (("Retry-After", "120"),)),
}
URGENCIES = frozenset({"very-low", "low", "normal", "high"})
LONGEST_TOKEN = timedelta(hours=24)
TOPIC_LETTERS = 32


@dataclass(frozen=True, slots=True)
class Faulty(Exception):
    """What a push service answers to a message that it does not take."""

    status: int
    code: str


class PushService:
    """Devices are made by `make`, as a browser makes a subscription."""

    def __init__(
        self,
        *,
        origin: str,
        store: Store,
        now: Callable[[], datetime],
        mode: Callable[[], str] = str,
    ) -> None:
        self._origin, self._store, self._now, self._mode = origin, store, now, mode

    def routes(self) -> list[Route]:
        return [
            route("GET", "/push", self._list),
            route("POST", "/push/e/{id}", self.take),
            route("POST", "/push/may/{id}/go", self._remove),
        ]

    def make(self, asked: Mapping[str, object]) -> dict[str, object]:
        """A new device. Key: key, the public key of who may send. Raises: NeighbourRefused."""
        try:
            webpush.point_of(webpush.unbase64(str(asked.get("key", ""))))
        except webpush.Unreadable as problem:
            raise NeighbourRefused(reason="key_unreadable") from problem
        own = ec.generate_private_key(webpush.CURVE)
        ident, auth = secrets.token_urlsafe(24), secrets.token_bytes(webpush.AUTH_BYTES)
        secret = f"{own.private_numbers().private_value:x}"
        self._store.put(DEVICES, ident, {
            "id": ident, "key": str(asked["key"]), "own": secret,
            "auth": webpush.base64(auth), "at": self._now().isoformat(), "gone": False,
        })  # fmt: skip
        return {
            "endpoint": f"{self._origin}/push/e/{ident}",
            "p256dh": webpush.base64(webpush.raw_point(own.public_key())),
            "auth": webpush.base64(auth),
        }

    def take(self, request: Request, parts: Mapping[str, str]) -> Response:
        """One message for one device, as RFC 8030 section 5 says."""
        played = PLAYED.get(self._mode())
        if played:
            return Response(b"", played[0], played[1])
        device = self._store.get(DEVICES, parts["id"])
        if device is None:
            return Response(b"", 404, ())
        if device["gone"]:
            return Response(b"", 410, ())
        try:
            number = self._keep(device, request)
        except Faulty as fault:
            return refusal(fault.code, "not accepted", status=fault.status)
        headers = (("Location", f"{self._origin}/push/m/{number}"), ("TTL", _ttl(request)))
        return Response(b"", 201, headers)

    def _keep(self, device: Document, request: Request) -> str:
        self._check_sender(request.headers.get("authorization", ""), str(device["key"]))
        ttl, headers = _ttl(request), request.headers
        if headers.get("content-encoding") != "aes128gcm":
            raise Faulty(415, "encoding")
        if len(request.body) > webpush.BODY_LIMIT:
            raise Faulty(413, "too_large")
        urgency, topic = headers.get("urgency", "normal"), headers.get("topic", "")
        if urgency not in URGENCIES or not _is_topic(topic):
            raise Faulty(400, "headers")
        own = ec.derive_private_key(int(str(device["own"]), 16), webpush.CURVE)
        try:
            auth = webpush.unbase64(str(device["auth"]))
            plain = webpush.decrypt(request.body, own=own, auth=auth)
            words: object = json.loads(plain)
        except ValueError as problem:
            raise Faulty(400, "unreadable") from problem
        number = f"{device['id']}-{topic}" if topic else secrets.token_urlsafe(12)
        self._store.put(MESSAGES, number, {
            "id": number, "device": device["id"], "at": self._now().isoformat(), "ttl": ttl,
            "urgency": urgency, "topic": topic, "words": words,
        })  # fmt: skip
        return number

    def _check_sender(self, header: str, key: str) -> None:
        """RFC 8292: signed for this service, not for long, by whom the device allowed."""
        scheme, _, rest = header.partition(" ")
        given = dict(part.strip().partition("=")[::2] for part in rest.split(","))
        if scheme.lower() != "vapid" or not {"t", "k"} <= given.keys():
            raise Faulty(401, "vapid_missing")
        if given["k"] != key:
            raise Faulty(403, "vapid_other_key")
        try:
            claims = jwt.decode(
                given["t"],
                webpush.point_of(webpush.unbase64(key)),
                algorithms=["ES256"],
                audience=self._origin,
                options={"verify_exp": False, "require": ["exp", "aud", "sub"]},
            )
        except (jwt.PyJWTError, ValueError) as problem:
            raise Faulty(403, "vapid_signature") from problem
        left = int(claims["exp"]) - self._now().timestamp()
        if not 0 < left <= LONGEST_TOKEN.total_seconds():
            raise Faulty(403, "vapid_time")

    def _list(self, request: Request, parts: Mapping[str, str]) -> Response:
        messages = self._store.newest(MESSAGES, limit=50)
        devices = self._store.newest(DEVICES, limit=50)
        return page("push.html", {"messages": messages, "devices": devices})

    def _remove(self, request: Request, parts: Mapping[str, str]) -> Response:
        device = self._store.get(DEVICES, parts["id"])
        if device is None:
            return page("missing.html", {"path": request.path}, status=404)
        self._store.put(DEVICES, parts["id"], {**device, "gone": True})
        return redirect("/push")


def _ttl(request: Request) -> str:
    ttl = request.headers.get("ttl", "")
    if not (ttl.isascii() and ttl.isdigit()):
        raise Faulty(400, "ttl_missing")
    return ttl


def _is_topic(topic: str) -> bool:
    letters = topic.replace("-", "").replace("_", "")
    return len(topic) <= TOPIC_LETTERS and (not topic or (letters.isascii() and letters.isalnum()))
