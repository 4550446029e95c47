"""Sessions: listed, ended one by one, all at once, by age, and told when the device is new."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from motcua.contexts.identity.actions.sessions import end_sessions_of
from motcua.contexts.identity.events import DeviceAdded
from motcua.contexts.identity.models import Factor, Session
from motcua.contexts.identity.queries.actors import actor_of
from motcua.contexts.identity.rules import device_words, masked_origin, session_ends_at
from motcua.contexts.identity.testing import (
    PASSWORD,
    a_citizen_account,
    a_person,
    an_app,
    an_officer_account,
    code_of,
    signed_in,
    the_actor,
)
from motcua.contexts.identity.web.middleware import recent
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel import clock
from motcua.kernel.access import WrongRole
from motcua.kernel.testing import MONDAY_9AM

pytestmark = pytest.mark.django_db
CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) AppleWebKit/605.1 Version/18.0 Safari/604.1"


@pytest.fixture
def khue(small_city):
    recent.forget()
    account = an_officer_account("khue", officer_id=the_officer("khue").id)
    an_app(account)
    return account


def sign_in(browser, *, agent=CHROME, later=0):
    headers = {"User-Agent": agent}
    browser.post("/dang-nhap", {"username": "khue", "password": PASSWORD}, headers=headers)
    return browser.post("/dang-nhap/xac-nhan", {"code": code_of(later=later)}, headers=headers)


@pytest.mark.parametrize(
    ("agent", "words"), [(CHROME, "Chrome, Windows"), (IPHONE, "Safari, iPhone"), ("curl/8", "")]
)
def test_a_device_in_plain_words(agent, words):
    assert device_words(agent) == words


@pytest.mark.parametrize(
    ("address", "told"),
    [("203.0.113.77", "203.0.113.x"), ("2001:db8:1:2::3", "2001:db8:1::"), ("", "")],
)
def test_the_place_is_told_without_its_end(address, told):
    assert masked_origin(address) == told


def test_a_session_ends_by_rest_and_by_age():
    idle, absolute = timedelta(hours=1), timedelta(hours=12)

    rested = session_ends_at(MONDAY_9AM, MONDAY_9AM, idle=idle, absolute=absolute)
    old = session_ends_at(
        MONDAY_9AM, MONDAY_9AM + timedelta(hours=11.5), idle=idle, absolute=absolute
    )

    assert rested == MONDAY_9AM + idle
    assert old == MONDAY_9AM + absolute


def test_a_session_that_rested_too_long_is_nobodys(client, khue):
    sign_in(client)
    Session.objects.update(expire_date=clock.now() - timedelta(seconds=1))

    assert client.get("/toi").status_code == 302


def test_an_officers_session_rests_less_than_a_citizens(client, khue):
    sign_in(client)
    citizen = signed_in(Client(), a_citizen_account())
    citizen.get("/toi")

    of_officer, of_citizen = Session.objects.filter(account__isnull=False).order_by("expire_date")
    assert of_officer.account_id == khue.id
    assert timedelta(minutes=59) < of_officer.expire_date - clock.now() <= timedelta(hours=1)
    assert of_citizen.expire_date - clock.now() > timedelta(minutes=119)


def test_the_last_use_is_written_once_in_five_minutes(client, khue):
    sign_in(client)
    session = client.session
    session["used"] -= 400
    session.save()
    before = Session.objects.get(account=khue).expire_date

    client.get("/toi")

    assert Session.objects.get(account=khue).expire_date > before


def test_ones_own_sessions_are_listed_and_ended(client, khue):
    other = Client()
    sign_in(client)
    sign_in(other, agent=IPHONE, later=1)

    page = client.get("/toi/phien").content.decode()
    [handle] = {part.split("/")[0] for part in page.split("/toi/phien/")[1:] if 'ket-thuc"' in part}
    ended = client.post(f"/toi/phien/{handle}/ket-thuc", {"idempotency_key": "k"})

    assert "Chrome, Windows" in page
    assert "Safari, iPhone" in page
    assert "127.0.0.x" in page
    assert "Phiên này" in page
    assert ended.status_code == 303
    assert other.get("/toi").status_code == 302
    assert client.get("/toi").status_code == 200


def test_all_others_end_and_this_one_stays(client, khue):
    others = [Client(), Client()]
    for other in (*others, client):
        signed_in(other, khue)

    client.post("/toi/phien/ket-thuc-khac", {"idempotency_key": "k"})

    assert [other.get("/toi").status_code for other in others] == [302, 302]
    assert client.get("/toi").status_code == 200


def test_the_session_of_another_does_not_exist(client, khue):
    sign_in(client)
    handle = Session.objects.get(account=khue).session_key[:24]
    stranger = signed_in(Client(), a_citizen_account(a_person()))

    for asked in (handle, handle[:3], "x" * 24):
        answer = stranger.post(f"/toi/phien/{asked}/ket-thuc", {"idempotency_key": asked})
        assert answer.status_code == 404
    assert client.get("/toi").status_code == 200


def test_an_administrator_ends_all_sessions_of_an_officer(client, khue):
    sign_in(client)
    quynh = an_officer_account("quynh", officer_id=the_officer("quynh").id)

    end_sessions_of(khue.id, actor=actor_of(quynh, assurance=3, now=clock.now()), now=clock.now())

    assert client.get("/toi").status_code == 302


def test_nobody_else_ends_them(khue):
    with pytest.raises(WrongRole):
        end_sessions_of(khue.id, actor=the_actor(a_citizen_account()), now=clock.now())


def test_neither_key_nor_content_can_be_read_from_the_table(client, khue):
    sign_in(client)

    with connection.cursor() as cursor:
        cursor.execute("SELECT s::text FROM identity_session s")
        rows = " ".join(row for (row,) in cursor.fetchall())
    assert client.session.session_key not in rows
    assert "Chrome" not in rows
    assert "methods" not in rows


def test_a_row_moved_under_another_key_opens_nothing(client, khue):
    other = Client()
    sign_in(client)
    other.get("/dang-nhap/khoa")
    data = Session.objects.get(account=khue).session_data
    Session.objects.filter(account=None).update(session_data=data)

    assert other.get("/toi").status_code == 302


def test_the_key_is_new_when_the_same_person_signs_in_again(client, khue):
    sign_in(client)
    before = client.session.session_key

    sign_in(client, later=1)

    assert client.session.session_key != before
    assert Session.objects.filter(account=khue).count() == 1


def test_only_a_device_after_the_first_is_news(client, khue):
    sign_in(client)
    sign_in(client, later=1)
    of_one = waiting(DeviceAdded)
    Factor.objects.update(last_step=0)  # the codes of this minute are used

    sign_in(Client(), agent=IPHONE)

    assert of_one == 0
    assert waiting(DeviceAdded) > 0


def waiting(kind):
    """How many jobs were made to tell of it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE args->>'event' = %s", [kind.name]
        )
        return cursor.fetchone()[0]
