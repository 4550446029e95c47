"""Báo khẩn cho cả thành phố: one alert to everybody beside a bare COPY; the lane of urgent work.

Fan-out: the product's batches, with their locks, leaves and notes of progress, beside COPY of the
very same rows into the same table with the same indexes. Lane: from the action that publishes to
the worker that has the job, at the 99th percentile, under a backlog that is being worked off,
beside the same in an idle queue.
"""

import struct
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from math import ceil
from typing import Any

import psycopg
from django.db import connection

from motcua.config.scale.appending import connect
from motcua.config.scale.measuring import Clocks, Cost, Figure, median
from motcua.contexts.alerts.actions.spreading import address_batch
from motcua.contexts.alerts.contracts import PlaceKind, PlaceSource, State, Status
from motcua.contexts.alerts.events import AlertReleased
from motcua.contexts.alerts.models import Alert, FollowedPlace, Reach
from motcua.contexts.alerts.queries.spreading import BATCH, indexes_of
from motcua.contexts.identity.models import Person
from motcua.contexts.organisations import public as organisations
from motcua.contexts.reference import public as reference
from motcua.kernel import db, events
from motcua.kernel.actors import SYSTEM
from motcua.kernel.clock import city_date
from motcua.kernel.clock import now as clock_now
from motcua.kernel.db import uuid7

TURNS = 3
URGENT_JOBS = 500
BACKLOG = "bench.backlog"
_RESIDENTS = """
WITH people AS (
    INSERT INTO identity_person (id, full_name, source, also, created_at, updated_at)
    SELECT gen_random_uuid(), %(name)s, 'SEED', '[]', %(now)s, %(now)s
    FROM generate_series(1, %(count)s) RETURNING id
), numbered AS (SELECT id, row_number() OVER () AS n FROM people)
INSERT INTO alerts_followed_place (id, person_id, kind, ward_code, ward_index, source, since)
SELECT gen_random_uuid(), id, %(kind)s, %(ward)s,
    (%(indexes)s::bytea[])[1 + n %% %(wards)s], %(source)s, %(now)s
FROM numbered
"""
_FETCH = "SELECT id FROM procrastinate_fetch_job_v2(%s::varchar[], %s)"
_FINISH = "SELECT procrastinate_finish_job_v1(%s, 'succeeded', true)"
_FILL = """
INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, args, status)
SELECT %s, %s, 0, 'bench ' || n, '{}', 'todo' FROM generate_series(1, %s) AS n
"""
_HEADER = b"PGCOPY\n\xff\r\n\0" + struct.pack("!ii", 0, 0)
_EPOCH = datetime.fromisoformat("2000-01-01T00:00:00+00:00")


def figures(residents: int, size: int) -> Iterator[Figure]:
    """The two lines of the table."""
    now = clock_now()
    _settle(residents, now)
    yield _fan_out(residents, size, now)
    yield _lane(residents, size)


def _wards(now: datetime) -> list[str]:
    return sorted(one.code for one in reference.communes(city_date(now)))


def _settle(residents: int, now: datetime) -> None:
    """Invented residents, each following one ward; as many as are missing."""
    missing = residents - FollowedPlace.objects.count()
    if missing <= 0:
        return
    wards = _wards(now)
    name, ward = Person._meta.get_field("full_name"), FollowedPlace._meta.get_field("ward_code")
    with connection.cursor() as cursor:
        cursor.execute(
            _RESIDENTS,
            {
                "name": name.sealed("Người Thử"),
                "ward": ward.sealed(wards[0]),
                "indexes": indexes_of(wards),
                "wards": len(wards),
                "count": missing,
                "kind": PlaceKind.HOME,
                "source": PlaceSource.SAID,
                "now": now,
            },
        )
        for table in ("identity_person", "alerts_followed_place"):
            cursor.execute(f"VACUUM (ANALYZE) {table}")


def _an_alert(now: datetime) -> Alert:
    """Released for the whole city; nobody but the bench knows it."""
    identifier = uuid7()
    return Alert.objects.create(
        id=identifier,
        chain=identifier,
        code=f"BENCH-{identifier.hex[:24]}",
        status=Status.ACTUAL,
        kind="Alert",
        state=State.RELEASED,
        unit_id=organisations.unit("H29").id,
        words={},
        wards=_wards(now),
        hours=1,
        written_by=[],
        drafted_at=now,
        changed_at=now,
        released_at=now,
        released_by=identifier,
        expires_at=now + timedelta(hours=1),
    )


def _fan_out(residents: int, size: int, now: datetime) -> Figure:
    connection.ensure_connection()
    clocks = Clocks(connection.connection.info)
    ours, raw = [], []
    try:
        for _turn in range(TURNS):
            alert, copied = _an_alert(now), _an_alert(now)
            ours.append(clocks.measure(partial(_address, alert, now)))
            raw.append(clocks.measure(partial(_copy, _as_copied(alert, copied))))
    finally:
        _clear()
    return Figure(
        job="Báo khẩn, danh sách",
        dossiers=size,
        ours=median(ours),
        raw=median(raw),
        statements=2 * ceil(residents / BATCH) + 1,
        note=f"{residents:,} người; bên cạnh: COPY các dòng ấy vào bảng ấy",
    )


def _address(alert: Alert, now: datetime) -> None:
    while address_batch(alert.id, now=now).more:
        continue


def _as_copied(alert: Alert, copied: Alert) -> bytes:
    """The rows of the one as COPY takes them for the other, ready before the clock starts."""
    rows = Reach.objects.filter(alert_id=alert.id).order_by("id")
    head = struct.pack("!hi", 4, 16) + copied.id.bytes + struct.pack("!i", 16)
    parts = [_HEADER]
    for person, index, at in rows.values_list("person_id", "ward_index", "addressed_at").iterator():
        moment = (at - _EPOCH) // timedelta(microseconds=1)
        parts += (head, person.bytes, struct.pack("!i", len(index)), bytes(index))
        parts.append(struct.pack("!iq", 8, moment))
    return b"".join([*parts, struct.pack("!h", -1)])


def _copy(rows: bytes) -> None:
    raw: psycopg.Connection[Any] = connection.connection
    statement = (
        "COPY alerts_reach (alert_id, person_id, ward_index, addressed_at)"
        " FROM STDIN (FORMAT BINARY)"
    )
    with raw.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(rows)


def _clear() -> None:
    """Nothing of the bench looks like an alert of the city afterwards."""
    mine = Alert.objects.filter(code__startswith="BENCH-")
    Reach.objects.filter(alert_id__in=mine.values("id")).delete()
    mine.delete()


# The lane


@db.owns_transaction
def urge(subject: str, *, now: datetime) -> None:
    """Something urgent happened; nobody will hear of it but the bench."""
    db.record(action="bench.urge", subject=subject, actor=SYSTEM)
    heard = AlertReleased(occurred_at=now, subject=subject, alert_id=uuid7())
    events.publish(heard, urgent=True)


def _lane(residents: int, size: int) -> Figure:
    with _a_worker() as worker:
        idle = [_urgent(worker) for _ in range(URGENT_JOBS)]
        with _backlog(residents):
            busy = [_urgent(worker) for _ in range(URGENT_JOBS)]
        idle += [_urgent(worker) for _ in range(URGENT_JOBS)]  # what strangers did meanwhile
    return Figure(
        job="Việc khẩn, p99",
        dossiers=size,
        ours=_last_percent(busy),
        raw=_last_percent(idle),
        statements=3,
        note=f"sau lưng {residents:,} việc thường đang làm; bên cạnh: hàng đợi trống",
    )


def _last_percent(times: list[float]) -> Cost:
    return Cost(ms=sorted(times)[int(len(times) * 0.99)], cpu_us=None)


def _urgent(worker: int) -> float:
    """Milliseconds from the start of the action until a worker has its job."""
    began = time.perf_counter()
    urge(f"bench {uuid7().hex}", now=clock_now())
    with connection.cursor() as cursor:
        cursor.execute(_FETCH, [[events.URGENT], worker])
        (job,) = cursor.fetchone()
        took = time.perf_counter() - began
        cursor.execute(_FINISH, [job])
    return took * 1000


@contextmanager
def _a_worker() -> Iterator[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT worker_id FROM procrastinate_register_worker_v1()")
        worker = int(cursor.fetchone()[0])
        try:
            yield worker
        finally:
            cursor.execute("SELECT procrastinate_unregister_worker_v1(%s)", [worker])


@contextmanager
def _backlog(jobs: int) -> Iterator[None]:
    """So many ordinary jobs, and somebody who works them off all the time."""
    ended = threading.Event()
    try:
        with connection.cursor() as cursor:
            cursor.execute(_FILL, [events.QUEUE, BACKLOG, jobs])
            cursor.execute("VACUUM (ANALYZE) procrastinate_jobs")
        with ThreadPoolExecutor(1) as ordinary:
            working = ordinary.submit(_work_off, ended)
            try:
                yield
            finally:
                ended.set()
                working.result()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = %s", [BACKLOG])


def _work_off(ended: threading.Event) -> None:
    with connect() as mine, mine.cursor() as cursor:
        row = cursor.execute("SELECT worker_id FROM procrastinate_register_worker_v1()").fetchone()
        worker = row[0] if row else None
        while not ended.is_set():
            found = cursor.execute(_FETCH, [[events.QUEUE], worker]).fetchone()
            if found and found[0]:
                cursor.execute(_FINISH, [found[0]])
        cursor.execute("SELECT procrastinate_unregister_worker_v1(%s)", [worker])
