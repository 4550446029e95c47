"""Places that lack a person: their tasks rise, a head gives them in one click, nobody is lost."""

import json
import re

import pytest

from motcua.contexts.casework import public as casework
from motcua.contexts.dossiers.tasks import check_places
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel import clock
from motcua.kernel.actors import Role
from motcua.kernel.models import LedgerLeaf
from motcua.portals.desk.tests.test_absence import arranged
from motcua.portals.desk.tests.test_desk import assigned, post, text_of

PAGE = "/ban/vi-tri-thieu"


@pytest.fixture
def alone(at_desk, submitted) -> str:
    """A dossier whose step waits where every holder is away and nobody was named."""
    code = submitted()
    assigned(at_desk, code)
    task = open_task(code)
    for officer in organisations.holders_of(task.unit_id, task.role, clock.now().date()):
        arranged(at_desk("quynh"), officer.staff_no, "")
    return code


def open_task(code: str):
    tasks = casework.tasks_of(casework.case(code))
    return next(task for task in tasks if task.closed_at is None)


def test_the_head_sees_the_place_and_who_acts_meanwhile(at_desk, alone):
    page = text_of(at_desk("van").get(PAGE))

    assert "chuyên viên thụ lý" in page
    assert "Người giữ đang vắng, chưa có ai làm thay" in page
    assert "1 việc đang mở" in page
    assert "Đã chuyển lên cấp trên" in page


def test_one_click_gives_the_place_and_a_second_changes_nothing(at_desk, alone):
    van, task = at_desk("van"), open_task(alone)
    found = re.search(r'name="officer" value="([0-9a-f-]+)"', text_of(van.get(PAGE)))
    said = {"unit": str(task.unit_id), "role": task.role.value, "officer": found[1]}

    first, second = post(van, f"{PAGE}/giao", **said), post(van, f"{PAGE}/giao", **said)

    assert (first.status_code, second.status_code) == (303, 303)
    assert "Việc nào cũng có người của vị trí làm" in text_of(van.get(PAGE))
    today = clock.now().date()
    able = organisations.holders_of(task.unit_id, task.role, today)
    assert found[1] in {str(one.id) for one in able}


def test_a_head_of_another_agency_neither_sees_nor_gives_it(at_desk, alone):
    task = open_task(alone)
    said = {
        "unit": str(task.unit_id), "role": task.role.value, "officer": str(the_officer("ha").id)
    }  # fmt: skip

    assert "chuyên viên" not in text_of(at_desk("ha").get(PAGE))
    assert post(at_desk("ha"), f"{PAGE}/giao", **said).status_code == 403
    assert at_desk("bao").get(PAGE).status_code == 403


@pytest.mark.parametrize("said", [{}, {"unit": "x", "role": "y", "officer": "z"}])
def test_a_broken_form_is_refused(at_desk, said):
    assert post(at_desk("van"), f"{PAGE}/giao", **said).status_code == 422


def test_each_night_it_is_counted_and_whoever_acts_is_told(at_desk, alone):
    check_places(clock.now())

    body = LedgerLeaf.objects.get(action="casework.check_holders").body
    assert json.loads(body)["facts"] == {"places": 1, "tasks": 1, "uncovered": 0}
    acting = casework.lacking_places(clock.now().date())[0].place.acting
    assert "Có vị trí thiếu người" in text_of(at_desk(acting[0].staff_no).get("/thong-bao"))


def test_an_absence_that_leaves_nobody_names_the_tasks_and_what_to_do(at_desk, alone):
    quynh, task = at_desk("quynh"), open_task(alone)
    units = (task.unit_id, *(unit.id for unit in organisations.units_above(task.unit_id)))
    roles = (Role.DIVISION_HEAD, Role.SIGNER, Role.LEADER)
    answer = None
    for unit_id in units:
        for role in roles:
            for head in organisations.holders_of(unit_id, role, clock.now().date()):
                answer = arranged(quynh, head.staff_no, "")

    assert answer.status_code == 409
    page = text_of(answer)
    assert "không còn ai có mặt" in page
    assert "Bạn chọn người làm thay" in page
