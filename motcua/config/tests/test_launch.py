"""`motcua up` in the real: refusals in one sentence, and a city that survives being killed."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.config import processes
from motcua.config.env import ROOT
from motcua.config.launch import _free_pair
from motcua.config.postgres import Cluster
from motcua.config.tests.test_supervisor import eventually

OPENING_SECONDS = 180


@pytest.fixture
def var() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="motcua-test-"))
    folder.chmod(0o755)
    yield folder
    processes.end(processes.marked(folder))
    Cluster(folder / "pg").stop()
    shutil.rmtree(folder)


def up(var: Path, *, port: int, **more: str) -> "subprocess.Popen[str]":
    ours = {"MOTCUA_VAR": str(var), "PORT": str(port), "DJANGO_SETTINGS_MODULE": ""}
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.Popen(
        [sys.executable, "-m", "motcua", "up"],
        cwd=ROOT,
        env=environment | {"DJANGO_SETTINGS_MODULE": "motcua.config.settings"} | ours | more,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def a_free_port() -> int:
    return _free_pair(20_000 + os.getpid() % 20_000)


def opens(city: "subprocess.Popen[str]", port: int) -> bool:
    """Waits for the first page, no longer than the supervisor lives."""
    waited = eventually(lambda: answers(port) or city.poll() is not None, seconds=OPENING_SECONDS)
    return waited and answers(port)


def answers(port: int) -> bool:
    page = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        page.request("GET", "/readyz")
        return page.getresponse().status == 200
    except OSError:
        return False
    finally:
        page.close()


def test_a_busy_port_names_the_port_and_another(var: Path):
    port = a_free_port()
    with socket.create_server(("127.0.0.1", port)):
        said, _ = up(var, port=port).communicate(timeout=60)

    assert f"Cổng {port}" in said
    assert f"PORT={_free_pair(port + 1)} ./run" in said
    assert len(said.splitlines()) == 2


def test_a_wrong_database_url_is_one_sentence_without_its_password(var: Path):
    url = "postgresql://city:hunter2@127.0.0.1:9/city"
    city = up(var, port=a_free_port(), DATABASE_URL=url)
    said, _ = city.communicate(timeout=60)

    assert city.returncode == 1
    assert "DATABASE_URL" in said
    assert "hunter2" not in said
    assert len(said.splitlines()) == 2


@pytest.mark.slow
def test_a_city_killed_whole_starts_again_and_stops_clean(var: Path):
    port = a_free_port()
    first = up(var, port=port)
    assert opens(first, port)
    orphans = set(processes.marked(var))
    first.kill()
    first.wait()

    second = up(var, port=port)

    assert eventually(lambda: not any(map(processes.is_alive, orphans)), seconds=OPENING_SECONDS)
    assert opens(second, port)
    second.send_signal(signal.SIGINT)
    assert second.wait(60) == 0
    assert not set(processes.marked(var))
    assert not (var / "pg" / "data" / "postmaster.pid").exists()
