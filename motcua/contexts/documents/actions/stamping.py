"""Dấu thời gian của sổ cái: once a day an authority (RFC 3161) stamps the newest head."""

import asyncio
from datetime import datetime, timedelta

from asn1crypto import cms, tsp
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509 import load_der_x509_certificate

from motcua.contexts.documents.actions.issuing import local_authority
from motcua.contexts.documents.adapters.authority import Authority
from motcua.contexts.documents.adapters.timestamping import LocalTimeStamper
from motcua.kernel import anchors

EVERY = timedelta(hours=20)  # a daily job that came late one day must not skip the next


def stamp_newest_head(*, now: datetime) -> bool:
    """Whether a head was stamped: one a day, and none twice. Work of the ledger, so no leaf."""
    head = anchors.head_to_stamp(now=now, every=EVERY)
    if head is None:
        return False
    keys = local_authority()
    stamper = LocalTimeStamper(keys.timestamp, keys.root.asn1, now)
    token = asyncio.run(stamper.async_timestamp(anchors.stamp_digest(head), "sha256"))
    anchors.note_stamp(head, token.dump(), at=now, now=now)
    return True


def stamped_at(token: bytes, digest: bytes, authority: Authority) -> datetime | None:
    """The time that the authority swore to for this digest; None when the token does not hold."""
    signed = cms.ContentInfo.load(token)["content"]
    info = tsp.TSTInfo.load(signed["encap_content_info"]["content"].contents)
    [signer] = signed["signer_infos"]
    told = {a["type"].native: a["values"][0] for a in signer["signed_attrs"]}
    counted = hashes.Hash(hashes.SHA256())
    counted.update(info.dump())
    fits = info["message_imprint"]["hashed_message"].native == digest
    if not fits or told["message_digest"].native != counted.finalize():
        return None
    leaf = authority.timestamp.certificate
    shown = [load_der_x509_certificate(c.dump()) for c in signed["certificates"]]
    if leaf not in shown:
        return None
    key = leaf.public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    try:
        leaf.verify_directly_issued_by(authority.root.certificate)
        words = signer["signed_attrs"].untag().dump()
        key.verify(signer["signature"].native, words, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return None
    at: datetime = info["gen_time"].native
    return at
