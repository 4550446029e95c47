"""Kho S3: the same contract on any S3-compatible object store."""

import base64
import hashlib
import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from motcua.contexts.documents.adapters import sealing
from motcua.contexts.documents.contracts.refusals import StoreUnavailable
from motcua.contexts.documents.ports import BytesMissing, Staged

if TYPE_CHECKING:
    from botocore.client import BaseClient

MISSING = frozenset({"404", "NoSuchKey", "NotFound"})
IN_MEMORY = 1024 * 1024  # larger objects are spooled to a temporary file while being read
CHUNK = 256 * 1024


class S3Store:
    """Objects `prefix/aa/bb/aabb…`; the service itself checks the SHA-256 of every upload."""

    def __init__(self, client: "BaseClient", bucket: str, prefix: str, scratch: Path) -> None:
        self._client: Any = client
        self._bucket, self._prefix, self._scratch = bucket, prefix.strip("/"), scratch

    def staging(self) -> Path:
        return self._scratch

    def _key(self, sha256: str) -> str:
        return "/".join(filter(None, (self._prefix, sha256[:2], sha256[2:4], sha256)))

    def keep(self, staged: Staged) -> None:
        with (
            staged.path.open("rb") as plain,
            sealing.sealed(plain, staged.sha256, self._scratch) as path,
        ):
            self._put(path, staged.sha256)

    def _put(self, path: Path, sha256: str) -> None:
        with _answering(), path.open("rb") as body:
            checksum = hashlib.file_digest(body, "sha256").digest()
            body.seek(0)
            self._client.put_object(
                Bucket=self._bucket,
                Key=self._key(sha256),
                Body=body,
                ContentLength=path.stat().st_size,
                ChecksumSHA256=base64.b64encode(checksum).decode(),
                ContentType="application/octet-stream",
            )

    @contextmanager
    def open(self, sha256: str) -> Iterator[IO[bytes]]:
        with self._raw(sha256) as file:
            yield sealing.opened(file, sha256)

    def key_of(self, sha256: str) -> int:
        with _answering(sha256):
            head = self._client.get_object(
                Bucket=self._bucket, Key=self._key(sha256), Range=f"bytes=0-{sealing.HEAD - 1}"
            )["Body"].read()
        return sealing.key_of(io.BytesIO(head))

    def rewrap(self, sha256: str) -> None:
        with self._raw(sha256) as file, sealing.rewrapped(file, sha256, self._scratch) as path:
            self._put(path, sha256)

    @contextmanager
    def _raw(self, sha256: str) -> Iterator[IO[bytes]]:
        with tempfile.SpooledTemporaryFile(IN_MEMORY) as copy:
            with _answering(sha256):
                body = self._client.get_object(Bucket=self._bucket, Key=self._key(sha256))["Body"]
                for chunk in body.iter_chunks(CHUNK):
                    copy.write(chunk)
            copy.seek(0)
            yield copy

    def has(self, sha256: str) -> bool:
        try:
            with _answering(sha256):
                self._client.head_object(Bucket=self._bucket, Key=self._key(sha256))
        except BytesMissing:
            return False
        return True

    def remove(self, sha256: str) -> None:
        with _answering():
            self._client.delete_object(Bucket=self._bucket, Key=self._key(sha256))

    def is_older(self, sha256: str, moment: datetime) -> bool:
        with _answering():
            found = self._client.head_object(Bucket=self._bucket, Key=self._key(sha256))
        return bool(found["LastModified"] < moment)

    def kept_before(self, moment: datetime) -> Iterator[str]:
        pages = self._client.get_paginator("list_objects_v2")
        start = f"{self._prefix}/" if self._prefix else ""
        with _answering():
            for found in pages.paginate(Bucket=self._bucket, Prefix=start):
                for one in found.get("Contents", ()):
                    if one["LastModified"] < moment:
                        yield one["Key"].rpartition("/")[2]


@contextmanager
def _answering(sha256: str = "") -> Iterator[None]:
    """Turn what the client says into what the port says."""
    try:
        yield
    except ClientError as refused:
        if sha256 and refused.response["Error"]["Code"] in MISSING:
            raise BytesMissing(sha256) from refused
        raise StoreUnavailable(reason=refused.response["Error"]["Code"]) from refused
    except BotoCoreError as silent:
        raise StoreUnavailable(reason=type(silent).__name__) from silent
