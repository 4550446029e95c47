"""Nhận tệp: bytes come in through a small buffer, hashed on the way, to a file of the moment."""

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from django.utils.translation import gettext as _

from motcua.contexts.documents.contracts.refusals import StoreUnavailable, TooLarge
from motcua.contexts.documents.ports import Staged

CHUNK = 256 * 1024
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
SUFFIX = ".incoming"


class Readable(Protocol):
    """Anything that gives bytes piece by piece."""

    def read(self, size: int, /) -> bytes: ...


@contextmanager
def staged(stream: Readable, folder: Path, *, limit: int) -> Iterator[Staged]:
    """The stream as a file in `folder`, gone at the end; the store keeps a sealed copy.

    Raises: TooLarge as soon as one byte too many arrives, StoreUnavailable when the disk is full.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{uuid4().hex}{SUFFIX}"
    try:
        yield _received(stream, path, limit)
    finally:
        path.unlink(missing_ok=True)


def too_large(limit: int) -> TooLarge:
    sentence = _(
        "Tệp lớn hơn %(limit)s MB nên chưa nhận được. "
        "Bạn giảm dung lượng hoặc tách thành nhiều tệp."
    )
    return TooLarge(sentence % {"limit": limit // (1024 * 1024)}, limit=limit)


def _received(stream: Readable, path: Path, limit: int) -> Staged:
    digest, size = hashlib.sha256(), 0
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb", buffering=0) as file:
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                if size > limit:
                    raise too_large(limit)
                digest.update(chunk)
                _write_all(file.fileno(), chunk)
    except OSError as failure:
        if failure.errno in FULL:
            raise StoreUnavailable(reason="full") from failure
        raise
    return Staged(path, digest.hexdigest(), size)


def _write_all(descriptor: int, chunk: bytes) -> None:
    view = memoryview(chunk)
    while view:
        view = view[os.write(descriptor, view) :]
