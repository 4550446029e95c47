"""Niêm phong tệp: what the store holds of a content opens with the master keys only.

A sealed content: four letters, the envelope of its data key (`kernel.crypto`, bound to the
content's hash), then pieces of 64 KiB, each sealed by the data key (AES-256-GCM) with its number
and whether it is the last as nonce, so that none can be altered, moved, dropped or added. It is the
STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár, 2015). Any piece opens by itself.
"""

import io
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from motcua.contexts.documents.adapters.staging import FULL, SUFFIX
from motcua.contexts.documents.contracts.refusals import StoreUnavailable
from motcua.kernel import crypto
from motcua.kernel.crypto import SealBroken

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

LETTERS = b"MCT1"
PLACE = "documents.content"
PIECE = 64 * 1024
TAG = 16
KEY = 32
HEAD = len(LETTERS) + crypto.OVERHEAD + KEY


def key_of(file: IO[bytes]) -> int:
    """Number of the master key; 0 for contents kept before files were sealed."""
    head = _head(file)
    return crypto.key_of(head) if head else 0


@contextmanager
def sealed(plain: IO[bytes], sha256: str, folder: Path) -> Iterator[Path]:
    """A sealed copy, durable on disk, gone at the end unless somebody renamed it.

    Raises: StoreUnavailable when the disk is full.
    """
    data_key = secrets.token_bytes(KEY)
    head = LETTERS + crypto.seal(data_key, place=PLACE, row=_row(sha256))
    with _written(folder, [head], _pieces(plain, AESGCM(data_key))) as path:
        yield path


@contextmanager
def rewrapped(file: IO[bytes], sha256: str, folder: Path) -> Iterator[Path]:
    """The same pieces, their data key wrapped by the master key in force; sealed if they were not.

    Raises: SealBroken, StoreUnavailable.
    """
    head = _head(file)
    if not head:
        file.seek(0)
        with sealed(file, sha256, folder) as path:
            yield path
        return
    fresh = crypto.rewrapped(head, place=PLACE, row=_row(sha256))
    with _written(folder, [LETTERS + fresh], iter(lambda: file.read(PIECE), b"")) as path:
        yield path


def opened(file: IO[bytes], sha256: str) -> IO[bytes]:
    """The content, readable from any place; itself when it was never sealed.

    Raises, here and while reading: SealBroken.
    """
    head = _head(file)
    if not head:
        file.seek(0)
        return file
    data_key = crypto.unseal(head, place=PLACE)
    if crypto.row_of(head) != _row(sha256):
        raise SealBroken("another content's")
    return io.BufferedReader(_Content(file, AESGCM(data_key)), PIECE)


def _row(sha256: str) -> UUID:
    return UUID(hex=sha256[:32])


def _head(file: IO[bytes]) -> bytes:
    """The envelope of the data key, and the file behind it; empty when it is not sealed."""
    file.seek(0)
    found = file.read(HEAD)
    return found[len(LETTERS) :] if found.startswith(LETTERS) and len(found) == HEAD else b""


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes((last,))


def _pieces(plain: IO[bytes], key: AESGCM) -> Iterator[bytes]:
    number, piece = 0, plain.read(PIECE)
    while True:
        following = plain.read(PIECE)
        yield key.encrypt(_nonce(number, last=not following), piece, None)
        if not following:
            return
        number, piece = number + 1, following


class _Content(io.RawIOBase):
    """What is behind the head, opened piece by piece."""

    def __init__(self, file: IO[bytes], key: AESGCM) -> None:
        self._file, self._key = file, key
        sealed_size = file.seek(0, os.SEEK_END) - HEAD
        self._count = max(1, -(-sealed_size // (PIECE + TAG)))
        self._size = sealed_size - self._count * TAG
        self._at = 0
        self._number, self._piece = -1, b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def readinto(self, buffer: "WriteableBuffer") -> int:
        number, within = divmod(self._at, PIECE)
        if number >= self._count:
            return 0
        view = memoryview(buffer)
        given = self._opened(number)[within : within + len(view)]
        view[: len(given)] = given
        self._at += len(given)
        return len(given)

    def _opened(self, number: int) -> bytes:
        if number != self._number:
            self._file.seek(HEAD + number * (PIECE + TAG))
            nonce = _nonce(number, last=number == self._count - 1)
            try:
                self._piece = self._key.decrypt(nonce, self._file.read(PIECE + TAG), None)
            except InvalidTag as broken:
                raise SealBroken(PLACE) from broken
            self._number = number
        return self._piece


@contextmanager
def _written(folder: Path, *parts: Iterable[bytes]) -> Iterator[Path]:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{uuid4().hex}{SUFFIX}"
    try:
        _write(path, parts)
        yield path
    finally:
        path.unlink(missing_ok=True)


def _write(path: Path, parts: Iterable[Iterable[bytes]]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o440)
    try:
        with os.fdopen(descriptor, "wb") as file:
            for part in parts:
                file.writelines(part)
            file.flush()
            os.fsync(file.fileno())
    except OSError as failure:
        if failure.errno in FULL:
            raise StoreUnavailable(reason="full") from failure
        raise
