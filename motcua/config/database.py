"""Where the rows live: the server of DATABASE_URL, or our own cluster under var/pg."""

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import psycopg
from psycopg import sql

from motcua.config.env import Environment
from motcua.config.postgres import OWNER, Cluster
from motcua.config.refusal import CannotStart, disk_is_full

NAME = "motcua"
CONNECT_SECONDS = 5


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
    except psycopg.errors.DiskFull as failure:
        raise disk_is_full(own.home if own else "DATABASE_URL") from failure
    except (psycopg.OperationalError, psycopg.ProgrammingError) as failure:
        raise _unreachable(failure) from failure


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
    reason = str(failure).strip().splitlines()[-1].strip()
    return CannotStart(
        f"Không kết nối được cơ sở dữ liệu ở DATABASE_URL: {reason}",
        f"The database of DATABASE_URL cannot be reached: {reason}",
    )
