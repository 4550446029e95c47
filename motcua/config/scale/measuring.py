"""Đo: a job of ours beside the same statements sent straight to the database, in turns.

Figures are medians of wall time; both sides run on one connection, so the ratio says how much of
the database's own speed is left after validation, events, tasks, ledger and jobs.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import connection, transaction

from motcua.kernel import db

Statements = list[tuple[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the table. `raw_ms` None: nothing to compare with."""

    job: str
    dossiers: int
    ms: float
    raw_ms: float | None
    statements: int
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Share of the raw rate that is left."""
        return self.raw_ms / self.ms if self.raw_ms else None


@contextmanager
def listening() -> Iterator[Statements]:
    """Every statement that goes to the database inside, ours and Django's, in order."""
    heard: Statements = []

    def by_django(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        heard.append((sql, params))
        return execute(sql, params, many, context)

    def by_unit(unit: db.UnitOfWork) -> None:
        heard.extend(unit.queries)
        heard.extend(unit.statements)

    db.watchers.append(by_unit)
    try:
        with connection.execute_wrapper(by_django):
            yield heard
    finally:
        db.watchers.remove(by_unit)


def statements_of(job: Callable[[], object]) -> Statements:
    """What the job sends, found out in a transaction that is rolled back."""
    with transaction.atomic():
        with listening() as heard:
            job()
        transaction.set_rollback(True)
    return [(sql, params) for sql, params in heard if "SAVEPOINT" not in sql]


def send_raw(statements: Statements, *, writes: bool) -> None:
    """The same statements, prepared, on the same connection, with nothing of ours around them."""
    raw: psycopg.Connection[Any] = connection.connection
    with psycopg.RawCursor(raw) as numbered, psycopg.Cursor(raw) as plain:
        if writes:
            plain.execute("BEGIN")
        for sql, params in statements:
            cursor = numbered if "$1" in sql else plain
            cursor.execute(sql, params, prepare=True)
            if cursor.description:
                cursor.fetchall()
        if writes:
            plain.execute("COMMIT")


def in_turns(
    ours: Callable[[], object], raw: Callable[[], object] | None, *, times: int
) -> tuple[float, float | None]:
    """Median milliseconds of both, measured A, B, A, B."""
    mine: list[float] = []
    theirs: list[float] = []
    for _ in range(times):
        mine.append(_timed(ours))
        if raw:
            theirs.append(_timed(raw))
    return statistics.median(mine), statistics.median(theirs) if theirs else None


def _timed(job: Callable[[], object]) -> float:
    began = time.perf_counter()
    job()
    return (time.perf_counter() - began) * 1000
