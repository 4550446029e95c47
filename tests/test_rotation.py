"""A rotation of master keys: everything under the new key, nothing unreadable meanwhile."""

import pytest

from motcua.contexts.casework.models import CaseEvent
from motcua.contexts.identity import public as identity
from motcua.contexts.identity.models import Person
from motcua.contexts.identity.testing import a_person
from motcua.kernel import crypto, rotation
from motcua.kernel.clock import now
from motcua.kernel.db import uuid7

FIRST, SECOND = (1, b"1" * 32), (2, b"2" * 32)
NUMBER = "079190999001"

pytestmark = pytest.mark.django_db


@pytest.fixture
def rotate(settings):
    def use(*ring):
        settings.SEALING_KEYS = lambda: ring
        crypto.look_again_at_keys()

    use(FIRST)
    yield use
    crypto.look_again_at_keys()


def an_event(note):
    event = CaseEvent(
        id=uuid7(), at=now(), happened_at=now(), case_id=uuid7(), serial=1, kind="MOVED",
        action="x", step="y", status=2, note=note,
    )  # fmt: skip
    event.save(force_insert=True)
    return event


def test_every_value_gets_the_new_key_also_in_tables_that_only_grow(rotate):
    person, event = a_person("Lê Minh Khoa", personal_number=NUMBER).id, an_event("ghi chú")
    rotate(SECOND, FIRST)

    changed = rotation.rewrap(lambda n: None)

    assert changed and set(rotation.uses()) == {2}
    rotate(SECOND)
    assert Person.objects.get(id=person).full_name == "Lê Minh Khoa"
    assert CaseEvent.objects.get(id=event.id).note == "ghi chú"


def test_a_number_is_found_before_during_and_after(rotate):
    person = a_person("Lê Minh Khoa", personal_number=NUMBER).id
    assert identity.people_with_number(NUMBER) == (person,)

    rotate(SECOND, FIRST)
    assert identity.people_with_number(NUMBER) == (person,)

    rotation.rewrap(lambda n: None)
    rotate(SECOND)
    assert identity.people_with_number(NUMBER) == (person,)


def test_a_second_run_finds_nothing_to_do(rotate):
    a_person("Lê Minh Khoa", personal_number=NUMBER)
    rotate(SECOND, FIRST)
    rotation.rewrap(lambda n: None)

    assert rotation.rewrap(lambda n: None) == 0
