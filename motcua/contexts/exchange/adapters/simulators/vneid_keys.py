"""Signing keys of the VNeID stand-in: kept over restarts, rotated by hand, published as JWKS."""

import json
import secrets
from collections.abc import Mapping
from types import MappingProxyType

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from motcua.contexts.exchange.adapters.simulators.store import Store

ALGORITHM = "RS256"
PUBLISHED = 2  # the key in use and the one before it


def _make() -> dict[str, object]:
    key = generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return {"kid": secrets.token_hex(6), "pem": pem.decode()}


def _load(document: Mapping[str, object]) -> RSAPrivateKey:
    key = load_pem_private_key(str(document["pem"]).encode(), password=None)
    if not isinstance(key, RSAPrivateKey):
        raise TypeError("the key file of the VNeID stand-in holds another kind of key")
    return key


def _public_half(document: Mapping[str, object]) -> dict[str, object]:
    public = jwt.algorithms.RSAAlgorithm.to_jwk(_load(document).public_key())
    return {**json.loads(public), "kid": document["kid"], "use": "sig", "alg": ALGORITHM}


class SigningKeys:
    """The newest key signs; the one before stays published so that running sign-ins finish."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def _documents(self) -> list[dict[str, object]]:
        found = self._store.newest("key", limit=PUBLISHED)
        if not found:
            self.rotate()
            found = self._store.newest("key", limit=PUBLISHED)
        return found

    def rotate(self) -> None:
        made = _make()
        self._store.put("key", str(made["kid"]), made)

    def published(self) -> dict[str, object]:
        return {"keys": [_public_half(document) for document in self._documents()]}

    def in_use(self) -> dict[str, object]:
        """The public half of the key that signs now."""
        return _public_half(self._documents()[0])

    def sign(
        self,
        claims: Mapping[str, object],
        *,
        forged: bool = False,
        header: Mapping[str, object] = MappingProxyType({}),
    ) -> str:
        """``forged`` signs with a key nobody published, under the published key's name."""
        document = self._documents()[0]
        key = _load(_make() if forged else document)
        named = {"kid": str(document["kid"]), **header}
        return jwt.encode(dict(claims), key, ALGORITHM, named)
