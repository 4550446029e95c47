"""Identity tokens: signed with our key, verified with our keys and no other's."""

import base64
import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from jwt.algorithms import RSAAlgorithm

ALGORITHM = "RS256"  # the one that every client must know
BITS = 2048


def new_key() -> tuple[str, str, dict[str, str]]:
    """Its name (RFC 7638), its private half as PEM, its public half as a JSON Web Key."""
    key = generate_private_key(public_exponent=65537, key_size=BITS)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    held = RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    bare = {name: str(held[name]) for name in ("e", "kty", "n")}
    printed = json.dumps(bare, separators=(",", ":"), sort_keys=True).encode()
    name = base64.urlsafe_b64encode(hashlib.sha256(printed).digest()).decode().rstrip("=")
    return name, pem, {**bare, "kid": name, "alg": ALGORITHM, "use": "sig"}


def signed(claims: Mapping[str, object], *, pem: str, key_id: str, kind: str = "JWT") -> str:
    headers = {"kid": key_id, "typ": kind}
    return jwt.encode(dict(claims), pem, algorithm=ALGORITHM, headers=headers)


def read_hint(
    token: str, *, issuer: str, key_of: Callable[[str], dict[str, str] | None]
) -> dict[str, Any] | None:
    """The claims of a token of ours, expired or not; None for anything else.

    Nothing in its header is believed but the name of the key, and that only if it is ours.
    """
    try:
        header = jwt.get_unverified_header(token)
        name = header.get("kid") if header.get("typ", "JWT") == "JWT" else None
        public = key_of(name) if isinstance(name, str) else None
        if public is None:
            return None
        return jwt.decode(
            token,
            jwt.PyJWK(public, ALGORITHM),
            algorithms=[ALGORITHM],
            issuer=issuer,
            options={"verify_aud": False, "verify_exp": False, "require": ["sub", "aud", "iss"]},
        )
    except jwt.PyJWTError:
        return None
