"""The tree: who falls is started again, who is left over is found, stopping ends everybody."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from motcua.config import processes
from motcua.config.supervisor import Program, Tree, python

SLEEPER = Program(name="sleeper", command=("sleep", "600"))
# A master with a worker of its own, like granian; it writes its worker's pid.
MASTER = Program(
    name="master",
    command=python(
        "-c", "import subprocess; p = subprocess.Popen(['sleep', '600']); print(p.pid, flush=True);"
        " p.wait()",
    ),
)  # fmt: skip


def a_tree(var: Path) -> Tree:
    return Tree(var, dict(os.environ), say=lambda text: None)


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


def test_a_fallen_program_is_started_again(tmp_path: Path):
    tree = a_tree(tmp_path)
    tree.start(SLEEPER)
    first = tree.children[0].process.pid
    os.kill(first, signal.SIGKILL)

    tree.tend(until=lambda: tree.children[0].process.pid != first)

    assert processes.is_alive(tree.children[0].process.pid)
    tree.stop()


def test_workers_of_a_killed_master_are_ended_before_it_comes_back(tmp_path: Path):
    tree = a_tree(tmp_path)
    tree.start(MASTER)
    worker, first = worker_of(tree), tree.children[0].process.pid
    os.kill(first, signal.SIGKILL)

    tree.tend(until=lambda: tree.children[0].process.pid != first)

    assert eventually(lambda: not processes.is_alive(worker))
    tree.stop()


def test_a_program_that_keeps_falling_waits_longer_each_time(tmp_path: Path):
    tree = a_tree(tmp_path)
    tree.start(Program(name="broken", command=("false",)))
    began = time.monotonic()

    tree.tend(until=lambda: tree.children[0].falls == 3)

    assert time.monotonic() - began > 1
    tree.stop()


def test_stopping_ends_masters_and_workers(tmp_path: Path):
    tree = a_tree(tmp_path)
    tree.start(SLEEPER)
    tree.start(MASTER)
    worker = worker_of(tree)
    pids = [child.process.pid for child in tree.children]

    tree.stop()

    assert not any(processes.is_alive(pid) for pid in (*pids, worker))


def test_what_a_killed_tree_left_is_found_and_ended(tmp_path: Path):
    tree = a_tree(tmp_path)
    tree.start(MASTER)
    left = {tree.children[0].process.pid, worker_of(tree)}
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])

    found = set(processes.marked(tmp_path))
    processes.end(found)

    assert found == left
    assert not any(processes.is_alive(pid) for pid in left)
    assert processes.is_alive(stranger.pid)
    stranger.kill()
    stranger.wait()
    tree.stop()
