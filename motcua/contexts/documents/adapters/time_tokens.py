"""Dấu thời gian RFC 3161: a query to ask with, and a reply that must prove itself."""

import asyncio
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from asn1crypto import cms, core, tsp, x509
from pyhanko.sign.general import SignedDataCerts, extract_certificate_info
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko_certvalidator import ValidationContext

NONCE_BITS = 63
GRANTED = frozenset({"granted", "granted_with_mods"})
APART = timedelta(minutes=10)  # clocks of the authority and ours


# TimeStampResp, whose token a refusal leaves out; the library's own demands one.
_FIELDS = [
    ("status", tsp.PKIStatusInfo),
    ("time_stamp_token", cms.ContentInfo, {"optional": True}),
]
Reply: Any = type("Reply", (core.Sequence,), {"_fields": _FIELDS})


class NotBelieved(Exception):
    """The token proves nothing; the reason is a code for the page of the ledger."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What was asked: a digest (SHA-256) and a number used once."""

    digest: bytes
    nonce: int

    def encoded(self) -> bytes:
        imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": self.digest}
        asked = {
            "version": 1,
            "message_imprint": tsp.MessageImprint(imprint),
            "nonce": self.nonce,
            "cert_req": True,
        }
        found: bytes = tsp.TimeStampReq(asked).dump()
        return found


def query_for(digest: bytes) -> Query:
    return Query(digest=digest, nonce=secrets.randbits(NONCE_BITS))


def token_in(reply: bytes, query: Query) -> cms.ContentInfo:
    """The token of a reply to this very query. Raises: NotBelieved."""
    try:
        answer = Reply.load(reply, strict=True)
        granted = answer["status"]["status"].native in GRANTED
        token = answer["time_stamp_token"]
        nonce = _statement(token)["nonce"].native if granted else None
    except (ValueError, TypeError, KeyError) as problem:
        raise NotBelieved("unreadable") from problem
    if not granted:
        raise NotBelieved("refused")
    if nonce != query.nonce:
        raise NotBelieved("wrong_nonce")
    return token


def _statement(token: cms.ContentInfo) -> tsp.TSTInfo:
    found = token["content"]["encap_content_info"]["content"].parsed
    if not isinstance(found, tsp.TSTInfo):
        raise TypeError("no time stamp inside")
    return found


def time_of(token: cms.ContentInfo, digest: bytes, root: x509.Certificate) -> datetime:
    """When the authority below this root saw the digest. Raises: NotBelieved."""
    try:
        stated, signer = _statement(token), _signer_of(token)
        at: datetime = stated["gen_time"].native
    except (ValueError, TypeError, KeyError, SignatureValidationError) as problem:
        raise NotBelieved("unreadable") from problem
    if stated["message_imprint"]["hashed_message"].native != digest:
        raise NotBelieved("wrong_hash")
    valid = signer["tbs_certificate"]["validity"]
    if not valid["not_before"].native <= at <= valid["not_after"].native:
        raise NotBelieved("expired")
    trust = ValidationContext(
        trust_roots=[root], moment=at, allow_fetching=False, revocation_mode="soft-fail"
    )
    try:
        found = asyncio.run(
            validate_tst_signed_data(token["content"], trust, lambda _algorithm: digest)
        )
    except (SignatureValidationError, ValueError) as problem:
        raise NotBelieved("bad_signature") from problem
    if not (found["intact"] and found["valid"]):
        raise NotBelieved("bad_signature")
    if found.get("trust_problem_indic") is not None:
        raise NotBelieved("untrusted")
    return at


def _signer_of(token: cms.ContentInfo) -> x509.Certificate:
    found: SignedDataCerts = extract_certificate_info(token["content"])
    return found.signer_cert


def fits_the_clock(at: datetime, now: datetime) -> bool:
    return abs(at - now) <= APART
