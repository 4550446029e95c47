"""Nơi cấp dấu thời gian: asked over HTTP as RFC 3161, section 3.4, says."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass

import requests

from motcua.contexts.exchange.adapters.transport import TooLate, TooLong, fetch
from motcua.contexts.exchange.contracts import NeighbourDown, NeighbourRefused
from motcua.contexts.exchange.ports import Operation

QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"
FINE = 200
ASKED_WRONGLY = range(400, 429)  # what asking again does not mend


@dataclass(frozen=True, slots=True, kw_only=True)
class TimestampConnector:
    """`Connector` whose payload is one query, in base64, and whose answer is one reply.

    What stands in the reply is judged by whoever asked.
    """

    name: str
    url: str
    operations: Mapping[str, Operation]

    def call(
        self, operation: str, payload: Mapping[str, object], *, key: str, seconds: float
    ) -> Mapping[str, object]:
        headers = {"Content-Type": QUERY, "Accept": REPLY}
        body = b64decode(str(payload["query"]))
        try:
            status, heard = fetch("POST", self.url, headers=headers, body=body, seconds=seconds)
        except (requests.Timeout, TooLate) as problem:
            raise NeighbourDown(reason="timeout", connector=self.name) from problem
        except requests.RequestException as problem:
            raise NeighbourDown(reason="unreachable", connector=self.name) from problem
        except TooLong as problem:
            raise NeighbourDown(reason="answer_too_long", connector=self.name) from problem
        if status in ASKED_WRONGLY:
            raise NeighbourRefused(reason=f"http_{status}", connector=self.name)
        if status != FINE:
            raise NeighbourDown(reason=f"http_{status}", connector=self.name)
        return {"reply": b64encode(heard).decode()}
