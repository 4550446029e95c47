"""A neighbour reached by HTTP: JSON in, JSON out, one address per operation."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

import requests

from motcua.contexts.exchange.adapters.transport import TooLate, TooLong, post_json
from motcua.contexts.exchange.contracts import NeighbourDown, NeighbourRefused
from motcua.contexts.exchange.ports import Operation

FIRST_SERVER_FAULT = 500
TOO_MANY = 429


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpConnector:
    """`Connector` over HTTP. `token` goes as bearer, the key as ``Idempotency-Key``."""

    name: str
    url: str
    token: str
    operations: Mapping[str, Operation]

    def call(
        self, operation: str, payload: Mapping[str, object], *, key: str, seconds: float
    ) -> Mapping[str, object]:
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": key}
        try:
            status, body = post_json(
                f"{self.url}/{operation}", payload, headers=headers, seconds=seconds
            )
        except (requests.Timeout, TooLate) as problem:
            raise NeighbourDown(reason="timeout", connector=self.name) from problem
        except requests.RequestException as problem:
            raise NeighbourDown(reason="unreachable", connector=self.name) from problem
        except TooLong as problem:
            raise NeighbourDown(reason="answer_too_long", connector=self.name) from problem
        return self._read(status, body)

    def _read(self, status: int, body: bytes) -> Mapping[str, object]:
        if status >= FIRST_SERVER_FAULT or status == TOO_MANY:
            raise NeighbourDown(reason=f"http_{status}", connector=self.name)
        try:
            heard = json.loads(body)
        except ValueError as problem:
            raise NeighbourDown(reason="unreadable", connector=self.name) from problem
        if not isinstance(heard, dict):
            raise NeighbourDown(reason="unreadable", connector=self.name)
        if status not in (200, 201, 202):
            reason = str(heard.get("error", f"http_{status}"))[:64]
            raise NeighbourRefused(reason=reason, connector=self.name)
        return heard
