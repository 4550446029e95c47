"""Cho kho lưu trữ: contents as streams, sealed or open, and what proves a signature for years."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO
from uuid import UUID

from motcua.contexts.documents import queries
from motcua.contexts.documents.adapters import pades, reading, sealing
from motcua.contexts.documents.adapters.keys import local_authority
from motcua.contexts.documents.adapters.staging import CHUNK
from motcua.contexts.documents.adapters.stores import store
from motcua.contexts.documents.contracts import KeptSignature, StoredCopyAltered
from motcua.kernel.crypto import SealBroken
from motcua.kernel.reading import note_about


def pieces_of(file_id: UUID) -> Iterator[bytes]:
    """The content piece by piece, proven whole before the first. No policy: callers have theirs.

    Raises: FileNotFound, FileInfected, FileNotScannable, FileWaiting, StoredCopyAltered.
    """
    found = queries.file_by_id(file_id)
    queries.check_scanned(found)
    note_about(found.owner_person_id, queries.CONTENT)
    return reading.pieces(found.sha256)


def sealed_pieces_of(file_id: UUID) -> Iterator[bytes]:
    """Sealed as in the store: the master keys alone open it. Raises: StoredCopyAltered."""
    sha256 = queries.file_by_id(file_id).sha256
    with (
        reading.checked(sha256) as plain,
        sealing.sealed(plain, sha256, store().staging()) as path,
        path.open("rb") as file,
    ):
        while chunk := file.read(CHUNK):
            yield chunk


@contextmanager
def opened_seal(file: IO[bytes], sha256: str) -> Iterator[IO[bytes]]:
    """A content that was carried away sealed. Raises: StoredCopyAltered."""
    try:
        yield sealing.opened(file, sha256)
    except SealBroken as broken:
        raise StoredCopyAltered(finding="bytes_differ") from broken


def signature_of(pdf: bytes) -> KeptSignature:
    """By what the paper brings itself and the roots that this installation trusts."""
    told = pades.examine_kept(pdf, local_authority().roots)
    return KeptSignature(
        holds=told.trusted,
        signatures=told.signatures,
        code=told.code,
        timestamped_at=told.timestamped_at,
    )


def trusted_roots() -> bytes:
    """The roots, one PEM after the other, for whoever checks our papers elsewhere."""
    return local_authority().roots_in_pem
