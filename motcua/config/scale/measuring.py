"""Đo: a job of ours beside the same statements sent straight to the database, in turns.

Figures are medians; both sides run on one connection, so the ratio says how much of the
database's own speed is left after validation, events, tasks, ledger and jobs. Beside the time on
the clock stands the processor's time of this process and of its session in the server: strangers
on the same machine change the first, hardly the second.
"""

import math
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection, transaction

from motcua.kernel import db

Statements = list[tuple[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Of one job. `cpu_us` None: the server is not on this machine."""

    ms: float
    cpu_us: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the table. `raw`: the same statements without us."""

    job: str
    dossiers: int
    ours: Cost
    raw: Cost
    statements: int
    note: str = ""

    @property
    def ratio(self) -> float:
        """Share of the raw rate that is left, by the clock."""
        return self.raw.ms / self.ours.ms

    @property
    def cpu_ratio(self) -> float | None:
        """The same by processor time."""
        if self.raw.cpu_us is None or not self.ours.cpu_us:
            return None
        return self.raw.cpu_us / self.ours.cpu_us


@contextmanager
def listening() -> Iterator[Statements]:
    """Every statement that goes to the database inside, ours and Django's, in order."""
    heard: Statements = []

    def by_django(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        heard.append((sql, params))
        return execute(sql, params, many, context)

    def by_unit(unit: db.UnitOfWork) -> None:
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
    ours: Callable[[], object], raw: Callable[[], object], *, times: int
) -> tuple[Cost, Cost]:
    """What both cost, measured A, B, A, B."""
    connection.ensure_connection()
    clocks = Clocks(connection.connection.info)
    mine, theirs = [], []
    for _ in range(times):
        mine.append(clocks.measure(ours))
        theirs.append(clocks.measure(raw))
    return median(mine), median(theirs)


class Clocks:
    """The clock on the wall, and the processor time of this process and of its session."""

    def __init__(self, about: psycopg.ConnectionInfo) -> None:
        is_here = about.host.startswith("/") or about.host in ("127.0.0.1", "::1", "localhost")
        self.session = Path(f"/proc/{about.backend_pid}/schedstat")
        self.is_here = is_here and self.session.exists()

    def measure(self, job: Callable[[], object]) -> tuple[float, float]:
        """Milliseconds, and microseconds of processors."""
        before, began = self.spent(), time.perf_counter()
        job()
        took = time.perf_counter() - began
        return took * 1000, (self.spent() - before) / 1000

    def spent(self) -> float:
        """Nanoseconds of processors so far; nan when the server is not on this machine."""
        own = time.process_time_ns()
        if not self.is_here:
            return math.nan
        return own + int(self.session.read_text().split()[0])


def median(measured: list[tuple[float, float]]) -> Cost:
    """Of milliseconds and microseconds of processors."""
    cpu = statistics.median(cpu for _ms, cpu in measured)
    ms = statistics.median(ms for ms, _cpu in measured)
    return Cost(ms=ms, cpu_us=None if math.isnan(cpu) else cpu)
