"""Ghi sổ dưới tải: leaves of several clients at once while the sealer works, and beside it the
same notes as rows that nothing proves.

Both sides make identifier, moment and body of each note and send them in a transaction of their
own; the ledger's side also draws the salt and hashes, and its tree is sealed, signed and chained
every second, as the worker does it. Clients are processes, since those of a city do not share an
interpreter's lock.
"""

import functools
import multiprocessing
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Barrier
from typing import Any, TypedDict

import psycopg
from django.db import connection
from psycopg import sql

from motcua.config.scale.measuring import Clocks, Figure, median
from motcua.kernel import clock, ledger
from motcua.kernel.actors import Actor
from motcua.kernel.db import uuid7
from motcua.kernel.models import LedgerLeaf

CLIENTS = 4
STATEMENTS = 1_000  # of each client in one turn
BATCH = 50  # leaves in one statement, as one action that notes many
BATCHES = 100
TURNS = 7
SEALED_EVERY = 1.0  # seconds
PROCESSES = multiprocessing.get_context("fork")
NO_SALT, NO_DIGEST = bytes(16), bytes(32)
Told = SimpleQueue[tuple[float, float]]


def under_load(actor: Actor, size: int) -> Iterator[Figure]:
    """Milliseconds between two leaves of all clients together, the two sides in turns."""
    for batch, statements in ((1, STATEMENTS), (BATCH, BATCHES)):
        write = functools.partial(_all_write, actor, batch, statements)
        ledgers, bare = [], []
        for _turn in range(TURNS):
            ledger.seal(now=clock.now())  # what the turn before left is not this turn's work
            with _sealing():
                ledgers.append(write(_leaf))
            bare.append(write(_bare))
        job = f"Lá sổ cái, {CLIENTS} người ghi"
        yield Figure(
            job=f"{job}, {batch} một lượt" if batch > 1 else job,
            dossiers=size,
            ours=median(ledgers),
            raw=median(bare),
            statements=1,
            note="muối, mã băm, niêm phong mỗi giây; bên cạnh: dòng ấy không có chúng",
        )


def _leaf(actor: Actor) -> ledger.Leaf:
    return ledger.leaf_values(**_noted(actor))


def _bare(actor: Actor) -> ledger.Leaf:
    said = _noted(actor)
    body = ledger.leaf_body(**said)
    action, subject, at = said["action"], said["subject"], said["at"]
    account = actor.account_id
    return ledger.Leaf(uuid7(), at, action, subject, account, body, NO_SALT, NO_DIGEST)


class _Noted(TypedDict):
    action: str
    subject: str
    actor: Actor
    facts: dict[str, object] | None
    at: datetime


def _noted(actor: Actor) -> _Noted:
    return _Noted(
        action="bench.note", subject="H29.99", actor=actor, facts={"n": 7}, at=clock.now()
    )


def _all_write(
    actor: Actor, batch: int, statements: int, make: Callable[[Actor], ledger.Leaf]
) -> tuple[float, float]:
    """Milliseconds and microseconds of processors for each leaf."""
    start = PROCESSES.Barrier(CLIENTS + 1)
    told: Told = PROCESSES.SimpleQueue()
    given = (actor, batch, statements, make, start, told)
    clients = [PROCESSES.Process(target=_write, args=given) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    start.wait()
    began = time.perf_counter()
    heard = [told.get() for _ in clients]
    for client in clients:
        client.join()
    count = CLIENTS * statements * batch
    took = max(ended for ended, _cpu in heard) - began
    return took * 1000 / count, sum(cpu for _ended, cpu in heard) / count


def _write(
    actor: Actor,
    batch: int,
    statements: int,
    make: Callable[[Actor], ledger.Leaf],
    start: Barrier,
    told: Told,
) -> None:
    insert = _insert(batch)
    with connect() as mine, psycopg.RawCursor(mine) as cursor:
        clocks = Clocks(mine.info)
        start.wait()
        before = clocks.spent()
        for _ in range(statements):
            values = [value for _ in range(batch) for value in make(actor)]
            with mine.transaction():
                cursor.execute(insert, values, prepare=True)
        told.put((time.perf_counter(), (clocks.spent() - before) / 1000))


def _insert(batch: int) -> sql.Composed:
    columns = ledger.Leaf._fields
    width = len(columns)
    rows = (
        sql.SQL("({})").format(
            sql.SQL(", ").join(sql.SQL(f"${row * width + n}") for n in range(1, width + 1))
        )
        for row in range(batch)
    )
    return sql.SQL("INSERT INTO {} ({}) VALUES {}").format(
        sql.Identifier(LedgerLeaf._meta.db_table),
        sql.SQL(", ").join(map(sql.Identifier, columns)),
        sql.SQL(", ").join(rows),
    )


def connect() -> "psycopg.Connection[tuple[Any, ...]]":
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
