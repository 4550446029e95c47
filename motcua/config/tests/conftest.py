"""A data folder that the server's account can enter, and nothing left alive in it."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.config import processes
from motcua.config.postgres import Cluster


@pytest.fixture
def var() -> Iterator[Path]:
    """pytest's own folder is private, and PostgreSQL may have to run as somebody else."""
    folder = Path(tempfile.mkdtemp(prefix="motcua-test-"))
    folder.chmod(0o755)
    (folder / "var").mkdir()
    yield folder / "var"
    processes.end(processes.marked(folder / "var"))
    Cluster(folder / "var" / "pg").stop()
    shutil.rmtree(folder)
