"""Tables by month: every row finds its place, and no row changes any more."""

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from motcua.kernel import partitions
from motcua.kernel.clock import CITY_TZ
from motcua.kernel.models import IdempotencyRecord
from motcua.kernel.tasks import forget_old_keys, make_partitions
from motcua.kernel.testing import MONDAY_9AM

pytestmark = pytest.mark.django_db
TABLE = "tests_log"


@pytest.fixture
def log():
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TABLE {TABLE} (at timestamptz NOT NULL, n int) PARTITION BY RANGE (at);"
            + partitions.default_partition(TABLE)
            + partitions.guard(TABLE)
        )
        yield cursor


def put(cursor, at: datetime) -> str:
    """The partition it went to."""
    cursor.execute(f"INSERT INTO {TABLE} VALUES (%s, 1) RETURNING tableoid::regclass::text", [at])
    return cursor.fetchone()[0]


def test_months_are_counted_over_the_turn_of_the_year():
    months = partitions.months(date(2026, 11, 30), date(2027, 2, 1))

    assert months == [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)]
    assert partitions.months(date(2027, 1, 1), date(2026, 12, 31)) == []


def test_a_month_begins_at_midnight_of_the_city(log):
    partitions.ensure(TABLE, date(2026, 11, 1), date(2026, 12, 31))
    midnight = datetime(2026, 12, 1, tzinfo=CITY_TZ)

    assert put(log, midnight - timedelta(microseconds=1)) == f"{TABLE}_202611"
    assert put(log, midnight) == f"{TABLE}_202612"
    assert put(log, datetime(2031, 5, 1, tzinfo=CITY_TZ)) == f"{TABLE}_rest"


def test_partitions_are_made_once_and_a_month_that_lies_in_the_rest_is_left(log):
    put(log, datetime(2026, 12, 24, tzinfo=CITY_TZ))

    for _ in range(2):
        partitions.ensure(TABLE, date(2026, 11, 1), date(2027, 1, 31))

    log.execute(
        "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = %s::regclass", [TABLE]
    )
    made = {name for (name,) in log.fetchall()}
    assert made == {f"{TABLE}_rest", f"{TABLE}_202611", f"{TABLE}_202701"}


@pytest.mark.parametrize("change", ["UPDATE {} SET n = 2", "DELETE FROM {}"])
@pytest.mark.parametrize("where", [TABLE, f"{TABLE}_202611"])
def test_rows_are_never_changed_through_whatever_door(log, change, where):
    partitions.ensure(TABLE, date(2026, 11, 1), date(2026, 11, 30))
    put(log, MONDAY_9AM)

    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        log.execute(change.format(where))


def test_the_nightly_work_has_room_for_the_coming_months():
    make_partitions(MONDAY_9AM + timedelta(days=200))

    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('kernel_ledger_leaf_202709') IS NOT NULL")
        assert cursor.fetchone() == (True,)


def test_keys_are_forgotten_after_thirty_days():
    for key, days in (("old", 31), ("young", 29)):
        IdempotencyRecord.objects.create(
            key=key,
            action="tests",
            fingerprint=b"",
            created_at=MONDAY_9AM - timedelta(days=days),
        )

    forget_old_keys(MONDAY_9AM)

    assert list(IdempotencyRecord.objects.values_list("key", flat=True)) == ["young"]
