"""The tree: who falls is started again, who is left over is found, stopping ends everybody."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from motcua.config import processes
from motcua.config.supervisor import Program, Tree, seconds_until_again


def lead_a_worker() -> None:
    """A master with a worker of its own, like the web server; it writes its worker's pid."""
    worker = subprocess.Popen(["sleep", "600"])
    os.write(1, f"{worker.pid}\n".encode())
    worker.wait()


def fall() -> None:
    sys.exit(1)


SLEEPER = Program("sleeper", lambda: time.sleep(600))
MASTER = Program("master", lead_a_worker)
BROKEN = Program("broken", fall)


@pytest.fixture
def tree(tmp_path: Path) -> Iterator[Tree]:
    tree = Tree(tmp_path, say=lambda text: None)
    yield tree
    tree.stop()


def eventually(true: Callable[[], object], *, seconds: float = 15) -> bool:
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def worker_of(tree: Tree) -> int:
    log = tree.log_of(MASTER)
    assert eventually(lambda: log.exists() and log.read_text().strip())
    return int(log.read_text().split()[-1])


def test_a_fallen_program_is_started_again(tree: Tree):
    tree.start(SLEEPER)
    first = tree.children[0].pid
    os.kill(first, signal.SIGKILL)

    tree.tend(until=lambda: tree.children[0].pid != first)

    assert processes.is_alive(tree.children[0].pid)


def test_workers_of_a_killed_master_are_ended_before_it_comes_back(tree: Tree):
    tree.start(MASTER)
    worker, first = worker_of(tree), tree.children[0].pid
    os.kill(first, signal.SIGKILL)

    tree.tend(until=lambda: tree.children[0].pid != first)

    assert eventually(lambda: not processes.is_alive(worker))


def test_a_program_that_keeps_falling_is_started_every_time(tree: Tree):
    tree.start(BROKEN)

    tree.tend(until=lambda: tree.children[0].falls == 3)

    assert tree.children[0].exit_code == 1


def test_who_keeps_falling_waits_longer_each_time():
    assert [seconds_until_again(falls) for falls in range(7)] == [0, 1, 3, 7, 15, 30, 30]


def test_stopping_ends_masters_and_workers(tree: Tree):
    tree.start(SLEEPER)
    tree.start(MASTER)
    worker = worker_of(tree)
    pids = [child.pid for child in tree.children]

    tree.stop()

    assert not any(processes.is_alive(pid) for pid in (*pids, worker))


def test_the_marked_of_a_folder_are_found_and_strangers_are_not(tmp_path: Path):
    sleep = [sys.executable, "-c", "import time; time.sleep(600)"]
    ours = subprocess.Popen(sleep, env={**os.environ, processes.MARK: str(tmp_path)})
    stranger = subprocess.Popen(sleep, env={**os.environ, processes.MARK: f"{tmp_path}/other"})
    assert eventually(lambda: ours.pid in processes.marked(tmp_path))

    processes.end(processes.marked(tmp_path))

    assert not processes.is_alive(ours.pid)
    assert processes.is_alive(stranger.pid)
    stranger.kill()
    for process in (ours, stranger):
        process.wait()
