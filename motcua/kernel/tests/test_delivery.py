"""Events reach their subscribers at least once, whatever dies on the way."""

import asyncio
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob

from motcua.kernel import events, jobs, letters
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.db import owns_transaction, record
from motcua.kernel.errors import Conflict
from motcua.kernel.management.commands.work import run_lanes
from motcua.kernel.tasks import resume_abandoned
from motcua.kernel.testing import MONDAY_9AM

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung(events.Event):
    name: ClassVar[str] = "tests.rung"
    number: int


class OutOfOrder(RuntimeError):
    """The neighbour is dead."""


heard: list[tuple[str, int]] = []
dead_neighbours: set[str] = set()


@events.subscribe(Rung)
def the_good(event: Rung) -> None:
    heard.append(("good", event.number))


@events.subscribe(Rung)
def the_fragile(event: Rung) -> None:
    if event.subject in dead_neighbours:
        raise OutOfOrder
    heard.append(("fragile", event.number))


@pytest.fixture(autouse=True)
def silence():
    heard.clear()
    dead_neighbours.clear()


@owns_transaction
def ring(
    *numbers: int,
    subject: str = "bell",
    urgent: bool = False,
    actor: Actor = SYSTEM,
    now: datetime,
) -> None:
    for number in numbers:
        events.publish(Rung(occurred_at=now, subject=subject, number=number), urgent=urgent)
    record(action="tests.ring", subject=subject, actor=actor)
    if 0 in numbers:
        raise Conflict


def work() -> None:
    """A worker that takes what is due in both lanes and leaves."""

    async def lanes() -> None:
        connector = app.connector
        assert isinstance(connector, DjangoConnector)
        worker_app = app.with_connector(connector.get_worker_connector())
        async with worker_app.open_async():
            await worker_app.run_worker_async(
                queues=[events.QUEUE, jobs.RETRY_LANE],
                wait=False,
                listen_notify=False,
                install_signal_handlers=False,
            )

    asyncio.run(lanes())


def states() -> Counter[tuple[str, str]]:
    """Deliveries by lane and state; a worker defers periodic work beside them."""
    rows = ProcrastinateJob.objects.filter(task_name=events.DELIVER).order_by()
    return Counter(rows.values_list("queue_name", "status"))


def in_the_hands_of(worker: str) -> None:
    """All jobs were fetched by a worker that died a minute ago, or that is forgotten already."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - interval '1 minute' * %s) RETURNING id",
            [0 if worker == "alive" else 1],
        )
        (number,) = cursor.fetchone()
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s",
            [None if worker == "forgotten" else number],
        )


def make_due() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")


def test_what_was_committed_is_delivered_by_the_next_worker():
    ring(1, now=MONDAY_9AM)
    assert heard == []

    work()

    assert sorted(heard) == [("fragile", 1), ("good", 1)]
    assert states() == {("events", "succeeded"): 2}


def test_what_was_refused_is_told_to_nobody():
    with pytest.raises(Conflict):
        ring(1, 0, now=MONDAY_9AM)

    work()

    assert heard == []
    assert states() == {}


def test_a_worker_of_the_urgent_lane_leaves_ordinary_work_to_others():
    ring(1, now=MONDAY_9AM)
    ring(2, subject="siren", urgent=True, now=MONDAY_9AM)

    asyncio.run(run_lanes(["urgent"], 1, wait=False))

    assert [number for who, number in heard if who == "good"] == [2]
    assert states() == {(events.QUEUE, "todo"): 2, (events.URGENT, "succeeded"): 2}


def test_a_waiting_job_is_not_compared_with_the_whole_backlog():
    with connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT FROM procrastinate_jobs AS other"
            " WHERE other.lock = 'bell' AND (other.status = 'doing' OR other.status = 'todo')"
        )
        plan = " ".join(line for (line,) in cursor.fetchall())
        cursor.execute("RESET enable_seqscan")

    assert "motcua_jobs_by_lock" in plan


def test_events_of_one_subject_come_in_their_order():
    ring(1, 2, 3, now=MONDAY_9AM)

    work()

    assert [number for who, number in heard if who == "good"] == [1, 2, 3]


def test_a_dead_neighbour_goes_to_the_retry_lane_and_holds_up_no_other():
    dead_neighbours.add("bell")
    ring(1, now=MONDAY_9AM)
    ring(2, subject="gong", now=MONDAY_9AM)

    work()

    assert sorted(heard) == [("fragile", 2), ("good", 1), ("good", 2)]
    assert states() == {("events", "succeeded"): 3, (jobs.RETRY_LANE, "todo"): 1}
    dead_neighbours.clear()
    make_due()
    work()
    assert ("fragile", 1) in heard


def test_a_later_event_of_the_same_subject_waits_for_the_one_that_failed():
    dead_neighbours.add("bell")
    ring(1, now=MONDAY_9AM)
    work()
    dead_neighbours.clear()
    ring(2, now=MONDAY_9AM)

    work()
    make_due()
    work()

    assert [number for who, number in heard if who == "fragile"] == [1, 2]


def test_after_the_last_try_it_is_a_dead_letter_that_can_be_sent_again():
    dead_neighbours.add("bell")
    ring(1, now=MONDAY_9AM)
    for _ in range(jobs.MAX_ATTEMPTS + 1):
        work()
        make_due()
    (dead,) = letters.letters()
    assert (dead.event, dead.subject) == ("tests.rung", "bell")
    assert dead.error.endswith("OutOfOrder")

    dead_neighbours.clear()
    letters.retry_letter(dead.id, actor=SYSTEM, now=MONDAY_9AM)
    work()

    assert ("fragile", 1) in heard
    assert letters.letters() == ()


@pytest.mark.parametrize("worker", ["dead", "forgotten"])
def test_what_a_killed_worker_left_in_the_middle_is_done_by_another(worker):
    ring(1, now=MONDAY_9AM)
    in_the_hands_of(worker)
    ring(2, now=MONDAY_9AM)
    work()
    assert heard == []

    resume_abandoned(MONDAY_9AM)
    work()

    assert [number for who, number in heard if who == "good"] == [1, 2]


def test_what_a_living_worker_has_in_hand_is_left_to_it():
    ring(1, now=MONDAY_9AM)
    in_the_hands_of("alive")

    assert jobs.resume_abandoned() == 0


def test_a_job_that_kills_its_worker_each_time_ends_as_a_dead_letter():
    ring(1, now=MONDAY_9AM)
    for _ in range(jobs.MAX_ATTEMPTS + 1):
        in_the_hands_of("dead")
        assert jobs.resume_abandoned() == 2

    assert len(letters.letters()) == 2


def test_abandoned_periodic_work_makes_room_for_its_next_turn():
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (task_name, queue_name, queueing_lock, status, args)"
            " VALUES ('kernel.tick', 'periodic', 'kernel.tick', 'doing', '{}'),"
            " ('kernel.tick', 'periodic', 'kernel.tick', 'todo', '{}')"
        )

    assert jobs.resume_abandoned() == 1

    turns = ProcrastinateJob.objects.filter(task_name="kernel.tick").order_by("id")
    assert list(turns.values_list("status", flat=True)) == ["aborted", "todo"]
