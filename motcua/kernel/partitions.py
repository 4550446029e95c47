"""Phân vùng theo tháng: append-only tables, partitioned by month, guarded against change.

Used by migrations and by a nightly task that makes the partitions of the coming months. A
DEFAULT partition takes what falls outside, so that an insert never fails for want of one.
"""

from datetime import date

from django.db import connection
from psycopg import sql

GUARD = """
CREATE OR REPLACE FUNCTION motcua_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    -- set by the rotation of keys alone: the same values in new envelopes
    rewrapped text[] := string_to_array(current_setting('motcua.rewrapped', true), ',');
    -- set by disposal alone: these values become null, and nothing else changes
    emptied text[] := string_to_array(current_setting('motcua.emptied', true), ',');
    after jsonb := to_jsonb(NEW);
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - rewrapped = after - rewrapped THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - emptied = after - emptied
        AND jsonb_strip_nulls(after) = jsonb_strip_nulls(after - emptied)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% only grows: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'check_violation';
END $$;
"""


def guard(table: str) -> str:
    """SQL: refuse UPDATE and DELETE on the table."""
    return (
        f"{GUARD} CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION motcua_append_only();"
    )


def months(first: date, last: date) -> list[date]:
    """First days of the months from `first` to `last`, both included."""
    found, month = [], first.replace(day=1)
    while month <= last:
        found.append(month)
        month = _next(month)
    return found


def _next(month: date) -> date:
    return (month.replace(day=28) + _WEEK).replace(day=1)


_WEEK = date(2000, 1, 8) - date(2000, 1, 1)


def month_partition(table: str, month: date) -> str:
    """SQL: the partition of one month, in city time."""
    upper = _next(month)
    return (
        f"CREATE TABLE IF NOT EXISTS {table}_{month:%Y%m} PARTITION OF {table} FOR VALUES"
        f" FROM ('{month:%Y-%m-%d} 00:00+07') TO ('{upper:%Y-%m-%d} 00:00+07');"
    )


def default_partition(table: str) -> str:
    return f"CREATE TABLE IF NOT EXISTS {table}_rest PARTITION OF {table} DEFAULT;"


def ensure(table: str, first: date, last: date) -> None:
    """Make the partitions of these months. A month whose rows already lie in `_rest` is left.

    By a function of the owner's, since the worker that calls this owns no table.
    """
    with connection.cursor() as cursor:
        for month in months(first, last):
            cursor.execute("SELECT to_regclass(%s)", [f"{table}_{month:%Y%m}"])
            if (cursor.fetchone() or (None,))[0] is not None:
                continue
            in_rest = sql.SQL(
                "SELECT EXISTS (SELECT 1 FROM {} WHERE at >= %s::timestamptz"
                " AND at < %s::timestamptz)"
            ).format(sql.Identifier(f"{table}_rest"))
            cursor.execute(
                in_rest.as_string(),
                [f"{month:%Y-%m-%d} 00:00+07", f"{_next(month):%Y-%m-%d} 00:00+07"],
            )
            if not (cursor.fetchone() or (False,))[0]:
                cursor.execute("SELECT motcua_make_partition(%s, %s)", [table, month])
