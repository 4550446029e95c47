"""Ký số PDF (PAdES B-LT): the officer signs, the agency seals, each with a time stamp and with all
that a validator needs years later (certificates and revocation list) inside the file.

What a reader sees of the officer's is drawn by the form, of the agency's its seal. Each carries a
marker
«motcua CODE FINGERPRINT» in plain bytes: the code leads from a copy to the register, and the
fingerprint binds the row of the register (title, owner, subject, signer) to the signed file.
"""

import io
import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import x509 as asn1
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from motcua.contexts.documents.adapters import seals
from motcua.contexts.documents.adapters.authority import Authority
from motcua.contexts.documents.adapters.timestamping import LocalTimeStamper
from motcua.contexts.documents.ports import SigningKey

# Letters, figures and blanks only: the PDF writer escapes everything else.
MARKER = re.compile(rb"motcua ([0-9A-Z]{12}) ([0-9a-f]{32})")
CITY = "TP. Hồ Chí Minh"
OFFICER_FIELD, AGENCY_FIELD = "KySoCanBo", "KySoCoQuan"
DER_SIGNATURE, RSA_SIGNATURE = 80, 512  # bytes kept for a signature, at most
# The reader writes a trace for every altered file it meets; our answer says all there is to say.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
# What a broken or hostile file makes the PDF and ASN.1 readers say.
UNREADABLE = (
    PdfError,
    SignatureValidationError,
    SigningError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    NotImplementedError,
    RecursionError,
    OSError,
)


class KeySigner(signers.Signer):
    """Signs with a key that is open, wherever it lies."""

    def __init__(self, key: SigningKey, above: Iterable[asn1.Certificate]) -> None:
        store = SimpleCertificateStore.from_certs(above)
        super().__init__(
            signing_cert=asn1.Certificate.load(key.certificate),
            cert_registry=store,
            embed_roots=True,
        )
        self._key = key

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        if digest_algorithm != "sha256":
            raise SigningError(f"this signer uses sha256, not {digest_algorithm}")
        if dry_run:  # only the size is asked for: no device works twice for one signature
            return bytes(DER_SIGNATURE if self._key.is_elliptic else RSA_SIGNATURE)
        return self._key.sign(data)


@dataclass(frozen=True, slots=True)
class Mark:
    """One signature: its field, who is named by it, what for, and the register's code."""

    field: str
    name: str
    reason: str
    code: str
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """What the signatures of a file prove.

    trusted: every signature is intact, by our authority, time-stamped, covers all that was there
    when it was made, and nothing but further signatures and validation data followed.
    code, fingerprint: of the marker, "" without one.
    """

    trusted: bool
    signatures: int
    code: str = ""
    fingerprint: str = ""
    timestamped_at: datetime | None = None


NOTHING_SIGNED = Examination(trusted=False, signatures=0)


def sign(
    pdf: bytes,
    key: SigningKey,
    mark: Mark,
    *,
    authority: Authority,
    at: datetime,
    seal: seals.Seal | None = None,
) -> bytes:
    """The file with one more signature and its time stamp appended. seal: what is seen of it.

    Raises: KeyRefused.
    """
    metadata = signers.PdfSignatureMetadata(
        field_name=mark.field,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        reason=mark.reason,
        location=CITY,
        name=mark.name,
        contact_info=f"motcua {mark.code} {mark.fingerprint}",
        embed_validation_info=True,
        validation_context=_trust(authority),
    )
    stamper = LocalTimeStamper(authority.timestamp, authority.root.asn1, at)
    signer = KeySigner(key, authority.roots)
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    signed = signers.PdfSigner(
        metadata,
        signer,
        timestamper=stamper,
        stamp_style=seals.style_of(seal) if seal else None,
        new_field_spec=seals.field_of(mark.field, seal) if seal else None,
    ).sign_pdf(writer)
    return bytes(signed.getvalue())


def markers(pdf: bytes) -> tuple[tuple[str, str], ...]:
    """(code, fingerprint) of every marker in the bytes, each once, whether or not the rest of the
    file can be read: with two of them, no single altered byte hides where a file came from."""
    found = ((m[1].decode(), m[2].decode()) for m in MARKER.finditer(pdf))
    return tuple(dict.fromkeys(found))


def examine(pdf: bytes, authority: Authority) -> Examination:
    """Check every signature down to our root. Never raises for a bad file."""
    try:
        return _examine(pdf, authority)
    except UNREADABLE:
        return NOTHING_SIGNED


def examine_kept(pdf: bytes, roots: list[asn1.Certificate]) -> Examination:
    """The same by these roots and what lies in the file, as somebody checks it years later.

    Never raises for a bad file.
    """
    told = {"trust_roots": roots, "allow_fetching": False, "revocation_mode": "hard-fail"}
    try:
        reader = PdfFileReader(io.BytesIO(pdf))
        context = DocumentSecurityStore.read_dss(reader).as_validation_context(told)
        return _judged(pdf, [_stamp_if_good(s, context) for s in reader.embedded_signatures])
    except UNREADABLE:
        return NOTHING_SIGNED


def _examine(pdf: bytes, authority: Authority) -> Examination:
    found = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    return _judged(pdf, [_stamp_if_good(one, _trust(authority)) for one in found])


def _judged(pdf: bytes, stamps: list[datetime | None]) -> Examination:
    if not stamps:
        return NOTHING_SIGNED
    named = markers(pdf)
    code, fingerprint = named[0] if len(named) == 1 else ("", "")
    return Examination(
        trusted=None not in stamps,
        signatures=len(stamps),
        code=code,
        fingerprint=fingerprint,
        timestamped_at=stamps[-1],
    )


def _stamp_if_good(signature: EmbeddedPdfSignature, trust: ValidationContext) -> datetime | None:
    status = validate_pdf_signature(signature, trust, trust)
    stamp = status.timestamp_validity
    if not status.bottom_line or stamp is None or not stamp.valid or not stamp.trusted:
        return None
    if status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return None
    at: datetime = stamp.timestamp
    return at


def _trust(authority: Authority) -> ValidationContext:
    return ValidationContext(
        trust_roots=authority.roots,
        crls=authority.lists,
        allow_fetching=False,
        revocation_mode="hard-fail",
    )
