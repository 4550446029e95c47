"""Cơ quan chứng thực thử nghiệm: a local root, certificates of officers and agencies, a time stamp.

A stand-in for the public-service certification of the Government Cipher Committee, so that an
installation signs from its first minute. Made once under var/secrets/pki; each key and its
certificate are one file, linked into place, so that of several processes one makes it and all
read the same. Keys stay loaded: reading one for every signature would cost more than signing.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from asn1crypto import crl
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_public_key,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from motcua.contexts.documents.ports import Subject

# Far apart on purpose: seeds sign in the past, and a stand-in must not expire under a reader.
VALID_FROM = datetime(2020, 1, 1, tzinfo=UTC)
VALID_TO = datetime(2060, 1, 1, tzinfo=UTC)
ROOT_NAME = "Một Cửa - Chứng thực thử nghiệm"
TSA_NAME = "Một Cửa - Dấu thời gian thử nghiệm"
LONGEST_NAME = 64  # bytes, ub-common-name of X.520


@dataclass(frozen=True, slots=True)
class Identity:
    """A loaded key with its certificate."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def asn1(self) -> asn1.Certificate:
        return asn1.Certificate.load(self.certificate.public_bytes(Encoding.DER))


class Authority:
    """One folder of keys. Safe to open from many processes at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._loaded: dict[str, Identity] = {}
        self._revocations: crl.CertificateList | None = None

    @property
    def root(self) -> Identity:
        return self._kept("root", self._make_root)

    @property
    def timestamp(self) -> Identity:
        subject = Subject("tsa", TSA_NAME, "Thành phố Hồ Chí Minh")
        return self._kept(
            "tsa", lambda: self._make_leaf(subject, ExtendedKeyUsageOID.TIME_STAMPING)
        )

    def expired_timestamp(self, ended: datetime) -> Identity:
        """A certificate of time stamps that nobody should take any more; kept nowhere."""
        subject = Subject("tsa", TSA_NAME, "Thành phố Hồ Chí Minh")
        return self._make_leaf(subject, ExtendedKeyUsageOID.TIME_STAMPING, until=ended)

    @property
    def revocations(self) -> crl.CertificateList:
        """Who is no longer trusted: nobody, of a stand-in; the list itself is what B-LT needs."""
        if self._revocations is None:
            self._revocations = _empty_list(self.root)
        return self._revocations

    @property
    def roots(self) -> list[asn1.Certificate]:
        """Whom signatures are believed by: our own root, and those that the operator laid beside it
        as `trusted/*.pem`, for keys that somebody else certified."""
        beside = sorted((self.folder / "trusted").glob("*.pem"))
        return [self.root.asn1, *(_certificate(path.read_bytes()) for path in beside)]

    @property
    def roots_in_pem(self) -> bytes:
        """The same, one after the other."""
        found = (x509.load_der_x509_certificate(one.dump()) for one in self.roots)
        return b"".join(root.public_bytes(Encoding.PEM) for root in found)

    @property
    def lists(self) -> list[crl.CertificateList]:
        """Who lost their trust, by each of the roots: ours, and `trusted/*.crl`, in DER."""
        beside = sorted((self.folder / "trusted").glob("*.crl"))
        return [self.revocations, *(crl.CertificateList.load(p.read_bytes()) for p in beside)]

    def signer(self, subject: Subject) -> Identity:
        """The certificate of an officer or the seal of an agency, made at first use."""
        return self._kept(subject.file, lambda: self._make_leaf(subject, None))

    def certify(
        self, public: bytes, subject: Subject, until: datetime = VALID_TO
    ) -> asn1.Certificate:
        """A certificate for a key that never leaves the token it was made on. public: in DER."""
        key = load_der_public_key(public)
        if not isinstance(key, ec.EllipticCurvePublicKey):
            raise TypeError("a key of the local authority is an elliptic-curve key")
        made = self._leaf(key, subject, None, until)
        return asn1.Certificate.load(made.public_bytes(Encoding.DER))

    def _kept(self, name: str, make: Callable[[], Identity]) -> Identity:
        if name not in self._loaded:
            path = self.folder / f"{name}.pem"
            if not path.exists():
                _link_into_place(path, _pem(make()))
            self._loaded[name] = _load(path.read_bytes())
        return self._loaded[name]

    def _make_root(self) -> Identity:
        key = ec.generate_private_key(ec.SECP256R1())
        name = _name(Subject("root", ROOT_NAME, "Thành phố Hồ Chí Minh"))
        builder = _builder(name, name, key.public_key())
        builder = builder.add_extension(_usage(signs_certificates=True), True)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
        return Identity(key, builder.sign(key, hashes.SHA256()))

    def _make_leaf(
        self,
        subject: Subject,
        purpose: x509.ObjectIdentifier | None,
        *,
        until: datetime = VALID_TO,
    ) -> Identity:
        key = ec.generate_private_key(ec.SECP256R1())
        return Identity(key, self._leaf(key.public_key(), subject, purpose, until))

    def _leaf(
        self,
        public: ec.EllipticCurvePublicKey,
        subject: Subject,
        purpose: x509.ObjectIdentifier | None,
        until: datetime,
    ) -> x509.Certificate:
        root = self.root
        builder = _builder(_name(subject), root.certificate.subject, public, until=until)
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), True)
        builder = builder.add_extension(_usage(signs_certificates=False), True)
        above = x509.AuthorityKeyIdentifier.from_issuer_public_key(root.key.public_key())
        builder = builder.add_extension(above, False)
        if purpose is not None:
            builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), True)
        return builder.sign(root.key, hashes.SHA256())


@lru_cache(maxsize=4)
def authority(folder: Path) -> Authority:
    return Authority(folder)


def _name(subject: Subject) -> x509.Name:
    parts = (
        (NameOID.COUNTRY_NAME, "VN"),
        (NameOID.ORGANIZATION_NAME, _fitted(subject.organisation)),
        (NameOID.COMMON_NAME, _fitted(subject.common_name)),
    )
    return x509.Name([x509.NameAttribute(oid, text) for oid, text in parts])


def _fitted(name: str) -> str:
    return name.encode()[:LONGEST_NAME].decode(errors="ignore").strip()


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    public: ec.EllipticCurvePublicKey,
    *,
    until: datetime = VALID_TO,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(VALID_FROM)
        .not_valid_after(until.astimezone(UTC))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _empty_list(root: Identity) -> crl.CertificateList:
    above = x509.AuthorityKeyIdentifier.from_issuer_public_key(root.key.public_key())
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(root.certificate.subject)
        .last_update(VALID_FROM)
        .next_update(VALID_TO)
        .add_extension(x509.CRLNumber(1), False)
        .add_extension(above, False)
    )
    signed = builder.sign(root.key, hashes.SHA256())
    return crl.CertificateList.load(signed.public_bytes(Encoding.DER))


def _pem(identity: Identity) -> bytes:
    key = identity.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return key + identity.certificate.public_bytes(Encoding.PEM)


def _load(pem: bytes) -> Identity:
    key = load_pem_private_key(pem, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("a key of the local authority is an elliptic-curve key")
    return Identity(key, x509.load_pem_x509_certificate(pem))


def _certificate(pem: bytes) -> asn1.Certificate:
    read = x509.load_pem_x509_certificate(pem)
    return asn1.Certificate.load(read.public_bytes(Encoding.DER))


def _link_into_place(path: Path, content: bytes) -> None:
    """The first of several processes wins; the others throw their draft away."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        with suppress(FileExistsError):
            path.hardlink_to(draft)
    finally:
        draft.unlink()
