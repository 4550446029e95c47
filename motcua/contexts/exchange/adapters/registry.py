"""Which connectors exist, and the secrets shared with each neighbour."""

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.conf import settings

from motcua.contexts.exchange.adapters.http_connector import HttpConnector
from motcua.contexts.exchange.adapters.timestamp_connector import TimestampConnector
from motcua.contexts.exchange.contracts import TIMESTAMPING, WITNESSES, UnknownConnector
from motcua.contexts.exchange.ports import Connector, Operation
from motcua.contexts.exchange.rules import Breaker

OPERATIONS: Mapping[str, Mapping[str, Operation]] = {
    "population": {"lookup": Operation(seconds=3.0)},
    "bank": {"reconcile": Operation(seconds=20.0), "transactions_of": Operation(seconds=3.0)},
    "mail": {"send": Operation(seconds=10.0)},
    "sms": {"send": Operation(seconds=10.0)},
    **{name: {"state": Operation(), "anchor": Operation(seconds=10.0)} for name in WITNESSES},
    TIMESTAMPING: {"stamp": Operation(seconds=10.0)},
}

_registered: dict[str, Connector] = {}
_breakers: dict[str, Breaker] = {}


def shared_secret(neighbour: str) -> bytes:
    """The secret this installation shares with one neighbour; stand-ins derive the same."""
    seed = f"exchange/{neighbour}".encode()
    return hmac.new(str(settings.SECRET_KEY).encode(), seed, hashlib.sha256).digest()


def bearer_token(neighbour: str) -> str:
    return shared_secret(f"{neighbour}/token").hex()


def register(connector: Connector) -> None:
    """Put a connector in the place of the one of the same name."""
    _registered[connector.name] = connector
    _breakers.pop(connector.name, None)


@contextmanager
def registered(connector: Connector) -> Iterator[None]:
    """The connector stands in for as long as the block lasts."""
    before = _registered.get(connector.name)
    register(connector)
    try:
        yield
    finally:
        _breakers.pop(connector.name, None)
        if before is None:
            del _registered[connector.name]
        else:
            _registered[connector.name] = before


def connector(name: str) -> Connector:
    """Raises: UnknownConnector."""
    found = _registered.get(name)
    if found is not None:
        return found
    if name not in OPERATIONS:
        raise UnknownConnector(connector=name)
    url = settings.CONNECTOR_URLS.get(name) or f"{settings.SIMULATORS_ORIGIN}/{name}"
    if name == TIMESTAMPING:
        return TimestampConnector(name=name, url=url, operations=OPERATIONS[name])
    token = settings.CONNECTOR_TOKENS.get(name) or bearer_token(name)
    return HttpConnector(name=name, url=url, token=token, operations=OPERATIONS[name])


def breaker(name: str) -> Breaker:
    return _breakers.setdefault(name, Breaker())


def names() -> tuple[str, ...]:
    """Every connector there is."""
    return tuple(sorted({*OPERATIONS, *_registered}))
