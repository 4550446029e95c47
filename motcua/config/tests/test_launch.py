"""`motcua up` in the real: a city that survives the death of any of it, and stops clean."""

import os
import signal
from pathlib import Path

import psycopg
import pytest

from motcua.config import processes
from motcua.config.database import NAME
from motcua.config.postgres import Cluster
from motcua.config.tests.cities import OPENING_SECONDS, Run, start
from motcua.config.tests.test_supervisor import eventually

GIVEN_BY_LINUX = 15  # letters of a process's name


def masters(var: Path) -> dict[str, int]:
    """Name -> pid of the leaders of the tree; the supervisor keeps the interpreter's name."""
    return {
        Path(f"/proc/{pid}/comm").read_text().strip(): pid
        for pid in processes.marked(var)
        if os.getsid(pid) == pid
    }


def pid_of(var: Path, program: str) -> int | None:
    return masters(var).get(f"motcua-{program}"[:GIVEN_BY_LINUX])


def ask(var: Path, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(Cluster(var / "pg").dsn(NAME), autocommit=True) as server:
        cursor = server.execute(statement)
        return cursor.fetchall() if cursor.description else []


def kill(pid: int | None) -> None:
    assert pid
    os.kill(pid, signal.SIGKILL)
    assert not processes.wait_for_end([pid], seconds=OPENING_SECONDS)


def comes_back(city: Run, var: Path, program: str, *, after: int | None) -> bool:
    def is_another() -> bool:
        return pid_of(var, program) not in (None, after) and city.is_whole()

    return eventually(is_another, seconds=OPENING_SECONDS)


@pytest.mark.slow
def test_a_city_survives_the_death_of_any_of_it_and_stops_clean(var: Path):
    cluster = Cluster(var / "pg")
    city = start(var)
    assert city.opens(), city.said
    ask(var, "CREATE TABLE word AS SELECT 'đã ghi' AS said")

    for program in ("web", "worker", "simulators"):
        fallen = pid_of(var, program)
        kill(fallen)
        assert comes_back(city, var, program, after=fallen), city.said

    fallen = cluster.server_pid()
    kill(fallen)
    assert eventually(
        lambda: cluster.server_pid() not in (None, fallen) and city.is_whole(),
        seconds=OPENING_SECONDS,
    ), city.said

    orphans = set(processes.marked(var)) - {city.process.pid}
    city.process.kill()
    city.process.wait()
    city = start(var, port=city.port)
    assert city.opens(), city.said
    assert not any(map(processes.is_alive, orphans))

    everybody = [*processes.marked(var), cluster.server_pid()]
    for pid in everybody:
        os.kill(pid, signal.SIGKILL)
    city.process.wait()
    city = start(var, port=city.port)
    assert city.opens(), city.said
    assert ask(var, "SELECT said FROM word") == [("đã ghi",)]

    city.process.send_signal(signal.SIGINT)
    assert city.ends() == 0
    assert not set(processes.marked(var))
    assert not (cluster.data / "postmaster.pid").exists()


@pytest.mark.slow
def test_a_scenario_prepares_its_own_ground(var: Path):
    history = start(var, "seed", "history", "--dossiers", "200")

    assert history.ends() == 0, history.said
    assert "200" in history.said.splitlines()[-1]
    with Cluster(var / "pg").in_use():
        assert ask(var, "SELECT count(*) FROM dossiers_dossier") == [(200,)]
