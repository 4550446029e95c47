"""Officers sign in by name, password and code: wrong ones, too many, closed, and right."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.contexts.identity.models import Account, SignInAttempt
from motcua.contexts.identity.testing import (
    PASSWORD,
    a_citizen_account,
    an_app,
    an_officer_account,
    code_of,
)
from motcua.contexts.identity.web.middleware import recent
from motcua.contexts.organisations.testing import the_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def khue(small_city):
    recent.forget()
    return an_officer("khue")


def an_officer(name):
    account = an_officer_account(name, officer_id=the_officer(name).id)
    an_app(account)
    return account


def sign_in(client, *, username="khue", password=PASSWORD, next_url="/toi/vi-tri", **extra):
    """The password, and when it was right the code of the app."""
    sent = {"username": username, "password": password, "next": next_url, **extra}
    answer = client.post("/dang-nhap", sent)
    if answer.status_code != 303:
        return answer
    return client.post("/dang-nhap/xac-nhan", {"code": code_of()})


def test_a_wrong_password_and_an_unknown_name_read_the_same(client, khue):
    wrong = sign_in(client, password="wrong")
    unknown = sign_in(client, username="nobody")

    assert wrong.status_code == unknown.status_code == 403
    for answer in (wrong, unknown):
        assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in answer.content.decode()


def test_after_five_wrong_tries_even_the_right_password_waits(client, khue):
    for _ in range(5):
        sign_in(client, password="wrong")

    answer = sign_in(client)

    assert (answer.status_code, answer["Retry-After"]) == (429, "900")
    assert "chờ 15 phút" in answer.content.decode()


def test_sending_the_same_form_again_counts_as_another_try(client, khue):
    for _ in range(5):
        sign_in(client, password="wrong", idempotency_key="always the same")

    assert SignInAttempt.objects.filter(outcome="WRONG").count() == 5


def test_a_quarter_of_an_hour_later_the_right_password_works(client, khue):
    for _ in range(5):
        sign_in(client, password="wrong")
    for attempt in SignInAttempt.objects.order_by("id"):
        SignInAttempt.objects.filter(id=attempt.id).update(at=attempt.at - timedelta(minutes=16))

    assert sign_in(client).status_code == 303


def test_one_address_cannot_try_many_names(client, khue):
    for number in range(30):
        sign_in(client, username=f"name{number}")

    assert "chờ 15 phút" in sign_in(client).content.decode()


def test_a_closed_account_says_so(client, khue):
    Account.objects.update(is_active=False)

    assert "Tài khoản này đã khóa" in sign_in(client).content.decode()


def test_a_citizen_has_no_password_to_sign_in_with(client, khue):
    citizen = a_citizen_account()

    assert sign_in(client, username=citizen.username, password="").status_code == 403


def test_the_right_password_opens_the_posts(client, khue):
    answer = sign_in(client)

    assert (answer.status_code, answer.headers["Location"]) == (303, "/toi/vi-tri")
    page = client.get("/toi/vi-tri").content.decode()
    assert "Trần Minh Khuê" in page
    assert "cán bộ tiếp nhận" in page
    assert "Bến Thành" in page


def test_the_name_may_be_typed_in_capitals(client, khue):
    assert sign_in(client, username=" KHUE ").status_code == 303


def test_the_session_gets_a_new_key(client, khue):
    client.get("/dang-nhap")
    client.session["x"] = 1
    before = client.session.session_key

    sign_in(client)

    assert client.session.session_key != before


def test_the_way_on_never_leads_to_another_site(client, khue):
    assert sign_in(client, next_url="//evil.example").headers["Location"] == "/ban"


@pytest.mark.parametrize(
    ("name", "home"), [("bao", "/ban"), ("thanh", "/dieu-hanh"), ("quynh", "/quan-tri")]
)
def test_everybody_starts_where_their_work_is(client, khue, name, home):
    if name != "khue":
        an_officer(name)

    signed = sign_in(client, username=name, next_url="/")

    assert signed.headers["Location"] == home
    assert client.get("/dang-nhap").headers["Location"] == home


def test_whoever_is_signed_in_is_not_asked_again(client, khue):
    sign_in(client)

    assert client.get("/dang-nhap?next=/toi").headers["Location"] == "/toi"


def test_signing_out_ends_the_session(client, khue):
    sign_in(client)

    client.post("/dang-xuat")

    assert client.get("/toi").headers["Location"].startswith("/dang-nhap")


def test_a_changed_password_ends_other_sessions(client, khue):
    sign_in(client)
    khue.set_password("another long password")
    khue.save()
    recent.forget()

    assert client.get("/toi").status_code == 302


def test_a_closed_account_ends_within_seconds(client, khue):
    sign_in(client)
    Account.objects.update(is_active=False)
    recent.forget()

    assert client.get("/toi").status_code == 302


def test_a_closed_account_writes_nothing_more_at_all(client, khue):
    sign_in(client)
    client.get("/toi")
    Account.objects.update(is_active=False)

    assert client.get("/toi").status_code == 200  # still remembered
    asked = client.post("/toi/ma-truy-cap", headers={"Idempotency-Key": "closed"})
    assert asked.status_code == 403


def test_knowing_who_asks_costs_one_query(client, khue):
    sign_in(client)
    client.get("/toi/vi-tri")

    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get("/toi/vi-tri")

    assert len(queries) == 1


def test_a_stranger_costs_none(client, db):
    with CaptureQueriesContext(connection) as queries:
        client.get("/dang-nhap")

    assert len(queries) == 0


def test_who_tried_is_kept_only_as_an_index(client, khue):
    sign_in(client, password="wrong")

    with connection.cursor() as cursor:
        cursor.execute("SELECT a::text FROM identity_signinattempt a")
        [(row,)] = cursor.fetchall()
    assert "khue" not in row
    assert "127.0.0.1" not in row
