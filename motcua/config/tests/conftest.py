"""A data folder that the server's account can enter, and nothing left alive in it."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from motcua.config import processes
from motcua.config.postgres import Cluster
from motcua.config.tests.test_supervisor import eventually


@pytest.fixture
def var() -> Iterator[Path]:
    """pytest's own folder is private, and PostgreSQL may have to run as somebody else."""
    folder = Path(tempfile.mkdtemp(prefix="motcua-test-"))
    folder.chmod(0o755)
    (folder / "var").mkdir()
    yield folder / "var"
    processes.end(processes.marked(folder / "var"))
    Cluster(folder / "var" / "pg").stop()
    assert eventually(lambda: _is_gone(folder))


def _is_gone(folder: Path) -> bool:
    """A server that found its disk full may still be ending, and remove files of its own."""
    with suppress(OSError):
        shutil.rmtree(folder)
    return not folder.exists()
