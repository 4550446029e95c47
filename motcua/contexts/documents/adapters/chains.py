"""Chuỗi tin cậy: whether a certificate leads to a root that is trusted here, and still stands."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import x509
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathBuildingError, PathValidationError, ValidationError

from motcua.contexts.documents.adapters.authority import Authority


@dataclass(frozen=True, slots=True)
class Named:
    """What a certificate says of itself. serial: in hexadecimal digits."""

    holder: str
    issuer: str
    serial: str
    not_before: datetime
    not_after: datetime


def named_in(certificate: bytes) -> Named:
    """certificate: in DER."""
    read = x509.Certificate.load(certificate)
    return Named(
        holder=str(read.subject.native.get("common_name", "")),
        issuer=str(read.issuer.human_friendly),
        serial=f"{read.serial_number:x}",
        not_before=read.not_valid_before,
        not_after=read.not_valid_after,
    )


def is_trusted(certificate: bytes, authority: Authority, at: datetime) -> bool:
    """Signature, period and revocation of the whole chain, by lists that lie here."""
    context = ValidationContext(
        trust_roots=authority.roots,
        crls=authority.lists,
        allow_fetching=False,
        revocation_mode="hard-fail",
        moment=at,
    )
    try:
        validator = CertificateValidator(
            x509.Certificate.load(certificate), validation_context=context
        )
        asyncio.run(validator.async_validate_path())
    except (PathBuildingError, PathValidationError, ValidationError):
        return False
    return True
