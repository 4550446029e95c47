"""A draft is changed edit by edit, undone, approved by somebody else, tried in some communes."""

from datetime import timedelta

import pytest

from motcua.contexts.casework import public as casework
from motcua.contexts.procedures import public
from motcua.contexts.procedures.actions.drafting import draft
from motcua.contexts.procedures.contracts import (
    LintFailed,
    NotAllowedToEdit,
    NotAllowedToPublish,
    Source,
    VersionNotDraft,
    VersionState,
)
from motcua.contexts.procedures.contracts.designing import (
    DraftMoved,
    Edit,
    EditKind,
    EditRefused,
    NoEarlierVersion,
    NothingToUndo,
    OwnDraft,
    TrialNotFound,
    TrialRuns,
    TrialWardsMissing,
)
from motcua.contexts.procedures.testing import BIRTH, a_definition, a_published_version
from motcua.kernel.actors import SYSTEM, Role
from motcua.kernel.testing import MONDAY_9AM, officer

TODAY = MONDAY_9AM.date()
NEXT_MONTH = TODAY + timedelta(days=30)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_catalogue")]
EDITOR = officer(Role.CATALOGUE_EDITOR, name="Trương Gia Hân")
OTHER = officer(Role.CATALOGUE_EDITOR, name="Đinh Thu Uyên")
APPROVER = officer(Role.CATALOGUE_APPROVER, name="Tạ Đức Duy")
RECEIVE = ("process", "step", "receive")
SAI_GON, BEN_THANH = "26740", "26743"


def hours(number: float, step: str = "receive") -> Edit:
    return Edit(kind=EditKind.SET, path=("process", "step", step), values={"hours": number})


def begun():
    a_published_version()
    return public.begin_design(BIRTH, by=EDITOR, now=MONDAY_9AM)


def save(saved, edit, *, by=EDITOR, seen=None):
    revision = saved.revision if seen is None else seen
    return public.save_design(saved.version_id, edit, seen=revision, by=by, now=MONDAY_9AM)


def publish(saved, *, by=APPROVER):
    return public.publish_design(
        saved.version_id, seen=saved.revision, valid_from=None, by=by, now=MONDAY_9AM
    )


def hours_of(version) -> float:
    return casework.process_table(version.process_id).first.hours


def test_a_new_dossier_gets_what_was_designed_and_a_pinned_one_keeps_what_it_had():
    saved = begun()
    old = public.open_version(BIRTH, TODAY)

    publish(save(saved, hours(3)))

    new = public.open_version(BIRTH, TODAY)
    assert (new.number, new.source, hours_of(new)) == (2, Source.EDITOR, 3)
    assert hours_of(public.version(old.id)) == 2
    assert [c.sentence for c in public.compared(old.id, new.id)][:1] != []


def test_whoever_wrote_any_of_it_does_not_approve_it():
    saved = save(begun(), hours(3), by=APPROVER)

    with pytest.raises(OwnDraft):
        publish(saved)
    with pytest.raises(OwnDraft):
        publish(save(saved, hours(4)))  # another one mended it last
    with pytest.raises(NotAllowedToPublish):
        publish(saved, by=EDITOR)
    with pytest.raises(NotAllowedToEdit):
        save(saved, hours(4), by=officer(Role.RECEIVER))


def test_only_what_the_approver_saw_is_published():
    saved = begun()
    save(saved, hours(3))

    with pytest.raises(DraftMoved):
        publish(saved)


def test_two_designers_of_one_step_collide_and_of_two_steps_do_not():
    saved = begun()
    save(saved, hours(3))

    with pytest.raises(DraftMoved):
        save(saved, hours(5), by=OTHER)
    both = save(saved, hours(5, "return"), by=OTHER)

    steps = public.design(both.version_id).table["process"]["step"]
    assert [step["hours"] for step in steps] == [3, 5]


def test_undoing_goes_back_step_by_step_to_the_beginning():
    saved = begun()
    first = save(saved, hours(3))
    second = save(first, hours(4))

    once = public.undo_design(saved.version_id, seen=second.revision, by=OTHER, now=MONDAY_9AM)
    assert public.design(saved.version_id).table["process"]["step"][0]["hours"] == 3
    twice = public.undo_design(saved.version_id, seen=once.revision, by=OTHER, now=MONDAY_9AM)
    assert public.design(saved.version_id).table["process"]["step"][0]["hours"] == 2

    with pytest.raises(NothingToUndo):
        public.undo_design(saved.version_id, seen=twice.revision, by=OTHER, now=MONDAY_9AM)


def test_what_cannot_be_read_is_refused_and_nothing_is_lost():
    saved = begun()
    nameless = Edit(kind=EditKind.SET, path=(), values={"name": ""})

    with pytest.raises(EditRefused, match="name"):
        save(saved, nameless)

    assert public.design(saved.version_id).revision == saved.revision


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"citizen_name_en": ""}, "tên người dân thấy, tiếng anh"),
        ({"message": ""}, "tin nhắn khi tới bước"),
        ({"clock": ""}, "quy tắc đồng hồ"),
        ({"clock": "ENDED"}, "ghi đồng hồ đã dừng"),
        ({"hours": 0}, "0 giờ làm việc"),
        ({"citizen_text": "Vui lòng chờ!"}, "vui lòng"),
    ],
)
def test_a_step_that_leaves_something_unsaid_is_not_published(values, said):
    saved = save(begun(), Edit(kind=EditKind.SET, path=RECEIVE, values=values))

    with pytest.raises(LintFailed):
        publish(saved)

    findings = public.design(saved.version_id).findings
    assert any(said in finding.sentence.lower() for finding in findings)


def test_the_file_of_the_repository_does_not_take_back_what_was_designed():
    publish(save(begun(), hours(3)))

    again = public.publish_version(a_definition(), by=SYSTEM, now=MONDAY_9AM)

    assert not again.changed
    assert hours_of(public.open_version(BIRTH, TODAY)) == 3


def test_a_draft_is_thrown_away_and_begun_anew():
    saved = save(begun(), hours(3))

    public.discard_design(saved.version_id, by=EDITOR, now=MONDAY_9AM)
    again = public.begin_design(BIRTH, by=EDITOR, now=MONDAY_9AM)

    assert public.design(again.version_id).table["process"]["step"][0]["hours"] == 2
    with pytest.raises(VersionNotDraft):
        published = public.open_version(BIRTH, TODAY)
        public.discard_design(published.id, by=EDITOR, now=MONDAY_9AM)


def test_a_draft_that_was_overtaken_is_published_as_the_newest():
    saved = save(begun(), hours(3))
    a_published_version(name="Đăng ký khai sinh sửa gấp")

    published = publish(saved)

    assert published.number == 4
    assert public.open_version(BIRTH, TODAY).id == published.version_id


# ── trials ───────────────────────────────────────────────────────────────────────────────────────


def on_trial(*wards: str):
    saved = save(begun(), hours(3))
    return public.start_trial(
        saved.version_id,
        wards=wards or (SAI_GON,),
        ends_on=NEXT_MONTH,
        seen=saved.revision,
        by=APPROVER,
        now=MONDAY_9AM,
    )


def test_a_trial_is_for_its_communes_and_its_days_only():
    on_trial()

    assert hours_of(public.open_version(BIRTH, TODAY, SAI_GON)) == 3
    assert hours_of(public.open_version(BIRTH, TODAY, BEN_THANH)) == 2
    assert hours_of(public.open_version(BIRTH, TODAY)) == 2
    assert hours_of(public.open_version(BIRTH, NEXT_MONTH, SAI_GON)) == 2
    assert public.history(BIRTH, TODAY)[0].state is VersionState.TRIAL


def test_a_trial_is_widened_and_then_becomes_the_version_of_the_city():
    tried = on_trial()

    public.widen_trial(BIRTH, wards=(BEN_THANH,), by=APPROVER, now=MONDAY_9AM)
    assert hours_of(public.open_version(BIRTH, TODAY, BEN_THANH)) == 3
    adopted = public.adopt_trial(BIRTH, by=APPROVER, now=MONDAY_9AM)

    assert public.open_version(BIRTH, TODAY).id == adopted.version_id
    assert adopted.version_id != tried.version_id
    assert (
        public.version(tried.version_id).process_id == public.open_version(BIRTH, TODAY).process_id
    )
    assert public.trials_of(BIRTH)[0].outcome == "WIDENED"


def test_a_stopped_trial_leaves_its_dossiers_alone_and_everybody_else_as_before():
    tried = on_trial()

    public.stop_trial(BIRTH, by=APPROVER, now=MONDAY_9AM)

    assert hours_of(public.open_version(BIRTH, TODAY, SAI_GON)) == 2
    assert hours_of(public.version(tried.version_id)) == 3
    with pytest.raises(TrialNotFound):
        public.stop_trial(BIRTH, by=APPROVER, now=MONDAY_9AM)


def test_one_trial_at_a_time_and_never_without_communes():
    saved = save(begun(), hours(3))
    with pytest.raises(TrialWardsMissing):
        public.start_trial(
            saved.version_id,
            wards=(),
            ends_on=NEXT_MONTH,
            seen=saved.revision,
            by=APPROVER,
            now=MONDAY_9AM,
        )
    public.start_trial(
        saved.version_id,
        wards=(SAI_GON,),
        ends_on=NEXT_MONTH,
        seen=saved.revision,
        by=APPROVER,
        now=MONDAY_9AM,
    )
    again = public.begin_design(BIRTH, by=EDITOR, now=MONDAY_9AM)
    more = save(again, hours(4))

    with pytest.raises(TrialRuns):
        public.start_trial(
            more.version_id,
            wards=(BEN_THANH,),
            ends_on=NEXT_MONTH,
            seen=more.revision,
            by=APPROVER,
            now=MONDAY_9AM,
        )
    with pytest.raises(TrialRuns):
        public.roll_back(BIRTH, by=APPROVER, now=MONDAY_9AM)


def test_going_back_puts_what_was_before_in_force_as_the_next_version():
    with_three = publish(save(begun(), hours(3)))

    back = public.roll_back(BIRTH, by=APPROVER, now=MONDAY_9AM)

    assert back.number == 3
    assert hours_of(public.open_version(BIRTH, TODAY)) == 2
    assert hours_of(public.version(with_three.version_id)) == 3


def test_there_is_no_way_back_from_a_first_version():
    a_published_version()

    with pytest.raises(NoEarlierVersion):
        public.roll_back(BIRTH, by=APPROVER, now=MONDAY_9AM)


def test_a_draft_written_by_a_program_can_be_undone_too():
    saved = begun()
    draft(
        a_definition(process=public.design(saved.version_id).table["process"], name="Tên khác"),
        by=EDITOR,
        now=MONDAY_9AM,
    )

    again = public.begin_design(BIRTH, by=EDITOR, now=MONDAY_9AM)

    assert again.revision == saved.revision + 1
    public.undo_design(again.version_id, seen=again.revision, by=EDITOR, now=MONDAY_9AM)
    assert public.design(again.version_id).definition.name == "Đăng ký khai sinh"
