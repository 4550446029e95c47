"""Token ký số (PKCS #11): a key that never leaves its device, opened by its holder's PIN.

The PIN goes to the device and nowhere else: no row, log or message holds it. A login of PKCS #11
counts for the whole process, so one token serves one holder's request at a time, and each opening
logs in anew: nobody signs by a login that somebody else left open.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any

import pkcs11
from asn1crypto import x509
from pkcs11 import exceptions as told
from pkcs11.util.ec import (
    encode_ec_public_key,
    encode_ecdsa_signature,
    encode_named_curve_parameters,
)

from motcua.contexts.documents.contracts import (
    CertificateEnded,
    KeyNotOnToken,
    KeyRefused,
    PinLocked,
    PinNeeded,
    PinWrong,
    TokenBusy,
    TokenGone,
)
from motcua.contexts.documents.ports import SigningKey, Subject
from motcua.kernel import clock

LABEL_LENGTH = 32  # of a token, by the standard: a UUID without its dashes fits
PATIENCE = 20.0  # seconds that a second request of the same holder waits

# What a device says, and what its holder can do about it.
REFUSALS: tuple[tuple[type[Exception], type[KeyRefused]], ...] = (
    (told.PinIncorrect, PinWrong),
    (told.PinInvalid, PinWrong),
    (told.PinLenRange, PinWrong),
    (told.PinLocked, PinLocked),
    (told.PinExpired, PinLocked),
    (told.UserPinNotInitialized, PinLocked),
    (told.NoSuchKey, KeyNotOnToken),
    (told.MultipleObjectsReturned, KeyNotOnToken),
    (told.UserAlreadyLoggedIn, TokenBusy),
    (told.AnotherUserAlreadyLoggedIn, TokenBusy),
    (told.PKCS11Error, TokenGone),
)


# What a token tells of the next try, the worst first.
WARNINGS = (
    (pkcs11.TokenFlag.USER_PIN_LOCKED, "LOCKED"),
    (pkcs11.TokenFlag.USER_PIN_FINAL_TRY, "LAST"),
    (pkcs11.TokenFlag.USER_PIN_COUNT_LOW, "LOW"),
)


@dataclass(frozen=True, slots=True)
class TokenCertificate:
    """certificate: X.509, in DER. token_serial: as its maker gave it."""

    certificate: bytes
    token_serial: str


class TokenKey:
    """An open key on a device."""

    def __init__(self, key: Any, certificate: x509.Certificate) -> None:
        self._key, self._certificate = key, certificate
        self.is_elliptic = key.key_type == pkcs11.KeyType.EC

    @property
    def certificate(self) -> bytes:
        return bytes(self._certificate.dump())

    def sign(self, data: bytes) -> bytes:
        """Raises: KeyRefused."""
        with _in_our_words():
            if self.is_elliptic:
                digest = sha256(data).digest()
                raw = self._key.sign(digest, mechanism=pkcs11.Mechanism.ECDSA)
                return bytes(encode_ecdsa_signature(raw))
            return bytes(self._key.sign(data, mechanism=pkcs11.Mechanism.SHA256_RSA_PKCS))


class Tokens:
    """The devices that one PKCS #11 module reaches.

    label: of a holder's token; «{id}» stands for the holder. slot: the only one that is looked
    into, if any. key_label: of key and certificate.
    """

    asks_pin = True

    def __init__(self, module: Path, *, label: str, key_label: str, slot: str = "") -> None:
        self._module, self._label, self._key_label, self._slot = module, label, key_label, slot

    @contextmanager
    def open(self, subject: Subject, pin: str) -> Iterator[SigningKey]:
        if not pin:
            raise PinNeeded(field="pin")
        label = token_label(self._label, subject)
        lock = _lock_of(self._module, label)
        if not lock.acquire(timeout=PATIENCE):
            raise TokenBusy
        try:
            with self._session(label, pin) as session:
                yield self._key(session)
        finally:
            lock.release()

    def read(self, subject: Subject) -> "TokenCertificate":
        """The certificate on the holder's token, which no PIN protects.

        Raises: TokenGone, KeyNotOnToken.
        """
        label = token_label(self._label, subject)
        with _module(self._module).looked_at(label, self._slot) as (token, session):
            found = self._certificates(session)
            serial = bytes(token.serial).decode("ascii", "replace").strip()
        if len(found) != 1:
            raise KeyNotOnToken
        return TokenCertificate(found[0], serial)

    def warns_of(self, subject: Subject) -> str:
        """What the token itself says of the next PIN: LOCKED, LAST, LOW or nothing."""
        with suppress(KeyRefused):
            flags = _module(self._module).flags(token_label(self._label, subject), self._slot)
            return next((word for flag, word in WARNINGS if flag in flags), "")
        return ""

    @contextmanager
    def _session(self, label: str, pin: str, *, writes: bool = False) -> Iterator[Any]:
        module = _module(self._module)
        with _in_our_words():
            session = module.begin(label, pin, self._slot, writes=writes)
        try:
            yield session
        finally:
            module.end(session)

    def enrol(
        self, subject: Subject, pin: str, certify: Callable[[bytes], x509.Certificate]
    ) -> None:
        """Make a key on the holder's token and lay the certificate beside it. What was there under
        the same label goes. certify: from the public key, in DER. Raises: KeyRefused."""
        label = token_label(self._label, subject)
        with self._session(label, pin, writes=True) as session, _in_our_words():
            for old in list(session.get_objects({pkcs11.Attribute.LABEL: self._key_label})):
                old.destroy()
            curve = encode_named_curve_parameters("secp256r1")
            parameters = session.create_domain_parameters(
                pkcs11.KeyType.EC, {pkcs11.Attribute.EC_PARAMS: curve}, local=True
            )
            public, _private = parameters.generate_keypair(store=True, label=self._key_label)
            certificate = certify(encode_ec_public_key(public))
            session.create_object(_certificate_object(certificate, self._key_label))

    def _key(self, session: Any) -> TokenKey:
        with _in_our_words():
            key = session.get_key(pkcs11.ObjectClass.PRIVATE_KEY, label=self._key_label)
            found = self._certificates(session)
        if len(found) != 1:
            raise KeyNotOnToken
        certificate = x509.Certificate.load(found[0])
        if certificate.not_valid_after < clock.now():
            raise CertificateEnded
        return TokenKey(key, certificate)

    def _certificates(self, session: Any) -> list[bytes]:
        wanted = {
            pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE,
            pkcs11.Attribute.LABEL: self._key_label,
        }
        return [bytes(one[pkcs11.Attribute.VALUE]) for one in session.get_objects(wanted)]


def token_label(pattern: str, subject: Subject) -> str:
    """«officer-<uuid>» becomes the 32 letters of the UUID."""
    holder = subject.file.removeprefix("officer-").replace("-", "")
    return pattern.replace("{id}", holder)[:LABEL_LENGTH]


def _certificate_object(certificate: x509.Certificate, label: str) -> dict[Any, object]:
    return {
        pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE,
        pkcs11.Attribute.CERTIFICATE_TYPE: pkcs11.constants.CertificateType.X_509,
        pkcs11.Attribute.TOKEN: True,
        pkcs11.Attribute.LABEL: label,
        pkcs11.Attribute.SUBJECT: certificate.subject.dump(),
        pkcs11.Attribute.VALUE: certificate.dump(),
    }


class _Module:
    """A loaded module, and how many of its sessions are open in this process."""

    def __init__(self, path: Path) -> None:
        self.library, self.open, self.lock = pkcs11.lib(str(path)), 0, Lock()

    def begin(self, label: str, pin: str, slot: str, *, writes: bool) -> Any:
        """A session, logged in. Raises: KeyRefused."""
        with self.lock:
            session = self._token(label, slot).open(user_pin=pin, rw=writes)
            self.open += 1
        return session

    def end(self, session: Any) -> None:
        """A device that is gone cannot close its session either."""
        with self.lock:
            self.open -= 1
            with suppress(told.PKCS11Error):
                session.close()

    @contextmanager
    def looked_at(self, label: str, slot: str) -> Iterator[tuple[Any, Any]]:
        """A token and a session without a login. Raises: KeyRefused."""
        with _in_our_words():
            with self.lock:
                token = self._token(label, slot)
                session = token.open()
                self.open += 1
            try:
                yield token, session
            finally:
                self.end(session)

    def flags(self, label: str, slot: str) -> Any:
        """As the token tells them now. Raises: KeyRefused."""
        with _in_our_words(), self.lock:
            return self._token(label, slot).flags

    def _token(self, label: str, slot: str) -> Any:
        """Some modules list their slots once. They are asked anew while nobody works with them."""
        found = self._found(label, slot)
        if found is None and not self.open:
            self.library.reinitialize()
            found = self._found(label, slot)
        if found is None:
            raise TokenGone
        return found

    def _found(self, label: str, slot: str) -> Any:
        slots = self.library.get_slots(token_present=True)
        tokens = (_token_in(one) for one in slots if slot in {"", str(one.slot_id)})
        return next((token for token in tokens if token and token.label == label), None)


def _token_in(slot: Any) -> Any:
    """None when it was taken out while the slots were read."""
    with suppress(told.PKCS11Error):
        return slot.get_token()
    return None


@lru_cache(maxsize=8)
def _module(path: Path) -> _Module:
    return _Module(path)


@lru_cache(maxsize=1024)
def _lock_of(module: Path, label: str) -> Lock:
    return Lock()


@contextmanager
def _in_our_words() -> Iterator[None]:
    """Raises: KeyRefused, of the kind that fits."""
    try:
        yield
    except told.PKCS11Error as problem:
        raise refusal_of(problem) from None


def refusal_of(problem: Exception) -> KeyRefused:
    for kind, refusal in REFUSALS:
        if isinstance(problem, kind):
            return refusal(field="pin")
    return TokenGone(field="pin")
