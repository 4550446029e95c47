"""Tài khoản của chương trình: each program opens the database with rights of its own.

The owner makes tables and nothing serves people with it. Pages and jobs read and write rows; what
only grows they can add to and read; sealed heads of the ledger are written by the worker alone.
Triggers say the same a second time, and nobody but the owner can take a trigger away.
"""

from enum import StrEnum
from typing import Any

import psycopg
from django.db import connection, connections
from django.db.backends.postgresql.base import DatabaseWrapper
from psycopg import sql

from motcua.config import database
from motcua.config.env import Environment
from motcua.config.refusal import CannotStart

GUARDS = ["motcua_append_only", "payments_never_changes"]  # functions of triggers
ONLY_GROWS = """
SELECT DISTINCT c.relname FROM pg_trigger t
JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
WHERE p.proname = ANY(%s) AND c.relnamespace = 'public'::regnamespace
"""
PARTITIONS = """
SELECT relname FROM pg_class WHERE relispartition AND relkind = 'r'
AND relnamespace = 'public'::regnamespace
"""
OF_THE_SEALER = ("kernel_ledger_head", "kernel_ledger_anchor", "kernel_ledger_stamp",
                 "kernel_ledger_witness")  # fmt: skip
EMPTIED = {"casework_caseevent": "note"}  # by disposal (`kernel.emptying`)
OF_THE_OWNER = ("django_migrations",)
PARTITION_MAKER = sql.SQL("FUNCTION motcua_make_partition(text, date)")


class Program(StrEnum):
    """Whose account it is; its name in the embedded server is `motcua_<program>`."""

    WEB = "web"
    WORKER = "worker"


def act_as(program: Program, environment: Environment) -> None:
    """From here on this process has no more rights in the database than its work needs."""
    place = database.place_of(environment, program)
    ours = connections["default"]
    assert isinstance(ours, DatabaseWrapper)
    ours.close()
    ours.close_pool()
    ours.settings_dict["OPTIONS"] |= place.pop("OPTIONS", {})
    ours.settings_dict.update(place)


def grant(environment: Environment) -> None:
    """Give each program what it needs and take away the rest; as the owner, after migrations."""
    names = {program: database.account_of(environment, program) for program in Program}
    with connection.cursor() as cursor:
        server: psycopg.Connection[Any] = cursor.connection
        with server.transaction():
            for program, name in names.items():
                if name and name != connection.settings_dict["USER"]:
                    _make_sure_of(server, name, own=not environment.database_url)
                    _grant(server, program, name)


def _make_sure_of(server: "psycopg.Connection[Any]", name: str, *, own: bool) -> None:
    if server.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone():
        return
    if not own:
        raise CannotStart(
            f"Cơ sở dữ liệu chưa có tài khoản «{name}»: quản trị máy chủ tạo bằng CREATE ROLE.",
            f"The database has no account «{name}»: its administrator makes it by CREATE ROLE.",
        )
    server.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(name)))


def _grant(server: "psycopg.Connection[Any]", program: Program, name: str) -> None:
    who = sql.Identifier(name)

    def say(words: str, *tables: str) -> None:
        names = sql.SQL(", ").join(map(sql.Identifier, tables))
        server.execute(sql.SQL(words).format(who=who, tables=names))

    grows = [table for (table,) in server.execute(ONLY_GROWS, [GUARDS])]
    parts = [table for (table,) in server.execute(PARTITIONS)]
    say("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {who}")
    say("REVOKE CREATE ON SCHEMA public FROM PUBLIC, {who}")
    say("GRANT USAGE ON SCHEMA public TO {who}")
    say("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {who}")
    say("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {who}")
    say("REVOKE UPDATE, DELETE ON {tables} FROM {who}", *grows)
    for table, column in EMPTIED.items():
        change = sql.SQL("GRANT UPDATE ({}) ON {} TO {}").format(
            sql.Identifier(column), sql.Identifier(table), who
        )
        server.execute(change)
    say("REVOKE INSERT, UPDATE, DELETE ON {tables} FROM {who}", *OF_THE_OWNER)
    say("REVOKE ALL ON {tables} FROM {who}", *parts)  # only by the table they are parts of
    if program is Program.WEB:
        say("REVOKE INSERT, UPDATE, DELETE ON {tables} FROM {who}", *OF_THE_SEALER)
    if program is Program.WORKER:
        server.execute(sql.SQL("GRANT EXECUTE ON {} TO {}").format(PARTITION_MAKER, who))
