"""An officer lost every factor: two administrators, neither the asker; one code, once, one hour."""

from datetime import timedelta

import pytest
from django.test import Client

from motcua.contexts.identity.actions.recovery import ask_recovery, confirm_recovery, new_code
from motcua.contexts.identity.actions.tokens import make_token, new_token_text
from motcua.contexts.identity.contracts import (
    AccountNotFound,
    RecoveryNeedsAnother,
    RecoveryNotFound,
    RecoveryOver,
    RecoveryUnderWay,
)
from motcua.contexts.identity.models import ApiToken, Factor, FactorRecovery, Session
from motcua.contexts.identity.queries.actors import actor_of
from motcua.contexts.identity.queries.recoveries import open_ones
from motcua.contexts.identity.testing import PASSWORD, an_app, an_officer_account, signed_in
from motcua.contexts.identity.web.middleware import recent
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel import clock
from motcua.kernel.access import WrongRole
from motcua.kernel.actors import Role
from motcua.kernel.clock import city_date
from motcua.kernel.models import LedgerLeaf

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return clock.now()


@pytest.fixture
def bao(small_city):
    recent.forget()
    account = an_officer_account("bao", officer_id=the_officer("bao").id)
    an_app(account)
    return account


@pytest.fixture
def administrators(bao, now):
    """Accounts of three administrators of the city office."""
    office = organisations.unit("H29.99.1")
    holders = organisations.holders_of(office.id, Role.ADMINISTRATOR, city_date(now))
    return [an_officer_account(one.staff_no, officer_id=one.id) for one in holders]


def acting(account, now):
    return actor_of(account, assurance=3, now=now)


def asked(account, by, now):
    return ask_recovery(account.id, actor=acting(by, now), now=now).id


def confirm(recovery_id, by, now, *, code="AAAA-BBBB-CCCC-DDDD"):
    return confirm_recovery(recovery_id, code, actor=acting(by, now), now=now)


def test_a_colleague_asks_for_nobody(bao, now):
    khue = an_officer_account("khue", officer_id=the_officer("khue").id)

    with pytest.raises(AccountNotFound):
        asked(bao, khue, now)


def test_a_head_asks_for_whom_they_lead(bao, now):
    nghia = an_officer_account("nghia", officer_id=the_officer("nghia").id)

    assert asked(bao, nghia, now)


def test_one_request_at_a_time(bao, now):
    asked(bao, bao, now)

    with pytest.raises(RecoveryUnderWay):
        asked(bao, bao, now)


def test_a_colleague_does_not_see_that_a_recovery_waits(bao, now):
    khue = an_officer_account("khue", officer_id=the_officer("khue").id)

    asked(bao, bao, now)

    assert not open_ones(acting(khue, now), now=now)


def test_a_head_sees_what_their_officer_asked_and_is_not_offered_it_again(bao, now):
    nghia = signed_in(Client(), an_officer_account("nghia", officer_id=the_officer("nghia").id))
    offered = f"/ban/can-bo/{bao.officer_id}/cap-lai"
    before = nghia.get("/ban/can-bo").content.decode()

    asked(bao, bao, now)

    after = nghia.get("/ban/can-bo").content.decode()
    assert offered in before
    assert offered not in after
    assert "Đề nghị cấp lại đang chờ hai quản trị viên" in after


def test_nobody_but_administrators_confirms(bao, administrators, now):
    recovery = asked(bao, bao, now)
    nghia = an_officer_account("nghia", officer_id=the_officer("nghia").id)

    with pytest.raises(WrongRole):
        confirm(recovery, nghia, now)


def test_the_asker_never_confirms(bao, administrators, now):
    first, *_ = administrators
    recovery = asked(bao, first, now)

    with pytest.raises(RecoveryNeedsAnother):
        confirm(recovery, first, now)


def test_whom_it_is_for_never_confirms(bao, administrators, now):
    first, second, _ = administrators
    recovery = asked(first, second, now)

    with pytest.raises(RecoveryNeedsAnother):
        confirm(recovery, first, now)


def test_the_same_administrator_does_not_count_twice(bao, administrators, now):
    first, *_ = administrators
    recovery = asked(bao, bao, now)
    assert not confirm(recovery, first, now).is_granted

    with pytest.raises(RecoveryNeedsAnother):
        confirm(recovery, first, now)
    assert Factor.objects.filter(removed_at__isnull=True).count() == 1


def test_a_request_lapses_after_a_day(bao, administrators, now):
    first, second, _ = administrators
    recovery = asked(bao, bao, now)
    confirm(recovery, first, now + timedelta(hours=23))

    with pytest.raises(RecoveryOver):
        confirm(recovery, second, now + timedelta(hours=24))


def test_a_third_confirmation_gives_no_second_code(bao, administrators, now):
    first, second, third = administrators
    recovery = asked(bao, bao, now)
    confirm(recovery, first, now)
    confirm(recovery, second, now)

    with pytest.raises(RecoveryOver):
        confirm(recovery, third, now)


def test_what_does_not_exist_is_not_confirmed(bao, administrators, now):
    with pytest.raises(RecoveryNotFound):
        confirm(bao.id, administrators[0], now)


def test_the_second_confirmation_ends_everything_and_is_in_the_ledger(bao, administrators, now):
    first, second, _ = administrators
    signed_in(Client(), bao)
    make_token(new_token_text(), name="x", scopes=["read"], actor=acting(bao, now), now=now)
    recovery = asked(bao, bao, now)
    confirm(recovery, first, now)

    step = confirm(recovery, second, now)

    assert step.is_granted
    assert not Factor.objects.filter(removed_at__isnull=True).exists()
    assert not Session.objects.filter(account=bao).exists()
    assert not ApiToken.objects.filter(revoked_at__isnull=True).exists()
    assert LedgerLeaf.objects.filter(action="identity.confirm_recovery").count() == 2


def half_way():
    browser = Client()
    browser.post("/dang-nhap", {"username": "bao", "password": PASSWORD})
    return browser


def test_the_code_opens_enrolment_once_and_only_after_the_password(bao, administrators, now):
    first, second, _ = administrators
    code = new_code()
    recovery = asked(bao, bao, now)
    confirm(recovery, first, now)
    confirm(recovery, second, now, code=code)
    stranger, browser, again = Client(), half_way(), half_way()

    assert stranger.post("/dang-nhap/mat-het", {"code": code}).headers["Location"] == "/dang-nhap"
    assert browser.get("/dang-nhap/xac-nhan").headers["Location"] == "/dang-nhap/mat-het"
    assert browser.get("/dang-nhap/dang-ky").headers["Location"] == "/dang-nhap/xac-nhan"
    assert browser.post("/dang-nhap/mat-het", {"code": "AAAA"}).status_code == 403
    opened = browser.post("/dang-nhap/mat-het", {"code": code.lower().replace("-", " ")})
    assert opened.headers["Location"] == "/dang-nhap/dang-ky"
    assert browser.get("/dang-nhap/dang-ky").status_code == 200
    assert again.post("/dang-nhap/mat-het", {"code": code}).status_code == 403


def test_the_code_is_worth_nothing_after_an_hour(bao, administrators, now):
    first, second, _ = administrators
    code, then = new_code(), now - timedelta(minutes=61)
    recovery = asked(bao, bao, then)
    confirm(recovery, first, then)
    confirm(recovery, second, then, code=code)

    assert half_way().post("/dang-nhap/mat-het", {"code": code}).status_code == 403


def test_the_code_itself_is_kept_nowhere(bao, administrators, now):
    first, second, _ = administrators
    code = new_code()
    recovery = asked(bao, bao, now)
    confirm(recovery, first, now)
    confirm(recovery, second, now, code=code)

    held = bytes(FactorRecovery.objects.get().code_digest)
    assert len(held) == 32
    assert code.encode() not in held


def test_the_officer_asks_from_the_second_step(bao, now):
    browser = half_way()

    browser.post("/dang-nhap/mat-het/de-nghi")
    browser.post("/dang-nhap/mat-het/de-nghi")

    assert FactorRecovery.objects.get().asked_by_id == bao.id
    assert "đang chờ hai quản trị viên" in browser.get("/dang-nhap/mat-het").content.decode()


def test_two_administrators_on_their_pages(bao, administrators, now):
    first, second, _ = administrators
    recovery = asked(bao, bao, now)
    pages = [signed_in(Client(), one) for one in (first, second)]
    here = f"/quan-tri/tai-khoan/{bao.id}"

    listed = pages[0].get("/quan-tri/tai-khoan").content.decode()
    one = pages[0].post(f"{here}/cap-lai/{recovery}/xac-nhan", {"idempotency_key": "a"})
    two = pages[1].post(f"{here}/cap-lai/{recovery}/xac-nhan", {"idempotency_key": "b"})

    assert "1 đề nghị cấp lại" in listed.replace("\xa0", " ")
    assert one.status_code == 303
    assert "chỉ hiện một lần" in two.content.decode()
    assert "Đã cấp mã" in pages[0].get(here).content.decode()


def test_closing_an_account_ends_its_sessions_at_once(bao, administrators):
    browser = signed_in(Client(), bao)
    quynh = signed_in(Client(), administrators[0])

    quynh.post(f"/quan-tri/tai-khoan/{bao.id}/khoa", {"idempotency_key": "c"})

    assert browser.get("/toi").status_code == 302
    assert not Session.objects.filter(account=bao).exists()
