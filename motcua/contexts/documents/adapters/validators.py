"""Bên thứ ba kiểm: what others find in a paper we signed; for tests and `check_signatures`.

Three programs that share no line of code: pyHanko by the strict rules and with nothing but what
lies in the file (B-LT); pdfsig of poppler, which reads PDF by itself and verifies with NSS; and
OpenSSL over the bytes that the signature names, cut out here without any reader of PDF.
"""

import io
import re
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from asn1crypto import cms
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.status import SignatureCoverageLevel, TimestampSignatureStatus

from motcua.contexts.documents.adapters.authority import Authority
from motcua.contexts.documents.adapters.pades import UNREADABLE

NOTHING, WHOLE = SignatureCoverageLevel.UNCLEAR, SignatureCoverageLevel.ENTIRE_REVISION
TIME_STAMP = "signature_time_stamp_token"
BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")


@dataclass(frozen=True, slots=True)
class Found:
    """One program on one file. said: its own words, or the answers of the checks asked."""

    valid: bool
    said: tuple[str, ...]


def by_pyhanko(pdf: bytes, authority: Authority, folder: Path) -> Found:
    """Trust in our root alone; revocation must be proved by the lists inside the file."""
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=True)
        context = DocumentSecurityStore.read_dss(reader).as_validation_context(
            {
                "trust_roots": [authority.root.asn1],
                "allow_fetching": False,
                "revocation_mode": "hard-fail",
            }
        )
        found = [validate_pdf_signature(s, context, context) for s in reader.embedded_signatures]
    except UNREADABLE as problem:
        return Found(False, (type(problem).__name__,))
    said, good = [], []
    for one in found:
        covered, stamp = one.coverage or NOTHING, _stamp(one.timestamp_validity)
        said.append(f"{one.summary()}; time stamp {stamp}; {covered.name}")
        good.append(one.bottom_line and covered >= WHOLE and stamp == "trusted")
    return Found(bool(good) and all(good), tuple(said))


def _stamp(status: TimestampSignatureStatus | None) -> str:
    return "trusted" if status is not None and status.valid and status.trusted else "missing"


def by_pdfsig(pdf: bytes, authority: Authority, folder: Path) -> Found:
    """Root and revocation list are laid into a database of NSS. No certificate of ours names an
    address, so that nothing is asked over the network."""
    store, paper, listed = f"sql:{folder / 'nss'}", folder / "paper.pdf", folder / "list.der"
    (folder / "nss").mkdir()
    paper.write_bytes(pdf)
    listed.write_bytes(authority.revocations.dump())
    root = _pem_of_root(authority, folder)
    _run("certutil", "-N", "--empty-password", "-d", store)
    _run("certutil", "-A", "-d", store, "-n", "root", "-t", "CT,C,C", "-i", str(root))
    _run("crlutil", "-I", "-B", "-d", store, "-i", str(listed))
    said = [line.strip(" -") for line in _run("pdfsig", "-nssdir", store, str(paper)).splitlines()]
    signed = [line for line in said if line.startswith("Signature Validation:")]
    trust = [line for line in said if line.startswith("Certificate Validation:")]
    valid = (
        bool(signed)
        and set(signed) == {"Signature Validation: Signature is Valid."}
        and set(trust) == {"Certificate Validation: Certificate is Trusted."}
        and len(signed) == len(trust)
    )
    return Found(valid, (*signed, *trust))


def by_openssl(pdf: bytes, authority: Authority, folder: Path) -> Found:
    """Signature, chain, revocation list, CAdES attributes, and the stamp over the signature."""
    said: list[str] = []
    ranges = BYTE_RANGE.findall(pdf)
    trust = _pem_of_trust(authority, folder)
    for number, found in enumerate(ranges, start=1):
        first, length, second, rest = (int(part) for part in found)
        covered = pdf[first : first + length] + pdf[second : second + rest]
        hexed = pdf[first + length : second].strip(b"<>")
        said += _openssl_one(number, covered, hexed, trust, folder)
    return Found(bool(said) and all(line.endswith(": ok") for line in said), tuple(said))


def _openssl_one(
    number: int, covered: bytes, hexed: bytes, trust: Path, folder: Path
) -> Sequence[str]:
    try:
        signed = cms.ContentInfo.load(bytes.fromhex(hexed.decode("ascii")))
        signer = signed["content"]["signer_infos"][0]
        stamps = [
            a["values"][0] for a in signer["unsigned_attrs"] if a["type"].native == TIME_STAMP
        ]
        parts: Mapping[str, bytes] = {
            "covered": covered,
            "cms": signed.dump(),
            "signature": bytes(signer["signature"]),
            "stamp": stamps[0].dump(),
        }
    except UNREADABLE as problem:
        return [f"signature {number}: {type(problem).__name__}"]
    at = {name: folder / f"{number}-{name}" for name in parts}
    for name, path in at.items():
        path.write_bytes(parts[name])
    ours = ("-CAfile", str(trust), "-purpose", "any", "-crl_check")
    content = ("-inform", "DER", "-in", str(at["cms"]), "-content", str(at["covered"]))
    signature = _passes("cms", "-verify", "-binary", "-cades", *content, *ours, "-out", "/dev/null")
    stamp = ("-token_in", "-in", str(at["stamp"]), "-data", str(at["signature"]))
    stamped = _passes("ts", "-verify", *stamp, "-CAfile", str(trust))
    return [
        f"signature {number}, cms -verify -cades -crl_check: {signature}",
        f"signature {number}, ts -verify: {stamped}",
    ]


def _passes(*words: str) -> str:
    done = subprocess.run(["openssl", *words], capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return "ok"
    return (done.stderr.strip().splitlines() or ["refused"])[0][:120]


def _run(*words: str) -> str:
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def _pem_of_root(authority: Authority, folder: Path) -> Path:
    path = folder / "root.pem"
    path.write_bytes(authority.root.certificate.public_bytes(Encoding.PEM))
    return path


def _pem_of_trust(authority: Authority, folder: Path) -> Path:
    """Root and revocation list in one file, as OpenSSL takes them."""
    path, listed = folder / "trust.pem", folder / "list.der"
    listed.write_bytes(authority.revocations.dump())
    _run("openssl", "crl", "-inform", "DER", "-in", str(listed), "-out", f"{listed}.pem")
    root = authority.root.certificate.public_bytes(Encoding.PEM)
    path.write_bytes(root + Path(f"{listed}.pem").read_bytes())
    return path


Validator = Callable[[bytes, Authority, Path], Found]
VALIDATORS: Mapping[str, Validator] = {
    "pyHanko": by_pyhanko,
    "pdfsig": by_pdfsig,
    "OpenSSL": by_openssl,
}


def version_of(name: str) -> str:
    if name == "pyHanko":
        return f"pyHanko {version(name)}"
    said = _run("pdfsig", "-v") if name == "pdfsig" else _run("openssl", "version")
    return said.strip().splitlines()[0]
