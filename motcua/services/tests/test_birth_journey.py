"""Khai sinh, from the phone of a mother to the signed certificate, through the doors."""

import io
from datetime import timedelta

import pytest

from motcua.contexts.casework.contracts import (
    CaseMoved,
    ExtensionRefused,
    NotYourStep,
    Timeliness,
)
from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts import VerificationStatus
from motcua.contexts.documents.testing import a_pdf
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import (
    DossierNotFound,
    GivenPaper,
    NationalStatus,
    Shortcoming,
    StepTaken,
    Supply,
    TakeStep,
    TooManyTries,
)
from motcua.contexts.dossiers.testing import ANSWERS, BIRTH, SETTLED_ELSEWHERE, a_submitted_birth
from motcua.contexts.identity.testing import a_person
from motcua.contexts.organisations.actions.substitution import grant_substitution
from motcua.contexts.organisations.testing import acting, the_officer
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict
from motcua.kernel.forms import visible
from motcua.kernel.privacy import DataClass
from motcua.kernel.testing import MONDAY_9AM, citizen

pytestmark = pytest.mark.django_db
TODAY = MONDAY_9AM.date()


@pytest.fixture
def tuyet(small_city: None) -> Actor:
    return citizen(person=a_person().id)


def submitted(tuyet: Actor, *, desk_ward: str = "26743") -> str:
    """Sent on Monday at 9:00, to the desk of another ward (borderless)."""
    return a_submitted_birth(tuyet, now=MONDAY_9AM, desk_ward=desk_ward)


def step(code: str, who: str, action: str, *, minutes: int, **more: object) -> StepTaken:
    actor = acting(who, TODAY)
    now = MONDAY_9AM + timedelta(minutes=minutes)
    seen = dossiers.desk_view(code, actor, now=now).dossier.version_seen
    command = TakeStep(code=code, action=action, seen_version=seen, **more)
    return dossiers.take_step(command, actor=actor, now=now)


def assigned(code: str) -> None:
    step(code, "khue", "receive", minutes=30)
    step(code, "nghia", "assign", minutes=40, assignee_id=the_officer("bao").id)


MISSING_PAGE = Shortcoming(
    component_key="giay_chung_sinh",
    what="Giấy chứng sinh",
    why="Ảnh mờ, không đọc được số.",
    how="Chụp lại thẳng góc, đủ sáng.",
    law="Nghị định 123/2015/NĐ-CP",
)


def test_a_birth_goes_from_phone_to_a_verified_certificate(tuyet, deliveries):
    code = submitted(tuyet)
    assigned(code)
    step(code, "bao", "propose", minutes=60)
    step(code, "nghia", "approve", minutes=70)
    step(code, "van", "sign", minutes=80)
    issued = step(code, "ha", "issue", minutes=90)
    deliveries()

    view = dossiers.dossier(code, tuyet, now=MONDAY_9AM + timedelta(hours=2))
    assert view.status is NationalStatus.DONE
    assert view.clock.timeliness is Timeliness.ON_TIME
    assert documents.verify(issued.issued_code).status is VerificationStatus.VALID
    assert {paper.kind for paper in view.issued} == {"FORM_01", "RESULT"}
    files = documents.files_by_id(paper.file_id for paper in view.issued)
    classes = {paper.kind: files[paper.file_id].data_class for paper in view.issued}
    assert classes["RESULT"] is DataClass.PERSONAL_SENSITIVE  # it tells an ethnicity

    step(code, "khue", "return_result", minutes=120)
    dossiers.rate(code, 5, "Nhanh", actor=tuyet, now=MONDAY_9AM + timedelta(hours=3))
    assert dossiers.dossier(code, tuyet, now=MONDAY_9AM + timedelta(hours=3)).stars == 5


def test_submission_is_one_statement(tuyet, statements):
    file_kept = len(statements)
    submitted(tuyet)

    assert len(statements) - file_kept == 2  # the upload and the submission


def test_a_supplement_stops_the_clock_until_it_is_supplied(tuyet, deliveries):
    code = submitted(tuyet)
    assigned(code)
    before = dossiers.dossier(code, tuyet, now=MONDAY_9AM + timedelta(hours=1)).clock.due_at

    step(code, "bao", "supplement", minutes=60, reason="Ảnh mờ", items=(MISSING_PAGE,))
    waiting = dossiers.dossier(code, tuyet, now=MONDAY_9AM + timedelta(hours=3))
    assert waiting.status is NationalStatus.SUPPLEMENT_ASKED
    assert waiting.your_turn
    assert waiting.clock.timeliness is Timeliness.PAUSED

    later = MONDAY_9AM + timedelta(days=3)
    file = documents.keep_upload(io.BytesIO(a_pdf("ro")), filename="lai.pdf", by=tuyet, now=later)
    paper = GivenPaper(component_key="giay_chung_sinh", file_id=file.id)
    dossiers.supply(Supply(code=code, papers=(paper,)), actor=tuyet, now=later)
    deliveries()

    after = dossiers.dossier(code, tuyet, now=later)
    assert after.status is NationalStatus.IN_PROCESS
    assert before and after.clock.due_at and after.clock.due_at > before
    assert "FORM_02" in {paper.kind for paper in after.issued}


def test_refused_at_intake_with_the_form_of_refusal(tuyet, deliveries):
    code = submitted(tuyet)
    step(code, "khue", "decline", minutes=20, items=(SETTLED_ELSEWHERE,))
    deliveries()

    view = dossiers.dossier(code, tuyet, now=MONDAY_9AM + timedelta(hours=1))
    assert view.status is NationalStatus.NOT_RECEIVED
    assert [paper.kind for paper in view.issued] == ["FORM_03"]
    with pytest.raises(Conflict):
        step(code, "khue", "receive", minutes=30)


def test_withdrawn_is_asked_then_stopped(tuyet, deliveries):
    code = submitted(tuyet)
    assigned(code)
    dossiers.withdraw(code, "Tôi nộp nhầm", actor=tuyet, now=MONDAY_9AM + timedelta(hours=1))
    deliveries()

    view = dossiers.dossier(code, tuyet, now=MONDAY_9AM + timedelta(hours=2))
    assert view.status is NationalStatus.STOPPED
    assert "FORM_05" in {paper.kind for paper in view.issued}
    assert not view.can_withdraw


def test_late_is_told_with_an_apology_and_one_new_date(tuyet, deliveries):
    code = submitted(tuyet)
    assigned(code)
    van, now = acting("van", TODAY), MONDAY_9AM + timedelta(hours=3)
    new_due = MONDAY_9AM + timedelta(days=3)
    dossiers.extend(code, new_due, "Chờ xác minh nơi sinh", actor=van, now=now)

    view = dossiers.dossier(code, tuyet, now=now)
    assert view.clock.due_at == new_due
    assert view.clock.due_original and view.clock.due_original < new_due
    assert "FORM_04" in {paper.kind for paper in view.issued}
    with pytest.raises(ExtensionRefused):
        dossiers.extend(code, new_due + timedelta(days=1), "Nữa", actor=van, now=now)


def test_the_desk_cannot_decide(tuyet):
    code = submitted(tuyet)
    assigned(code)

    with pytest.raises(NotYourStep, match="Bước này thuộc"):
        step(code, "khue", "propose", minutes=60)


def test_a_stranger_does_not_see_that_it_exists(tuyet):
    code = submitted(tuyet)
    stranger = citizen(person=a_person("Lê Minh Khoa", personal_number="079188999002").id)

    with pytest.raises(DossierNotFound):
        dossiers.dossier(code, stranger, now=MONDAY_9AM)
    assert dossiers.mine(stranger, now=MONDAY_9AM).lines == ()


def test_of_two_officers_at_once_one_is_told(tuyet):
    code = submitted(tuyet)
    khue = acting("khue", TODAY)
    seen = dossiers.desk_view(code, khue, now=MONDAY_9AM).dossier.version_seen
    command = TakeStep(code=code, action="receive", seen_version=seen)
    dossiers.take_step(command, actor=khue, now=MONDAY_9AM)

    with pytest.raises(CaseMoved):
        dossiers.take_step(command, actor=khue, now=MONDAY_9AM)


def test_a_draft_sent_twice_is_one_dossier(tuyet):
    draft = dossiers.begin_draft(BIRTH, ward_code="26740", actor=tuyet, now=MONDAY_9AM).draft_id
    version = dossiers.draft(draft, tuyet, now=MONDAY_9AM).version
    for page in visible(version.form, ANSWERS):
        raw = {q.key: ANSWERS[q.key] for q in page.questions if q.key in ANSWERS}
        assert dossiers.save_page(draft, page.key, raw, actor=tuyet, now=MONDAY_9AM).errors == ()
    file = documents.keep_upload(io.BytesIO(a_pdf()), filename="a.pdf", by=tuyet, now=MONDAY_9AM)
    dossiers.attach_paper(draft, "giay_chung_sinh", file.id, actor=tuyet, now=MONDAY_9AM)
    assert dossiers.missing_of(dossiers.draft(draft, tuyet, now=MONDAY_9AM), now=MONDAY_9AM) == ()

    first = dossiers.submit_draft(draft, actor=tuyet, now=MONDAY_9AM)
    second = dossiers.submit_draft(draft, actor=tuyet, now=MONDAY_9AM)

    assert second.code == first.code
    assert len(dossiers.mine(tuyet, now=MONDAY_9AM).lines) == 1


def test_public_look_up_needs_the_secret_and_stops_guessing(tuyet):
    code = submitted(tuyet)
    secret = dossiers.receipt(code, tuyet, now=MONDAY_9AM).secret

    assert dossiers.track(code, secret.lower(), now=MONDAY_9AM, client="a").code == code
    for _ in range(10):
        with pytest.raises(DossierNotFound):
            dossiers.track(code, "XXXXXX", now=MONDAY_9AM, client="b")
    with pytest.raises(TooManyTries):
        dossiers.track(code, secret, now=MONDAY_9AM, client="b")


def test_a_substitute_does_the_step_of_the_absent_and_it_is_said(tuyet):
    code = submitted(tuyet)
    assigned(code)
    grant_substitution(
        absent_id=the_officer("bao").id,
        substitute_id=the_officer("phat").id,
        first_on=TODAY,
        back_on=TODAY + timedelta(days=2),
        reason="Nghỉ phép",
        actor=acting("nghia", TODAY),
        now=MONDAY_9AM,
    )

    step(code, "phat", "propose", minutes=60)

    view = dossiers.desk_view(code, acting("nghia", TODAY), now=MONDAY_9AM + timedelta(hours=2))
    assert view.dossier.events[-1].on_behalf_of == the_officer("bao").id
