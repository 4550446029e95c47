"""Kiểm gói: every checksum, every signature, every proof, before anybody believes a package.

Reads only. A finding names the file; what comes from outside never raises more than that.
"""

import hashlib
import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from motcua.contexts.archive.adapters.trees import BROKEN, Tree, TreeBroken, ZipTree, opened
from motcua.contexts.archive.contracts import Checked, Finding, FindingKind
from motcua.contexts.archive.rules import layout
from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts import StoredCopyAltered
from motcua.kernel import ledger, verify_ledger

K = FindingKind
CHUNK = 256 * 1024
MOST_JSON = 64 * 1024 * 1024
ISSUED = ("results", "letters")
Table = dict[str, object]


@dataclass(slots=True)
class Tally:
    """What has been found so far. key: of the ledger that is trusted."""

    key: bytes
    findings: list[Finding] = field(default_factory=list)
    dossiers: int = 0
    files: int = 0
    size: int = 0
    signatures: int = 0
    proofs: int = 0

    def say(self, kind: FindingKind, where: str) -> None:
        finding = Finding(kind=kind, where=where)
        if finding not in self.findings:
            self.findings.append(finding)

    @property
    def told(self) -> Checked:
        return Checked(
            findings=tuple(self.findings),
            dossiers=self.dossiers,
            files=self.files,
            size=self.size,
            signatures=self.signatures,
            proofs=self.proofs,
        )


def check(path: Path, *, key: bytes | None = None) -> Checked:
    """A package, or the bag of one dossier. key: of the ledger, our own when None.

    Raises: NotATree.
    """
    tally = Tally(key or ledger.public_key())
    with opened(path) as tree:
        check_tree(tree, tally)
    return tally.told


def is_package(tree: Tree) -> bool:
    return layout.PACKAGE in tree


def check_tree(tree: Tree, tally: Tally) -> None:
    check_bag(tree, tally, "")
    if is_package(tree):
        for one in packed_in(tree, tally):
            check_packed(tree, one, tally)
    elif layout.DOSSIER in tree:
        check_dossier(tree, tally, "")
    elif not tally.findings:
        tally.say(K.MISSING, layout.PACKAGE)


# ── checksums ────────────────────────────────────────────────────────────────────────────────────


def check_bag(tree: Tree, tally: Tally, within: str) -> None:
    """BagIt: nothing altered, missing, cut, or added. within: what findings begin with."""
    names = Counter(tree.names())
    for name, times in names.items():
        if not layout.is_safe(name):
            tally.say(K.UNSAFE, f"{within}{name}")
        if times > 1:
            tally.say(K.ADDED, f"{within}{name}")
    payload = _listed(tree, layout.MANIFEST, tally, within)
    tags = _listed(tree, layout.TAGS, tally, within)
    for name in (layout.BAGIT, layout.INFO, layout.MANIFEST):
        if name not in tags:
            tally.say(K.MISSING, f"{within}{name}")
    sizes = _sizes(tree)
    for name, digest in (*payload.items(), *tags.items()):
        _check_file(tree, name, digest, sizes.get(name), tally, within)
    known = {*payload, *tags, layout.TAGS}
    for name in sorted(set(names) - known):
        tally.say(K.ADDED, f"{within}{name}")


def _listed(tree: Tree, name: str, tally: Tally, within: str) -> dict[str, str]:
    text = _text(tree, name)
    if text is None:
        tally.say(K.MISSING, f"{within}{name}")
        return {}
    found = layout.read_manifest(text)
    if found is None:
        tally.say(K.MALFORMED, f"{within}{name}")
    return found or {}


def _check_file(
    tree: Tree, name: str, digest: str, size: int | None, tally: Tally, within: str
) -> None:
    where = f"{within}{name}"
    if name not in tree:
        tally.say(K.MISSING, where)
        return
    found, length = hashlib.sha256(), 0
    try:
        with tree.open(name) as file:
            while chunk := file.read(CHUNK):
                found.update(chunk)
                length += len(chunk)
    except (TreeBroken, *BROKEN):
        tally.say(K.TRUNCATED, where)
        return
    tally.files += 1
    tally.size += length
    if found.hexdigest() != digest:
        tally.say(K.TRUNCATED if size is not None and length < size else K.ALTERED, where)


def _sizes(tree: Tree) -> dict[str, int]:
    """How long files should be, as far as the record tells; to say «cut» rather than «altered»."""
    told = _json(tree, layout.DOSSIER) or _json(tree, layout.PACKAGE) or {}
    rows = told.get("files") or told.get("dossiers")
    found = {}
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict) and isinstance(row.get("size"), int):
            found[str(row.get("path"))] = row["size"]
    return found


# ── a package ────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """A line of `package.json`."""

    package: str
    code: str
    path: str
    sha256: str
    sealed: bool


def packed_in(tree: Tree, tally: Tally) -> tuple[Packed, ...]:
    """What the package says that it holds; a finding when it cannot be read."""
    told = _json(tree, layout.PACKAGE)
    if told is None or told.get("schema") != layout.PACKAGE_SCHEMA:
        tally.say(K.MALFORMED, layout.PACKAGE)
        return ()
    try:
        rows = tuple(_packed(told, row) for row in rows_of(told, "dossiers"))
    except (KeyError, TypeError):
        tally.say(K.MALFORMED, layout.PACKAGE)
        return ()
    held = {row.path for row in rows}
    for name in tree.names():
        if name.startswith(f"{layout.PAYLOAD}dossiers/") and name not in held:
            tally.say(K.ADDED, name)
    return rows


def _packed(told: Table, row: Mapping[str, object]) -> Packed:
    return Packed(
        package=str(told["code"]),
        code=str(row["code"]),
        path=str(row["path"]),
        sha256=str(row["sha256"]),
        sealed=told["sealed"] is True,
    )


def check_packed(tree: Tree, one: Packed, tally: Tally) -> None:
    """The bag of one dossier: known to the ledger, and whole inside."""
    _check_known(tree, one, tally)
    try:
        with bag_of(tree, one) as (bag, digest):
            if digest != one.sha256:
                tally.say(K.ALTERED, one.path)
            check_bag(bag, tally, f"{one.code}/")
            check_dossier(bag, tally, f"{one.code}/", one.code)
    except StoredCopyAltered:
        tally.say(K.SEALED, one.path)
    except (TreeBroken, *BROKEN):
        if not any(found.where == one.path for found in tally.findings):
            tally.say(K.TRUNCATED, one.path)


@contextmanager
def bag_of(tree: Tree, one: Packed) -> Iterator[tuple[Tree, str]]:
    """The bag, open, and its hash. Raises: TreeBroken, StoredCopyAltered."""
    with tree.open(one.path) as file, tempfile.TemporaryFile() as copy:
        digest = _copied(file, copy)
        if not one.sealed:
            yield ZipTree(copy), digest
            return
        with documents.opened_seal(copy, one.sha256) as inside, tempfile.TemporaryFile() as plain:
            digest = _copied(inside, plain)
            yield ZipTree(plain), digest


def _copied(source: IO[bytes], target: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        target.write(chunk)
    target.seek(0)
    return digest.hexdigest()


def _check_known(tree: Tree, one: Packed, tally: Tally) -> None:
    """The ledger noted this hash for this dossier in this package."""
    path = layout.proof_path(one.code)
    body = _proved(_json(tree, path), path, tally)
    if body is None:
        return
    facts = body.get("facts")
    told = facts.get("bag") if isinstance(facts, dict) else None
    subject = layout.pack_subject(one.package, one.code)
    if (body.get("subject"), told) != (subject, one.sha256):
        tally.say(K.LEDGER, path)


# ── a dossier ────────────────────────────────────────────────────────────────────────────────────


def check_dossier(tree: Tree, tally: Tally, within: str, code: str = "") -> None:
    """Its record names every file and no other; papers of the city are signed, leaves proved."""
    told = _json(tree, layout.DOSSIER)
    if told is None or (code and told.get("code") != code):
        tally.say(K.MALFORMED, f"{within}{layout.DOSSIER}")
        return
    tally.dossiers += 1
    try:
        files = {str(row["path"]): row for row in rows_of(told, "files")}
        leaves = _paths(told)
    except (KeyError, TypeError):
        tally.say(K.MALFORMED, f"{within}{layout.DOSSIER}")
        return
    _check_names(tree, {*files, *leaves, layout.DOSSIER}, tally, within)
    for path, row in files.items():
        if row.get("part") in ISSUED:
            _check_signed(tree, path, tally, within)
    for path in sorted(leaves):
        body = _proved(_json(tree, path), f"{within}{path}", tally)
        if body is not None and body.get("subject") != told.get("code"):
            tally.say(K.LEDGER, f"{within}{path}")


def _paths(told: Table) -> set[str]:
    """Where its leaves lie. Raises: KeyError, TypeError."""
    paths = told["ledger"]
    if not isinstance(paths, list):
        raise TypeError("ledger")
    return {str(path) for path in paths}


def _check_names(tree: Tree, named: set[str], tally: Tally, within: str) -> None:
    there = {name for name in tree.names() if name.startswith(layout.PAYLOAD)}
    for name in sorted(named - there):
        tally.say(K.MISSING, f"{within}{name}")
    for name in sorted(there - named):
        tally.say(K.ADDED, f"{within}{name}")


def _check_signed(tree: Tree, path: str, tally: Tally, within: str) -> None:
    try:
        with tree.open(path) as file:
            told = documents.signature_of(file.read())
    except (TreeBroken, *BROKEN):
        return  # named already by its checksum
    tally.signatures += told.signatures
    if not told.holds:
        tally.say(K.SIGNATURE, f"{within}{path}")


def _proved(proof: Table | None, where: str, tally: Tally) -> Table | None:
    """The body of a leaf that the trusted ledger sealed; a finding when it did not."""
    told: dict[str, Any] = proof or {}
    try:
        findings, _, _ = verify_ledger.check_proof(told, key=tally.key, keys={})
        body = json.loads(told["leaf"]["body"])
    except (verify_ledger.Unusable, ValueError, KeyError, TypeError):
        findings, body = [("unreadable", where)], None
    tally.proofs += 1
    if findings or not isinstance(body, dict):
        tally.say(K.LEDGER, where)
        return None
    return body


# ── small readers ────────────────────────────────────────────────────────────────────────────────


def rows_of(told: Table, name: str) -> list[dict[str, object]]:
    """Raises: TypeError when it is no list of tables."""
    rows = told.get(name)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise TypeError(name)
    return rows


def _text(tree: Tree, name: str) -> str | None:
    if name not in tree:
        return None
    try:
        with tree.open(name) as file:
            return file.read(MOST_JSON).decode()
    except (TreeBroken, *BROKEN):
        return None


def _json(tree: Tree, name: str) -> Table | None:
    text = _text(tree, name)
    try:
        told = json.loads(text) if text is not None else None
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None


def record_of(tree: Tree) -> Table:
    """`dossier.json` of a bag that was checked."""
    return _json(tree, layout.DOSSIER) or {}


def print_of(tree: Tree) -> str:
    """What tells one bag from another, however it is zipped: the hash of its list of hashes."""
    return hashlib.sha256((_text(tree, layout.MANIFEST) or "").encode()).hexdigest()
