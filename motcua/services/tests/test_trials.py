"""A version on trial: dossiers of its communes use it, all others what is in force."""

from datetime import timedelta

import pytest

from motcua.contexts.casework import public as casework
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.identity.testing import a_person
from motcua.contexts.notifications import public as notifications
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts.designing import Edit, EditKind
from motcua.contexts.procedures.testing import generic_answers
from motcua.kernel.actors import Actor, Role
from motcua.kernel.testing import MONDAY_9AM, citizen, officer
from motcua.services.tests.journey import hand_in, step

CODE = "1.001662"
NOW, TODAY = MONDAY_9AM, MONDAY_9AM.date()
EDITOR = officer(Role.CATALOGUE_EDITOR, name="Trương Gia Hân")
APPROVER = officer(Role.CATALOGUE_APPROVER, name="Tạ Đức Duy")
SAI_GON, BEN_THANH = "26740", "26743"


@pytest.fixture
def tuyet(small_city) -> Actor:
    return citizen(person=a_person().id)


@pytest.fixture
def tried(small_city) -> None:
    """Nine hours of appraisal and one question more, in Sài Gòn only."""
    draft = procedures.begin_design(CODE, by=EDITOR, now=NOW)
    table = procedures.design(draft.version_id).table
    page = table["form"]["page"][0]["key"]
    edits = (
        Edit(kind=EditKind.SET, path=("process", "step", "appraise"), values={"hours": 9}),
        Edit(
            kind=EditKind.ADD,
            path=("form", "page", page, "question"),
            values={
                "key": "depth",
                "label": "Giếng sâu bao nhiêu mét",
                "label_en": "How deep is the well",
                "type": "number",
            },
        ),
    )
    for edit in edits:
        draft = procedures.save_design(
            draft.version_id, edit, seen=draft.revision, by=EDITOR, now=NOW
        )
    procedures.start_trial(
        draft.version_id,
        wards=(SAI_GON,),
        ends_on=TODAY + timedelta(days=30),
        seen=draft.revision,
        by=APPROVER,
        now=NOW,
    )


def answers_in(ward: str) -> dict[str, object]:
    version = procedures.open_version(CODE, TODAY, ward)
    place = {"ward": ward, "street": "12 Lê Lợi"}
    answers = generic_answers(version, requester_address=place)
    if version.form.question("site_address"):
        answers |= {"where": "elsewhere", "site_address": place}
    return answers


def hours_of(code: str, by) -> float:
    view = dossiers.dossier(code, by, now=NOW)
    return casework.process_table(view.version.process_id).step("appraise").hours


def test_a_dossier_is_sent_by_the_version_of_the_commune_that_decides(tuyet, tried):
    here = hand_in(CODE, answers_in(SAI_GON) | {"depth": 30}, tuyet, now=NOW)

    procedures.stop_trial(CODE, by=APPROVER, now=NOW)
    after = hand_in(CODE, answers_in(SAI_GON), tuyet, now=NOW)

    assert hours_of(here.code, tuyet) == 9
    assert hours_of(after.code, tuyet) != 9


def test_a_draft_follows_its_commune_to_the_version_tried_there(tuyet, tried):
    there = dossiers.begin_draft(CODE, ward_code=BEN_THANH, actor=tuyet, now=NOW)
    here = dossiers.begin_draft(CODE, ward_code=SAI_GON, actor=tuyet, now=NOW)

    form_there = dossiers.draft(there.draft_id, tuyet, now=NOW).version.form
    form_here = dossiers.draft(here.draft_id, tuyet, now=NOW).version.form
    assert form_there.question("depth") is None
    assert form_here.question("depth") is not None

    procedures.stop_trial(CODE, by=APPROVER, now=NOW)
    page = form_here.pages[0]
    dossiers.save_page(here.draft_id, page.key, {}, actor=tuyet, now=NOW)
    assert dossiers.draft(here.draft_id, tuyet, now=NOW).version.form.question("depth") is None


def test_open_dossiers_are_counted_by_version_step_and_unit_and_versions_beside_each_other(
    tuyet, tried
):
    trial = procedures.trials_of(CODE)[0].version_id
    hand_in(CODE, answers_in(SAI_GON) | {"depth": 30}, tuyet, now=NOW)
    procedures.stop_trial(CODE, by=APPROVER, now=NOW)
    for _ in range(2):
        hand_in(CODE, answers_in(SAI_GON), tuyet, now=NOW)
    general = procedures.open_version(CODE, TODAY).id

    found = dossiers.pinned(CODE)
    figures = dossiers.version_figures((trial, general))

    assert {one.version_id: one.dossiers for one in found} == {trial: 1, general: 2}
    assert {one.step for one in found} == {"receive"}
    assert (figures[trial].sent, figures[trial].open, figures[trial].decided) == (1, 1, 0)
    assert figures[general].sent == 2


def test_a_step_tells_the_applicant_in_its_own_words_and_the_tracker_what_to_do(
    tuyet, tried, deliveries
):
    sent = hand_in(CODE, answers_in(SAI_GON) | {"depth": 30}, tuyet, now=NOW)
    step(sent.code, "receive", now=NOW + timedelta(hours=1))
    step(sent.code, "assign", now=NOW + timedelta(hours=2), assignee_id=None)
    deliveries()

    told = {one.template: one for one in notifications.messages_for(tuyet.person_id)}
    stage = next(
        one for one in dossiers.dossier(sent.code, tuyet, now=NOW).stages if one.state == "now"
    )

    assert "dossier_step" in told
    assert stage.text.endswith("Bạn chưa cần làm gì.")
