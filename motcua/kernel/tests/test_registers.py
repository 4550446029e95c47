"""Registers: what was so on a day, and what the city knew of it at a moment."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import isolate_apps

from motcua.kernel.actors import SYSTEM
from motcua.kernel.db import insert, owns_transaction, record
from motcua.kernel.registers import (
    OutsideValidity,
    RecordChanged,
    RegisterRecord,
    new_entry_id,
)
from motcua.kernel.testing import MONDAY_9AM

pytestmark = pytest.mark.django_db
BORN, MOVED, MARRIED = date(1990, 5, 12), date(2015, 3, 1), date(2020, 8, 8)
TUESDAY = MONDAY_9AM + timedelta(days=1)


@pytest.fixture
def residence() -> Iterator[type[RegisterRecord]]:
    """A register of where people live, with a table of its own for the test."""
    with isolate_apps("motcua.kernel"):

        class Residence(RegisterRecord):
            ward = models.CharField(max_length=5)

            class Meta(RegisterRecord.Meta):
                app_label = "kernel"

        with connection.schema_editor() as editor:
            editor.create_model(Residence)
        yield Residence


@owns_transaction
def enter(row: RegisterRecord, *, now) -> None:
    insert(row)
    record(action="tests.enter", subject="x", actor=SYSTEM)


@owns_transaction
def amend(row: RegisterRecord, *, valid_from: date, ward: str, now) -> None:
    row.amend(valid_from=valid_from, case_code="H29.99-1", now=now, ward=ward)
    record(action="tests.amend", subject="x", actor=SYSTEM)


def entered(residence, **more) -> RegisterRecord:
    row = residence(
        entry_id=new_entry_id(),
        valid_from=BORN,
        recorded_at=MONDAY_9AM,
        case_code="H29.99-0",
        **({"ward": "26740"} | more),
    )
    enter(row, now=MONDAY_9AM)
    return row


def ward_of(residence, on: date, at=None) -> list[str]:
    return list(residence.as_known(on=on, at=at).order_by("ward").values_list("ward", flat=True))


def test_a_change_holds_from_its_day_on_and_the_days_before_stay(residence):
    row = entered(residence)

    amend(row, valid_from=MOVED, ward="26743", now=TUESDAY)

    assert ward_of(residence, MOVED - timedelta(days=1)) == ["26740"]
    assert ward_of(residence, MOVED) == ["26743"]
    assert ward_of(residence, BORN - timedelta(days=1)) == []


def test_what_was_known_before_is_still_told(residence):
    row = entered(residence)

    amend(row, valid_from=MOVED, ward="26743", now=TUESDAY)

    assert ward_of(residence, MOVED, at=TUESDAY - timedelta(seconds=1)) == ["26740"]
    assert ward_of(residence, MOVED, at=TUESDAY) == ["26743"]
    assert ward_of(residence, MOVED, at=MONDAY_9AM - timedelta(days=1)) == []


def test_a_correction_from_the_first_day_replaces_the_whole(residence):
    row = entered(residence)

    amend(row, valid_from=BORN, ward="26734", now=TUESDAY)

    assert ward_of(residence, BORN) == ["26734"]
    assert residence.objects.filter(superseded_at__isnull=True).count() == 1


def test_of_two_changes_of_the_same_version_the_second_is_told(residence):
    row = entered(residence)
    amend(row, valid_from=MOVED, ward="26743", now=TUESDAY)

    with pytest.raises(RecordChanged):
        amend(row, valid_from=MARRIED, ward="26734", now=TUESDAY)


def test_a_day_has_one_truth_however_often_it_changed(residence):
    row = entered(residence)
    amend(row, valid_from=MOVED, ward="26743", now=TUESDAY)
    later = residence.as_known(on=MARRIED).get()
    amend(later, valid_from=MARRIED, ward="26734", now=TUESDAY + timedelta(hours=1))
    first = residence.as_known(on=BORN).get()
    amend(first, valid_from=date(2000, 1, 1), ward="26737", now=TUESDAY + timedelta(hours=2))

    for day in (BORN, date(2000, 1, 1), MOVED, MARRIED):
        for hours in (0, 1, 2):
            known = ward_of(residence, day, at=TUESDAY + timedelta(hours=hours))
            assert len(known) == 1, (day, hours)
    assert ward_of(residence, date(2010, 1, 1)) == ["26737"]
    assert ward_of(residence, MOVED) == ["26743"]


@pytest.mark.parametrize("day", [BORN - timedelta(days=1), MOVED, MARRIED])
def test_a_change_outside_the_time_of_its_version_is_refused(residence, day):
    """Before it lies another version, behind it as well: the change would overlap them."""
    row = entered(residence)
    amend(row, valid_from=MOVED, ward="26743", now=TUESDAY)
    first = residence.as_known(on=BORN).get()

    with pytest.raises(OutsideValidity):
        amend(first, valid_from=day, ward="26734", now=TUESDAY)


@pytest.mark.parametrize("wrong", [{"case_code": ""}, {"valid_to": BORN}])
def test_no_row_without_a_case_or_without_a_day(residence, wrong):
    row = residence(
        **(
            {
                "entry_id": new_entry_id(),
                "valid_from": BORN,
                "recorded_at": MONDAY_9AM,
                "case_code": "H29.99-0",
                "ward": "26740",
            }
            | wrong
        )
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_an_entry_has_one_row_in_force_per_first_day(residence):
    row = entered(residence)
    twin = residence(
        entry_id=row.entry_id, valid_from=BORN, recorded_at=TUESDAY, case_code="x", ward="1"
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)
