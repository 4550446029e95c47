"""The code that lets an officer set a password: once, for a day, from who leads or administers."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from motcua.contexts.identity.actions.accounts import set_account_open
from motcua.contexts.identity.actions.entering import enter, issue_entry_code
from motcua.contexts.identity.actions.recovery import new_code
from motcua.contexts.identity.contracts import AccountNotFound, TooManyAttempts
from motcua.contexts.identity.contracts.passwords import (
    AccountIsClosed,
    EntryCodeRefused,
    NotYoursToLetIn,
    PasswordTellsWho,
)
from motcua.contexts.identity.models import Account, EntryCode, FactorRecovery, Session
from motcua.contexts.identity.queries.actors import actor_of
from motcua.contexts.identity.testing import (
    PASSWORD,
    an_app,
    an_officer_account,
    code_of,
    signed_in,
)
from motcua.contexts.identity.web.middleware import recent
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM
from motcua.kernel.models import LedgerLeaf

NEW = "bảy con mèo ngủ trên mái ngói"
PAGE, LOST = "/dang-nhap/lan-dau", "/dang-nhap/mat-dien-thoai"
STAFF = "/ban/can-bo"


def an_account(name):
    return an_officer_account(name, officer_id=the_officer(name).id)


@pytest.fixture
def bao(small_city):
    """New here: no password, no factor."""
    recent.forget()
    account = an_account("bao")
    Account.objects.filter(id=account.id).update(password=make_password(None))
    account.refresh_from_db()
    return account


@pytest.fixture
def nghia(bao):
    """Bảo's head."""
    return an_account("nghia")


def acting(account):
    return actor_of(account, assurance=3, now=clock.now())


def a_code(account, by, *, at=None):
    code = new_code()
    issue_entry_code(account.id, code, actor=acting(by), now=at or clock.now())
    return code


def given(code, *, username="bao", new=NEW, again=None):
    return Client().post(
        PAGE,
        {
            "username": username,
            "code": code,
            "new": new,
            "again": again or new,
            "idempotency_key": "of-the-form",
        },
    )


def leaves(action):
    return LedgerLeaf.objects.filter(action=f"identity.{action}").count()


def test_a_colleague_lets_nobody_in(bao):
    """And hears no more than of an account that is none."""
    with pytest.raises(AccountNotFound):
        a_code(bao, an_account("khue"))


def test_nobody_lets_themselves_in(nghia):
    quynh = an_account("quynh")

    for own in (nghia, quynh):
        with pytest.raises(NotYoursToLetIn):
            a_code(own, own)


def test_nobody_lets_a_closed_account_in(bao):
    set_account_open(bao.id, is_open=False, actor=SYSTEM, now=clock.now())

    with pytest.raises(AccountIsClosed):
        a_code(bao, an_account("quynh"))


def test_a_new_officer_comes_in_with_code_password_and_first_factor(bao, nghia):
    code, browser = a_code(bao, nghia), Client()

    taken = browser.post(PAGE, {"username": " BAO", "code": code.lower(), "new": NEW, "again": NEW})
    second = browser.get("/dang-nhap/xac-nhan")
    page = browser.get("/dang-nhap/dang-ky").content.decode()
    secret = re.search(r'class="code">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    done = browser.post("/dang-nhap/dang-ky", {"code": code_of(secret)})

    assert taken.headers["Location"] == "/dang-nhap/xac-nhan"
    assert second.headers["Location"] == "/dang-nhap/dang-ky"
    assert done.headers["Location"] == "/ban"
    assert browser.get("/toi").status_code == 200
    assert (leaves("issue_entry_code"), leaves("use_entry_code")) == (1, 1)


def test_the_code_goes_not_round_the_second_factor(bao, nghia):
    an_app(bao)
    code, browser = a_code(bao, nghia), Client()

    browser.post(PAGE, {"username": "bao", "code": code, "new": NEW, "again": NEW})

    assert browser.get("/toi").headers["Location"].startswith("/dang-nhap")
    assert browser.get("/dang-nhap/dang-ky").headers["Location"] == "/dang-nhap/xac-nhan"
    assert browser.post("/dang-nhap/xac-nhan", {"code": code_of()}).headers["Location"] == "/ban"


def test_a_code_works_once_however_often_it_is_sent(bao, nghia):
    code = a_code(bao, nghia)
    first = given(code)

    again = given(code, new=f"{NEW} khác")

    assert (first.status_code, again.status_code) == (303, 403)
    bao.refresh_from_db()
    assert bao.check_password(NEW)
    assert leaves("use_entry_code") == 1


def test_a_code_is_worth_nothing_after_a_day(bao, nghia):
    then = clock.now() - timedelta(hours=24)

    answer = given(a_code(bao, nghia, at=then))

    assert answer.status_code == 403
    assert "quá 24 giờ" in answer.content.decode()
    assert leaves("sign_in_by_entry_code") == 1


def test_a_newer_code_ends_the_older(bao, nghia):
    older, newer = a_code(bao, nghia), a_code(bao, nghia)

    assert given(older).status_code == 403
    assert given(newer).status_code == 303


def test_closing_the_account_ends_its_code_for_good(bao, nghia):
    code = a_code(bao, nghia)
    for is_open in (False, True):
        set_account_open(bao.id, is_open=is_open, actor=SYSTEM, now=clock.now())

    assert given(code).status_code == 403


def test_a_code_of_another_and_an_unknown_name_read_the_same(bao, nghia):
    an_account("khue")
    code = a_code(bao, nghia)

    pages = [given(code, username=name) for name in ("khue", "nobody")]

    texts = {re.sub(r"khue|nobody", "", re.sub(r'value="[\w-]{20,}"', "", main(p))) for p in pages}
    assert [p.status_code for p in pages] == [403, 403]
    assert len(texts) == 1


def main(answer):
    return re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)[0]


def test_a_weak_password_does_not_use_the_code_up(bao, nghia):
    code = a_code(bao, nghia)

    weak = given(code, new="bao-bao-bao-motcua")
    differs = given(code, again="another one entirely")

    assert (weak.status_code, differs.status_code) == (422, 422)
    assert code in weak.content.decode()
    assert given(code).status_code == 303


def test_guessing_codes_is_slowed_down_even_for_the_right_one(bao, nghia):
    code = a_code(bao, nghia)
    for _ in range(5):
        given("AAAA-BBBB-CCCC-DDDD")

    answer = given(code)

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "900")
    with pytest.raises(TooManyAttempts):
        enter("bao", code, NEW, origin="127.0.0.1", now=clock.now())


def test_what_is_wrong_with_the_code_is_told_before_the_password_is_judged(bao, nghia):
    code = a_code(bao, nghia)

    with pytest.raises(EntryCodeRefused):
        enter("bao", "AAAA", "bao-bao-bao-motcua", origin="", now=clock.now())
    with pytest.raises(PasswordTellsWho):
        enter("bao", code, "bao-bao-bao-motcua", origin="", now=clock.now())


def test_a_forgotten_password_ends_what_was_opened_with_it(bao, nghia):
    an_app(bao)
    browser = signed_in(Client(), bao)

    given(a_code(bao, nghia))

    assert not Session.objects.filter(account=bao).exists()
    assert browser.get("/toi").status_code == 302


def test_the_code_itself_is_kept_nowhere(bao, nghia):
    code = a_code(bao, nghia)

    held = bytes(EntryCode.objects.get().digest)

    assert len(held) == 32
    assert code.encode() not in held


def test_a_head_lets_in_and_asks_on_one_page(bao, nghia):
    khue = an_account("khue")
    browser = signed_in(Client(), nghia)
    here = f"{STAFF}/{bao.officer_id}"

    before = browser.get(STAFF).content.decode()
    issued = browser.post(f"{here}/ma-vao", {"idempotency_key": "a"}).content.decode()
    code = re.search(r'class="code h2">([A-Z2-7-]+)<', issued)[1]
    after = browser.get(STAFF).content.decode()

    assert "Chưa vào lần nào" in before
    assert the_officer("khue").full_name not in before
    assert khue.username not in before
    assert code not in after
    assert "Mã vào chưa dùng" in after
    assert given(code).status_code == 303
    assert "Chưa có xác nhận thứ hai" in browser.get(STAFF).content.decode()


def test_a_head_asks_recovery_once_and_two_administrators_see_it(bao, nghia):
    Account.objects.filter(id=bao.id).update(password=make_password(PASSWORD))
    an_app(bao)
    browser = signed_in(Client(), nghia)
    url = f"{STAFF}/{bao.officer_id}/cap-lai"

    browser.post(url, {"idempotency_key": "a"})
    again = browser.post(url, {"idempotency_key": "b"})

    assert again.status_code == 409
    assert FactorRecovery.objects.get().asked_by_id == nghia.id
    assert "đang chờ hai quản trị viên" in browser.get(STAFF).content.decode()
    assert "1 đề nghị" in page_of_administrator().replace("\xa0", " ")


def page_of_administrator():
    return signed_in(Client(), an_account("quynh")).get("/quan-tri/tai-khoan").content.decode()


@pytest.mark.parametrize("what", ["ma-vao", "cap-lai"])
def test_officers_of_another_head_do_not_exist_for_this_one(nghia, what):
    khue = an_account("khue")
    browser = signed_in(Client(), nghia)

    of_another = browser.post(f"{STAFF}/{khue.officer_id}/{what}", {"idempotency_key": "a"})
    of_nobody = browser.post(f"{STAFF}/{khue.id}/{what}", {"idempotency_key": "b"})

    assert (of_another.status_code, of_nobody.status_code) == (404, 404)
    assert not EntryCode.objects.exists()
    assert not FactorRecovery.objects.exists()


def test_an_administrator_lets_in_on_the_page_of_the_account(bao):
    browser = signed_in(Client(), an_account("quynh"))

    page = browser.post(f"/quan-tri/tai-khoan/{bao.id}/ma-vao", {"idempotency_key": "a"})

    code = re.search(r'class="code h2">([A-Z2-7-]+)<', page.content.decode())[1]
    assert given(code).status_code == 303


def test_who_lost_the_telephone_is_answered_the_same_whatever_is_true(bao, nghia):
    Account.objects.filter(id=bao.id).update(password=make_password(PASSWORD))
    tries = [("bao", PASSWORD), ("bao", PASSWORD), ("bao", "wrong"), ("nobody", "wrong")]

    answers = [
        Client().post(LOST, {"username": name, "password": password, "idempotency_key": "x"})
        for name, password in tries
    ]

    assert {answer.status_code for answer in answers} == {200}
    assert len({main(answer) for answer in answers}) == 1
    assert FactorRecovery.objects.get().account_id == bao.id


def test_guessing_passwords_there_is_slowed_down_too(bao):
    for _ in range(5):
        Client().post(LOST, {"username": "bao", "password": "wrong"})

    answer = Client().post(LOST, {"username": "bao", "password": PASSWORD})

    assert answer.status_code == 429
    assert not FactorRecovery.objects.exists()
