"""Cơ sở dữ liệu: how large it is, and which tables make it so."""

from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSize:
    """A table with its indexes and partitions. rows: as the planner estimates."""

    name: str
    size: int
    rows: int


def database_size() -> int:
    """Bytes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int((cursor.fetchone() or (0,))[0])


def table_sizes() -> tuple[TableSize, ...]:
    """Largest first; partitions are counted to their table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(inhparent, c.oid)::regclass::text AS name,"
            " sum(pg_total_relation_size(c.oid)) AS size, sum(greatest(c.reltuples, 0)) AS rows"
            " FROM pg_class c LEFT JOIN pg_inherits ON inhrelid = c.oid"
            " WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace"
            " GROUP BY 1 ORDER BY 2 DESC, 1"
        )
        rows = cursor.fetchall()
    return tuple(TableSize(name=n, size=int(size), rows=int(count)) for n, size, count in rows)
