"""One tree of processes: starts them, starts the fallen again, ends all of them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from motcua.config import processes

LOOK_EVERY_SECONDS = 0.25
LONGEST_WAIT_SECONDS = 30.0
WELL_AFTER_SECONDS = 60.0
BIGGEST_LOG_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """What to run, under a name a person recognises; its words go to <name>.log."""

    name: str
    command: tuple[str, ...]


@dataclass(slots=True)
class Child:
    program: Program
    process: subprocess.Popen[bytes]
    started_at: float
    falls: int = 0
    again_at: float | None = None

    @property
    def fallen(self) -> bool:
        return self.process.poll() is not None


@dataclass(slots=True)
class Tree:
    """Children of this process, each leading its own process group."""

    var: Path
    environment: Mapping[str, str]
    say: Callable[[str], None]
    watch: Callable[[], None] = lambda: None
    children: list[Child] = field(default_factory=list)
    stopping: bool = False

    def start(self, program: Program) -> None:
        self.children.append(Child(program, self._spawn(program), time.monotonic()))

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
        """The last started is the first to go."""
        for child in reversed(self.children):
            self._signal(child, signal.SIGTERM)
        deadline = time.monotonic() + processes.GRACE_SECONDS
        for child in reversed(self.children):
            with suppress(subprocess.TimeoutExpired):
                child.process.wait(max(0.1, deadline - time.monotonic()))
            self._signal(child, signal.SIGKILL)  # what the leader left behind
            child.process.wait()
        self.children.clear()

    def log_of(self, program: Program) -> Path:
        return self.var / "log" / f"{program.name}.log"

    def fallen(self) -> Program | None:
        """The first program that fell and has not come back."""
        return next((child.program for child in self.children if child.fallen), None)

    def _tend(self, child: Child) -> None:
        if not child.fallen:
            if child.falls and time.monotonic() - child.started_at > WELL_AFTER_SECONDS:
                child.falls = 0
            return
        if child.again_at is None:
            self._signal(child, signal.SIGKILL)  # workers whose master was killed keep the port
            wait = min(2.0**child.falls - 1, LONGEST_WAIT_SECONDS)
            child.again_at = time.monotonic() + wait
            child.falls += 1
            self.say(f"{child.program.name} dừng (mã {child.process.returncode}), chạy lại.")
        elif time.monotonic() >= child.again_at:
            child.process = self._spawn(child.program)
            child.started_at, child.again_at = time.monotonic(), None

    def _spawn(self, program: Program) -> subprocess.Popen[bytes]:
        log = self.log_of(program)
        log.parent.mkdir(parents=True, exist_ok=True)
        if log.exists() and log.stat().st_size > BIGGEST_LOG_BYTES:
            log.replace(log.with_suffix(".log.1"))
        with log.open("ab") as file:
            return subprocess.Popen(
                program.command,
                env={**self.environment, processes.MARK: str(self.var)},
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def _signal(self, child: Child, sign: signal.Signals) -> None:
        """To the whole group, which lives as long as any of its members does."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.process.pid, sign)

    def _ask_to_stop(self, *_: object) -> None:
        self.stopping = True


def python(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, *arguments)
