"""Ký số PDF (PAdES B-LT): the officer signs, the agency seals, each with a time stamp and with all
that a validator needs years later (certificates and revocation list) inside the file.

Signatures are invisible; what a reader sees is drawn by the form. Each carries a marker
«motcua CODE FINGERPRINT» in plain bytes: the code leads from a copy to the register, and the
fingerprint binds the row of the register (title, owner, subject, signer) to the signed file.
"""

import io
import logging
import re
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from motcua.contexts.documents.adapters.authority import Authority, Identity, Subject
from motcua.contexts.documents.adapters.timestamping import LocalTimeStamper

# Letters, figures and blanks only: the PDF writer escapes everything else.
MARKER = re.compile(rb"motcua ([0-9A-Z]{12}) ([0-9a-f]{32})")
CITY = "TP. Hồ Chí Minh"
OFFICER_FIELD, AGENCY_FIELD = "KySoCanBo", "KySoCoQuan"
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


class KeptKeySigner(signers.Signer):
    """Signs with a key that is already loaded."""

    def __init__(self, identity: Identity, root: asn1.Certificate) -> None:
        store = SimpleCertificateStore.from_certs([root])
        super().__init__(signing_cert=identity.asn1, cert_registry=store, embed_roots=True)
        self._key = identity.key

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        if digest_algorithm != "sha256":
            raise SigningError(f"this signer uses sha256, not {digest_algorithm}")
        return self._key.sign(data, ec.ECDSA(hashes.SHA256()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatories:
    """The officer who signs and the agency whose seal follows."""

    officer: Subject
    agency: Subject
    reason: str


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
    pdf: bytes, by: Signatories, *, code: str, fingerprint: str, authority: Authority, at: datetime
) -> bytes:
    """The file with two signatures and two time stamps appended."""
    root = authority.root.asn1
    stamper = LocalTimeStamper(authority.timestamp, root, at)
    for field, subject, reason in (
        (OFFICER_FIELD, by.officer, by.reason),
        (AGENCY_FIELD, by.agency, f"Ký số của {by.agency.common_name}"),
    ):
        metadata = signers.PdfSignatureMetadata(
            field_name=field,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            reason=reason,
            location=CITY,
            name=subject.common_name,
            contact_info=f"motcua {code} {fingerprint}",
            embed_validation_info=True,
            validation_context=_trust(authority),
        )
        signer = KeptKeySigner(authority.signer(subject), root)
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        signed = signers.PdfSigner(metadata, signer, timestamper=stamper).sign_pdf(writer)
        pdf = signed.getvalue()
    return pdf


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


def _examine(pdf: bytes, authority: Authority) -> Examination:
    found = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    if not found:
        return NOTHING_SIGNED
    stamps = [_timestamp_if_good(one, authority) for one in found]
    named = markers(pdf)
    code, fingerprint = named[0] if len(named) == 1 else ("", "")
    return Examination(
        trusted=None not in stamps,
        signatures=len(found),
        code=code,
        fingerprint=fingerprint,
        timestamped_at=stamps[-1],
    )


def _timestamp_if_good(signature: EmbeddedPdfSignature, authority: Authority) -> datetime | None:
    status = validate_pdf_signature(signature, _trust(authority), _trust(authority))
    stamp = status.timestamp_validity
    if not status.bottom_line or stamp is None or not stamp.valid or not stamp.trusted:
        return None
    if status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return None
    at: datetime = stamp.timestamp
    return at


def _trust(authority: Authority) -> ValidationContext:
    return ValidationContext(
        trust_roots=[authority.root.asn1],
        crls=[authority.revocations],
        allow_fetching=False,
        revocation_mode="hard-fail",
    )
