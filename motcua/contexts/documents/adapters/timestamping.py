"""Dấu thời gian: the local time-stamp authority (RFC 3161), asked in process."""

import secrets
from datetime import UTC, datetime

from asn1crypto import algos, cms, core, tsp, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.sign.general import as_signing_certificate_v2
from pyhanko.sign.timestamps import TimeStamper

from motcua.contexts.documents.adapters.authority import Identity

POLICY = "1.3.6.1.4.1.55555.1.1"  # under an arc made up for the stand-in


class LocalTimeStamper(TimeStamper):
    """Answers every request at `at`, the moment the action was called."""

    def __init__(self, identity: Identity, root: x509.Certificate, at: datetime) -> None:
        TimeStamper.__init__(self, include_nonce=True)
        self._identity, self._root, self._at = identity, root, at.astimezone(UTC)

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        return self.reply(req)

    def reply(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """What an authority sends back."""
        token = self._token(req)
        status = tsp.PKIStatusInfo({"status": tsp.PKIStatus("granted")})
        return tsp.TimeStampResp({"status": status, "time_stamp_token": token})

    def _token(self, request: tsp.TimeStampReq) -> cms.ContentInfo:
        certificate = self._identity.asn1
        stated = self._statement(request, certificate).dump()
        attributes = _signed_attributes(stated, certificate)
        signature = self._identity.key.sign(attributes.dump(), ec.ECDSA(hashes.SHA256()))
        digest = algos.DigestAlgorithm({"algorithm": "sha256"})
        signed = {
            "version": "v3",
            "digest_algorithms": cms.DigestAlgorithms((digest,)),
            "encap_content_info": {
                "content_type": "tst_info",
                "content": cms.ParsableOctetString(stated),
            },
            "certificates": [certificate, self._root],
            "signer_infos": [_signer_info(certificate, digest, attributes, signature)],
        }
        return cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(signed)})

    def _statement(self, request: tsp.TimeStampReq, certificate: x509.Certificate) -> tsp.TSTInfo:
        parts = {
            "version": "v1",
            "policy": POLICY,
            "message_imprint": request["message_imprint"],
            "serial_number": secrets.randbits(64),
            "gen_time": self._at,
            "nonce": request["nonce"],
            "tsa": x509.GeneralName(name="directory_name", value=certificate.subject),
        }
        return tsp.TSTInfo(parts)


def _signed_attributes(stated: bytes, certificate: x509.Certificate) -> cms.CMSAttributes:
    """Naming the certificate by SHA-512, because the default is better not used: once asn1crypto
    has filled in a default below, it encodes all that is above anew at each look, twice at every
    level, and a signature that wraps this token would take minutes."""
    digest = hashes.Hash(hashes.SHA256())
    digest.update(stated)
    return cms.CMSAttributes(
        [
            _attribute("content_type", "tst_info"),
            _attribute("message_digest", core.OctetString(digest.finalize())),
            _attribute("signing_certificate_v2", as_signing_certificate_v2(certificate, "sha512")),
        ]
    )


def _attribute(kind: str, value: object) -> cms.CMSAttribute:
    return cms.CMSAttribute({"type": cms.CMSAttributeType(kind), "values": (value,)})


def _signer_info(
    certificate: x509.Certificate,
    digest: algos.DigestAlgorithm,
    attributes: cms.CMSAttributes,
    signature: bytes,
) -> cms.SignerInfo:
    named = cms.IssuerAndSerialNumber(
        {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
    )
    return cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier({"issuer_and_serial_number": named}),
            "digest_algorithm": digest,
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
            "signed_attrs": attributes,
            "signature": signature,
        }
    )
