"""Publishing: immutable versions, closed periods, pinned content."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from motcua.contexts.procedures import public
from motcua.contexts.procedures.actions.drafting import draft, edit
from motcua.contexts.procedures.actions.publishing import publish_draft, publish_version, withdraw
from motcua.contexts.procedures.contracts import (
    LintFailed,
    NotAllowedToEdit,
    NotAllowedToPublish,
    ProcedureNotFound,
    ProcedureNotOpen,
    VersionNotDraft,
    VersionNotFound,
    VersionState,
)
from motcua.contexts.procedures.models import ProcedureVersion
from motcua.contexts.procedures.queries import snapshot
from motcua.contexts.procedures.testing import BIRTH, a_definition, a_published_version
from motcua.kernel.actors import SYSTEM, Role
from motcua.kernel.testing import MONDAY_9AM, officer, stable_id

TODAY = MONDAY_9AM.date()
pytestmark = pytest.mark.django_db
APPROVER = officer(Role.CATALOGUE_APPROVER)
EDITOR = officer(Role.CATALOGUE_EDITOR)


def test_what_was_published_is_open_and_complete():
    a_published_version()

    version = public.open_version(BIRTH, TODAY)

    assert (version.number, version.name, version.is_runnable) == (1, "Đăng ký khai sinh", True)
    assert version.process_id is not None
    assert version.process_key == "short"
    assert version.form.question("copies") is not None
    assert version.duration_for("ONLINE", "", TODAY).unit == "SAME_DAY_15H"


def test_an_unknown_code_and_a_closed_one_differ():
    a_published_version(valid_from=date(2026, 7, 1))

    with pytest.raises(ProcedureNotFound):
        public.open_version("1.000000", TODAY)
    with pytest.raises(ProcedureNotOpen):
        public.open_version(BIRTH, date(2026, 6, 30))


def test_the_same_content_again_changes_nothing():
    first = public.publish_version(a_definition(), by=SYSTEM, now=MONDAY_9AM)

    again = public.publish_version(a_definition(), by=SYSTEM, now=MONDAY_9AM)

    in_action = publish_version(a_definition(), by=SYSTEM, now=MONDAY_9AM)

    assert (again.changed, again.version_id) == (False, first.version_id)
    assert in_action == again
    assert ProcedureVersion.objects.count() == 1


def test_a_new_version_closes_the_period_before_and_leaves_pins_alone():
    old = a_published_version()

    new = a_published_version(name="Đăng ký khai sinh mới")

    assert new.number == 2
    assert public.open_version(BIRTH, TODAY).id == new.id
    assert public.open_version(BIRTH, TODAY - timedelta(days=1)).id == old.id
    assert public.version(old.id).name == "Đăng ký khai sinh"
    states = [s.state for s in public.history(BIRTH, TODAY)]
    assert states == [VersionState.PUBLISHED, VersionState.AMENDED]


def test_a_future_version_waits_for_its_day():
    a_published_version()

    a_published_version(name="Mới", valid_from=date(2027, 1, 1))

    assert public.open_version(BIRTH, TODAY).number == 1
    assert public.open_version(BIRTH, date(2027, 1, 1)).number == 2
    assert public.history(BIRTH, TODAY)[0].state is VersionState.FUTURE_EFFECTIVE


def test_two_versions_on_one_day_leave_the_last():
    for name in ("A", "B", "C"):
        a_published_version(name=name)

    assert public.open_version(BIRTH, TODAY).name == "C"


def test_lint_errors_block():
    with pytest.raises(LintFailed) as refusal:
        a_published_version(fee=[])

    assert "Chưa nói về phí" in str(refusal.value)
    assert ProcedureVersion.objects.count() == 0


def test_only_approvers_publish_and_only_editors_draft():
    with pytest.raises(NotAllowedToPublish):
        public.publish_version(a_definition(), by=EDITOR, now=MONDAY_9AM)
    with pytest.raises(NotAllowedToEdit):
        draft(a_definition(), by=officer(Role.RECEIVER), now=MONDAY_9AM)


def test_a_draft_is_changed_until_it_is_published():
    made = draft(a_definition(fee=[]), by=EDITOR, now=MONDAY_9AM)
    assert any("Chưa nói về phí" in finding for finding in made.findings)
    with pytest.raises(ProcedureNotFound):
        public.open_version(BIRTH, TODAY)

    edit(made.version_id, a_definition(), by=EDITOR, now=MONDAY_9AM)
    published = publish_draft(made.version_id, by=APPROVER, now=MONDAY_9AM)

    assert public.open_version(BIRTH, TODAY).id == published.version_id
    with pytest.raises(VersionNotDraft):
        edit(made.version_id, a_definition(), by=EDITOR, now=MONDAY_9AM)


def test_a_second_draft_writes_over_the_first():
    first = draft(a_definition(name="A"), by=EDITOR, now=MONDAY_9AM)

    second = draft(a_definition(name="B"), by=EDITOR, now=MONDAY_9AM)

    assert first.version_id == second.version_id


def test_withdrawn_is_not_open_but_still_readable():
    version = a_published_version()

    withdraw(BIRTH, on=TODAY, by=APPROVER, now=MONDAY_9AM)

    with pytest.raises(ProcedureNotOpen):
        public.open_version(BIRTH, TODAY)
    assert public.version(version.id).number == 1
    assert public.history(BIRTH, TODAY)[0].state is VersionState.REPEALED
    with pytest.raises(ProcedureNotOpen):
        withdraw(BIRTH, on=TODAY, by=APPROVER, now=MONDAY_9AM)
    with pytest.raises(ProcedureNotFound):
        withdraw("1.000000", on=TODAY, by=APPROVER, now=MONDAY_9AM)


def test_a_withdrawn_procedure_can_come_back():
    a_published_version()
    withdraw(BIRTH, on=TODAY, by=APPROVER, now=MONDAY_9AM)

    a_published_version(name="Trở lại")

    assert public.open_version(BIRTH, TODAY).name == "Trở lại"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE procedures_procedureversion SET name = 'x'",
        "UPDATE procedures_procedureversion SET content = '{}'",
        "UPDATE procedures_procedureversion SET state = 'DRAFT'",
        "UPDATE procedures_procedureversion SET process_id = NULL",
        "DELETE FROM procedures_procedureversion",
    ],
)
def test_the_database_itself_refuses_to_change_what_was_published(change):
    a_published_version()

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_the_database_refuses_two_versions_on_one_day():
    version = a_published_version()
    twin = ProcedureVersion.objects.get(id=version.id)
    twin.pk, twin.number = stable_id("twin"), 2
    twin._state.adding = True

    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_no_version_by_a_made_up_id():
    with pytest.raises(VersionNotFound):
        public.version(stable_id("nobody"))


def test_open_version_costs_no_query_once_known(django_assert_num_queries):
    a_published_version()
    public.open_version(BIRTH, TODAY)

    with django_assert_num_queries(0):
        public.open_version(BIRTH, TODAY)


def test_another_process_notices_within_seconds(monkeypatch):
    a_published_version()
    public.open_version(BIRTH, TODAY)
    stale = snapshot.snapshot()
    a_published_version(name="Mới")
    monkeypatch.setattr(snapshot, "_snapshot", stale)
    monkeypatch.setattr(snapshot, "_checked_at", 0.0)

    assert public.open_version(BIRTH, TODAY).name == "Mới"
