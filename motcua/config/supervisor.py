"""One tree of processes: forks them, forks the fallen again, ends all of them.

Children are forks of a supervisor that has loaded the city already: they share its memory and
are back a moment after they fell.
"""

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from motcua.config import processes

LOOK_EVERY_SECONDS = 0.25
LONGEST_WAIT_SECONDS = 30.0
WELL_AFTER_SECONDS = 60.0
BIGGEST_LOG_BYTES = 20 * 1024 * 1024
MOST_DESCRIPTORS = 4096


@dataclass(frozen=True, slots=True)
class Program:
    """What to run, under a name a person recognises; its words go to <name>.log."""

    name: str
    run: Callable[[], object]


@dataclass(slots=True)
class Child:
    program: Program
    pid: int
    started_at: float
    falls: int = 0
    again_at: float | None = None
    exit_code: int | None = None

    def has_ended(self) -> bool:
        if self.exit_code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.exit_code = os.waitstatus_to_exitcode(status)
        return self.exit_code is not None

    def send(self, sign: signal.Signals) -> None:
        """To the whole session; to the child alone in the moment before it leads one."""
        try:
            os.killpg(self.pid, sign)
        except ProcessLookupError:
            if not self.has_ended():
                os.kill(self.pid, sign)


@dataclass(slots=True)
class Tree:
    """Children of this process, each leading a session of its own.

    say: tells the person at the terminal. watch: called at every look around.
    """

    var: Path
    say: Callable[[str], None]
    watch: Callable[[], None] = lambda: None
    children: list[Child] = field(default_factory=list)
    stopping: bool = False

    def start(self, program: Program) -> None:
        self.children.append(Child(program, self._fork(program), time.monotonic()))

    def stop_on_signals(self) -> None:
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, self._ask_to_stop)

    def tend(self, until: Callable[[], bool] = lambda: False) -> None:
        """Returns when asked to stop, or when `until` is true."""
        while not self.stopping and not until():
            self.watch()
            for child in self.children:
                self._tend(child)
            time.sleep(LOOK_EVERY_SECONDS)

    def stop(self) -> None:
        """The last started is the first to be asked; all have the same time to end."""
        for child in reversed(self.children):
            child.send(signal.SIGTERM)
        deadline = time.monotonic() + processes.GRACE_SECONDS
        while time.monotonic() < deadline and not all(one.has_ended() for one in self.children):
            time.sleep(0.05)
        for child in self.children:
            child.send(signal.SIGKILL)  # also what the leader left behind
        while not all(child.has_ended() for child in self.children):
            time.sleep(0.05)
        self.children.clear()

    def log_of(self, program: Program) -> Path:
        return self.var / "log" / f"{program.name}.log"

    def _tend(self, child: Child) -> None:
        if not child.has_ended():
            if child.falls and time.monotonic() - child.started_at > WELL_AFTER_SECONDS:
                child.falls = 0
        elif child.again_at is None:
            child.send(signal.SIGKILL)  # workers whose master was killed keep the port
            child.again_at = time.monotonic() + seconds_until_again(child.falls)
            child.falls += 1
            self.say(f"{child.program.name} dừng (mã {child.exit_code}), chạy lại.")
        elif time.monotonic() >= child.again_at:
            child.pid, child.exit_code = self._fork(child.program), None
            child.started_at, child.again_at = time.monotonic(), None

    def _fork(self, program: Program) -> int:
        log = self.log_of(program)
        log.parent.mkdir(parents=True, exist_ok=True)
        if log.exists() and log.stat().st_size > BIGGEST_LOG_BYTES:
            log.replace(log.with_suffix(".log.1"))
        sys.stdout.flush()
        pid = os.fork()
        return pid or _live(program, log)

    def _ask_to_stop(self, *_: object) -> None:
        self.stopping = True


def seconds_until_again(falls: int) -> float:
    """At once after the first fall, then longer each time. falls: the earlier ones."""
    return min(2.0**falls - 1, LONGEST_WAIT_SECONDS)


def _live(program: Program, log: Path) -> NoReturn:
    """The whole life of a child; nothing of the parent's stack is ever unwound in it."""
    code = 1
    try:
        _leave_home(program, log)
        program.run()
        code = 0
    except KeyboardInterrupt:
        code = 0
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    finally:
        if sys.exc_info()[0]:
            traceback.print_exc()
        with suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _leave_home(program: Program, log: Path) -> None:
    """A session of its own, no lock of the parent's, words to the log, an end that can be asked."""
    os.setsid()
    processes.name_this(f"motcua-{program.name}")
    os.closerange(3, MOST_DESCRIPTORS)
    _redirect(log)
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def _redirect(log: Path) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    words = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(nothing, 0)
    os.dup2(words, 1)
    os.dup2(words, 2)
    os.close(nothing)
    os.close(words)
