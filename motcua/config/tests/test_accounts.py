"""Programs open the database with accounts of their own, which cannot do what they need not."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import psycopg
import pytest
from django.db import DatabaseError, connection

from motcua.config import accounts, database
from motcua.config.accounts import GUARDS, OF_THE_SEALER, ONLY_GROWS, PARTITIONS, Program
from motcua.config.env import read
from motcua.config.tests.test_safety import ACCOUNTS, SAFE_DATABASE

pytestmark = pytest.mark.django_db
FORBIDDEN = [
    "CREATE TABLE mine (id int)",
    "DROP TABLE kernel_idempotency",
    "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "ALTER ROLE CURRENT_USER SUPERUSER",
    "CREATE ROLE another SUPERUSER",
    "SET LOCAL session_replication_role = replica",
    "COPY kernel_idempotency TO PROGRAM 'true'",
    "SELECT pg_read_file('/etc/passwd')",
    "DELETE FROM django_migrations",
    "CREATE SCHEMA mine",
]
INSUFFICIENT = psycopg.errors.InsufficientPrivilege


@pytest.fixture(autouse=True)
def granted(db):
    """Roles belong to the whole server, but are made and given rights in this transaction."""
    accounts.grant(read({}))


@contextmanager
def acting(program: Program) -> Iterator[psycopg.Cursor]:
    """As that account; whatever it does is undone."""
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT before")
        cursor.execute(f"SET LOCAL ROLE {database.account_of(read({}), program)}")
        try:
            yield cursor
        finally:
            cursor.execute("ROLLBACK TO SAVEPOINT before")


def rows(statement: str, *values: object) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [name for (name,) in cursor.fetchall()]


def refused(program: Program, statement: str) -> bool:
    with acting(program) as cursor:
        try:
            cursor.execute(statement)
        except DatabaseError as failure:
            if not isinstance(failure.__cause__, INSUFFICIENT):
                raise
            return True
    return False


@pytest.mark.parametrize("program", Program)
def test_what_only_grows_can_be_neither_changed_nor_removed_nor_emptied(program):
    grows = rows(ONLY_GROWS, GUARDS)

    assert {"kernel_ledger_leaf", "kernel_read_line", "exchange_message"} <= set(grows)
    for table in grows:
        column = rows(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum = 1", table
        )[0]
        assert refused(program, f"UPDATE {table} SET {column} = {column}")
        assert refused(program, f"DELETE FROM {table}")
        assert refused(program, f"TRUNCATE {table}")
        assert refused(program, f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        assert refused(program, f"SELECT 1 FROM {table}") == (table in rows(PARTITIONS))


@pytest.mark.parametrize("program", Program)
def test_nothing_can_be_made_torn_down_or_read_past_the_tables(program):
    allowed = [statement for statement in FORBIDDEN if not refused(program, statement)]

    assert allowed == []


@pytest.mark.parametrize("program", Program)
def test_a_part_is_no_way_around_its_table(program):
    parts = rows(PARTITIONS)

    assert parts
    assert all(refused(program, f"SELECT 1 FROM {part}") for part in parts)


def test_pages_cannot_write_heads_of_the_ledger_and_the_worker_can():
    for table in OF_THE_SEALER:
        nothing = f"INSERT INTO {table} SELECT * FROM {table} WHERE false"

        assert refused(Program.WEB, nothing)
        assert not refused(Program.WORKER, nothing)
        assert not refused(Program.WEB, f"SELECT count(*) FROM {table}")


def test_the_worker_makes_partitions_and_only_of_tables_that_have_them():
    make = "SELECT motcua_make_partition('kernel_read_line', '2099-07-15')"

    assert refused(Program.WEB, make)
    assert not refused(Program.WORKER, make)
    with acting(Program.WORKER) as cursor:
        cursor.execute(make)
        cursor.execute("SELECT to_regclass('kernel_read_line_209907') IS NOT NULL")
        assert cursor.fetchone() == (True,)
    with acting(Program.WORKER) as cursor, pytest.raises(DatabaseError, match="no partitions"):
        cursor.execute("SELECT motcua_make_partition(%s, %s)", ["auth_group", date(2099, 7, 1)])


@pytest.mark.parametrize("program", Program)
def test_ordinary_rows_are_read_and_written(program):
    for table in ("kernel_idempotency", "identity_account", "procrastinate_jobs"):
        with acting(program) as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")
            cursor.execute(f"DELETE FROM {table} WHERE false")
            cursor.execute(f"INSERT INTO {table} SELECT * FROM {table} WHERE false")


@pytest.mark.parametrize("program", Program)
def test_disposal_may_empty_a_note_and_nothing_else_of_its_row(program):
    with acting(program) as cursor:
        cursor.execute("SET LOCAL motcua.emptied = 'note'")
        cursor.execute("UPDATE casework_caseevent SET note = NULL")

    assert refused(program, "UPDATE casework_caseevent SET at = now()")


def test_programs_go_where_their_addresses_say():
    given = read({"DATABASE_URL": SAFE_DATABASE, **ACCOUNTS})

    assert database.place_of(given, Program.WEB)["USER"] == "trang"
    assert database.place_of(given, Program.WORKER)["USER"] == "viec"
    assert database.place_of(read({}), Program.WEB) == {"USER": "motcua_web"}
    assert database.place_of(read({"DATABASE_URL": SAFE_DATABASE}), Program.WEB) == {}
