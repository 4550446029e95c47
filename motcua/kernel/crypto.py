"""Niêm phong: envelope sealing of personal values (AES-256-GCM) and blind indexes (HMAC-SHA256).

Every value has a data key of its own, wrapped by a master key; both are bound to the place of the
value (table, column, row), so that a ciphertext moved to another row does not open. Rotation
wraps the data keys anew and never touches the values. Keys come from a key port: a 0600 file by
default, the environment in production. A database dump without the keys reveals no personal value.

A sealed value: version 2, number of the master key, row (16 bytes), nonce (12) and wrapped data
key (48), ciphertext with tag. The data key is used once, so its own nonce is always zero.
Version 1 (one key for all, not bound to the row) is still read; `keys rewrap` turns it into 2.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

ANYWHERE = UUID(int=0)  # the row of a value that is bound to table and column only
_OLD, _VERSION = 1, 2
_NONCE, _KEY, _TAG = 12, 32, 16
_ZERO = b"\x00" * _NONCE
_ROW = slice(2, 18)
_WRAPPED = slice(18, 18 + _NONCE + _KEY + _TAG)
_BODY = slice(_WRAPPED.stop, None)
OVERHEAD = _WRAPPED.stop + _TAG  # bytes of a sealed value beyond its plain ones


class SealBroken(Exception):
    """A sealed value does not open: altered, moved to another row, or sealed by a lost key."""


@dataclass(frozen=True)
class KeyRing:
    """Master keys by number. sealing: the one that new values are sealed with."""

    masters: Mapping[int, bytes]
    sealing: int

    @cached_property
    def wrapping(self) -> dict[int, AESGCM]:
        return {n: AESGCM(_derive(key, "wrap")) for n, key in self.masters.items()}

    @cached_property
    def oldest(self) -> AESGCM:
        """Opens values of version 1, which the first key sealed."""
        return AESGCM(_derive(self.masters[min(self.masters)], f"seal/{_OLD}"))


@lru_cache(maxsize=64)
def _derive(master: bytes, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=_KEY, salt=None, info=purpose.encode()).derive(master)


def subkeys(purpose: str) -> tuple[bytes, ...]:
    """Keys of another purpose: of the master in force first, then of the older ones."""
    keys = ring()
    older = sorted((n for n in keys.masters if n != keys.sealing), reverse=True)
    return tuple(_derive(keys.masters[n], purpose) for n in (keys.sealing, *older))


class _Port:
    """The ring in force; read again when a value names a key that is not on it yet."""

    def __init__(self) -> None:
        self._ring: KeyRing | None = None

    def ring(self) -> KeyRing:
        if self._ring is None:
            self._ring = self.read()
        return self._ring

    def read(self) -> KeyRing:
        read: Callable[[], tuple[tuple[int, bytes], ...]] = settings.SEALING_KEYS
        keys = read()
        return KeyRing(masters=dict(keys), sealing=keys[0][0])

    def forget(self) -> None:
        self._ring = None


_port = _Port()


def ring() -> KeyRing:
    return _port.ring()


def look_again_at_keys() -> None:
    """After a rotation: this process takes the new key now, others when they meet it."""
    _port.forget()


def _wrapping(number: int) -> AESGCM:
    """Raises: SealBroken."""
    found = ring().wrapping.get(number)
    if found is None:
        look_again_at_keys()
        found = ring().wrapping.get(number)
    if found is None:
        raise SealBroken(f"key {number} is not here")
    return found


def seal(plain: bytes, *, place: str, row: UUID) -> bytes:
    """place: table.column. row: its primary key, or ANYWHERE."""
    keys, data_key, nonce = ring(), secrets.token_bytes(_KEY), secrets.token_bytes(_NONCE)
    head = bytes((_VERSION, keys.sealing)) + row.bytes
    bound = place.encode() + row.bytes
    wrapped = keys.wrapping[keys.sealing].encrypt(nonce, data_key, bound)
    return head + nonce + wrapped + AESGCM(data_key).encrypt(_ZERO, plain, bound)


def unseal(sealed: bytes, *, place: str) -> bytes:
    """Raises: SealBroken."""
    try:
        if sealed[0] == _OLD:
            nonce, body = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
            return ring().oldest.decrypt(nonce, body, place.encode())
        bound = place.encode() + sealed[_ROW]
        return AESGCM(_data_key(sealed, bound)).decrypt(_ZERO, sealed[_BODY], bound)
    except InvalidTag as broken:
        raise SealBroken(place) from broken


def _data_key(sealed: bytes, bound: bytes) -> bytes:
    if sealed[0] != _VERSION:
        raise SealBroken(f"version {sealed[0]}")
    wrapped = sealed[_WRAPPED]
    return _wrapping(sealed[1]).decrypt(wrapped[:_NONCE], wrapped[_NONCE:], bound)


def row_of(sealed: bytes) -> UUID:
    """The row that the value was sealed for; ANYWHERE for values of version 1."""
    return ANYWHERE if sealed[0] == _OLD else UUID(bytes=sealed[_ROW])


def key_of(sealed: bytes) -> int:
    """Number of its master key; 0 for values of version 1."""
    return 0 if sealed[0] == _OLD else sealed[1]


def rewrapped(sealed: bytes, *, place: str, row: UUID) -> bytes:
    """The same value under the key in force: only its data key is wrapped anew.

    A value of version 1 is sealed anew for its row. Raises: SealBroken.
    """
    if sealed[0] == _OLD:
        return seal(unseal(sealed, place=place), place=place, row=row)
    keys, nonce = ring(), secrets.token_bytes(_NONCE)
    bound = place.encode() + sealed[_ROW]
    try:
        wrapped = keys.wrapping[keys.sealing].encrypt(nonce, _data_key(sealed, bound), bound)
    except InvalidTag as broken:
        raise SealBroken(place) from broken
    head = bytes((_VERSION, keys.sealing)) + sealed[_ROW]
    return head + nonce + wrapped + sealed[_BODY]


def blind_index(value: str, *, scope: str) -> bytes:
    """16 bytes for exact look-up of a sealed value; equal values in one scope are equal."""
    return _blind(ring().masters[ring().sealing], value, scope)


def blind_indexes(value: str, *, scope: str) -> list[bytes]:
    """What to look for: the index under every key of the ring, while a rotation is on its way."""
    return [_blind(master, value, scope) for master in ring().masters.values()]


def _blind(master: bytes, value: str, scope: str) -> bytes:
    key = _derive(master, f"blind/{scope}")
    return hmac.new(key, value.encode(), hashlib.sha256).digest()[:16]
