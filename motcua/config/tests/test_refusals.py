"""What an operator can do wrong: one sentence in each language, exit code 1, nothing half done."""

import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from filelock import FileLock
from psycopg import sql

from motcua.config import processes
from motcua.config.env import ROOT
from motcua.config.postgres import Cluster
from motcua.config.tests.cities import Run, a_free_port, start

MEGABYTE = 1024 * 1024


@pytest.fixture
def server(var: Path) -> Iterator[Cluster]:
    """A server of somebody else."""
    cluster = Cluster(var / "theirs", for_tests=True)
    with cluster.in_use():
        yield cluster


def a_database(server: Cluster, *, options: str = "", script: str = "") -> str:
    """Its address."""
    name = f"city_{os.urandom(4).hex()}"
    with psycopg.connect(server.dsn(), autocommit=True) as main:
        main.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 " + options).format(sql.Identifier(name))
        )
    with psycopg.connect(server.dsn(name), autocommit=True) as own:
        own.execute(script or "SELECT 1")
    return f"postgresql:///{name}?host={server.socket_folder}&user=motcua"


def refusal(run: Run) -> str:
    """The Vietnamese sentence; the English one follows, and nothing else."""
    code = run.ends()
    lines = run.said.splitlines()
    complaints = [line for line in lines if line.startswith("motcua: ")]
    assert code == 1, run.said
    assert len(complaints) == 2, run.said
    assert complaints == lines[-2:]
    assert "chưa lường trước" not in run.said
    return complaints[0]


def test_a_busy_port_names_the_port_and_another(var: Path):
    port = a_free_port()
    with socket.create_server(("127.0.0.1", port)):
        said = refusal(start(var, port=port))

    assert f"Cổng {port}" in said
    other = re.search(r"PORT=(\d+) ./run", said)
    assert other
    assert int(other[1]) > port


def test_the_simulators_port_counts_as_well(var: Path):
    port = a_free_port()
    with socket.create_server(("127.0.0.1", port + 1)):
        said = refusal(start(var, port=port))

    assert f"Cổng {port + 1}" in said


def test_a_second_start_says_where_the_first_is(var: Path):
    (var / "run").mkdir()
    (var / "run" / "address").write_text("http://127.0.0.1:8123")
    with FileLock(var / "run" / "supervisor.lock"):
        said = refusal(start(var))

    assert "đang chạy rồi, ở http://127.0.0.1:8123" in said


def test_a_folder_that_cannot_be_written_is_named(var: Path):
    (var / "file").touch()

    said = refusal(start(var, MOTCUA_VAR=str(var / "file" / "var")))

    assert f"Không ghi được vào thư mục dữ liệu {var / 'file' / 'var'}" in said


@pytest.mark.parametrize("words", [("up",), ("seed", "city")])
@pytest.mark.parametrize("is_made", [False, True], ids=["no server yet", "a server"])
def test_a_full_disk_is_said_so(var: Path, words: tuple[str, ...], is_made: bool):
    if is_made:
        with Cluster(var / "pg").in_use():
            pass

    said = refusal(start(var, *words, biggest_file=MEGABYTE))

    assert "Đĩa đã đầy" in said


def test_a_server_that_does_not_answer_is_named_without_its_password(var: Path):
    run = start(var, DATABASE_URL="postgresql://city:hunter2@127.0.0.1:9/city")

    assert "DATABASE_URL: Connection refused" in refusal(run)
    assert "hunter2" not in run.said


def test_a_database_that_does_not_exist_is_named(var: Path, server: Cluster):
    url = f"postgresql:///nowhere?host={server.socket_folder}&user=motcua"

    assert 'database "nowhere" does not exist' in refusal(start(var, DATABASE_URL=url))


def test_the_tables_of_others_are_left_alone(var: Path, server: Cluster):
    plain = a_database(server, script="CREATE TABLE product (id int)")
    django = a_database(
        server,
        script="CREATE TABLE django_migrations (id serial, app text, name text, applied date);"
        "INSERT INTO django_migrations (app, name) VALUES ('shop', '0001_initial')",
    )

    for url in (plain, django):
        assert "đã có bảng của chương trình khác" in refusal(start(var, DATABASE_URL=url))


def test_a_database_of_a_newer_version_is_left_alone(var: Path, server: Cluster):
    url = a_database(
        server,
        script="CREATE TABLE django_migrations (id serial, app text, name text, applied date);"
        "INSERT INTO django_migrations (app, name) VALUES ('kernel', '9999_of_tomorrow')",
    )

    assert "mới hơn tạo (kernel 9999_of_tomorrow)" in refusal(start(var, DATABASE_URL=url))


def test_a_database_of_another_alphabet_is_refused(var: Path, server: Cluster):
    url = a_database(server, options="ENCODING 'SQL_ASCII' LOCALE 'C'")

    assert "mã hóa SQL_ASCII" in refusal(start(var, DATABASE_URL=url))


def test_an_account_that_may_not_create_is_told_what_to_run(var: Path, server: Cluster):
    url = a_database(server, script="DROP ROLE IF EXISTS poor; CREATE ROLE poor LOGIN")

    said = refusal(start(var, DATABASE_URL=url.replace("user=motcua", "user=poor")))

    assert 'OWNER TO "poor"' in said


def test_an_old_python_is_named(tmp_path: Path):
    """A machine with nothing but an old Python and the usual small tools."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for tool in ("sh", "dirname", "cksum", "cat", "id"):
        (tools / tool).symlink_to(shutil.which(tool) or tool)
    python = tools / "python3"
    python.write_text('#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.2"\n')
    python.chmod(0o755)
    shutil.copy(ROOT / "run", tmp_path / "run")
    (tmp_path / "requirements.lock").touch()

    outcome = subprocess.run(
        [tmp_path / "run"], env={"PATH": str(tools)}, capture_output=True, text=True
    )

    assert outcome.returncode == 1
    assert outcome.stdout == ""
    vietnamese, english = outcome.stderr.splitlines()
    assert vietnamese.startswith("motcua: cần Python từ 3.11 đến 3.14, máy này có: Python 3.9.2")
    assert english.startswith("motcua: Python 3.11 to 3.14 is needed")


def test_a_refusal_leaves_no_process(var: Path):
    port = a_free_port()
    with socket.create_server(("127.0.0.1", port)):
        start(var, port=port).ends()

    assert not set(processes.marked(var))
