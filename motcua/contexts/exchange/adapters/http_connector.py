"""Neighbours reached by HTTP: JSON comes back, and every fault becomes one of two refusals."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

import requests

from motcua.contexts.exchange.adapters.transport import TooLate, TooLong, fetch
from motcua.contexts.exchange.contracts import NeighbourDown, NeighbourRefused
from motcua.contexts.exchange.ports import Operation

FIRST_SERVER_FAULT = 500
TOO_MANY = 429
FINE = frozenset({200, 201, 202})


def exchange_json(
    neighbour: str,
    method: str,
    url: str,
    *,
    headers: Mapping[str, str],
    body: bytes | None,
    seconds: float,
) -> Mapping[str, object]:
    """One call and its answer, an object. Raises: NeighbourDown, NeighbourRefused."""
    try:
        status, heard = fetch(method, url, headers=headers, body=body, seconds=seconds)
    except (requests.Timeout, TooLate) as problem:
        raise NeighbourDown(reason="timeout", connector=neighbour) from problem
    except requests.RequestException as problem:
        raise NeighbourDown(reason="unreachable", connector=neighbour) from problem
    except TooLong as problem:
        raise NeighbourDown(reason="answer_too_long", connector=neighbour) from problem
    return _read(neighbour, status, heard)


def _read(neighbour: str, status: int, heard: bytes) -> Mapping[str, object]:
    if status >= FIRST_SERVER_FAULT or status == TOO_MANY:
        raise NeighbourDown(reason=f"http_{status}", connector=neighbour)
    try:
        said = json.loads(heard)
    except (ValueError, RecursionError) as problem:
        raise NeighbourDown(reason="unreadable", connector=neighbour) from problem
    if not isinstance(said, dict):
        raise NeighbourDown(reason="unreadable", connector=neighbour)
    if status not in FINE:
        reason = str(said.get("error", f"http_{status}"))[:64]
        raise NeighbourRefused(reason=reason, connector=neighbour)
    return said


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpConnector:
    """`Connector` over HTTP: one address per operation, JSON in, JSON out.

    `token` goes as bearer, the key as ``Idempotency-Key``.
    """

    name: str
    url: str
    token: str
    operations: Mapping[str, Operation]

    def call(
        self, operation: str, payload: Mapping[str, object], *, key: str, seconds: float
    ) -> Mapping[str, object]:
        return exchange_json(
            self.name,
            "POST",
            f"{self.url}/{operation}",
            headers={
                "Authorization": f"Bearer {self.token}",
                "Idempotency-Key": key,
                "Content-Type": "application/json",
            },
            body=json.dumps(payload, ensure_ascii=False).encode(),
            seconds=seconds,
        )
