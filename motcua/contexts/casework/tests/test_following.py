"""Open work after an act of reorganisation: nobody forgets it, no date moves, what ended stays."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from motcua.contexts.casework import public
from motcua.contexts.casework.contracts import TaskState
from motcua.contexts.casework.tasks import follow_acts
from motcua.contexts.casework.testing import CODE, a_case, done, the_division
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.testing import ActKind, Passing, Reorganise, a_unit_for
from motcua.kernel.actors import SYSTEM
from motcua.kernel.testing import MONDAY_9AM

pytestmark = pytest.mark.usefixtures("small_city")
DAY = MONDAY_9AM.date() + timedelta(days=1)
MORNING = MONDAY_9AM + timedelta(days=1)


def the_division_is_renamed(on: date = DAY) -> UUID:
    """Returns the new unit; people and competence go along."""
    old = the_division()
    opens, new_id = a_unit_for(old, name="Phòng Hộ tịch và Chứng thực", on=on)
    act = Reorganise(
        kind=ActKind.RENAME, title="Đổi tên phòng", document="", effective_on=on,
        passings=(Passing(old.id, new_id),), opens=opens,
    )  # fmt: skip
    organisations.reorganise(act, actor=SYSTEM, now=MONDAY_9AM)
    return new_id


def all_moved() -> int:
    cases, part = 0, public.follow_acts(limit=1, now=MORNING)
    while part.last:
        cases, part = cases + part.cases, public.follow_acts(after=part.last, limit=1, now=MORNING)
    return cases


def test_an_open_task_goes_to_the_heir_with_the_same_dates():
    a_case()
    done(CODE, "khue", "receive", hours=0.5)
    before, [*_past, task] = public.case(CODE), public.tasks_of(public.case(CODE))
    new = the_division_is_renamed()

    assert all_moved() == 1

    after = public.case(CODE)
    assert after.handling_unit_id == new
    assert (after.due_at, after.due_original) == (before.due_at, before.due_original)
    moved = public.tasks_of(after)[-1]
    assert (moved.unit_id, moved.due_at, moved.assignee_id) == (new, task.due_at, task.assignee_id)
    event = public.events_of(after)[-1]
    assert (event.kind, event.serial) == ("reorganised", after.version)
    assert event.facts == {"handling": [str(before.handling_unit_id), str(new)]}
    assert public.deviating_codes([after.id]) == []


def test_the_same_people_go_on_with_it():
    a_case()
    done(CODE, "khue", "receive", hours=0.5)
    the_division_is_renamed()
    all_moved()

    done(CODE, "bao", "propose", hours=25)

    assert public.case(CODE).step == "sign"


def test_before_the_day_nothing_moves_and_afterwards_nothing_twice():
    a_case()
    done(CODE, "khue", "receive", hours=0.5)
    the_division_is_renamed()

    assert public.follow_acts(now=MONDAY_9AM).cases == 0

    assert all_moved() == 1
    version = public.case(CODE).version
    assert all_moved() == 0
    assert public.case(CODE).version == version


def test_what_has_ended_stays_with_the_unit_that_did_it():
    a_case()
    done(CODE, "khue", "decline", reason="Không thuộc thẩm quyền")
    before = public.case(CODE)
    the_division_is_renamed()

    assert all_moved() == 0

    assert public.case(CODE) == before
    assert {task.state for task in public.tasks_of(before)} == {TaskState.DONE}


def test_the_worker_looks_until_a_whole_round_finds_nothing():
    a_case()
    done(CODE, "khue", "receive", hours=0.5)
    new = the_division_is_renamed()
    assert len(organisations.acts_with_work_to_pass(DAY)) == 2  # July 2025 was never looked for

    follow_acts(MORNING)
    assert organisations.acts_with_work_to_pass(DAY) != ()
    follow_acts(MORNING)

    assert organisations.acts_with_work_to_pass(DAY) == ()
    assert public.case(CODE).handling_unit_id == new


def test_a_case_keeps_the_calendar_of_whoever_promised():
    a_case()
    done(CODE, "khue", "receive", hours=0.5)
    case = public.case(CODE)
    explained = public.clock_of(CODE, as_of=MORNING)
    opens, new_id = a_unit_for(organisations.unit_by_id(case.competent_unit_id), name="UBND mới",
                               on=DAY, closed_on_fridays=True)  # fmt: skip
    act = Reorganise(
        kind=ActKind.MERGER, title="Nhập phường", document="", effective_on=DAY,
        passings=(Passing(case.competent_unit_id, new_id),), opens=opens,
    )  # fmt: skip
    organisations.reorganise(act, actor=SYSTEM, now=MONDAY_9AM)

    all_moved()

    assert public.case(CODE).competent_unit_id == new_id
    assert public.clock_of(CODE, as_of=MORNING) == explained
    assert public.deviating_codes([case.id]) == []
    assert replace(public.case(CODE), version=0).due_at == case.due_at
