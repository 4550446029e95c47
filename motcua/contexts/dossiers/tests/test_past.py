"""What the officer saw when deciding: looked back at, whatever was changed since."""

from datetime import timedelta

import pytest
from django.test import Client

from motcua.contexts.casework import public as casework
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.actions.ending import DossiersEnd
from motcua.contexts.dossiers.contracts import (
    BeforeSubmission,
    DossierNotFound,
    GivenPaper,
    NationalStatus,
    PaperVerdict,
    Shortcoming,
    Supply,
    TakeStep,
)
from motcua.contexts.dossiers.models import DossierPast
from motcua.contexts.dossiers.testing import a_submitted_birth
from motcua.contexts.dossiers.web.desk.history import past_url
from motcua.contexts.identity.testing import (
    a_citizen_account,
    an_officer_account,
    signed_in,
    the_actor,
)
from motcua.contexts.organisations.testing import acting, the_officer
from motcua.kernel import db
from motcua.kernel.actors import SYSTEM
from motcua.kernel.clock import city_date
from motcua.kernel.models import LedgerLeaf
from motcua.kernel.testing import MONDAY_9AM

BLURRED = Shortcoming(
    component_key="giay_chung_sinh",
    what="Giấy chứng sinh",
    why="Ảnh mờ.",
    how="Chụp lại.",
    law="Luật Hộ tịch 60/2014/QH13",
)


def at(minutes: int):
    return MONDAY_9AM + timedelta(minutes=minutes)


def the_certificate(dossier):
    return next(p for p in dossier.papers if p.component_key == "giay_chung_sinh")


@pytest.fixture
def khue(small_city):
    return acting("khue", city_date(MONDAY_9AM))


@pytest.fixture
def tuyet(small_city):
    return the_actor(a_citizen_account())


@pytest.fixture
def code(khue, tuyet) -> str:
    """Sent at 0, failed at 10, asked for at 20; the applicant sends and corrects at 60, it is
    found good at 70 and received at 80; a message at 90."""
    code = a_submitted_birth(tuyet, now=at(0), desk_ward="26743")

    def judged(verdict, note, minutes):
        paper = the_certificate(dossiers.desk_view(code, khue, now=at(minutes)).dossier)
        dossiers.judge_paper(paper.id, verdict, note, actor=khue, now=at(minutes))

    def done(action, minutes, **more):
        seen = casework.case(code).version
        command = TakeStep(code=code, action=action, seen_version=seen, **more)
        dossiers.take_step(command, actor=khue, now=at(minutes))

    judged(PaperVerdict.FAILED, "Ảnh mờ", 10)
    done("supplement", 20, reason="Ảnh mờ.", items=(BLURRED,))
    answers = {"child_full_name": "Lê Minh Ân"}
    file = the_certificate(dossiers.dossier(code, tuyet, now=at(50))).file
    given = GivenPaper(component_key="giay_chung_sinh", file_id=file.id)
    command = Supply(code=code, papers=(given,), answers=answers)
    dossiers.supply(command, actor=tuyet, now=at(60))
    judged(PaperVerdict.PASSED, "", 70)
    done("receive", 80)
    dossiers.send_message(code, "Cảm ơn cán bộ.", actor=tuyet, now=at(90))
    return code


def then(code, khue, minutes):
    return dossiers.as_it_stood(code, at(minutes), khue, now=at(200)).dossier


def test_before_it_was_sent_there_is_nothing_to_see(code, khue):
    with pytest.raises(BeforeSubmission):
        then(code, khue, -1)


def test_who_may_not_see_it_may_not_look_back(code):
    phat = acting("phat", city_date(MONDAY_9AM))

    with pytest.raises(DossierNotFound):
        dossiers.as_it_stood(code, at(15), phat, now=at(200))


def test_verdicts_given_anew_are_seen_as_they_were(code, khue):
    verdicts = [the_certificate(then(code, khue, m)) for m in (5, 15, 65, 75)]

    assert [paper.verdict for paper in verdicts] == [
        PaperVerdict.NOT_CHECKED,
        PaperVerdict.FAILED,
        PaperVerdict.NOT_CHECKED,
        PaperVerdict.PASSED,
    ]
    assert verdicts[1].verdict_note == "Ảnh mờ"
    assert verdicts[1].id != verdicts[2].id  # the paper itself was replaced


def test_answers_that_were_corrected_are_seen_as_they_were(code, khue):
    names = [then(code, khue, m).answers["child_full_name"] for m in (15, 59, 60, 100)]

    assert names == ["Lê Minh An", "Lê Minh An", "Lê Minh Ân", "Lê Minh Ân"]
    assert then(code, khue, 15).provenance["child_full_name"].at == at(0)


def test_state_clock_requests_and_messages_are_those_of_the_moment(code, khue):
    early, asked, late = (then(code, khue, m) for m in (15, 30, 100))

    assert early.status is NationalStatus.REGISTERED
    assert (early.supplements, early.clock.due_at, early.messages) == ((), None, ())
    assert [s.supplied_at for s in asked.supplements] == [None]
    assert [s.supplied_at for s in late.supplements] == [at(60)]
    assert late.clock.due_at is not None
    assert [m.text for m in late.messages] == ["Cảm ơn cán bộ."]
    assert len(early.events) < len(asked.events) < len(late.events)


def test_the_page_says_when_and_the_history_leads_to_it(code):
    browser = signed_in(Client(), an_officer_account("khue", officer_id=the_officer("khue").id))

    history = browser.get(f"/ban/ho-so/{code}", {"muc": "lich-su"}).content.decode()
    page = browser.get(past_url(code, at(15))).content.decode().replace("\u00a0", " ")

    assert past_url(code, at(80)) in history
    assert "Hồ sơ như lúc 9:15 ngày 23/11/2026" in page
    assert "Lê Minh An" in page
    assert "Lê Minh Ân" not in page
    assert "Ảnh mờ" in page
    assert browser.get(f"/ban/ho-so/{code}/luc/hom-qua").status_code == 404
    assert browser.get(past_url(code, at(-1))).status_code == 404


def test_one_leaps_from_moment_to_moment_without_typing_an_address(code):
    browser = signed_in(Client(), an_officer_account("khue", officer_id=the_officer("khue").id))

    page = browser.get(past_url(code, at(15))).content.decode()
    last = browser.get(past_url(code, at(1000))).content.decode()

    assert "Chọn lúc khác" in page
    assert past_url(code, at(80)) in page
    assert page.count('aria-current="true"') == 1
    assert "Lúc sau đó" in page
    assert "Lúc sau đó" not in last
    assert "Lúc trước đó" in last


def test_a_forged_moment_and_a_foreign_code_are_kept_in_the_ledger(code):
    khue = signed_in(Client(), an_officer_account("khue", officer_id=the_officer("khue").id))
    phat = signed_in(Client(), an_officer_account("phat", officer_id=the_officer("phat").id))

    forged = khue.get(f"/ban/ho-so/{code}/luc/20261399T000000.000000Z")
    foreign = phat.get(past_url(code, at(15)))

    assert (forged.status_code, foreign.status_code) == (404, 404)
    assert LedgerLeaf.objects.filter(action="kernel.refused", subject=code).count() == 2


@db.owns_transaction
def erased(case_id, *, now) -> None:
    DossiersEnd().erase([case_id], now=now)
    db.record(action="tests.erase", subject="dossier", actor=SYSTEM)


def test_the_past_goes_with_the_dossier_when_its_period_is_over(code, tuyet, deliveries):
    case_id = casework.case(code).id
    dossiers.withdraw(code, "Thôi", actor=tuyet, now=at(100))
    deliveries()
    assert DossierPast.objects.filter(dossier_id=case_id).count() == 3

    erased(case_id, now=at(500))

    assert not DossierPast.objects.filter(dossier_id=case_id).exists()
