"""Every test run shares one embedded server and has databases of its own."""

import io
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import translation
from psycopg import sql
from pytest_django import DjangoDbBlocker

from motcua.config import database, translations
from motcua.contexts.organisations.testing import a_small_city
from motcua.contexts.procedures.queries import snapshot as catalogue
from motcua.kernel.snapshots import look_again
from motcua.kernel.testing import template
from motcua.kernel.testing.template import Template

pytest_plugins = ["motcua.kernel.testing.plugin", "e2e.node", "e2e.programs"]

TEST_DATABASES = "test\\_motcua\\_%"
END_OTHER_SESSIONS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@pytest.fixture(scope="session")
def database_server() -> Iterator[None]:
    """Started by the first run that needs it, stopped by the last that leaves."""
    cluster = database.cluster(settings.ENVIRONMENT, for_tests=True)
    if cluster is None:
        yield
        return
    with cluster.in_use():
        _drop_databases_of_the_dead(cluster.dsn())
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    database_server: None, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """pytest-django's hook before it makes the test database: the server must be there."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A thread of a live server may still hold a session at the end; dropping must not wait."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(END_OTHER_SESSIONS)


@pytest.fixture(autouse=True)
def nothing_stays(
    request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """What a test committed is gone before the next: leaves and jobs too, which Django's own flush

    does not know. Tests come in any order, so none may rely on running first.
    """
    yield
    translation.activate(settings.LANGUAGE_CODE)  # the last request may have been in English
    marker = request.node.get_closest_marker("django_db")
    commits = {"transactional_db", "live_server"} & set(request.fixturenames)
    if commits or (marker and marker.kwargs.get("transaction")):
        with django_db_blocker.unblock():
            template.emptied()


@pytest.fixture(scope="session", autouse=True)
def files_thrown_away() -> Iterator[None]:
    yield
    shutil.rmtree(settings.STORAGE_ROOT.parent, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def english() -> None:
    """The English of citizen pages, compiled as `./run` does it, before anybody reads it."""
    translations.compile_all()


@pytest.fixture(scope="session")
def small_city_template(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Template:
    """Two communes with the cast and every procedure of the repository, seeded once per worker."""
    with django_db_blocker.unblock(), template.thrown_away():
        a_small_city()
        call_command("seed_procedures", "--json", stdout=io.StringIO())
        return template.taken()


@pytest.fixture(scope="module")
def small_city_of_module(
    small_city_template: Template, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    with django_db_blocker.unblock(), template.thrown_away():
        small_city_template.restore()
        with django_db_blocker.block():
            yield


@pytest.fixture
def small_city(small_city_of_module: None, db: None) -> None:
    """The small city, copied in once per module; each test rolls back its own writes.

    A module that uses it has no test that wants empty tables or transactions of its own.
    """
    _forget_other_cities()


@pytest.fixture
def small_city_for_threads(small_city_template: Template, transactional_db: None) -> Iterator[None]:
    """The same, committed: for tests with several connections."""
    small_city_template.restore()
    _forget_other_cities()
    yield
    _forget_other_cities()


def _forget_other_cities() -> None:
    look_again()
    catalogue.forget()


def _drop_databases_of_the_dead(dsn: str) -> None:
    """A killed run leaves its database behind; its name tells the process."""
    with psycopg.connect(dsn, autocommit=True) as server:
        found = server.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s", [TEST_DATABASES]
        ).fetchall()
        for (name,) in found:
            if not _is_alive(int(name.split("_")[2])):
                drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
                with suppress(psycopg.errors.InvalidCatalogName):
                    server.execute(drop.format(sql.Identifier(name)))


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
