from uuid import UUID, uuid4

import pytest
from django.db import transaction

from motcua.kernel.snapshots import Snapshot


class Table:
    """A row elsewhere, with the version that every write renews."""

    def __init__(self) -> None:
        self.value = "old"
        self.version = uuid4()
        self.loads = self.asked = 0

    def load(self) -> str:
        self.loads += 1
        return self.value

    def current_version(self) -> UUID:
        self.asked += 1
        return self.version

    def write(self, value: str) -> None:
        self.value, self.version = value, uuid4()


@pytest.fixture
def table() -> Table:
    return Table()


def snapshot(table: Table, seconds: float) -> Snapshot[str]:
    return Snapshot(table.load, table.current_version, seconds=seconds)


@pytest.mark.django_db
def test_the_value_is_loaded_once_and_the_version_asked_seldom(table: Table):
    known = snapshot(table, seconds=60)

    assert [known.current() for _ in range(5)] == ["old"] * 5
    assert (table.loads, table.asked) == (1, 1)


@pytest.mark.django_db
def test_a_change_made_elsewhere_shows_when_the_version_is_asked_again(table: Table):
    known = snapshot(table, seconds=0)
    known.current()
    table.write("new")

    assert known.current() == "new"
    known.current()
    assert table.loads == 2


@pytest.mark.django_db
def test_the_writing_transaction_sees_its_own_change_at_once(table: Table):
    known = snapshot(table, seconds=60)
    known.current()

    table.write("new")
    known.changed()

    assert known.current() == known.current() == "new"
    assert table.loads == 2


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_change_is_forgotten(table: Table):
    known = snapshot(table, seconds=60)
    known.current()
    with transaction.atomic():
        table.write("new")
        known.changed()
        assert known.current() == "new"
        transaction.set_rollback(True)
    table.value = "old"

    assert known.current() == "old"


@pytest.mark.django_db(transaction=True)
def test_a_committed_change_is_read_again(table: Table):
    known = snapshot(table, seconds=60)
    known.current()
    with transaction.atomic():
        table.write("new")
        known.changed()

    assert known.current() == "new"


@pytest.mark.django_db(transaction=True)
def test_a_change_outside_a_transaction_is_read_again(table: Table):
    known = snapshot(table, seconds=60)
    known.current()
    table.write("new")

    known.changed()

    assert known.current() == "new"
