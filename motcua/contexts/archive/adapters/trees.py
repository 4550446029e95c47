"""Cây tệp: a folder or a zip as names and streams. Nothing is unpacked; links are not followed."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, Protocol

from motcua.contexts.archive.contracts import NotATree

# What a damaged zip makes its reader say.
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


class TreeBroken(Exception):
    """A file of the tree cannot be read to its end."""


class Tree(Protocol):
    """Names are relative, with forward slashes; a name may come twice in a zip."""

    def names(self) -> tuple[str, ...]: ...

    def __contains__(self, name: str) -> bool: ...

    def open(self, name: str) -> AbstractContextManager[IO[bytes]]:
        """Raises, here and while reading: TreeBroken."""


class FolderTree:
    """As it was when it was opened: a large one is walked once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # Links and devices too, so that they are named as what does not belong.
        found = (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
        self._names = tuple(sorted(path.relative_to(folder).as_posix() for path in found))
        self._known = frozenset(self._names)

    def names(self) -> tuple[str, ...]:
        return self._names

    def __contains__(self, name: str) -> bool:
        return name in self._known

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        path = self.folder / name
        if path.is_symlink() or not path.is_file():
            raise TreeBroken(name)
        with path.open("rb") as file:
            yield file


class ZipTree:
    """The zip holds one folder; names are within it."""

    def __init__(self, file: IO[bytes]) -> None:
        try:
            self._zip = zipfile.ZipFile(file)
        except BROKEN as broken:
            raise TreeBroken("zip") from broken
        inside = [one.filename for one in self._zip.infolist() if not one.is_dir()]
        tops = {name.partition("/")[0] for name in inside}
        self._top = f"{tops.pop()}/" if len(tops) == 1 and all("/" in n for n in inside) else ""
        self._names = tuple(name.removeprefix(self._top) for name in inside)
        self._known = frozenset(self._names)

    def names(self) -> tuple[str, ...]:
        return self._names

    def __contains__(self, name: str) -> bool:
        return name in self._known

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        try:
            with self._zip.open(f"{self._top}{name}") as file:
                yield file
        except (*BROKEN, KeyError) as broken:
            raise TreeBroken(name) from broken


@contextmanager
def opened(path: Path) -> Iterator[Tree]:
    """Raises: NotATree."""
    if path.is_dir():
        yield FolderTree(path)
        return
    try:
        with path.open("rb") as file:
            yield ZipTree(file)
    except (OSError, TreeBroken) as wrong:
        raise NotATree(path=str(path)) from wrong
