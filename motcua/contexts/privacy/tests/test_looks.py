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
from motcua.contexts.privacy.models import LookQuestion, ReadAlert
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


def test_ones_own_reading_is_not_listed(tuyet, code, client):
    page_of(client, tuyet, f"/ho-so/{code}")

    assert "Chưa có ai xem" in page_of(client, tuyet)


def test_what_the_machine_reads_is_shown_on_demand(tuyet, code, deliveries, client):
    read_lines([tuyet.person_id], kind=ActorKind.SYSTEM, purpose=Purpose.AUTOMATIC)

    assert "Chưa có ai xem" in page_of(client, tuyet)
    assert "Hệ thống Một Cửa, tự động" in page_of(client, tuyet, "/toi/ai-da-xem?tu-dong=1")


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


def test_an_alert_is_settled_with_what_was_found(small_city, client):
    ngan = an_officer_account("ngan", officer_id=the_officer("ngan").id)
    guard = an_officer_account("duyen", officer_id=the_officer("duyen").id)
    lines_of(ngan.id, people=250, at=NOON)
    actions.watch(NOON + timedelta(minutes=10))
    alert = ReadAlert.objects.get()
    office = signed_in(client, guard)

    empty = office.post(f"/bao-ve-du-lieu/canh-bao/{alert.id}/dong", {"text": "", **KEY})
    told = {"text": "Chị Ngân đối soát hồ sơ.", "idempotency_key": "two"}
    done = office.post(f"/bao-ve-du-lieu/canh-bao/{alert.id}/dong", told)

    assert (empty.status_code, done.status_code) == (422, 303)
    assert "Chị Ngân đối soát hồ sơ." in office.get("/bao-ve-du-lieu/canh-bao").content.decode()
