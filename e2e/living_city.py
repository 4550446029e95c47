"""A whole city for the journeys: `motcua up` with its own data, ports and password."""

import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from django.conf import settings

from motcua.config import processes

OPENING_SECONDS = 240.0
ENDING_SECONDS = 30.0
FIRST_PORT = 8600
ARGUMENTS = "E2E_ARGUMENTS"  # lines, for a script that is run inside the city


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """url: of the pages. simulators: of VNeID, the bank and the mailbox. password: of officers.

    cookies: of officers who signed in before, by name. codes: the last that each of them used.
    more: environment that this city alone has.
    """

    url: str
    simulators: str
    password: str
    var: Path
    cookies: dict[str, list[Any]] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    more: Mapping[str, str] = field(default_factory=dict)

    def runs(self, script: str, *arguments: str) -> str:
        """What a script prints that is run inside this city, beside its web and worker."""
        port = int(self.url.rsplit(":", 1)[1])
        told = subprocess.run(
            [sys.executable, "-m", "motcua", "shell", "--no-imports", "-c", script],
            env={
                **_environment(port, self.var, self.password),
                **self.more,
                ARGUMENTS: "\n".join(arguments),
            },
            capture_output=True,
            text=True,
            timeout=OPENING_SECONDS,
        )
        if told.returncode:
            raise RuntimeError(told.stderr[-3000:])
        return told.stdout

    def kills_web(self, *, whole: bool = False) -> None:
        """Without a warning, whoever serves pages. whole: also the master, which holds the port."""
        web = [
            pid
            for pid in processes.marked(self.var)
            if Path(f"/proc/{pid}/comm").read_text().strip() == "motcua-web"
        ]
        # By parentage, not by number: numbers begin again, and then a worker's may be the lowest.
        workers = [pid for pid in web if _parent(pid) in web]
        master = [pid for pid in web if pid not in workers]  # first, or it makes new workers
        for pid in [*master, *workers] if whole else workers:
            os.kill(pid, signal.SIGKILL)

    def is_open(self) -> bool:
        return _answers(int(self.url.rsplit(":", 1)[1]))

    def waits_until_open(self) -> None:
        deadline = time.monotonic() + OPENING_SECONDS
        while not self.is_open():
            if time.monotonic() > deadline:
                raise RuntimeError("the city did not come back")
            time.sleep(0.05)


@contextmanager
def living_city(name: str, more: Mapping[str, str] | None = None) -> Iterator[City]:
    """Started from nothing, so that every run meets the same city; ended whatever happens.

    more: environment, for a city that is set up otherwise.
    """
    # Under the project's own data: the database server runs as another account, which may not
    # enter the private folders that pytest makes.
    var = Path(settings.VAR) / "e2e" / name
    shutil.rmtree(var, ignore_errors=True)
    var.mkdir(parents=True)
    port, password = _free_pair(), secrets.token_urlsafe(12)
    with (var / "up.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "motcua", "up"],
            env={**_environment(port, var, password), **(more or {})},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait(process, port, var / "up.log")
        yield City(
            url=f"http://127.0.0.1:{port}",
            simulators=f"http://127.0.0.1:{port + 1}",
            password=password,
            var=var,
            more=more or {},
        )
    finally:
        _end(process)


def _environment(port: int, var: Path, password: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return {
        **kept,
        "PORT": str(port),
        "MOTCUA_VAR": str(var),
        "MOTCUA_DEVELOPMENT_PASSWORD": password,
    }


def _free_pair() -> int:
    free = processes.port_is_free
    start = FIRST_PORT + os.getpid() % 400 * 2
    return next(port for port in range(start, start + 400, 2) if free(port) and free(port + 1))


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + OPENING_SECONDS
    while not _answers(port):
        if process.poll() is not None or time.monotonic() > deadline:
            words = log.read_text(encoding="utf-8", errors="replace")[-3000:]
            raise RuntimeError(f"the city did not open; its words:\n{words}")
        time.sleep(0.25)


def _parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def _answers(port: int) -> bool:
    page = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        page.request("GET", "/readyz")
        return page.getresponse().status == HTTPStatus.OK
    except (OSError, HTTPException):
        return False
    finally:
        page.close()


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(ENDING_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
