"""Which connectors exist, and the secrets shared with each neighbour."""

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings

from motcua.contexts.exchange.adapters.http_connector import HttpConnector
from motcua.contexts.exchange.adapters.push_connector import PushConnector
from motcua.contexts.exchange.adapters.timestamp_connector import TimestampConnector
from motcua.contexts.exchange.contracts import (
    PUSH,
    PUSH_HOSTS,
    SMS,
    SMS_PROVIDERS,
    TIMESTAMPING,
    VNPOST,
    WITNESSES,
    UnknownConnector,
)
from motcua.contexts.exchange.ports import Connector, Operation
from motcua.contexts.exchange.rules import Breaker, lane

OPERATIONS: Mapping[str, Mapping[str, Operation]] = {
    "population": {"lookup": Operation(seconds=3.0)},
    "entitlement": {"of": Operation(seconds=3.0)},
    "bank": {
        "reconcile": Operation(seconds=20.0),
        "transactions_of": Operation(seconds=3.0),
        "refund": Operation(seconds=10.0),
        "refund_state": Operation(seconds=3.0),
    },
    VNPOST: {
        "book": Operation(seconds=10.0),
        "track": Operation(seconds=5.0),
        "claim": Operation(seconds=10.0),
    },
    "mail": {"send": Operation(seconds=10.0)},
    **{name: {"send": Operation(seconds=10.0)} for name in SMS_PROVIDERS},
    **{name: {"state": Operation(), "anchor": Operation(seconds=10.0)} for name in WITNESSES},
    TIMESTAMPING: {"stamp": Operation(seconds=10.0)},
}
TO_PUSH = {"send": Operation(seconds=10.0)}
TRIED = "push_device"  # the stand-in's own browsers, to try the way without a real one

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


def operations_of(name: str) -> Mapping[str, Operation]:
    """What can be asked under this name, also where several providers stand behind it.

    Raises: UnknownConnector.
    """
    return connector(providers_of(name, key="", attempt=1)[0]).operations


def providers_of(name: str, *, key: str, attempt: int) -> tuple[str, ...]:
    """Whom to ask, one after the other; of most neighbours there is only one."""
    if name != SMS or name in _registered:
        return (name,)
    return lane(key, SMS_PROVIDERS, share=settings.SMS_SHARE, attempt=attempt)


@cache
def vapid_key() -> EllipticCurvePrivateKey:
    """Who we are to the services that push."""
    key = load_pem_private_key(Path(settings.VAPID_KEY_FILE).read_bytes(), password=None)
    if not isinstance(key, EllipticCurvePrivateKey):
        raise TypeError("the key of the push services is no P-256 key")
    return key


def push_services() -> tuple[PushConnector, ...]:
    """Those that the operator allows; where stand-ins run, theirs too."""
    allowed = {name: PUSH_HOSTS[name] for name in settings.PUSH_SERVICES}
    found = [_push(name, hosts=hosts) for name, hosts in allowed.items()]
    if settings.SIMULATORS:
        found.append(_push(PUSH, prefix=f"{settings.SIMULATORS_ORIGIN}/{PUSH}/e/"))
    return tuple(found)


def _push(name: str, *, hosts: tuple[str, ...] = (), prefix: str = "") -> PushConnector:
    return PushConnector(
        name=name,
        operations=TO_PUSH,
        key=vapid_key(),
        contact=settings.PUBLIC_ORIGIN,
        hosts=hosts,
        prefix=prefix,
    )


def connector(name: str) -> Connector:
    """Raises: UnknownConnector."""
    found = _registered.get(name)
    if found is not None:
        return found
    if name == PUSH or name in PUSH_HOSTS:
        allowed = {one.name: one for one in push_services()}
        if name not in allowed:
            raise UnknownConnector(connector=name)
        return allowed[name]
    if name == TRIED and settings.SIMULATORS:
        return _by_http(name, {"make": Operation()})
    if name not in OPERATIONS:
        raise UnknownConnector(connector=name)
    return _by_http(name, OPERATIONS[name])


def _by_http(name: str, operations: Mapping[str, Operation]) -> Connector:
    url = settings.CONNECTOR_URLS.get(name) or f"{settings.SIMULATORS_ORIGIN}/{name}"
    if name == TIMESTAMPING:
        return TimestampConnector(name=name, url=url, operations=operations)
    token = settings.CONNECTOR_TOKENS.get(name) or bearer_token(name)
    return HttpConnector(name=name, url=url, token=token, operations=operations)


def breaker(name: str) -> Breaker:
    return _breakers.setdefault(name, Breaker())


def names() -> tuple[str, ...]:
    """Every connector there is."""
    pushing = (one.name for one in push_services())
    return tuple(sorted({*OPERATIONS, *_registered, *pushing}))
