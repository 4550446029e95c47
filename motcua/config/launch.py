"""`./run`: one living city on this machine, from nothing or from whatever a crash left behind."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from filelock import FileLock, Timeout

from motcua.config import database, house, processes, stamps
from motcua.config.console import step
from motcua.config.env import ROOT, Environment
from motcua.config.postgres import Cluster
from motcua.config.refusal import CannotStart
from motcua.config.supervisor import Program, Tree, python

GREETING = "greeting"
PREPARED = "prepared"
OPENING_SECONDS = 60.0
TOO_MANY_FALLS = 3
INTERRUPTED = 130


def up(environment: Environment) -> int:
    """Returns the exit code once everything has ended. Raises CannotStart."""
    began = time.monotonic()
    for sign in (signal.SIGTERM, signal.SIGHUP):  # until the tree stands, the same as Ctrl-C
        signal.signal(sign, signal.default_int_handler)
    var = environment.motcua_var
    with _only_one(var, environment.origin):
        processes.end(processes.marked(var))
        _require_free_ports(environment.port)
        with database.in_use(environment):
            database.make_sure_it_answers(environment)
            code = _prepare(environment)
            return code or _serve(environment, began=began)


@contextmanager
def _only_one(var: Path, origin: str) -> Iterator[None]:
    """The kernel frees the lock of a killed supervisor, so that a stale one cannot exist."""
    folder = var / "run"
    folder.mkdir(parents=True, exist_ok=True)
    address = folder / "address"
    try:
        with FileLock(folder / "supervisor.lock", timeout=0):
            address.write_text(origin, encoding="utf-8")
            yield
    except Timeout as refusal:
        where = address.read_text(encoding="utf-8")
        raise CannotStart(
            f"Một Cửa với dữ liệu {var} đang chạy rồi, ở {where}.",
            f"Một Cửa with the data {var} is already running at {where}.",
        ) from refusal


def _require_free_ports(port: int) -> None:
    for wanted in (port, port + 1):
        if not processes.port_is_free(wanted):
            other = _free_pair(wanted + 1)
            raise CannotStart(
                f"Cổng {wanted} đang có chương trình khác dùng: chạy PORT={other} ./run.",
                f"Port {wanted} is in use by another program: run PORT={other} ./run.",
            )


def _free_pair(start: int) -> int:
    """A port for the pages whose neighbour is free for the simulators."""
    pairs = range(start, min(start + 200, 65535))
    free = processes.port_is_free
    return next((port for port in pairs if free(port) and free(port + 1)), start)


def _environment_of_children(environment: Environment) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "motcua.config.settings",
        "PORT": str(environment.port),
        "MOTCUA_VAR": str(environment.motcua_var),
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "MALLOC_ARENA_MAX": "2",  # glibc keeps an arena per thread otherwise
    }


def _prepare(environment: Environment) -> int:
    """In a process of its own, and only when code, settings or database changed since."""
    var = environment.motcua_var
    if stamps.holds(var, PREPARED, _state(environment)):
        return 0
    mark = {processes.MARK: str(var)}
    preparation = subprocess.Popen(
        python("-m", "motcua", "prepare"), env={**_environment_of_children(environment), **mark}
    )
    try:
        code = preparation.wait()
    except KeyboardInterrupt:
        preparation.terminate()
        preparation.wait()
        return INTERRUPTED
    if code == 0:
        stamps.put(var, PREPARED, _state(environment))
    return code


def _state(environment: Environment) -> str:
    return stamps.fingerprint(
        stamps.whole_house(), repr(environment), database.identity(environment)
    )


def _serve(environment: Environment, *, began: float) -> int:
    var = environment.motcua_var
    guard = _guard_of(database.cluster(environment))
    tree = Tree(var, _environment_of_children(environment), step, watch=guard)
    tree.stop_on_signals()
    try:
        for program in _programs(environment):
            tree.start(program)
        _wait_for_first_page(tree, environment)
        if not tree.stopping:
            _greet(var, seconds=time.monotonic() - began)
            tree.tend()
    finally:
        step("Đang dừng")
        tree.stop()
    return 0


def _programs(environment: Environment) -> Iterator[Program]:
    yield Program(name="web", command=python("-m", "motcua", "web"))
    yield Program(name="worker", command=python("-m", "motcua", "work"))
    if environment.motcua_simulators and house.command_exists("simulators"):
        port = str(environment.port + 1)
        yield Program(
            name="simulators", command=python("-m", "motcua", "simulators", "--port", port)
        )


def _guard_of(cluster: Cluster | None) -> Callable[[], None]:
    """Starts the embedded server again when somebody killed it."""

    def guard() -> None:
        if cluster and not cluster.is_running():
            step("PostgreSQL dừng, chạy lại.")
            cluster.start()

    return guard


def _wait_for_first_page(tree: Tree, environment: Environment) -> None:
    deadline = time.monotonic() + OPENING_SECONDS
    port = environment.port
    tree.tend(until=lambda: _answers(port) or _given_up(tree) or time.monotonic() > deadline)
    if not tree.stopping and not _answers(port):
        program = tree.fallen() or tree.children[0].program
        raise CannotStart(
            f"{program.name} không khởi động được; lý do ghi trong {tree.log_of(program)}.",
            f"{program.name} did not start; its own words are in {tree.log_of(program)}.",
        )


def _given_up(tree: Tree) -> bool:
    return any(child.falls >= TOO_MANY_FALLS for child in tree.children)


def _answers(port: int) -> bool:
    page = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        page.request("GET", "/readyz")
        return page.getresponse().status == HTTPStatus.OK
    except (OSError, HTTPException):
        return False
    finally:
        page.close()


def _greet(var: Path, *, seconds: float) -> None:
    step((var / "run" / GREETING).read_text(encoding="utf-8"))
    step(f"Sẵn sàng sau {seconds:.1f} giây. Ctrl-C để dừng tất cả.")
