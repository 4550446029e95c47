"""Web Push: words that only one browser can read (RFC 8291), from a sender who can be named.

RFC 8188 says how the words are wrapped (aes128gcm, one record), RFC 8292 how the sender signs
(VAPID). The push service in between sees neither.
"""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta

import jwt
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
POINT_BYTES, AUTH_BYTES, SALT_BYTES, TAG_BYTES = 65, 16, 16, 16
HEAD_BYTES = SALT_BYTES + 4 + 1 + POINT_BYTES
BODY_LIMIT = 4096  # what every push service takes
LONGEST_WORDS = BODY_LIMIT - HEAD_BYTES - TAG_BYTES - 1
PADDED_TO = 1024  # the length of a message tells nothing about it
VALID_FOR = timedelta(hours=12)


class Unreadable(ValueError):
    """Keys, or a body, that are not of this kind."""


@dataclass(frozen=True, slots=True)
class Audience:
    """The keys of one browser: who can read what is sent to its endpoint."""

    public: bytes
    auth: bytes

    @classmethod
    def read(cls, p256dh: str, auth: str) -> "Audience":
        """As `PushSubscription.toJSON` writes them. Raises: Unreadable."""
        found = cls(unbase64(p256dh), unbase64(auth))
        point_of(found.public)
        if len(found.auth) != AUTH_BYTES:
            raise Unreadable("auth")
        return found


def base64(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def unbase64(text: str) -> bytes:
    """Raises: Unreadable."""
    try:
        return urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except ValueError as problem:
        raise Unreadable("base64") from problem


def point_of(raw: bytes) -> ec.EllipticCurvePublicKey:
    """Raises: Unreadable, also for a point that is not on the curve."""
    if len(raw) != POINT_BYTES:
        raise Unreadable("point")
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, raw)
    except ValueError as problem:
        raise Unreadable("point") from problem


def raw_point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def encrypt(
    words: bytes,
    *,
    to: Audience,
    sender: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
    padded_to: int = PADDED_TO,
) -> bytes:
    """One body for one browser. sender, salt: made for this body alone, except in a test.

    Raises: Unreadable (too long).
    """
    if len(words) > LONGEST_WORDS:
        raise Unreadable("too_long")
    once = sender or ec.generate_private_key(CURVE)
    salt = salt or os.urandom(SALT_BYTES)
    ours = raw_point(once.public_key())
    shared = once.exchange(ec.ECDH(), point_of(to.public))
    key, nonce = _keys(shared, to.auth, salt, theirs=to.public, ours=ours)
    padded = (words + b"\x02").ljust(padded_to, b"\0")
    head = salt + BODY_LIMIT.to_bytes(4, "big") + bytes([len(ours)]) + ours
    return head + AESGCM(key).encrypt(nonce, padded, None)


def decrypt(body: bytes, *, own: ec.EllipticCurvePrivateKey, auth: bytes) -> bytes:
    """What the browser does. Raises: Unreadable."""
    if len(body) < HEAD_BYTES or body[SALT_BYTES + 4] != POINT_BYTES:
        raise Unreadable("head")
    salt, ours = body[:SALT_BYTES], body[SALT_BYTES + 5 : HEAD_BYTES]
    shared = own.exchange(ec.ECDH(), point_of(ours))
    key, nonce = _keys(shared, auth, salt, theirs=raw_point(own.public_key()), ours=ours)
    try:
        padded = AESGCM(key).decrypt(nonce, body[HEAD_BYTES:], None)
    except InvalidTag as problem:
        raise Unreadable("tag") from problem
    words = padded.rstrip(b"\0")
    if not words.endswith(b"\x02"):
        raise Unreadable("padding")
    return words[:-1]


def _keys(
    shared: bytes, auth: bytes, salt: bytes, *, theirs: bytes, ours: bytes
) -> tuple[bytes, bytes]:
    secret = _derived(shared, auth, b"WebPush: info\0" + theirs + ours, 32)
    key = _derived(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
    return key, _derived(secret, salt, b"Content-Encoding: nonce\0", 12)


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)


def authorization(
    key: ec.EllipticCurvePrivateKey, *, origin: str, contact: str, now: datetime
) -> str:
    """The header that says who sends. origin: of the push service. contact: mailto: or https:."""
    claims = {"aud": origin, "exp": int((now + VALID_FOR).timestamp()), "sub": contact}
    token = jwt.encode(claims, key, algorithm="ES256")
    return f"vapid t={token}, k={base64(raw_point(key.public_key()))}"
