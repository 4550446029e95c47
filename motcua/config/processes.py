"""Processes of this tree and of the trees before it, told apart by a mark in their environment."""

import os
import signal
import socket
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

MARK = "_MOTCUA_TREE"  # its value is the data folder: one tree per folder
GRACE_SECONDS = 10.0
PROC = Path("/proc")


def bear_mark(var: Path, *arguments: str) -> None:
    """Starts this process anew, under the same pid, with the mark that its forks inherit."""
    if os.environ.get(MARK) != str(var):
        environment = {**os.environ, MARK: str(var)}
        os.execve(sys.executable, [sys.executable, *arguments], environment)


def name_this(name: str) -> None:
    """What `ps` and `top` show for this process, where the system can."""
    with suppress(OSError):
        (PROC / "self" / "comm").write_text(name)


def marked(var: Path) -> Iterator[int]:
    """Pids of living processes of a tree of this data folder, this process excepted.

    A recorded pid may have been given to a stranger since; a mark in the environment cannot.
    """
    wanted = f"{MARK}={var}".encode()
    for entry in PROC.glob("[0-9]*"):
        pid = int(entry.name)
        with suppress(OSError):  # it ended meanwhile, or belongs to somebody else
            bears_mark = wanted in (entry / "environ").read_bytes().split(b"\0")
            if bears_mark and pid != os.getpid() and is_alive(pid):
                yield pid


def is_alive(pid: int) -> bool:
    """A zombie is dead."""
    try:
        state = (PROC / str(pid) / "stat").read_text(errors="replace").rsplit(")", 1)[1].split()[0]
    except (OSError, IndexError):
        return False
    return state not in ("Z", "X")


def end(pids: Iterable[int], *, grace: float = GRACE_SECONDS) -> None:
    """Ask politely, wait for the grace, then insist and wait for as long as a slow system needs."""
    waiting = set(pids)
    for sign, seconds in ((signal.SIGTERM, grace), (signal.SIGKILL, GRACE_SECONDS)):
        for pid in waiting:
            with suppress(ProcessLookupError):
                os.kill(pid, sign)
        waiting = wait_for_end(waiting, seconds=seconds)


def wait_for_end(pids: Iterable[int], *, seconds: float) -> set[int]:
    """Those who are still alive after that time."""
    waiting = set(pids)
    deadline = time.monotonic() + seconds
    while waiting and time.monotonic() < deadline:
        time.sleep(0.05)
        waiting = {pid for pid in waiting if is_alive(pid)}
    return waiting


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def proportional_memory(pids: Iterable[int]) -> int:
    """Bytes, shared pages divided among those who share them (PSS)."""
    total = 0
    for pid in pids:
        with suppress(OSError):
            for line in (PROC / str(pid) / "smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) * 1024
    return total
