"""Khuôn dữ liệu: rows seeded once, kept in memory and copied back where a test wants them.

Seeding a city through its actions takes seconds; copying its rows back takes a fraction of one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from django.db import connection, transaction
from psycopg import sql

NOT_DATA = ("kernel_", "procrastinate_", "django_", "auth_")
OF_DJANGO = {"django_migrations", "django_content_type", "auth_permission"}
ALL = """
SELECT relname FROM pg_class
WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = 'public'::regnamespace
ORDER BY relname
"""
COLUMNS = """
SELECT table_name, array_agg(column_name::text ORDER BY ordinal_position)
FROM information_schema.columns
JOIN information_schema.tables USING (table_schema, table_name)
JOIN pg_class ON pg_class.oid = to_regclass(quote_ident(table_name)) AND NOT relispartition
WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND is_generated = 'NEVER'
GROUP BY table_name ORDER BY table_name
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """All rows of one table, as COPY writes them."""

    table: str
    columns: tuple[str, ...]
    rows: bytes


@dataclass(frozen=True, slots=True)
class Template:
    """The rows of a seeded city."""

    tables: tuple[Kept, ...]

    def restore(self) -> None:
        """Copy every row back, in one transaction; the tables must be empty."""
        with transaction.atomic():
            raw = _raw()
            for kept in self.tables:
                copy = sql.SQL("COPY {} ({}) FROM STDIN").format(*_names(kept.table, kept.columns))
                with raw.cursor() as cursor, cursor.copy(copy) as stream:
                    stream.write(kept.rows)


def taken() -> Template:
    """A template of all rows that stand in the tables of contexts now."""
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        tables = [(name, tuple(columns)) for name, columns in cursor.fetchall()]
    found = (_keep(t, c) for t, c in tables if not t.startswith(NOT_DATA))
    return Template(tuple(kept for kept in found if kept.rows))


def _keep(table: str, columns: tuple[str, ...]) -> Kept:
    query = sql.SQL("COPY (SELECT {1} FROM {0}) TO STDOUT").format(*_names(table, columns))
    with _raw().cursor() as cursor, cursor.copy(query) as stream:
        return Kept(table, columns, b"".join(bytes(block) for block in stream))


def _names(table: str, columns: tuple[str, ...]) -> tuple[sql.Composable, sql.Composable]:
    return sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))


def _raw() -> "psycopg.Connection[tuple[object, ...]]":
    connection.ensure_connection()
    found: psycopg.Connection[tuple[object, ...]] = connection.connection
    return found


def emptied() -> None:
    """Empty every table of contexts, kernel and jobs, although some of them refuse it to others."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ALL)
        names = [sql.Identifier(name) for (name,) in cursor.fetchall() if name not in OF_DJANGO]
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(names)))


@contextmanager
def thrown_away() -> Iterator[None]:
    """A transaction around several tests; nothing of it stays."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
