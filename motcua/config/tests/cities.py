"""Whole cities for the tests of start-up: processes of their own, words kept in a file."""

import http.client
import os
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from motcua.config import processes
from motcua.config.env import ROOT
from motcua.config.launch import _free_pair
from motcua.config.tests.test_supervisor import eventually

# Only the broken wait so long: two slow cores may be shared with everything else that CI does.
OPENING_SECONDS = 600


@dataclass(frozen=True)
class Run:
    """One `motcua …` with its own folder and port."""

    process: "subprocess.Popen[bytes]"
    port: int
    words: Path

    @property
    def said(self) -> str:
        return self.words.read_text(encoding="utf-8")

    def ends(self) -> int:
        return self.process.wait(OPENING_SECONDS)

    def opens(self) -> bool:
        """Waits for the greeting, no longer than the supervisor lives."""
        eventually(
            lambda: "Sẵn sàng sau" in self.said or self.process.poll() is not None,
            seconds=OPENING_SECONDS,
        )
        return self.is_whole()

    def is_whole(self) -> bool:
        return answers(self.port, "/readyz") and answers(self.port + 1, "/mailbox/")


def start(
    var: Path, *words: str, port: int | None = None, biggest_file: int = 0, **more: str
) -> Run:
    """biggest_file: no file may grow beyond these bytes, as on a disk that is full."""
    port = port or a_free_port()
    ours = {"MOTCUA_VAR": str(var), "PORT": str(port)}
    strange = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", processes.MARK}
    environment = {name: value for name, value in os.environ.items() if name not in strange}
    log = var.parent / f"{var.name}-{port}-{os.urandom(4).hex()}.words"

    def limit() -> None:
        if biggest_file:
            resource.setrlimit(resource.RLIMIT_FSIZE, (biggest_file, biggest_file))

    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "motcua", *(words or ("up",))],
            cwd=ROOT,
            env=environment | ours | more,
            stdout=file,
            stderr=subprocess.STDOUT,
            preexec_fn=limit,
        )
    return Run(process, port, log)


def a_free_port() -> int:
    """Below the ports that the system gives to anybody who connects somewhere."""
    return _free_pair(12_000 + os.getpid() * 8 % 18_000)


def answers(port: int, path: str) -> bool:
    page = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        page.request("GET", path)
        return page.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        page.close()
