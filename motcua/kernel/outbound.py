"""Cửa ra: the one door through which the city fetches an address.

An address goes out only when its origin is one that the operator named (VNeID, neighbours) or an
administrator registered (an application's server), and its name leads to public addresses. The
connection is made to the very address that was looked at, so that a name which answers otherwise a
moment later (DNS rebinding) gains nothing. Redirects are not followed. Stand-ins on this machine
are reached only where stand-ins run.
"""

import ipaddress
import socket
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection
from urllib3.connectionpool import HTTPConnectionPool

PORTS = {"https": 443, "http": 80}
LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
# All that is given out of the new protocol; the rest leads inside too (translated, site-local).
GIVEN_OUT = ipaddress.ip_network("2000::/3")
LONGEST_ADDRESS = 4096  # longer ones are refused by servers, or cut
Resolver = Callable[[str, int], Iterable[str]]


class AddressRefused(requests.exceptions.InvalidURL):
    """The city does not go there; the reason is a code for the log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """An address that was looked at: where to connect, and whom to ask there."""

    url: str
    scheme: str
    host: str
    port: int
    address: str

    @property
    def authority(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def origin_of(url: str) -> str:
    """Scheme, name and port, as compared with the list. Raises: AddressRefused."""
    scheme, host, port = _parts(url)
    return f"{scheme}://{host}:{port}"


def _parts(url: str) -> tuple[str, str, int]:
    if len(url) > LONGEST_ADDRESS or any(ord(letter) <= 0x20 for letter in url) or "\\" in url:
        raise AddressRefused("malformed")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode().lower().rstrip(".")
    except ValueError as problem:
        raise AddressRefused("malformed") from problem
    if parts.scheme not in PORTS or not host:
        raise AddressRefused("scheme")
    if "@" in parts.netloc:
        raise AddressRefused("credentials")
    return parts.scheme, host, port or PORTS[parts.scheme]


def _resolved(host: str, port: int) -> Iterable[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(place[4][0]) for place in found]


def destination(
    url: str,
    *,
    registered: Iterable[str] = (),
    by_stranger: bool = False,
    resolve: Resolver = _resolved,
) -> Destination:
    """Look at an address before anything is sent to it.

    registered: addresses that somebody laid down for whoever is to hear this. by_stranger: it was
    no administrator, so that the inner addresses which the operator named are none for them.
    Raises: AddressRefused.
    """
    scheme, host, port = _parts(url)
    origin = f"{scheme}://{host}:{port}"
    stand_in = settings.SIMULATORS and host in LOOPBACK_NAMES
    inside = not by_stranger and origin in _origins(settings.PRIVATE_NEIGHBOURS)
    named = origin in _origins((settings.VNEID_ISSUER, *settings.NEIGHBOURS, *registered))
    if not (stand_in or inside or named):
        raise AddressRefused("not_named")
    if scheme != "https" and not stand_in:
        raise AddressRefused("not_encrypted")
    try:
        found = list(resolve(host, port))
    except OSError as problem:
        raise requests.exceptions.ConnectionError("name_unknown") from problem
    if not found:
        raise requests.exceptions.ConnectionError("name_unknown")
    for address in found:  # one bad answer among good ones is an attempt
        _refuse_inner(address, stand_in=stand_in, inside=inside)
    return Destination(url=url, scheme=scheme, host=host, port=port, address=_first(found))


def _first(found: list[str]) -> str:
    """The old protocol first: stand-ins answer on it, and everybody has it."""
    return min(found, key=lambda address: ":" in address)


def _origins(urls: Iterable[str]) -> frozenset[str]:
    return frozenset(origin_of(url) for url in urls if url)


def _refuse_inner(address: str, *, stand_in: bool, inside: bool) -> None:
    place = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(place, ipaddress.IPv6Address):
        place = place.ipv4_mapped or place.sixtofour or place
    if stand_in:
        allowed = place.is_loopback
    elif inside:
        allowed = not (place.is_loopback or place.is_link_local or place.is_multicast)
    else:
        reachable = place.version == 4 or place in GIVEN_OUT
        allowed = reachable and place.is_global and not place.is_multicast
    if not allowed:
        raise AddressRefused("inner_address")


def _is_inside(address: str) -> bool:
    place = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(place, ipaddress.IPv6Address):
        place = place.ipv4_mapped or place.sixtofour or place
    return place.is_private and not (place.is_link_local or place.is_unspecified)


class _Pinned(HTTPAdapter):
    """Connects to the address that was looked at; certificate and Host stay those of the name."""

    def __init__(self, there: Destination) -> None:
        self._there = there
        self._opened: list[socket.socket] = []
        super().__init__(max_retries=0)

    def get_connection_with_tls_context(self, *asked: Any, **named: Any) -> HTTPConnectionPool:
        pool = super().get_connection_with_tls_context(*asked, **named)
        pool.ConnectionCls = _noting(pool.ConnectionCls, self._opened)
        return pool

    def cut(self) -> None:
        """End whatever is said on the lines of this adapter, also in the middle of a word."""
        for line in self._opened:
            _shut(line)

    def init_poolmanager(self, *args: Any, **named: Any) -> None:
        if self._there.scheme == "https":
            named |= {"server_hostname": self._there.host, "assert_hostname": self._there.host}
        super().init_poolmanager(*args, **named)

    def send(self, request: requests.PreparedRequest, *args: Any, **named: Any) -> Any:
        address = self._there.address
        host = f"[{address}]" if ":" in address else address
        parts = urlsplit(str(request.url))
        request.headers["Host"] = self._there.authority
        request.url = urlunsplit((*parts[:1], f"{host}:{self._there.port}", *parts[2:]))
        return super().send(request, *args, **named)


def _noting(kind: Any, opened: list[socket.socket]) -> type[HTTPConnection]:
    def connect(self: HTTPConnection) -> None:
        kind.connect(self)
        opened.append(self.sock)

    return type(kind.__name__, (kind,), {"connect": connect})


@contextmanager
def _cut_after(seconds: float, cut: Callable[[], None]) -> Iterator[None]:
    """Who answers drop by drop never trips the limit between two reads; this watch does."""
    watch = threading.Timer(seconds, cut)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()


@contextmanager
def asked(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str],
    body: bytes | None,
    timeout: tuple[float, float],
    registered: Iterable[str] = (),
    by_stranger: bool = False,
    resolve: Resolver = _resolved,
) -> Iterator[requests.Response]:
    """The answer, to be read in pieces. timeout: to connect; for the answer from end to end.

    registered, by_stranger: as `destination` takes them.

    Raises: requests.RequestException (AddressRefused too).
    """
    there = destination(url, registered=registered, by_stranger=by_stranger, resolve=resolve)
    pinned = _Pinned(there)
    with _cut_after(timeout[1], pinned.cut), requests.Session() as line:
        line.trust_env = False  # proxies and passwords of the machine do not count
        line.mount(f"{there.scheme}://", pinned)
        with line.request(
            method,
            url,
            data=body,
            headers=dict(headers),
            timeout=timeout,
            allow_redirects=False,
            stream=True,
        ) as heard:
            yield heard


@contextmanager
def inner_line(
    url: str, *, timeout: tuple[float, float], resolve: Resolver = _resolved
) -> Iterator[socket.socket]:
    """A line to a helper on this machine or the inner network, for what speaks no HTTP.

    url: «tcp://name:port», by the operator. Such a line is in clear, so it never leaves the inner
    network. timeout: to connect; for all that is said. Raises: AddressRefused, OSError.
    """
    parts = urlsplit(url)
    if parts.scheme != "tcp" or not parts.hostname or not parts.port:
        raise AddressRefused("malformed")
    found = list(resolve(parts.hostname, parts.port))
    if not all(map(_is_inside, found)):
        raise AddressRefused("outer_address")
    with socket.create_connection((_first(found), parts.port), timeout=timeout[0]) as line:
        line.settimeout(timeout[1])
        with _cut_after(timeout[1], lambda: _shut(line)):
            yield line


def _shut(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
