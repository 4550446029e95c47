"""Chùm khóa: where the keys of officers are, in files of the test authority or on tokens."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

from motcua.contexts.documents.adapters.authority import Authority, Identity, authority
from motcua.contexts.documents.ports import KeyRing, SigningKey, Subject


class KeptKey:
    """A key of the test authority, loaded once for all signatures."""

    is_elliptic = True

    def __init__(self, identity: Identity) -> None:
        self._identity = identity

    @property
    def certificate(self) -> bytes:
        return bytes(self._identity.asn1.dump())

    def sign(self, data: bytes) -> bytes:
        return self._identity.key.sign(data, ec.ECDSA(hashes.SHA256()))


class KeptKeys:
    """Keys in files of this installation. Nobody types a PIN for them."""

    asks_pin = False

    def __init__(self, authority: Authority) -> None:
        self._authority = authority

    @contextmanager
    def open(self, subject: Subject, pin: str) -> Iterator[SigningKey]:
        yield KeptKey(self._authority.signer(subject))


def local_authority() -> Authority:
    """The test authority of this installation."""
    return _opened(Path(settings.VAR))


@lru_cache(maxsize=4)
def _opened(var: Path) -> Authority:
    return authority(var / "secrets" / "pki")


def officers_keys() -> KeyRing:
    """Tokens where the operator named a module, else the files of the test authority."""
    if settings.PKCS11_MODULE is None:
        return KeptKeys(local_authority())
    from motcua.contexts.documents.adapters.tokens import Tokens

    return Tokens(
        settings.PKCS11_MODULE,
        label=settings.PKCS11_TOKEN,
        slot=settings.PKCS11_SLOT,
        key_label=settings.PKCS11_KEY,
    )
