"""Đọc tệp: bytes are compared with their recorded hash before anybody gets one of them."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from motcua.contexts.documents.adapters.staging import CHUNK
from motcua.contexts.documents.adapters.stores import store
from motcua.contexts.documents.contracts.refusals import StoredCopyAltered
from motcua.contexts.documents.ports import BytesMissing
from motcua.kernel.crypto import SealBroken


@contextmanager
def checked(sha256: str) -> Iterator[IO[bytes]]:
    """The bytes, proven whole, at their start. Raises: StoredCopyAltered, StoreUnavailable."""
    try:
        with store().open(sha256) as file:
            digest = hashlib.sha256()
            while chunk := file.read(CHUNK):
                digest.update(chunk)
            if digest.hexdigest() != sha256:
                raise StoredCopyAltered(finding="bytes_differ")
            file.seek(0)
            yield file
    except BytesMissing as missing:
        raise StoredCopyAltered(finding="bytes_missing") from missing
    except SealBroken as broken:
        raise StoredCopyAltered(finding="bytes_differ") from broken


def whole(sha256: str) -> bytes:
    """All of it at once; for papers we made ourselves."""
    with checked(sha256) as file:
        return file.read()


def pieces(sha256: str) -> Iterator[bytes]:
    """The bytes piece by piece; nothing is given when they are not what was recorded."""
    with checked(sha256) as file:
        while chunk := file.read(CHUNK):
            yield chunk
