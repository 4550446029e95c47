"""Ghi sổ dưới tải: leaves of several clients at once while the sealer works, and beside it the
bare INSERT of such rows while nobody seals.

What the clients send is the same, each row in a transaction of its own; the ledger's side also
makes body, salt and digest, and its tree is sealed, signed and chained every second, as the
worker does it. Clients are processes, since those of a city do not share an interpreter's lock.
"""

import multiprocessing
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Barrier
from typing import Any

import psycopg
from django.db import connection
from psycopg import sql

from motcua.config.scale.measuring import Clocks, Figure, median
from motcua.kernel import clock, ledger
from motcua.kernel.actors import Actor
from motcua.kernel.models import LedgerLeaf

CLIENTS = 4
LEAVES = 1_000  # of each client in one turn
TURNS = 7
SEALED_EVERY = 1.0  # seconds
PROCESSES = multiprocessing.get_context("fork")
COLUMNS = ("id", "at", "action", "subject", "actor_id", "body", "salt", "digest")
INSERT = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
    sql.Identifier(LedgerLeaf._meta.db_table),
    sql.SQL(", ").join(map(sql.Identifier, COLUMNS)),
    sql.SQL(", ").join(sql.SQL(f"${n}") for n in range(1, len(COLUMNS) + 1)),
)
Row = tuple[object, ...]
Told = SimpleQueue[tuple[float, float]]


def under_load(actor: Actor, size: int) -> Figure:
    """Milliseconds between two leaves of all clients together, the two sides in turns."""
    ledgers, bare = [], []
    for _turn in range(TURNS):
        ledger.seal(now=clock.now())  # what the turn before left is not this turn's work
        with _sealing():
            ledgers.append(_all_write(actor, made_before=False))
        bare.append(_all_write(actor, made_before=True))
    return Figure(
        job=f"Lá sổ cái, {CLIENTS} người ghi",
        dossiers=size,
        ours=median(ledgers),
        raw=median(bare),
        statements=1,
        note="niêm phong mỗi giây; bên cạnh: INSERT trần",
    )


def _all_write(actor: Actor, *, made_before: bool) -> tuple[float, float]:
    """Milliseconds and microseconds of processors for each leaf."""
    start = PROCESSES.Barrier(CLIENTS + 1)
    told: Told = PROCESSES.SimpleQueue()
    given = (actor, made_before, start, told)
    clients = [PROCESSES.Process(target=_write, args=given) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    start.wait()
    began = time.perf_counter()
    heard = [told.get() for _ in clients]
    for client in clients:
        client.join()
    count = CLIENTS * LEAVES
    took = max(ended for ended, _cpu in heard) - began
    return took * 1000 / count, sum(cpu for _ended, cpu in heard) / count


def _write(actor: Actor, made_before: bool, start: Barrier, told: Told) -> None:
    rows: Iterable[Row] = (_row(actor) for _ in range(LEAVES))
    with _connect() as mine, psycopg.RawCursor(mine) as cursor:
        if made_before:
            rows = list(rows)
        clocks = Clocks(mine.info)
        start.wait()
        before = clocks.spent()
        for row in rows:
            with mine.transaction():
                cursor.execute(INSERT, row, prepare=True)
        told.put((time.perf_counter(), (clocks.spent() - before) / 1000))


def _row(actor: Actor) -> Row:
    leaf = ledger.new_leaf(
        action="bench.note", subject="H29.99", actor=actor, facts={"n": 7}, at=clock.now()
    )
    return tuple(getattr(leaf, column) for column in COLUMNS)


def _connect() -> "psycopg.Connection[tuple[Any, ...]]":
    wanted = connection.get_connection_params()
    place = {name: wanted[name] for name in ("host", "port", "user", "password") if name in wanted}
    return psycopg.connect(dbname=wanted["dbname"], autocommit=True, **place)


@contextmanager
def _sealing() -> Iterator[None]:
    """A sealer at work beside the clients."""
    ended = threading.Event()

    def work() -> None:
        try:
            while not ended.wait(SEALED_EVERY):
                ledger.seal(now=clock.now())
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as sealer:
        sealing = sealer.submit(work)
        try:
            yield
        finally:
            ended.set()
            sealing.result()
