"""Lấy ý kiến: which units an officer may ask, and which the process has ticked already."""

from datetime import timedelta

import pytest

from motcua.contexts.casework.contracts import ActionKind
from motcua.contexts.identity.testing import a_person
from motcua.kernel.actors import Actor
from motcua.kernel.testing import MONDAY_9AM, citizen
from motcua.services.tests.journey import a_birth, holder_of, on_desk, walk

pytestmark = pytest.mark.django_db
NOW = MONDAY_9AM + timedelta(minutes=30)


@pytest.fixture
def tuyet(small_city: None) -> Actor:
    return citizen(person=a_person().id)


def test_units_that_the_process_names_are_ticked_also_outside_the_committee(tuyet):
    code = a_birth(tuyet)
    walk(code, now=NOW, until="appraise")

    view = on_desk(code, now=NOW, by=holder_of(code, now=NOW))

    [consult] = [action for action in view.actions if action.kind is ActionKind.CONSULT]
    ticked = {name for _, name, named in consult.units if named}
    assert ticked == {"Công an phường Sài Gòn", "Phòng Văn hóa - Xã hội phường Sài Gòn"}
    assert len({unit_id for unit_id, _, _ in consult.units}) == len(consult.units)
