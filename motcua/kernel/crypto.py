"""Niêm phong: sealing of personal values (AES-256-GCM) and blind indexes (HMAC-SHA256).

A sealed value is bound to its place (`aad` = table.column.row), so that a ciphertext moved to
another row does not open. Keys come from a key port: a 0600 file by default, the environment in
production. A database dump without the keys reveals no personal value.
"""

import hashlib
import hmac
import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_VERSION = 1
_NONCE = 12


class SealBroken(Exception):
    """A sealed value does not open: altered, moved to another row, or sealed by a lost key."""


@lru_cache(maxsize=8)
def _derived(purpose: str) -> bytes:
    master: bytes = settings.SEALING_KEY
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(master)


@lru_cache(maxsize=2)
def _cipher(version: int) -> AESGCM:
    return AESGCM(_derived(f"seal/{version}"))


def seal(plain: bytes, *, aad: str) -> bytes:
    """Version byte, nonce, ciphertext with tag."""
    nonce = secrets.token_bytes(_NONCE)
    return bytes((_VERSION,)) + nonce + _cipher(_VERSION).encrypt(nonce, plain, aad.encode())


def unseal(sealed: bytes, *, aad: str) -> bytes:
    """Raises: SealBroken."""
    version, nonce, body = sealed[0], sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
    try:
        return _cipher(version).decrypt(nonce, body, aad.encode())
    except InvalidTag as broken:
        raise SealBroken(aad) from broken


def blind_index(value: str, *, scope: str) -> bytes:
    """16 bytes for exact look-up of a sealed value; equal values in one scope are equal."""
    return hmac.new(_derived(f"blind/{scope}"), value.encode(), hashlib.sha256).digest()[:16]
