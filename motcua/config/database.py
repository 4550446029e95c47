"""Where the rows live: the server of DATABASE_URL, or our own cluster under var/pg."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from motcua.config.env import Environment
from motcua.config.postgres import OWNER, Cluster

NAME = "motcua"


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
