"""Actions: one transaction, one statement, one leaf, one effect per idempotency key."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from motcua.kernel import events, idempotency, ledger, merkle
from motcua.kernel.actors import Actor
from motcua.kernel.db import (
    ActionWithoutLeaf,
    current,
    insert,
    load,
    owns_transaction,
    record,
    uuid7,
)
from motcua.kernel.errors import Conflict
from motcua.kernel.models import IdempotencyRecord, LedgerHead, LedgerLeaf
from motcua.kernel.testing import MONDAY_9AM, citizen
from motcua.kernel.testing.sealing import sealed

pytestmark = pytest.mark.django_db
TUYET = citizen()


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    code: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted(events.Event):
    name: ClassVar[str] = "tests.counted"
    number: int


heard: list[int] = []


@events.subscribe(Counted)
def hear(event: Counted) -> None:
    heard.append(event.number)


@owns_transaction
def count(number: int, *, actor: Actor, now: datetime) -> Done:
    if number < 0:
        raise Conflict
    insert(_row(f"row {uuid7()}", now))
    events.publish(Counted(occurred_at=now, subject=str(number), number=number))
    record(action="tests.count", subject=str(number), actor=actor)
    return Done(code=f"{number}/{uuid7()}", at=now)


@owns_transaction
def forget_the_leaf(*, now: datetime) -> None:
    insert(_row("no leaf", now))


def _row(key: str, now: datetime) -> IdempotencyRecord:
    return IdempotencyRecord(key=key, action="a row like any", fingerprint=b"", created_at=now)


def test_an_action_leaves_in_one_statement(statements):
    count(1, actor=TUYET, now=MONDAY_9AM)

    assert len(statements) == 1
    assert LedgerLeaf.objects.filter(subject="1").count() == 1


def test_an_action_reads_its_own_writes():
    @owns_transaction
    def write_and_read(*, actor: Actor, now: datetime) -> None:
        insert(_row("mine", now))
        assert IdempotencyRecord.objects.filter(key="mine").exists()
        record(action="tests.read", subject="x", actor=actor)

    write_and_read(actor=TUYET, now=MONDAY_9AM)


def test_an_action_without_a_leaf_is_a_programming_mistake():
    with pytest.raises(ActionWithoutLeaf):
        forget_the_leaf(now=MONDAY_9AM)

    assert not IdempotencyRecord.objects.filter(key="no leaf").exists()


def test_writing_outside_an_action_is_refused():
    with pytest.raises(RuntimeError):
        insert(_row("outside", MONDAY_9AM))


def test_an_action_does_not_run_inside_another():
    @owns_transaction
    def outer(*, actor: Actor, now: datetime) -> None:
        assert current().name
        count(1, actor=actor, now=now)

    with pytest.raises(RuntimeError, match="inside another"):
        outer(actor=TUYET, now=MONDAY_9AM)


def test_the_same_key_has_one_effect_and_one_answer():
    with idempotency.using("k1"):
        first = count(7, actor=TUYET, now=MONDAY_9AM)
        second = count(7, actor=TUYET, now=MONDAY_9AM + timedelta(seconds=5))

    assert second == first
    assert LedgerLeaf.objects.filter(subject="7").count() == 1


def test_a_stored_answer_is_sealed_and_no_answer_is_stored_as_none():
    @owns_transaction
    def say_nothing(*, actor: Actor, now: datetime) -> None:
        record(action="tests.nothing", subject="nothing", actor=actor)

    with idempotency.using("k1"):
        code = count(7, actor=TUYET, now=MONDAY_9AM).code
        say_nothing(actor=TUYET, now=MONDAY_9AM)
        assert say_nothing(actor=TUYET, now=MONDAY_9AM) is None

    assert LedgerLeaf.objects.filter(subject="nothing").count() == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT result FROM kernel_idempotency WHERE result IS NOT NULL")
        ((stored,),) = cursor.fetchall()
    assert code.encode() not in bytes(stored)


def test_answers_stored_in_clear_before_are_sealed_by_the_upgrade(transactional_db):
    before = [("kernel", "0002_failures_and_checks")]
    with idempotency.using("k1"):
        first = count(7, actor=TUYET, now=MONDAY_9AM)

    MigrationExecutor(connection).migrate(before)
    with connection.cursor() as cursor:
        cursor.execute("SELECT result FROM kernel_idempotency WHERE result <> ''")
        assert first.code in cursor.fetchone()[0]
    upgrade = MigrationExecutor(connection)
    upgrade.migrate(upgrade.loader.graph.leaf_nodes())

    with idempotency.using("k1"):
        assert count(7, actor=TUYET, now=MONDAY_9AM) == first


def test_a_key_used_for_something_else_is_refused():
    with idempotency.using("k2"):
        count(8, actor=TUYET, now=MONDAY_9AM)
        with pytest.raises(idempotency.IdempotencyMismatch):
            count(9, actor=TUYET, now=MONDAY_9AM)


def test_keys_of_two_people_do_not_meet():
    with idempotency.using("k3"):
        mine = count(8, actor=TUYET, now=MONDAY_9AM)
        theirs = count(8, actor=citizen(name="Lê Minh Khoa"), now=MONDAY_9AM)

    assert mine != theirs


def test_a_refusal_leaves_nothing_behind():
    with idempotency.using("k4"), pytest.raises(Conflict):
        count(-1, actor=TUYET, now=MONDAY_9AM)

    assert not LedgerLeaf.objects.exists()


def test_an_event_becomes_a_job_that_reaches_its_subscriber():
    heard.clear()
    count(3, actor=TUYET, now=MONDAY_9AM)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT lock, args FROM procrastinate_jobs WHERE task_name = %s", [events.DELIVER]
        )
        [(lock, args)] = cursor.fetchall()
    job = json.loads(args) if isinstance(args, str) else args
    events.deliver(**job)
    assert lock.endswith(":3")
    assert heard == [3]


def test_the_ledger_seals_and_verifies():
    for number in range(5):
        count(number, actor=TUYET, now=MONDAY_9AM)
    leaves = list(LedgerLeaf.objects.order_by("xid", "id"))
    tree = merkle.Tree()
    for leaf in leaves:
        tree.append(bytes(leaf.digest))

    head = ledger._new_head(None, tree, leaves[-1].xid + 1, MONDAY_9AM)

    assert head.size == 5
    assert ledger.verify() == ([], 5, 1)


def test_an_altered_leaf_is_named():
    count(1, actor=TUYET, now=MONDAY_9AM)
    leaf = LedgerLeaf.objects.get()
    tree = merkle.Tree()
    tree.append(bytes(leaf.digest))
    ledger._new_head(None, tree, leaf.xid + 1, MONDAY_9AM)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE kernel_ledger_leaf DISABLE TRIGGER USER")
        cursor.execute("UPDATE kernel_ledger_leaf SET body = replace(body, 'tests', 'tests!')")
        cursor.execute("ALTER TABLE kernel_ledger_leaf ENABLE TRIGGER USER")

    findings, _, _ = ledger.verify()

    assert str(leaf.id) in {f.where for f in findings}


def test_leaves_are_never_changed():
    count(1, actor=TUYET, now=MONDAY_9AM)

    with pytest.raises(DatabaseError, match="only grows"):
        LedgerLeaf.objects.update(subject="2")


@pytest.mark.django_db(transaction=True)
def test_what_is_committed_is_sealed_in_order_and_chained():
    count(1, actor=TUYET, now=MONDAY_9AM)
    first = sealed(now=MONDAY_9AM)
    count(2, actor=TUYET, now=MONDAY_9AM)
    second = sealed(now=MONDAY_9AM + timedelta(seconds=1))

    assert (first.size, second.size) == (1, 2)
    assert bytes(second.previous) == ledger.head_digest(first)
    assert ledger.verify() == ([], 2, 2)
    assert ledger.seal(now=MONDAY_9AM) is None


def test_running_transactions_hold_the_horizon_back():
    count(1, actor=TUYET, now=MONDAY_9AM)

    assert ledger.seal(now=MONDAY_9AM) is None
    assert not LedgerHead.objects.exists()


def test_a_row_loaded_by_a_prepared_query_is_what_the_orm_reads():
    count(1, actor=TUYET, now=MONDAY_9AM)

    (leaf,) = load(LedgerLeaf, "WHERE action = $1 ORDER BY id", "tests.count")

    expected = LedgerLeaf.objects.get(action="tests.count")
    assert leaf == expected
    for field in LedgerLeaf._meta.concrete_fields:
        assert getattr(leaf, field.attname) == getattr(expected, field.attname), field.name
    assert not leaf._state.adding


def test_an_action_loads_what_it_has_just_written():
    assert write_and_load(now=MONDAY_9AM) == Done(code="mine", at=MONDAY_9AM)


@owns_transaction
def write_and_load(*, now: datetime) -> Done:
    insert(_row("mine", now))
    record(action="tests.load", subject="mine", actor=TUYET)
    (row,) = load(IdempotencyRecord, "WHERE key = $1 FOR UPDATE", "mine")
    return Done(code=row.key, at=row.created_at)
