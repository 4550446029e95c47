"""Competence alone moves: open dossiers stay or go over as the act says, and no date moves."""

from datetime import timedelta

import pytest

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import TaskKind, TaskState
from motcua.contexts.casework.tasks import follow_acts
from motcua.contexts.identity.testing import a_citizen_account, own_actor
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import ActKind, ActMalformed, ActText, OpenWork
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.testing import BIRTH
from motcua.kernel.actors import Role
from motcua.kernel.testing import MONDAY_9AM, officer
from motcua.services.tests.journey import a_birth, holder_of, walk

pytestmark = pytest.mark.usefixtures("small_city")
DAY = MONDAY_9AM.date() + timedelta(days=1)
MORNING = MONDAY_9AM + timedelta(days=1)
NEW, NEW_DIVISION = "H29.99.26743", "H29.99.26743.2"
WRITER = officer(Role.ADMINISTRATOR, name="Lâm Như Quỳnh")
SECOND = officer(Role.ADMINISTRATOR, name="Phan Thanh Tùng")


@pytest.fixture
def tuyet(small_city):
    return own_actor(a_citizen_account(), now=MONDAY_9AM)


@pytest.fixture
def code(tuyet):
    """At the officer's of Sài Gòn, who decide births there."""
    found = a_birth(tuyet)
    walk(found, now=MONDAY_9AM, until="appraise")
    return found


def text(open_work=OpenWork.MOVE, *, procedure=BIRTH):
    key = procedures.open_version(BIRTH, MONDAY_9AM.date()).agency_key
    return ActText(
        kind=ActKind.TRANSFER,
        title="Chuyển đăng ký khai sinh",
        document="",
        effective_on=DAY,
        rulings=(f"{key} | COMMUNE | 26740 | {NEW} | {NEW_DIVISION} | {procedure}",),
        open_work=open_work,
    )


def foreseen(written):
    return organisations.foresee(written, now=MONDAY_9AM)


def carried_out(written):
    made = organisations.propose_act(written, actor=WRITER, now=MONDAY_9AM)
    organisations.carry_out_proposal(made.proposal_id, actor=SECOND, now=MONDAY_9AM)
    for _round in range(2):
        follow_acts(MORNING)


def open_step(case):
    tasks = casework.tasks_of(case)
    return next(t for t in tasks if t.kind is TaskKind.STEP and t.state is TaskState.OPEN)


def test_the_dry_run_tells_the_open_dossiers_and_changes_nothing(tuyet, code):
    other, before = a_birth(tuyet), casework.case(code)

    found = foreseen(text())

    (one,) = found.shifts
    assert (one.cases, one.codes) == (2, tuple(sorted((code, other))))
    assert found.named(one.shift.new_authority)[0] == NEW
    assert found.ended == ()
    assert foreseen(text()) == found
    assert casework.case(code) == before


def test_what_goes_over_goes_with_its_task_and_without_a_date_moved(code):
    before, task = casework.case(code), open_step(casework.case(code))
    clock = casework.clock_of(code, as_of=MORNING)

    carried_out(text())

    after, new = casework.case(code), organisations.unit(NEW)
    moved = open_step(after)
    assert (after.competent_unit_id, after.receiving_unit_id) == (new.id, before.receiving_unit_id)
    assert organisations.unit_by_id(after.handling_unit_id).code == NEW_DIVISION
    assert (moved.id, moved.due_at) == (task.id, task.due_at)
    assert moved.unit_id == after.handling_unit_id
    assert (after.due_at, after.due_original) == (before.due_at, before.due_original)
    assert casework.clock_of(code, as_of=MORNING) == clock
    assert casework.events_of(after)[-1].kind == "reorganised"
    assert casework.deviating_codes([after.id]) == []
    assert holder_of(code, now=MORNING).has(Role.CASE_OFFICER)
    assert organisations.acts_with_work_to_pass(DAY) == ()


def test_what_stays_is_finished_by_who_began_it_and_only_new_ones_go_elsewhere(tuyet, code):
    before = casework.case(code)

    carried_out(text(OpenWork.STAY))

    assert casework.case(code) == before
    walk(code, now=MORNING)
    fresh = a_birth(tuyet, now=MORNING)
    assert casework.case(fresh).competent_unit_id == organisations.unit(NEW).id


def test_what_was_signed_is_finished_where_it_was_signed(code):
    walk(code, now=MONDAY_9AM, until="issue")
    before = casework.case(code)

    (one,) = foreseen(text()).shifts
    carried_out(text())

    assert one.cases == 0
    assert casework.case(code) == before


def test_dossiers_of_another_procedure_stay(code):
    before = casework.case(code)

    carried_out(text(procedure="1.000656"))

    assert casework.case(code) == before


def test_a_line_about_no_procedure_or_about_one_place_twice_is_named():
    written = text(procedure="khai sinh")
    twice = text()

    with pytest.raises(ActMalformed) as wrong:
        organisations.foresee(written, now=MONDAY_9AM)
    with pytest.raises(ActMalformed) as again:
        organisations.foresee(
            ActText(
                kind=twice.kind, title="x", document="", effective_on=DAY,
                rulings=twice.rulings * 2,
            ),
            now=MONDAY_9AM,
        )  # fmt: skip

    assert wrong.value.mistakes == (("rulings", "Dòng 1: «khai sinh» không phải mã thủ tục."),)
    assert again.value.mistakes == (("rulings", "Dòng 2: trùng nơi với một dòng trên."),)
