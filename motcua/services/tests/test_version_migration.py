"""Running dossiers go to another version: tried first, by two persons, each once, and back."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import TaskKind, TaskState
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.actions.carrying_migrations import (
    carry_on,
    move_portion,
    undo_portion,
)
from motcua.contexts.dossiers.contracts.migrating import (
    Choice,
    LineState,
    MigrationMoved,
    MigrationRuns,
    MigrationState,
    NotAllowedToMigrate,
    NothingChosen,
    OwnMigration,
    PlaceUnknown,
    PlanMigration,
    VersionsDoNotFit,
    WhyNot,
)
from motcua.contexts.dossiers.tasks import go_on_migrating
from motcua.contexts.identity.testing import a_citizen_account, own_actor
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts.designing import Edit, EditKind
from motcua.contexts.procedures.testing import BIRTH, a_redesigned_version
from motcua.kernel.actors import Role
from motcua.kernel.models import LedgerLeaf
from motcua.kernel.testing import MONDAY_9AM, officer
from motcua.services.tests.journey import (
    BLURRED,
    a_birth,
    holder_of,
    on_desk,
    seen,
    step,
    straight_on,
    walk,
)

pytestmark = pytest.mark.usefixtures("small_city")
EDITOR = replace(officer(Role.CATALOGUE_EDITOR, name="Trương Gia Hân"), account_id=uuid4())
APPROVER = replace(officer(Role.CATALOGUE_APPROVER, name="Tạ Đức Duy"), account_id=uuid4())
LATER = MONDAY_9AM + timedelta(minutes=30)
HOURS = Edit(kind=EditKind.SET, path=("process", "step", "review"), values={"hours": 0.5})
NO_REVIEW = Edit(kind=EditKind.REMOVE, path=("process", "step", "review"))
STEPS = ("receive", "assign", "appraise", "review", "sign", "issue", "return")
PLACES = {"review": "appraise"}


@pytest.fixture
def tuyet(small_city):
    return own_actor(a_citizen_account(), now=MONDAY_9AM)


@pytest.fixture
def code(tuyet):
    return a_birth(tuyet)


def in_force():
    return procedures.open_version(BIRTH, MONDAY_9AM.date())


def planned(old, new, *, places=None, **choice):
    plan = PlanMigration(
        procedure_code=BIRTH,
        from_id=old.id,
        to_id=new.id,
        choice=Choice(**choice),
        places=places or {},
    )
    found = dossiers.plan_migration(plan, actor=EDITOR, now=LATER)
    carry_on(found.migration_id, now=LATER)
    return found.migration_id


def migrated(*edits, places=None, **choice):
    """To what these edits make of the version in force. Returns the id of the migration."""
    old = in_force()
    migration_id = planned(old, a_redesigned_version(BIRTH, *edits), places=places, **choice)
    dossiers.approve_migration(migration_id, actor=APPROVER, now=LATER)
    carry_on(migration_id, now=LATER)
    return migration_id


def lines(migration_id):
    return {one.code: one for one in dossiers.migration_lines(migration_id)}


def open_step(case):
    (task,) = (
        one
        for one in casework.tasks_of(case)
        if one.kind is TaskKind.STEP and one.state in {TaskState.OPEN, TaskState.WAITING}
    )
    return task


def dates_of(case):
    clock, days = casework.clock_of(case.code, as_of=LATER)
    return (case.due_at, case.due_original, case.receive_due_at, open_step(case).due_at, clock,
            days)  # fmt: skip


def test_the_dry_run_changes_nothing_and_says_what_would_become_of_each(tuyet, code):
    walk(code, now=MONDAY_9AM, until="review")
    other, before = a_birth(tuyet), (casework.case(code), on_desk(code, now=LATER))
    old = in_force()
    new = a_redesigned_version(BIRTH, NO_REVIEW)

    migration_id = planned(old, new)

    found = lines(migration_id)
    assert (found[code].state, found[code].why) == (LineState.REFUSED, WhyNot.NO_PLACE)
    assert (found[other].state, found[other].step_after) == (LineState.FITS, "receive")
    assert dossiers.migration(migration_id).state is MigrationState.CHECKED
    assert (casework.case(code), on_desk(code, now=LATER)) == before


def test_what_was_approved_goes_on_by_the_other_version_with_the_same_dates(code):
    walk(code, now=MONDAY_9AM, until="appraise")
    before, history = casework.case(code), casework.events_of(casework.case(code))
    dates, task = dates_of(before), open_step(before)

    migration_id = migrated(HOURS)

    after = casework.case(code)
    assert seen(code, now=LATER).version == in_force()
    assert after.process_id == in_force().process_id
    assert dates_of(after) == dates
    assert open_step(after) == task
    (*past, last) = casework.events_of(after)
    assert (tuple(past), last.kind, last.serial) == (history, "migrated", after.version)
    assert casework.deviating_codes([after.id]) == []
    assert lines(migration_id)[code].state is LineState.MOVED
    assert LedgerLeaf.objects.filter(action="dossiers.migrate", subject=code).count() == 1


def test_a_step_that_is_no_more_is_placed_by_hand_with_whoever_sits_there(code):
    walk(code, now=MONDAY_9AM, until="review")
    before = open_step(casework.case(code))

    migrated(NO_REVIEW, places=PLACES)

    task = open_step(casework.case(code))
    assert (task.id, task.step, task.role) == (before.id, "appraise", Role.CASE_OFFICER)
    assert task.due_at == before.due_at
    assert holder_of(code, now=LATER).has(Role.CASE_OFFICER)
    walk(code, now=LATER)
    assert on_desk(code, now=LATER).task is None


def test_the_tracker_tells_what_was_done_under_the_names_of_then_and_what_comes(tuyet, code):
    walk(code, now=MONDAY_9AM, until="sign")

    migrated(NO_REVIEW, places=PLACES)

    stages = dossiers.dossier(code, tuyet, now=LATER).stages
    assert [(one.key, one.state) for one in stages] == [
        ("receive", "done"), ("assign", "done"), ("appraise", "done"), ("review", "done"),
        ("sign", "now"), ("issue", "next"), ("return", "next"),
    ]  # fmt: skip
    assert [one.name for one in stages][3] == "Soát xét"
    assert all(one.at for one in stages[:4])


def test_a_moment_before_is_told_by_the_steps_of_then(code):
    walk(code, now=MONDAY_9AM, until="review")
    migrated(NO_REVIEW, places=PLACES)

    then = dossiers.as_it_stood(code, MONDAY_9AM, holder_of(code, now=LATER), now=LATER)

    assert then.step_name == "Soát xét"
    assert [stage.key for stage in then.dossier.stages] == list(STEPS)


def test_what_was_signed_or_decided_stays_as_it_is(tuyet, code):
    walk(code, now=MONDAY_9AM, until="issue")
    decided = a_birth(tuyet)
    walk(decided, now=MONDAY_9AM, until="return")
    before = [casework.case(one) for one in (code, decided)]

    migration_id = migrated(HOURS)

    found = lines(migration_id)
    assert found[code].why is WhyNot.SIGNED
    assert found[decided].why is WhyNot.DECIDED
    assert [casework.case(one) for one in (code, decided)] == before


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        (
            Edit(
                kind=EditKind.ADD,
                path=("form", "page", "#0", "question"),
                values={"key": "more", "label": "Thêm", "label_en": "More", "type": "text"},
            ),
            WhyNot.ANSWERS,
        ),
        (
            Edit(
                kind=EditKind.ADD,
                path=("component",),
                values={
                    "key": "them",
                    "name": "Giấy thêm",
                    "name_en": "One more paper",
                    "required": True,
                    "form": "COPY",
                },
            ),
            WhyNot.PAPERS,
        ),
        (
            Edit(kind=EditKind.SET, path=("duration", "#0"), values={"value": 3}),
            WhyNot.LIMIT,
        ),
    ],
)
def test_what_the_applicant_would_notice_keeps_the_dossier_where_it_is(code, edit, why):
    before = casework.case(code)

    migration_id = migrated(edit)

    assert lines(migration_id)[code].why is why
    assert casework.case(code) == before


def test_a_limit_that_was_promised_already_does_not_hinder_and_does_not_move(code):
    straight_on(code, now=MONDAY_9AM)
    dates = dates_of(casework.case(code))

    migration_id = migrated(Edit(kind=EditKind.SET, path=("duration", "#0"), values={"value": 3}))

    assert lines(migration_id)[code].state is LineState.MOVED
    assert dates_of(casework.case(code)) == dates


def test_a_dossier_that_waits_for_its_applicant_goes_on_waiting(tuyet, code):
    straight_on(code, now=MONDAY_9AM)
    walk(code, now=MONDAY_9AM, until="appraise")
    step(code, "supplement", now=MONDAY_9AM, items=(BLURRED,))
    before = casework.case(code)

    migrated(HOURS)

    after = casework.case(code)
    assert (after.phase, after.step) == (before.phase, before.step)
    assert open_step(after).state is TaskState.WAITING


def test_nobody_moves_dossiers_alone_or_without_the_post(code):
    old = in_force()
    migration_id = planned(old, a_redesigned_version(BIRTH, HOURS))
    own = replace(EDITOR, posts=APPROVER.posts)

    with pytest.raises(NotAllowedToMigrate):
        dossiers.approve_migration(migration_id, actor=EDITOR, now=LATER)
    with pytest.raises(OwnMigration):
        dossiers.approve_migration(migration_id, actor=own, now=LATER)

    assert dossiers.migration(migration_id).state is MigrationState.CHECKED


def test_what_makes_no_sense_is_refused_before_anything_is_tried(code):
    old = in_force()
    new = a_redesigned_version(BIRTH, HOURS)

    with pytest.raises(VersionsDoNotFit):
        planned(old, old)
    with pytest.raises(PlaceUnknown):
        planned(old, new, places={"review": "nowhere"})
    with pytest.raises(NothingChosen):
        planned(old, new, ward="26743")
    migration_id = planned(old, new)
    with pytest.raises(MigrationRuns):
        planned(old, new)

    dossiers.drop_migration(migration_id, actor=EDITOR, now=LATER)
    with pytest.raises(MigrationMoved):
        dossiers.approve_migration(migration_id, actor=APPROVER, now=LATER)


def test_a_killed_worker_goes_on_and_moves_nothing_twice(tuyet):
    codes = [a_birth(tuyet) for _ in range(4)]
    old = in_force()
    migration_id = planned(old, a_redesigned_version(BIRTH, HOURS))
    dossiers.approve_migration(migration_id, actor=APPROVER, now=LATER)

    move_portion(migration_id, limit=1, now=LATER)
    go_on_migrating(LATER)
    go_on_migrating(LATER)
    carry_on(migration_id, now=LATER)

    assert dossiers.migration(migration_id).state is MigrationState.DONE
    assert LedgerLeaf.objects.filter(action="dossiers.migrate", subject__in=codes).count() == 4
    assert {casework.case(one).version for one in codes} == {2}


def test_what_moved_between_the_dry_run_and_the_move_is_judged_anew(code):
    old = in_force()
    migration_id = planned(old, a_redesigned_version(BIRTH, NO_REVIEW))
    walk(code, now=MONDAY_9AM, until="review")
    dossiers.approve_migration(migration_id, actor=APPROVER, now=LATER)

    carry_on(migration_id, now=LATER)

    assert lines(migration_id)[code].state is LineState.KEPT
    assert seen(code, now=LATER).version == old


def test_it_is_taken_back_for_whoever_stands_still_and_not_for_who_went_on(tuyet, code):
    other = a_birth(tuyet)
    for one in (code, other):
        walk(one, now=MONDAY_9AM, until="review")
    old, before = in_force(), open_step(casework.case(code))
    dates = dates_of(casework.case(code))
    migration_id = migrated(NO_REVIEW, places=PLACES)
    straight_on(other, now=LATER)

    dossiers.undo_migration(migration_id, actor=APPROVER, now=LATER)
    undo_portion(migration_id, limit=1, now=LATER)
    carry_on(migration_id, now=LATER)

    found = lines(migration_id)
    assert (found[code].state, found[other].state) == (LineState.BACK, LineState.STAYED)
    assert open_step(casework.case(code)) == before
    assert dates_of(casework.case(code)) == dates
    assert seen(code, now=LATER).version == old
    assert casework.deviating_codes([casework.case(code).id, casework.case(other).id]) == []


@pytest.mark.parametrize("lost", ["assign", "appraise", "review"])
def test_whatever_is_placed_no_case_is_lost_no_task_without_a_person_no_date_moved(tuyet, lost):
    codes = {at: a_birth(tuyet) for at in STEPS}
    for at, one in codes.items():
        walk(one, now=MONDAY_9AM, until=at)
    before = {one: casework.case(one) for one in codes.values()}
    told = {one: casework.events_of(case) for one, case in before.items()}
    dates = {one: dates_of(case) for one, case in before.items()}
    goal = {"assign": "appraise", "appraise": "assign", "review": "sign"}[lost]

    migration_id = migrated(
        Edit(kind=EditKind.REMOVE, path=("process", "step", lost)), places={lost: goal}
    )

    found = lines(migration_id)
    assert found.keys() == before.keys()
    for one, case in before.items():
        after = casework.case(one)
        assert dates_of(after) == dates[one]
        assert casework.events_of(after)[: case.version] == told[one]
        assert (after.status, after.phase) == (case.status, case.phase)
        assert holder_of(one, now=LATER)
        if found[one].state is not LineState.MOVED:
            assert after == case
    assert casework.deviating_codes([case.id for case in before.values()]) == []
