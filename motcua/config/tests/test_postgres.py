"""The embedded cluster: made, shared, killed, started again."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from motcua.config import processes
from motcua.config.postgres import Cluster, PostgresFailed


@pytest.fixture
def folder() -> Iterator[Path]:
    """pytest's own folder is private, and PostgreSQL may have to run as somebody else."""
    folder = Path(tempfile.mkdtemp(prefix="motcua-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def cluster(folder: Path) -> Iterator[Cluster]:
    cluster = Cluster(folder / "pg", for_tests=True)
    yield cluster
    cluster.stop()


def ask(cluster: Cluster, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(cluster.dsn(), autocommit=True) as server:
        cursor = server.execute(statement)
        return cursor.fetchall() if cursor.description else []


def kill_server(cluster: Cluster) -> None:
    pid = cluster.server_pid()
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    processes.wait_for_end([pid], seconds=10)


def test_what_was_written_is_there_after_kill_9(folder: Path):
    cluster = Cluster(folder / "durable")
    assert cluster.start()
    ask(cluster, "CREATE TABLE word AS SELECT 'đã ghi' AS said")
    kill_server(cluster)
    assert not cluster.answers()

    assert cluster.start()

    assert ask(cluster, "SELECT said FROM word") == [("đã ghi",)]
    cluster.stop()


def test_a_pid_file_that_names_a_stranger_is_no_obstacle(cluster: Cluster):
    cluster.start()
    kill_server(cluster)
    pid_file = cluster.data / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")

    assert cluster.start()

    assert cluster.answers()


def test_starting_twice_starts_once(cluster: Cluster):
    assert cluster.start()
    pid = cluster.server_pid()

    assert not cluster.start()

    assert cluster.server_pid() == pid


def test_the_last_user_stops_the_server(cluster: Cluster):
    with cluster.in_use():
        with Cluster(cluster.home, for_tests=True).in_use():
            assert cluster.answers()
        assert cluster.answers()

    assert not cluster.answers()


def test_a_killed_initdb_leaves_nothing_in_the_way(cluster: Cluster):
    (cluster.home / "data.draft" / "base").mkdir(parents=True)

    assert cluster.start()


def test_data_of_another_major_version_is_refused(cluster: Cluster):
    cluster.start()
    cluster.stop()
    (cluster.data / "PG_VERSION").write_text("12\n")

    with pytest.raises(PostgresFailed, match="PostgreSQL 12"):
        cluster.start()


def test_a_long_folder_still_has_a_short_socket(cluster: Cluster):
    deep = Cluster(cluster.home / ("thư-mục-rất-dài" * 8) / "pg", for_tests=True)

    assert len(os.fsencode(deep.socket_folder)) < 90
