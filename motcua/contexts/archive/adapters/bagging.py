"""Đóng túi: a bag written into a zip as it comes, into a file or straight to whoever downloads it.

Every write is a step of an iterator, so that what has been written may leave before the next.
"""

import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import IO, TYPE_CHECKING, Self

from motcua.contexts.archive.rules import layout
from motcua.kernel.clock import city_time

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class Sink(io.RawIOBase):
    """Where a zip that is streamed is written: `taken` gives what came since the last time."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self.waiting = 0

    def writable(self) -> bool:
        return True

    def write(self, part: "ReadableBuffer", /) -> int:
        self._parts.append(bytes(part))
        self.waiting += len(self._parts[-1])
        return len(self._parts[-1])

    def taken(self) -> bytes:
        whole, self._parts, self.waiting = b"".join(self._parts), [], 0
        return whole


class Bag:
    """One bag, below a folder of its name. `close` writes its tag files, the last of them last."""

    def __init__(self, target: IO[bytes] | Sink, name: str, *, now: datetime) -> None:
        self._zip = zipfile.ZipFile(target, "w", zipfile.ZIP_STORED)
        self._name = name
        moment = city_time(now)
        self._moment = (moment.year, moment.month, moment.day, moment.hour, moment.minute, 0)
        self._payload: dict[str, str] = {}
        self._tags: dict[str, str] = {}
        self._size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *told: object) -> None:
        """Also of a bag that somebody stopped: what was written is no bag without its manifest."""
        self._zip.close()

    def add(self, path: str, pieces: Iterable[bytes]) -> Iterator[None]:
        """A payload file, piece by piece."""
        digest = hashlib.sha256()
        with self._entry(path) as entry:
            for piece in pieces:
                digest.update(piece)
                self._size += len(piece)
                entry.write(piece)
                yield
        self._payload[path] = digest.hexdigest()
        yield

    def put(self, path: str, content: bytes) -> None:
        """A small payload file at once."""
        for _ in self.add(path, [content]):
            pass

    def close(self, facts: Iterable[tuple[str, str]]) -> None:
        oxum = ("Payload-Oxum", f"{self._size}.{len(self._payload)}")
        self._tag(layout.BAGIT, layout.DECLARATION)
        self._tag(layout.INFO, layout.info((*facts, oxum)))
        self._tag(layout.MANIFEST, layout.manifest(self._payload))
        self._tag(layout.TAGS, layout.manifest(self._tags))
        self._zip.close()

    @property
    def files(self) -> int:
        return len(self._payload)

    def _tag(self, path: str, text: str) -> None:
        content = text.encode()
        with self._entry(path) as entry:
            entry.write(content)
        self._tags[path] = hashlib.sha256(content).hexdigest()

    def _entry(self, path: str) -> IO[bytes]:
        about = zipfile.ZipInfo(f"{self._name}/{path}", self._moment)
        about.external_attr = 0o440 << 16
        if path.endswith((".json", ".txt", ".py")):
            about.compress_type = zipfile.ZIP_DEFLATED
        return self._zip.open(about, "w", force_zip64=True)
