"""Passwords of officers: what is refused, what a change asks, and what ends with it."""

import unicodedata
from hashlib import sha1

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client

from motcua.contexts.identity.actions.passwords import judged
from motcua.contexts.identity.adapters.passwords import is_leaked
from motcua.contexts.identity.contracts.passwords import (
    PasswordKnown,
    PasswordTellsWho,
    PasswordTooLong,
    PasswordTooShort,
)
from motcua.contexts.identity.events import FactorsChanged
from motcua.contexts.identity.models import Session
from motcua.contexts.identity.rules import SIGNED_IN_AT
from motcua.contexts.identity.rules.passwords import city_words, plain
from motcua.contexts.identity.testing import (
    PASSWORD,
    an_app,
    an_officer_account,
    code_of,
    signed_in,
)
from motcua.contexts.identity.web.middleware import recent
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel import clock
from motcua.kernel.clock import city_date
from motcua.kernel.models import LedgerLeaf

PAGE = "/toi/mat-khau"
NEW = "bảy con mèo ngủ trên mái ngói"


@pytest.fixture
def bao(small_city):
    recent.forget()
    account = an_officer_account("bao", officer_id=the_officer("bao").id)
    an_app(account)
    return account


def judge(password, account):
    return judged(password, account, now=clock.now())


@pytest.fixture
def browser(bao):
    return signed_in(Client(), bao)


def typed(**other):
    form = {"current": PASSWORD, "new": NEW, "again": NEW, "idempotency_key": "of-the-form"}
    return {**form, **other}


def refusal_of(browser, **other):
    answer = browser.post(PAGE, typed(**other))
    assert answer.status_code in {403, 422}
    return answer.content.decode()


@pytest.mark.parametrize(
    "password", [NEW, "x" * 3 + "mèo ngủ trên mái", "k9 " * 21 + "q", "ạ" + NEW]
)
def test_length_is_asked_and_no_kind_of_character(bao, password):
    assert judge(password, bao)


@pytest.mark.parametrize(
    ("password", "refusal"),
    [
        ("mèo ngủ ngon", None),
        ("mèo ngủ êm", PasswordTooShort),
        ("m" * 1001, PasswordTooLong),
        ("aaaaaaaaaaaaaaaa", PasswordTellsWho),
    ],
)
def test_twelve_letters_at_least_a_thousand_at_most(bao, password, refusal):
    if refusal is None:
        assert judge(password, bao)
        return

    with pytest.raises(refusal):
        judge(password, bao)


@pytest.mark.parametrize(
    "password",
    [
        "MotCua-TPHCM-2026",
        "M0tcua@S4ig0n.2026",
        "Ủy ban nhân dân 12",
        unicodedata.normalize("NFD", "Ủy ban nhân dân 12"),
        "bao-bao-bao-motcua",
        "bao@example.vn.2026",
    ],
)
def test_names_that_everybody_knows_do_not_count(bao, password):
    with pytest.raises(PasswordTellsWho):
        judge(password, bao)


def test_the_own_name_and_unit_do_not_count_in_any_writing(bao):
    name = the_officer("bao").full_name

    [post, *_] = organisations.posts_of(bao.officer_id, city_date(clock.now()))
    unit = organisations.unit_by_id(post.unit_id)
    own = (name, name.upper(), unicodedata.normalize("NFD", name), plain(name))

    for written in (*own, unit.code, unit.name, unit.short_name.lower()):
        with pytest.raises(PasswordTellsWho):
            judge(f"{written}!2026", bao)


def test_a_long_sentence_may_name_the_city(bao):
    assert judge("bảy con mèo ngủ ở Sài Gòn", bao)


def test_the_list_of_known_words_is_as_it_is_compared():
    assert all(word == plain(word) for word in city_words())


@pytest.mark.parametrize("password", ["Cosmopolitan", "1!cosmopolitan2026", "cookiemonster"])
def test_common_ones_are_refused_with_digits_around_them_too(bao, password):
    with pytest.raises(PasswordKnown):
        judge(password, bao)


def test_a_leaked_one_is_found_in_the_file_of_digests(bao, settings, tmp_path):
    leaked = [f"leaked phrase number {number}" for number in range(300)]
    lines = sorted(sha1(one.encode()).hexdigest().upper() for one in leaked)
    settings.LEAKED_PASSWORDS = tmp_path / "leaked.txt"
    settings.LEAKED_PASSWORDS.write_text("".join(f"{one}:{len(one)}\n" for one in lines))

    assert all(is_leaked(one, settings.LEAKED_PASSWORDS) for one in leaked)
    assert not any(is_leaked(f"{one}.", settings.LEAKED_PASSWORDS) for one in leaked)
    with pytest.raises(PasswordKnown):
        judge(leaked[7], bao)


def test_an_empty_file_refuses_nothing(tmp_path):
    (tmp_path / "leaked.txt").write_text("")

    assert not is_leaked(NEW, tmp_path / "leaked.txt")


def test_commands_of_django_judge_the_same_way():
    validate_password(NEW)

    with pytest.raises(ValidationError):
        validate_password("MotCua-TPHCM-2026")


def test_a_citizen_and_a_stranger_have_no_such_page(small_city):
    assert Client().get(PAGE).headers["Location"].startswith("/dang-nhap")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"current": "not this one"}, "Mật khẩu đang dùng chưa đúng."),
        ({"again": NEW + "."}, "không giống nhau"),
        ({"new": PASSWORD, "again": PASSWORD}, "trùng mật khẩu đang dùng"),
        ({"new": "ngắn", "again": "ngắn"}, "ít nhất 12 ký tự"),
        ({"new": "bao-bao-bao-motcua", "again": "bao-bao-bao-motcua"}, "dễ đoán"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_changes(browser, bao, wrong, told):
    before = bao.password

    page = refusal_of(browser, **wrong)

    bao.refresh_from_db()
    assert told in page
    assert bao.password == before
    assert PASSWORD not in page
    assert NEW not in page


def test_guessing_the_current_password_is_slowed_down(browser):
    for _ in range(5):
        refusal_of(browser, current="not this one")

    answer = browser.post(PAGE, typed())

    assert answer.status_code == 429
    assert LedgerLeaf.objects.filter(action="identity.sign_in_by_password").count() == 6


def test_an_old_second_factor_is_proved_again_before(browser):
    session = browser.session
    session[SIGNED_IN_AT] -= 16 * 60
    session.save()

    sent = browser.post(PAGE, typed())
    proved = browser.post("/dang-nhap/xac-nhan", {"code": code_of()})

    assert sent.headers["Location"] == "/dang-nhap/xac-nhan"
    assert proved.headers["Location"] == PAGE
    assert browser.post(PAGE, typed()).status_code == 303


def test_a_change_ends_every_other_session_and_keeps_this_one(browser, bao):
    other = signed_in(Client(), bao)
    half = Client()
    half.post("/dang-nhap", {"username": "bao", "password": PASSWORD})

    changed = browser.post(PAGE, typed())

    assert (changed.status_code, changed.headers["Location"]) == (303, "/toi")
    assert "Đã đổi mật khẩu" in browser.get("/toi").content.decode()
    assert other.get("/toi").status_code == 302
    assert half.get("/dang-nhap/xac-nhan").headers["Location"] == "/dang-nhap"
    assert Session.objects.filter(account=bao).count() == 1


def test_only_the_new_password_opens_the_door(browser, bao):
    browser.post(PAGE, typed())

    old = Client().post("/dang-nhap", {"username": "bao", "password": PASSWORD})
    new = Client().post("/dang-nhap", {"username": "bao", "password": NEW})

    assert old.status_code == 403
    assert new.headers["Location"] == "/dang-nhap/xac-nhan"


def test_the_holder_is_told_and_the_ledger_has_it_once(browser):
    browser.post(PAGE, typed())
    browser.post(PAGE, typed())

    assert told_of("password") == 1
    assert LedgerLeaf.objects.filter(action="identity.change_password").count() == 1


def told_of(how):
    """How many jobs were made to tell the officer."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE args->>'event' = %s"
            " AND args::text LIKE %s",
            [FactorsChanged.name, f'%"{how}"%'],
        )
        return cursor.fetchone()[0]


def test_fields_are_made_for_managers_of_passwords(browser):
    page = browser.get(PAGE).content.decode()

    assert page.count('autocomplete="new-password"') == 2
    assert 'autocomplete="current-password"' in page
    assert "maxlength" not in page.split('action="/toi/mat-khau"')[1]
    assert "onpaste" not in page
