"""Bố cục gói: BagIt 1.0 (RFC 8493). Names of files in a bag, its tag files, and how they are read.

A dossier is one bag in a zip of its own; a package is a bag of such zips with, for each, the proof
that the ledger knows its hash. `data/DOC-TRUOC.txt` tells this to whoever finds a package alone.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

BAGIT, INFO = "bagit.txt", "bag-info.txt"
MANIFEST, TAGS = "manifest-sha256.txt", "tagmanifest-sha256.txt"
DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
PAYLOAD = "data/"
DOSSIER, PACKAGE = "data/dossier.json", "data/package.json"
PACKAGE_SCHEMA = "motcua-package-1"
LEDGER = "data/ledger/"
TRUST = "data/trust/"
LINE = re.compile(r"([0-9a-f]{64})\s+\*?(\S.*)")
EXTENSIONS = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/heic": ".heic",
    "application/xml": ".xml",
    "text/plain": ".txt",
    "application/zip": ".zip",
    "application/json": ".json",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}


def path_of(part: str, number: int, media_type: str) -> str:
    """`data/papers/003.pdf`; what the file was called stands in the record."""
    return f"{PAYLOAD}{part}/{number:03d}{EXTENSIONS.get(media_type, '.bin')}"


def bag_path(code: str, *, sealed: bool) -> str:
    return f"{PAYLOAD}dossiers/{code}.zip{'.sealed' if sealed else ''}"


def proof_path(code: str) -> str:
    return f"{PAYLOAD}proofs/{code}.json"


def pack_subject(package: str, code: str) -> str:
    """What the ledger calls one dossier in one package."""
    return f"{package}/{code}"


def manifest(digests: Mapping[str, str]) -> str:
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(digests.items()))


def read_manifest(text: str) -> dict[str, str] | None:
    """Path to digest; None when a line is not one, or names a file twice."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        match = LINE.fullmatch(line)
        if match is None or match[2] in found:
            return None
        found[match[2]] = match[1]
    return found


def info(facts: Iterable[tuple[str, str]]) -> str:
    return "".join(f"{name}: {' '.join(value.split())}\n" for name, value in facts)


def is_safe(path: str) -> bool:
    """Stays where it is unpacked, on every system."""
    parts = PurePosixPath(path).parts
    return not (
        path.startswith("/")
        or "\\" in path
        or ".." in parts
        or "\0" in path
        or ":" in (parts[0] if parts else ":")
    )
