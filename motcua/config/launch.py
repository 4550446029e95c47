"""`./run`: one living city on this machine, from nothing or from whatever a crash left behind."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from filelock import FileLock, Timeout

from motcua.config import database, processes, stamps
from motcua.config.console import step
from motcua.config.env import Environment
from motcua.config.postgres import Cluster
from motcua.config.refusal import CannotStart
from motcua.config.supervisor import Tree

GREETING = "greeting"
PREPARED = "prepared"
OPENING_SECONDS = 120.0
TOO_MANY_FALLS = 3
ORPHAN_GRACE_SECONDS = 2.0  # their supervisor was killed: nothing orderly is left to save
INTERRUPTED = 130


def up(environment: Environment) -> int:
    """Returns the exit code once everything has ended. Raises CannotStart."""
    began = time.monotonic()
    for sign in (signal.SIGTERM, signal.SIGHUP):  # until the tree stands, the same as Ctrl-C
        signal.signal(sign, signal.default_int_handler)
    var = environment.motcua_var
    with _only_one(var, environment.origin):
        processes.end(processes.marked(var), grace=ORPHAN_GRACE_SECONDS)
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


def _prepare(environment: Environment) -> int:
    """In a process of its own, and only when code, settings or database changed since."""
    var = environment.motcua_var
    if stamps.holds(var, PREPARED, _state(environment)):
        return 0
    preparation = subprocess.Popen([sys.executable, "-m", "motcua", "prepare"])
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
    from motcua.config import programs  # Django, which nobody above needs

    programs.load()
    tree = Tree(var, say=step, watch=_guard_of(database.cluster(environment)))
    tree.stop_on_signals()
    try:
        for program in programs.of_the_city(environment):
            tree.start(program)
        _wait_for_first_page(tree, environment)
        if not tree.stopping:
            _greet(var, seconds=time.monotonic() - began)
            tree.tend()
    finally:
        step("Đang dừng")
        tree.stop()
    return 0


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
        logs = ", ".join(str(tree.log_of(child.program)) for child in tree.children)
        raise CannotStart(
            f"Trang đầu không trả lời; lý do ghi trong {logs}.",
            f"The first page does not answer; the reason is in {logs}.",
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
