"""Where the rows live: the server of DATABASE_URL, or our own cluster under var/pg."""

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import psycopg
from psycopg import sql

from motcua.config.env import Environment
from motcua.config.postgres import OWNER, Cluster, tells_full_disk
from motcua.config.refusal import CannotStart, disk_is_full

NAME = "motcua"
CONNECT_SECONDS = 5
OLDEST_MAJOR = 15
TABLES = """
SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p') AND pg_table_is_visible(oid)
    AND relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
"""


def cluster(environment: Environment, *, for_tests: bool = False) -> Cluster | None:
    """None when DATABASE_URL names a server that somebody else looks after."""
    if environment.database_url:
        return None
    root = environment.motcua_var / ("pgtest" if for_tests else "pg")
    return Cluster(root, for_tests=for_tests, chosen=environment.motcua_pg_bin)


def settings(environment: Environment, *, for_tests: bool = False) -> dict[str, Any]:
    """Django's description of the database; nothing is started or contacted."""
    own = cluster(environment, for_tests=for_tests)
    place = _own_place(own.socket_folder) if own else _given_place(environment.database_url)
    keep = {} if for_tests else {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}}
    return {
        **place,
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 0,  # the pool keeps them
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**place["OPTIONS"], **keep, "application_name": "motcua"},
    }


def _own_place(socket_folder: Path) -> dict[str, Any]:
    return {"NAME": NAME, "USER": OWNER, "HOST": str(socket_folder), "OPTIONS": {}}


def _given_place(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    return {
        "NAME": unquote(parts.path.lstrip("/")) or NAME,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def place_of(environment: Environment, program: str) -> dict[str, Any]:
    """Where and as whom a program connects: parts of Django's description."""
    url = _url_of(environment, program)
    if environment.database_url and url:
        return _given_place(url)
    return {} if environment.database_url else {"USER": account_of(environment, program)}


def account_of(environment: Environment, program: str) -> str:
    """Its account; empty where the operator gave it none and the owner's serves for all."""
    if not environment.database_url:
        return f"{OWNER}_{program}"
    return unquote(urlsplit(_url_of(environment, program)).username or "")


def _url_of(environment: Environment, program: str) -> str:
    urls = {
        "web": environment.motcua_web_database_url,
        "worker": environment.motcua_worker_database_url,
    }
    return urls[program]


def in_use(environment: Environment) -> AbstractContextManager[None]:
    """The embedded server runs inside the block; a server of DATABASE_URL is not ours to start."""
    own = cluster(environment)
    return own.in_use() if own else nullcontext()


def make_sure_it_answers(environment: Environment) -> None:
    """Also makes our own database. Raises CannotStart with the server's own reason."""
    own = cluster(environment)
    dsn = own.dsn() if own else environment.database_url
    try:
        with psycopg.connect(dsn, connect_timeout=CONNECT_SECONDS, autocommit=True) as server:
            if own:
                _create_if_absent(server)
            else:
                _refuse_unfit(server)
    except psycopg.Error as failure:
        if is_for_want_of_room(failure, own):
            raise disk_is_full(own.home if own else "DATABASE_URL") from failure
        raise _unreachable(failure) from failure


def is_for_want_of_room(failure: Exception, own: Cluster | None) -> bool:
    """A server without room for its log falls: then its last words tell, not the failure."""
    return tells_full_disk(str(failure)) or bool(own and own.ran_out_of_disk())


def _refuse_unfit(server: psycopg.Connection[tuple[Any, ...]]) -> None:
    """A server that answers may still be too old, write another alphabet, or be somebody's."""
    major = server.info.server_version // 10_000
    name, encoding = server.info.dbname, server.info.parameter_status("server_encoding")
    may_create, tables, migrations = _look_at(server)
    if major < OLDEST_MAJOR:
        raise CannotStart(
            f"DATABASE_URL là PostgreSQL {major}; Một Cửa cần PostgreSQL {OLDEST_MAJOR} trở lên.",
            f"DATABASE_URL is PostgreSQL {major}; PostgreSQL {OLDEST_MAJOR} or newer is needed.",
        )
    if encoding != "UTF8":
        raise CannotStart(
            f"Cơ sở dữ liệu «{name}» mã hóa {encoding}: tạo một cơ sở dữ liệu có ENCODING 'UTF8'.",
            f"The database «{name}» is encoded in {encoding}: create one with ENCODING 'UTF8'.",
        )
    if tables and not migrations:
        raise is_of_others(name)
    if not may_create:
        user = server.info.user
        raise CannotStart(
            f"Tài khoản «{user}» không được tạo bảng trong cơ sở dữ liệu «{name}»: "
            f'chạy ALTER DATABASE "{name}" OWNER TO "{user}".',
            f"The account «{user}» may not create tables in the database «{name}»: "
            f'run ALTER DATABASE "{name}" OWNER TO "{user}".',
        )


def _look_at(server: psycopg.Connection[tuple[Any, ...]]) -> tuple[Any, ...]:
    row = server.execute(
        "SELECT coalesce(has_schema_privilege(current_schema(), 'CREATE'), false),"
        f" ({TABLES}), to_regclass('django_migrations') IS NOT NULL"
    ).fetchone()
    assert row
    return row


def is_of_others(name: str) -> CannotStart:
    return CannotStart(
        f"Cơ sở dữ liệu «{name}» ở DATABASE_URL đã có bảng của chương trình khác: "
        "tạo một cơ sở dữ liệu rỗng và đặt DATABASE_URL tới đó.",
        f"The database «{name}» of DATABASE_URL holds tables of another program: "
        "create an empty one and set DATABASE_URL to it.",
    )


def identity(environment: Environment) -> str:
    """Another server, a database made again or migrated since is another one."""
    own = cluster(environment)
    with psycopg.connect(own.dsn(NAME) if own else environment.database_url) as server:
        row = server.execute(
            "SELECT oid, datname, to_regclass('django_migrations') IS NOT NULL"
            " FROM pg_database WHERE datname = current_database()"
        ).fetchone()
        done = None
        if row and row[2]:
            done = server.execute("SELECT count(*), max(applied) FROM django_migrations").fetchone()
        host = server.info.host
    return f"{host} {row} {done}"


def _create_if_absent(server: psycopg.Connection[tuple[object, ...]]) -> None:
    found = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone()
    if not found:
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(NAME))
        )


def _unreachable(failure: psycopg.Error) -> CannotStart:
    lines = [line.strip() for line in str(failure).strip().splitlines()]
    reason = next((line for line in lines if "failed: " in line), lines[-1]).split("failed: ")[-1]
    return CannotStart(
        f"Không kết nối được cơ sở dữ liệu ở DATABASE_URL: {reason}",
        f"The database of DATABASE_URL cannot be reached: {reason}",
    )
