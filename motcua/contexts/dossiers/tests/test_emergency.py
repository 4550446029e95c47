"""Emergency access: one dossier, half an hour, said why, told to others, reported; nothing more."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.test import Client

from motcua.contexts.casework import public as casework
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.actions.emergency import ask_for_reports, open_in_emergency
from motcua.contexts.dossiers.contracts import DossierNotFound
from motcua.contexts.dossiers.contracts.emergency import (
    EmergencyIsOver,
    EmergencyReasonShort,
    EmergencyReportOwed,
)
from motcua.contexts.dossiers.models import EmergencyAccess
from motcua.contexts.dossiers.queries.emergency import (
    dossier_in_emergency,
    emergency,
    reader_in_emergency,
)
from motcua.contexts.dossiers.testing import a_submitted_birth
from motcua.contexts.identity.testing import (
    a_citizen_account,
    a_person,
    an_officer_account,
    signed_in,
    the_actor,
)
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations import testing as organisations_testing
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel import clearance, clock
from motcua.kernel.access import WrongRole
from motcua.kernel.actors import Actor, Role
from motcua.kernel.models import LedgerLeaf, ReadLine
from motcua.kernel.privacy import DataClass
from motcua.kernel.purpose import Purpose
from motcua.kernel.web import FIELD

PAGE = "/quan-tri/khan-cap"
REASON = "Hồ sơ không chuyển bước được, cần xem câu trả lời để sửa lỗi."
REPORT = "Đã xem phần tờ khai, sửa xong lỗi chuyển bước, không chép gì ra."


@pytest.fixture
def code(small_city) -> str:
    return a_submitted_birth(the_actor(a_citizen_account()), now=clock.now())


@pytest.fixture
def quynh(small_city):
    return an_officer_account("quynh", officer_id=the_officer("quynh").id)


def send(browser: Client, url: str, **said: str):
    return browser.post(url, {**said, FIELD: f"{url}{sorted(said.items())}"})


def words(browser: Client, url: str) -> str:
    """Of the page, with plain blanks."""
    return browser.get(url).content.decode().replace("\xa0", " ")


def acting(account) -> Actor:
    """With the posts of today."""
    seated = organisations_testing.acting(account.username, clock.now().date())
    return replace(seated, account_id=account.id)


def opened(account, code: str, now: datetime):
    return open_in_emergency(code, REASON, actor=acting(account), now=now)


@pytest.mark.parametrize(
    "reason", ["", "Gấp.", " " * 60, "a  " * 12, "." * 60, "\u200b" * 60, "1234567890" * 6]
)
def test_without_a_real_reason_nothing_opens(quynh, code, reason):
    with pytest.raises(EmergencyReasonShort):
        open_in_emergency(code, reason, actor=acting(quynh), now=clock.now())

    assert not EmergencyAccess.objects.exists()


@pytest.mark.parametrize("name", ["bao", "thanh", "duyen", "khue"])
def test_nobody_but_an_administrator_opens_one(small_city, code, name):
    account = an_officer_account(name, officer_id=the_officer(name).id)

    with pytest.raises(WrongRole):
        opened(account, code, clock.now())
    answer = send(signed_in(Client(), account), PAGE, code=code, reason=REASON)
    assert answer.status_code == 403


def test_it_shows_the_dossier_on_its_own_page_alone_and_every_look_is_logged(quynh, code):
    browser = signed_in(Client(), quynh)
    assert browser.get(f"/ban/ho-so/{code}").status_code == 404

    answer = send(browser, PAGE, code=code, reason=REASON)
    page = browser.get(answer["Location"])

    assert "Nguyễn Thị Ánh Tuyết" in page.content.decode()
    assert browser.get(f"/ban/ho-so/{code}").status_code == 404
    assert browser.get(f"/api/v1/dossiers/{code}").status_code in {401, 404}
    lines = ReadLine.objects.filter(account_id=quynh.id)
    assert lines
    assert {line.purpose for line in lines} == {Purpose.EMERGENCY}


def test_others_are_told_at_once_and_again_of_the_report(quynh, code):
    today = clock.now().date()
    agency = casework.case(code).competent_unit_id
    head = organisations.holders_of(agency, Role.SIGNER, today)[0]
    watchers = [
        signed_in(Client(), an_officer_account(staff_no, officer_id=the_officer(staff_no).id))
        for staff_no in ("duyen", head.staff_no)
    ]
    browser = signed_in(Client(), quynh)

    url = send(browser, PAGE, code=code, reason=REASON)["Location"]
    at_once = [watcher.get("/thong-bao").content.decode() for watcher in watchers]
    send(browser, f"{url}/bao-cao", report=REPORT)
    later = [watcher.get("/thong-bao?muc=cho-biet").content.decode() for watcher in watchers]

    assert all(REASON.rstrip(".") in said for said in at_once)
    assert all(REPORT.rstrip(".") in said for said in later)
    assert REASON in watchers[0].get(PAGE).content.decode()


def test_after_half_an_hour_or_the_report_it_is_over(quynh, code):
    start = clock.now()
    actor, access = acting(quynh), opened(quynh, code, start)

    late = start + timedelta(minutes=30)
    with pytest.raises(EmergencyIsOver):
        dossier_in_emergency(emergency(access.id, actor, now=late), actor, now=late)
    with pytest.raises(EmergencyReportOwed):
        opened(quynh, code, late)

    browser = signed_in(Client(), quynh)
    assert send(browser, f"{PAGE}/{access.id}/bao-cao", report="Xong.").status_code == 422
    assert send(browser, f"{PAGE}/{access.id}/bao-cao", report=REPORT).status_code == 303
    with pytest.raises(EmergencyIsOver):
        dossier_in_emergency(emergency(access.id, actor, now=start), actor, now=start)
    assert "Nguyễn Thị Ánh Tuyết" not in browser.get(f"{PAGE}/{access.id}").content.decode()


def test_opened_twice_is_once_and_another_dossier_waits_for_the_report(quynh, code):
    now = clock.now()
    other = a_submitted_birth(the_actor(a_citizen_account(a_person("Lê Minh Khoa"))), now=now)
    first = opened(quynh, code, now)

    assert opened(quynh, code, now).id == first.id
    with pytest.raises(EmergencyReportOwed):
        opened(quynh, other, now)


def test_an_access_of_somebody_else_opens_nothing(quynh, code):
    access = opened(quynh, code, clock.now())
    duyen = an_officer_account("duyen", officer_id=the_officer("duyen").id)
    seen = emergency(access.id, acting(duyen), now=clock.now())

    with pytest.raises(EmergencyIsOver):
        dossier_in_emergency(seen, acting(duyen), now=clock.now())
    with pytest.raises(DossierNotFound):
        forged = replace(acting(duyen), emergency=access.id)
        dossiers.dossier(code, forged, now=clock.now())
    assert signed_in(Client(), duyen).get(f"{PAGE}/{access.id}").status_code == 403


def test_who_denounced_stays_closed_whatever_the_clearance(quynh, code):
    access, actor = opened(quynh, code, clock.now()), acting(quynh)
    assert DataClass.DENOUNCER_SECRET in actor.cleared_for

    reader = reader_in_emergency(emergency(access.id, actor, now=clock.now()), actor)

    assert not clearance.may_read(DataClass.DENOUNCER_SECRET, reader)
    assert clearance.may_read(DataClass.PERSONAL_SENSITIVE, reader)
    assert not dossiers.dossier(code, reader, now=clock.now()).secret


def test_the_ledger_keeps_that_it_was_opened_and_none_of_the_words(quynh, code):
    access = opened(quynh, code, clock.now())

    leaf = LedgerLeaf.objects.get(action="dossiers.open_in_emergency")
    assert (leaf.subject, leaf.actor_id) == (code, quynh.id)
    assert str(access.id) in leaf.body
    assert "chuyển bước" not in leaf.body


def test_who_owes_a_report_tries_no_codes_and_a_wrong_code_is_kept(quynh, code):
    browser, nobodys = signed_in(Client(), quynh), "H29.99-20260105-0000000"

    assert send(browser, PAGE, code=nobodys, reason=REASON).status_code == 404
    kept = LedgerLeaf.objects.filter(action="kernel.refused", subject=nobodys)
    assert kept.count() == 1

    opened(quynh, code, clock.now())
    assert send(browser, PAGE, code=nobodys + "1", reason=REASON).status_code == 409


def test_a_report_a_day_late_is_asked_for_each_morning_by_who_was_told(quynh, code):
    now = clock.now()
    access = opened(quynh, code, now - timedelta(hours=25))
    duyen = an_officer_account("duyen", officer_id=the_officer("duyen").id)
    watcher, title = signed_in(Client(), duyen), "Truy cập khẩn cấp quá hạn báo cáo"

    ask_for_reports(now=now - timedelta(hours=1))
    assert title not in words(watcher, "/thong-bao")

    ask_for_reports(now=now)
    assert title in words(watcher, "/thong-bao")
    reader = signed_in(Client(), quynh)
    assert title in words(reader, "/thong-bao")
    assert "Quá hạn báo cáo" in words(reader, PAGE)

    send(reader, f"{PAGE}/{access.id}/bao-cao", report=REPORT)
    assert "Quá hạn báo cáo" not in words(reader, PAGE)


def test_its_pages_lead_back(quynh, code):
    access, browser = opened(quynh, code, clock.now()), signed_in(Client(), quynh)

    trail = browser.get(PAGE).content.decode()
    inner = browser.get(f"{PAGE}/{access.id}").content.decode()

    assert 'href="/quan-tri"' in trail
    assert f'href="{PAGE}"' in inner
