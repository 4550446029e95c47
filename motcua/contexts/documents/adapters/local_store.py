"""Kho trên đĩa: one sealed file per content, named by the content's hash, durable before anybody is
told.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from motcua.contexts.documents.adapters import sealing
from motcua.contexts.documents.adapters.staging import FULL, SUFFIX
from motcua.contexts.documents.contracts.refusals import StoreUnavailable
from motcua.contexts.documents.ports import BytesMissing, Staged


class LocalStore:
    """A folder `aa/bb/aabb…`. Renames are atomic, and the folder is fsynced after each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def staging(self) -> Path:
        return self.folder / "incoming"

    def path_of(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256[2:4] / sha256

    def keep(self, staged: Staged) -> None:
        """Rename into place, over a copy that may be there: a damaged one is healed by it."""
        with (
            staged.path.open("rb") as plain,
            sealing.sealed(plain, staged.sha256, self.staging()) as path,
        ):
            self._place(path, staged.sha256)

    def _place(self, path: Path, sha256: str) -> None:
        target = self.path_of(sha256)
        try:
            self._make_folders(target.parent)
            path.replace(target)
            _fsync_folder(target.parent)
        except OSError as failure:
            if failure.errno in FULL:
                raise StoreUnavailable(reason="full") from failure
            raise

    def _make_folders(self, folder: Path) -> None:
        """New folders are entries of their parents, and must survive a power cut as well."""
        if folder.is_dir():
            return
        self._make_folders(folder.parent)
        folder.mkdir(exist_ok=True, mode=0o700)
        _fsync_folder(folder.parent)

    @contextmanager
    def open(self, sha256: str) -> Iterator[IO[bytes]]:
        with self._raw(sha256) as file:
            yield sealing.opened(file, sha256)

    def key_of(self, sha256: str) -> int:
        with self._raw(sha256) as file:
            return sealing.key_of(file)

    def rewrap(self, sha256: str) -> None:
        with (
            self._raw(sha256) as file,
            sealing.rewrapped(file, sha256, self.staging()) as path,
        ):
            self._place(path, sha256)

    def _raw(self, sha256: str) -> IO[bytes]:
        try:
            return self.path_of(sha256).open("rb")
        except FileNotFoundError as missing:
            raise BytesMissing(sha256) from missing

    def has(self, sha256: str) -> bool:
        return self.path_of(sha256).is_file()

    def remove(self, sha256: str) -> None:
        self.path_of(sha256).unlink(missing_ok=True)

    def is_older(self, sha256: str, moment: datetime) -> bool:
        return _is_older(self.path_of(sha256), moment)

    def kept_before(self, moment: datetime) -> Iterator[str]:
        for path in self.folder.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*"):
            if len(path.name) == 64 and _is_older(path, moment):
                yield path.name


def drop_abandoned(folder: Path, moment: datetime) -> int:
    """Remove uploads whose process died before it could; returns how many."""
    found = [path for path in folder.glob(f"*{SUFFIX}") if _is_older(path, moment)]
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def _is_older(path: Path, moment: datetime) -> bool:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, tz=UTC) < moment
    except FileNotFoundError:
        return False


def _fsync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
