"""Dịch vụ đẩy tin: a browser's own service, reached as RFC 8030 says, at addresses it chose.

The address comes from a stranger's browser, so it is looked at twice: it must belong to a service
that the operator allowed, and the outer door looks at where its name leads.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import requests
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

from motcua.contexts.exchange.adapters import webpush
from motcua.contexts.exchange.adapters.transport import TooLate, TooLong, fetch_with_headers
from motcua.contexts.exchange.contracts import NeighbourDown, NeighbourRefused
from motcua.contexts.exchange.ports import Operation
from motcua.kernel import clock, outbound

TAKEN = frozenset({200, 201, 202})
GONE = frozenset({404, 410})
TOO_LARGE, TOO_MANY, FIRST_SERVER_FAULT = 413, 429, 500
LONGEST_WAIT = 24 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class PushConnector:
    """`Connector` of one push service.

    Payload: endpoint, p256dh, auth, words (a mapping), ttl, urgency, topic. hosts: the names it
    answers under; one that begins with a point stands for every name below it. prefix: instead of
    hosts, how the addresses of a stand-in begin.
    """

    name: str
    operations: Mapping[str, Operation]
    key: EllipticCurvePrivateKey
    contact: str
    hosts: tuple[str, ...] = ()
    prefix: str = ""

    def serves(self, endpoint: str) -> bool:
        """Whether this address is one of this service."""
        try:
            origin = outbound.origin_of(endpoint)
        except outbound.AddressRefused:
            return False
        if self.prefix:
            return endpoint.startswith(self.prefix)
        scheme, _, rest = origin.partition("://")
        host, _, port = rest.rpartition(":")
        return scheme == "https" and port == "443" and any(_is_under(host, h) for h in self.hosts)

    def call(
        self, operation: str, payload: Mapping[str, object], *, key: str, seconds: float
    ) -> Mapping[str, object]:
        endpoint = str(payload["endpoint"])
        if not self.serves(endpoint):
            raise NeighbourRefused(reason="not_a_push_service", connector=self.name)
        try:
            status, headers, _body = fetch_with_headers(
                "POST",
                endpoint,
                headers=self.headers_for(endpoint, payload),
                body=sealed(payload),
                seconds=seconds,
                registered=(endpoint,),
            )
        except outbound.AddressRefused as problem:
            raise NeighbourRefused(reason="address_refused", connector=self.name) from problem
        except (requests.Timeout, TooLate) as problem:
            raise NeighbourDown(reason="timeout", connector=self.name) from problem
        except requests.RequestException as problem:
            raise NeighbourDown(reason="unreachable", connector=self.name) from problem
        except TooLong as problem:
            raise NeighbourDown(reason="answer_too_long", connector=self.name) from problem
        return self.heard(status, headers)

    def headers_for(self, endpoint: str, payload: Mapping[str, object]) -> dict[str, str]:
        parts = urlsplit(endpoint)
        origin = f"{parts.scheme}://{parts.netloc}"
        who = webpush.authorization(self.key, origin=origin, contact=self.contact, now=clock.now())
        return {
            "Authorization": who,
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(payload["ttl"]),
            "Urgency": str(payload["urgency"]),
            "Topic": str(payload["topic"]),
        }

    def heard(self, status: int, headers: Mapping[str, str]) -> Mapping[str, object]:
        if status in TAKEN:
            return {"id": str(headers.get("Location", ""))[-100:]}
        if status in GONE:
            raise NeighbourRefused(reason="gone", connector=self.name)
        if status == TOO_MANY or status >= FIRST_SERVER_FAULT:
            wait = _seconds(headers.get("Retry-After", ""))
            raise NeighbourDown(reason=f"http_{status}", connector=self.name, retry_after=wait)
        reason = "too_large" if status == TOO_LARGE else f"http_{status}"
        raise NeighbourRefused(reason=reason, connector=self.name)


def service_of(endpoint: str, services: Iterable[PushConnector]) -> str:
    """The connector whose address this is, empty when nobody's."""
    return next((one.name for one in services if one.serves(endpoint)), "")


def _is_under(host: str, name: str) -> bool:
    return host.endswith(name) if name.startswith(".") else host == name


def sealed(payload: Mapping[str, object]) -> bytes:
    """Raises: NeighbourRefused for keys or words that cannot be sent, whoever is asked."""
    words = json.dumps(payload["words"], ensure_ascii=False).encode()
    try:
        to = webpush.Audience.read(str(payload["p256dh"]), str(payload["auth"]))
        return webpush.encrypt(words, to=to)
    except webpush.Unreadable as problem:
        raise NeighbourRefused(reason=f"unreadable_{problem}") from problem


def _seconds(text: str) -> int:
    """Retry-After in seconds; a date, or nonsense, is no wish to wait."""
    return min(int(text), LONGEST_WAIT) if text.isascii() and text.isdigit() else 0
