"""Marks of what was done already, so that a second start does not do it again."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from motcua.config import house
from motcua.config.env import ROOT

SKIPPED_FOLDERS = frozenset({"__pycache__", "tests"})


def fingerprint(paths: Iterable[Path], *more: str) -> str:
    """Names, sizes and times of files: cheap enough for every start."""
    mark = hashlib.sha256("\n".join(more).encode())
    for path in sorted(set(paths)):
        if path.is_file() and not SKIPPED_FOLDERS & set(path.parts):
            look = path.stat()
            mark.update(f"{path} {look.st_size} {look.st_mtime_ns}\n".encode())
    return mark.hexdigest()


def whole_house() -> Iterator[Path]:
    """Everything whose change may ask for a migration, a seed or new static files."""
    yield from house.HOUSE.rglob("*")
    yield ROOT / "requirements.lock"


def holds(var: Path, name: str, mark: str) -> bool:
    path = _place(var, name)
    return path.is_file() and path.read_text(encoding="ascii") == mark


def put(var: Path, name: str, mark: str) -> None:
    path = _place(var, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(mark, encoding="ascii")


def _place(var: Path, name: str) -> Path:
    return var / "stamps" / name
