"""Chữ ký: of the city over a range of numbers (Ed25519), of a machine over an entry (P-256).

A browser makes keys of P-256 everywhere and keeps them unexportable; Ed25519 it knows only of late.
"""

from base64 import b64decode
from binascii import Error

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from motcua.contexts.counters.contracts.offline import KeyMalformed
from motcua.kernel import crypto

PURPOSE = "counters/ranges"
HALF = 32  # bytes of r and of s, as browsers write a signature
LONGEST_KEY = 400  # characters


def sign_range(message: bytes) -> bytes:
    key = crypto.subkeys(PURPOSE)[0]
    return Ed25519PrivateKey.from_private_bytes(key).sign(message)


def is_range_of_city(message: bytes, signature: bytes) -> bool:
    """Also of a range that was signed before the master key changed."""
    for key in crypto.subkeys(PURPOSE):
        public = Ed25519PrivateKey.from_private_bytes(key).public_key()
        try:
            public.verify(signature, message)
        except InvalidSignature:
            continue
        return True
    return False


def machine_key(text: str) -> bytes:
    """The public key that a browser exported, in base64. Raises: KeyMalformed."""
    try:
        raw = b64decode(text[:LONGEST_KEY], validate=True)
    except (Error, ValueError) as wrong:
        raise KeyMalformed from wrong
    _read_key(raw)
    return raw


def is_of_machine(public_key: bytes, body: str, signature: str) -> bool:
    try:
        raw = b64decode(signature, validate=True)
    except (Error, ValueError):
        return False
    if len(raw) != 2 * HALF:
        return False
    r, s = int.from_bytes(raw[:HALF]), int.from_bytes(raw[HALF:])
    try:
        _read_key(public_key).verify(encode_dss_signature(r, s), body.encode(), ECDSA(SHA256()))
    except (InvalidSignature, UnicodeEncodeError):
        return False
    return True


def _read_key(raw: bytes) -> EllipticCurvePublicKey:
    try:
        key = load_der_public_key(raw)
    except (ValueError, UnsupportedAlgorithm) as wrong:
        raise KeyMalformed from wrong
    if not isinstance(key, EllipticCurvePublicKey) or not isinstance(key.curve, SECP256R1):
        raise KeyMalformed
    return key
