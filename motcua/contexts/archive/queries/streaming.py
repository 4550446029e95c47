"""Gói đang chảy: a package as one zip, written while it is read; nothing of it is kept whole."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from motcua.contexts.archive.adapters.bagging import Bag, Sink
from motcua.contexts.archive.models import Package, PackedDossier
from motcua.contexts.archive.queries.packages import bags_of
from motcua.contexts.archive.rules import layout
from motcua.contexts.archive.rules.telling import READ_FIRST
from motcua.contexts.archive.rules.writing import as_json
from motcua.contexts.documents import public as documents
from motcua.kernel import exports, ledger, verify_ledger
from motcua.kernel.clock import city_date

SOFTWARE = "Một Cửa"
ENOUGH = 256 * 1024  # bytes that leave together


def streamed(row: Package, *, now: datetime) -> Iterator[bytes]:
    """The zip, piece by piece. A bag that was altered in the store ends it with an error."""
    sink = Sink()
    with Bag(sink, row.code, now=now) as bag:
        for _ in _written(bag, row):
            if sink.waiting >= ENOUGH:
                yield sink.taken()
        bag.close(
            (
                ("External-Identifier", row.code),
                ("External-Description", f"{row.first:%d/%m/%Y} - {row.last:%d/%m/%Y}"),
                ("Bagging-Date", city_date(now).isoformat()),
                ("Bag-Software-Agent", SOFTWARE),
            )
        )
    yield sink.taken()


def _written(bag: Bag, row: Package) -> Iterator[None]:
    listed = []
    for packed in bags_of(row):
        assert packed.file_id is not None
        path = layout.bag_path(packed.code, sealed=row.sealed)
        give = documents.sealed_pieces_of if row.sealed else documents.pieces_of
        yield from bag.add(path, give(packed.file_id))
        bag.put(layout.proof_path(packed.code), _proof(row, packed))
        listed.append(
            {"code": packed.code, "path": path, "sha256": packed.sha256, "size": packed.size}
        )
    told = {
        "schema": layout.PACKAGE_SCHEMA,
        "code": row.code,
        "first": row.first,
        "last": row.last,
        "sealed": row.sealed,
        "ledger": ledger.ledger_id(),
        "dossiers": listed,
    }
    bag.put(layout.PACKAGE, as_json(told))
    bag.put(f"{layout.PAYLOAD}DOC-TRUOC.txt", READ_FIRST.encode())
    bag.put(f"{layout.TRUST}roots.pem", documents.trusted_roots())
    bag.put(f"{layout.TRUST}ledger-key.txt", f"{ledger.public_key().hex()}\n".encode())
    verifier = Path(verify_ledger.__file__).read_bytes()
    bag.put(f"{layout.TRUST}verify_ledger.py", verifier)
    yield


def _proof(row: Package, packed: PackedDossier) -> bytes:
    leaf = exports.leaf_of(layout.pack_subject(row.code, packed.code), "archive.pack")
    proof = exports.proof_file(leaf) if leaf else None
    assert proof is not None, "a package is READY only when its leaves are sealed"
    return exports.as_text(proof).encode()
