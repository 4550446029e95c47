"""Who looked at my data: the owner sees it, asks, is answered; odd reading raises an alert."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.contexts.dossiers.testing import a_submitted_birth
from motcua.contexts.identity import public as identity
from motcua.contexts.identity.testing import (
    a_citizen_account,
    a_person,
    an_officer_account,
    signed_in,
)
from motcua.contexts.notifications import public as notifications
from motcua.contexts.organisations.testing import the_officer
from motcua.contexts.privacy.actions import looks as actions
from motcua.contexts.privacy.contracts import AlertKind
from motcua.contexts.privacy.models import LookQuestion, ReadAlert, WatchSetting
from motcua.contexts.privacy.rules.watching import Watch, alert_for
from motcua.kernel import clock
from motcua.kernel.actors import ActorKind
from motcua.kernel.clock import CITY_TZ
from motcua.kernel.db import uuid7
from motcua.kernel.models import ReadLine
from motcua.kernel.purpose import Purpose
from motcua.kernel.testing.read_lines import read_lines

NOON = datetime(2026, 11, 25, 12, tzinfo=CITY_TZ)  # a Wednesday
KEY = {"idempotency_key": "one"}


@pytest.fixture
def tuyet(small_city):
    return a_citizen_account()


@pytest.fixture
def code(tuyet) -> str:
    actor = identity.actor_of(tuyet, assurance=2, now=clock.now())
    return a_submitted_birth(actor, now=clock.now(), desk_ward="26740")


@pytest.fixture
def looked(tuyet, code, client):
    """The receiver of the desk opens the dossier."""
    ngan = an_officer_account("ngan", officer_id=the_officer("ngan").id)
    signed_in(client, ngan).get(f"/ban/ho-so/{code}")
    return ReadLine.objects.filter(subject_id=tuyet.person_id, account_id=ngan.id).first()


def page_of(client, account, address="/toi/ai-da-xem") -> str:
    return signed_in(client, account).get(address).content.decode()


def test_the_owner_sees_who_read_what_and_why(looked, tuyet, code, client):
    seen = page_of(client, tuyet)

    for told in ("Võ Thị Kim Ngân", "cán bộ tiếp nhận", "họ tên", "Phục vụ tại quầy", code):
        assert told in seen


def test_the_post_of_who_read_is_told_in_the_language_of_the_reader(looked, tuyet, client):
    client.cookies["django_language"] = "en"

    seen = page_of(client, tuyet)

    assert "receiving officer, " in seen
    assert "cán bộ tiếp nhận" not in seen


def test_ones_own_reading_is_not_listed(tuyet, code, client):
    page_of(client, tuyet, f"/ho-so/{code}")

    assert "Chưa có ai xem" in page_of(client, tuyet)


def test_what_the_machine_reads_is_shown_on_demand(tuyet, code, deliveries, client):
    read_lines([tuyet.person_id], kind=ActorKind.SYSTEM, purpose=Purpose.AUTOMATIC)

    assert "Chưa có ai xem" in page_of(client, tuyet)
    assert "Hệ thống Một Cửa, tự động" in page_of(client, tuyet, "/toi/ai-da-xem?tu-dong=1")


def test_signing_in_by_vneid_is_not_told_as_somebody_with_a_paper(tuyet, code, client):
    [line] = read_lines(
        [tuyet.person_id], kind=ActorKind.ANONYMOUS, purpose=Purpose.OWN_DATA,
        address="GET /dang-nhap/vneid/tra-ve",
    )  # fmt: skip

    page = page_of(client, tuyet).replace("\u00a0", " ")

    assert "Người đăng nhập bằng VNeID với số định danh của bạn" in page
    assert "mã bí mật trên giấy" not in page
    assert str(line.id) in page


def test_a_question_is_asked_once_and_answered(looked, tuyet, client):
    guard = an_officer_account("duyen", officer_id=the_officer("duyen").id)
    browser = signed_in(client, tuyet)

    asked = browser.post(f"/toi/ai-da-xem/{looked.id}/hoi", {"text": "Vì sao vậy?", **KEY})
    again = browser.post(
        f"/toi/ai-da-xem/{looked.id}/hoi", {"text": "Sao?", "idempotency_key": "two"}
    )

    assert (asked.status_code, again.status_code) == (303, 409)
    question = LookQuestion.objects.get()
    office = signed_in(client, guard)
    assert "Vì sao vậy?" in office.get("/bao-ve-du-lieu/luot-xem").content.decode()
    office.post(
        f"/bao-ve-du-lieu/luot-xem/{question.id}/tra-loi",
        {"text": "Chị Ngân tiếp nhận hồ sơ của bạn.", "idempotency_key": "three"},
    )
    assert "Chị Ngân tiếp nhận hồ sơ của bạn." in page_of(client, tuyet)
    assert notifications.unread_count(tuyet.person_id) >= 1


def test_a_guard_comes_to_questions_and_alerts_from_the_first_page(office):
    page = office.get("/bao-ve-du-lieu").content.decode()

    assert 'href="/bao-ve-du-lieu/luot-xem"' in page
    assert 'href="/bao-ve-du-lieu/canh-bao"' in page


def test_an_empty_question_keeps_its_place(looked, tuyet, client):
    answer = signed_in(client, tuyet).post(f"/toi/ai-da-xem/{looked.id}/hoi", {"text": " ", **KEY})

    assert answer.status_code == 422
    assert "<details open>" in answer.content.decode()


def test_the_look_at_another_does_not_exist(looked, client):
    khoa = a_citizen_account(a_person("Lê Minh Khoa", personal_number="079188999002"))

    answer = signed_in(client, khoa).post(f"/toi/ai-da-xem/{looked.id}/hoi", {"text": "?", **KEY})

    assert answer.status_code == 404


@given(people=st.integers(0, 1000), hour=st.integers(0, 23), day_off=st.booleans())
def test_more_people_never_calm_an_alert(people, hour, day_off):
    at, watch = NOON.replace(hour=hour), Watch()

    fewer = alert_for(people, at, day_off=day_off, watch=watch)
    more = alert_for(people + 1, at, day_off=day_off, watch=watch)

    assert fewer is None or more is not None


def lines_of(account_id, *, people: int, at: datetime) -> None:
    read_lines((uuid7() for _ in range(people)), account_id=account_id, at=at)


@pytest.mark.parametrize(
    ("people", "at", "kind"),
    [
        (250, NOON, AlertKind.BULK),
        (12, NOON.replace(hour=23), AlertKind.ODD_HOUR),
        (12, NOON - timedelta(days=3), AlertKind.ODD_HOUR),  # a Sunday
        (12, NOON, None),
        (5, NOON.replace(hour=23), None),
    ],
)
def test_odd_reading_is_told_to_the_guards_once(people, at, kind, small_city, client):
    ngan = an_officer_account("ngan", officer_id=the_officer("ngan").id)
    guard = an_officer_account("duyen", officer_id=the_officer("duyen").id)
    lines_of(ngan.id, people=people, at=at)

    actions.watch(at + timedelta(minutes=10))
    actions.watch(at + timedelta(minutes=20))

    assert [alert.kind for alert in ReadAlert.objects.all()] == ([kind] if kind else [])
    page = signed_in(client, guard).get("/bao-ve-du-lieu/canh-bao").content.decode()
    assert ("Võ Thị Kim Ngân" in page) == (kind is not None)


@pytest.fixture
def alert(small_city) -> ReadAlert:
    """Võ Thị Kim Ngân read about 250 people at noon."""
    ngan = an_officer_account("ngan", officer_id=the_officer("ngan").id)
    lines_of(ngan.id, people=250, at=NOON)
    actions.watch(NOON + timedelta(minutes=10))
    return ReadAlert.objects.get()


@pytest.fixture
def office(small_city, client):
    return signed_in(client, an_officer_account("duyen", officer_id=the_officer("duyen").id))


def test_the_guard_sees_the_reads_behind_an_alert_and_nobodys_name(alert, office):
    page = office.get(f"/bao-ve-du-lieu/canh-bao/{alert.id}").content.decode()

    for told in ("Võ Thị Kim Ngân", "Người 1", "Người 200", "họ tên", "GET /ban", "250"):
        assert told in page
    assert "Người 201" not in page


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"text": "Đã hỏi."}, "có lý do chính đáng, hay chuyển"),
        ({"outcome": "FORGIVEN", "text": "Đã hỏi."}, "có lý do chính đáng, hay chuyển"),
        ({"outcome": "EXPLAINED", "text": " "}, "Bạn ghi câu trả lời"),
    ],
)
def test_an_alert_is_not_settled_without_outcome_and_words(typed, says, alert, office):
    answer = office.post(f"/bao-ve-du-lieu/canh-bao/{alert.id}", {**typed, **KEY})

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert ReadAlert.objects.get().seen_at is None


@pytest.mark.parametrize(
    ("outcome", "chip"), [("EXPLAINED", "Có lý do"), ("ESCALATED", "Đã chuyển")]
)
def test_an_alert_is_settled_once_with_what_was_found(outcome, chip, alert, office):
    url = f"/bao-ve-du-lieu/canh-bao/{alert.id}"
    told = {"outcome": outcome, "text": "Chị Ngân đối soát hồ sơ."}

    done = office.post(url, {**told, **KEY})
    again = office.post(url, {**told, "idempotency_key": "two"})

    assert (done.status_code, again.status_code) == (303, 409)
    assert chip in office.get("/bao-ve-du-lieu/canh-bao").content.decode()
    assert "Chị Ngân đối soát hồ sơ." in office.get(url).content.decode()


def test_a_guard_sets_from_when_reading_is_odd(small_city, office):
    ngan = an_officer_account("ngan", officer_id=the_officer("ngan").id)
    lines_of(ngan.id, people=49, at=NOON)
    chosen = {"many": "50", "odd_many": "5", "odd_from": "20", "odd_to": "7"}

    done = office.post("/bao-ve-du-lieu/canh-bao/nguong", {**chosen, **KEY})

    assert done.status_code == 303
    assert actions.watch(NOON + timedelta(minutes=10)) == 0
    lines_of(ngan.id, people=1, at=NOON)
    assert actions.watch(NOON + timedelta(minutes=10)) == 1


@pytest.mark.parametrize(
    "wrong",
    [{"many": "19"}, {"many": "2001"}, {"odd_to": "24"}, {"odd_many": "không"}, {"many": ""}],
)
def test_a_limit_out_of_reason_is_refused(wrong, office):
    chosen = {"many": "50", "odd_many": "5", "odd_from": "20", "odd_to": "7", **wrong}

    answer = office.post("/bao-ve-du-lieu/canh-bao/nguong", {**chosen, **KEY})

    assert answer.status_code == 422
    assert "Bạn nhập một số từ" in answer.content.decode()
    assert not WatchSetting.objects.exists()


@pytest.mark.parametrize(
    ("people", "hour", "kind"),
    [
        (199, 12, None),
        (200, 12, AlertKind.BULK),
        (200, 23, AlertKind.BULK),
        (10, 21, AlertKind.ODD_HOUR),
        (9, 21, None),
        (10, 20, None),
        (10, 5, AlertKind.ODD_HOUR),
        (10, 6, None),
    ],
)
def test_an_alert_begins_exactly_at_the_limit(people, hour, kind):
    assert alert_for(people, NOON.replace(hour=hour), day_off=False, watch=Watch()) is kind


def test_odd_hours_may_lie_within_one_day():
    watch = Watch(odd_from=1, odd_to=4)

    odd = [h for h in range(24) if alert_for(10, NOON.replace(hour=h), day_off=False, watch=watch)]

    assert odd == [1, 2, 3]
