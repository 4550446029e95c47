"""Signing in by VNeID: what is turned away, and what comes of it when it works."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount

from motcua.contexts.exchange.testing import logged_operations
from motcua.contexts.identity.models import Account, Person
from motcua.contexts.identity.testing import a_person
from motcua.kernel.models import LedgerLeaf

pytestmark = pytest.mark.django_db


def signed_in_name(client):
    page = client.get("/toi")
    return page.content.decode() if page.status_code == 200 else ""


def refusals():
    rows = LedgerLeaf.objects.filter(action="identity.sign_in_refused").order_by("id")
    return [row.body for row in rows]


def test_whoever_refuses_at_vneid_is_told_so(browser):
    answer = browser.sign_in(who=None)

    assert "Bạn đã chọn không đăng nhập" in answer.content.decode()
    assert not signed_in_name(browser.client)
    assert "sign_in_cancelled" in refusals()[0]


def test_a_way_back_works_once(browser):
    back = browser.way_back(browser.to_vneid())
    browser.client.get(back)
    browser.client.logout()

    again = browser.client.get(back)

    assert again.status_code == 403
    assert "đã hết hạn, đã dùng rồi" in again.content.decode()
    assert not signed_in_name(browser.client)


def test_a_way_back_is_of_no_use_in_another_browser(browser, client_class):
    back = browser.way_back(browser.to_vneid())

    other = client_class()
    answer = other.get(back)

    assert answer.status_code == 403
    assert not signed_in_name(other)


@pytest.fixture
def client_class():
    from django.test import Client

    return Client


def test_a_stolen_code_is_of_no_use_with_another_state(browser, client_class):
    stolen = parse_qs(urlsplit(browser.way_back(browser.to_vneid())).query)["code"][0]
    thief = type(browser)(client_class(), browser.origin)
    own = thief.way_back(thief.to_vneid())
    own_code = parse_qs(urlsplit(own).query)["code"][0]

    answer = thief.client.get(own.replace(own_code, stolen))

    assert answer.status_code == 403
    assert "VNeID không nhận mã" in answer.content.decode()


def test_a_code_used_before_is_refused(browser):
    first = browser.way_back(browser.to_vneid())
    code = parse_qs(urlsplit(first).query)["code"][0]
    browser.client.get(first)
    second = browser.way_back(browser.to_vneid())
    second_code = parse_qs(urlsplit(second).query)["code"][0]

    answer = browser.client.get(second.replace(second_code, code))

    assert "VNeID không nhận mã" in answer.content.decode()
    assert "invalid_grant" in refusals()[0]


def test_a_state_nobody_gave_is_refused(browser):
    answer = browser.client.get("/dang-nhap/vneid/tra-ve", {"code": "x", "state": "y"})

    assert answer.status_code == 403
    assert "state_unknown" in refusals()[0]


def test_an_expired_state_is_refused(browser):
    back = browser.way_back(browser.to_vneid())
    session = browser.client.session
    states = session["socialaccount_states"]
    session["socialaccount_states"] = {k: (s, at - 601, p) for k, (s, at, p) in states.items()}
    session.save()

    answer = browser.client.get(back)

    assert answer.status_code == 403
    assert "đã hết hạn" in answer.content.decode()


@pytest.mark.parametrize(
    ("mode", "words", "reason"),
    [
        ("expired_code", "VNeID không nhận mã", "invalid_grant"),
        ("wrong_nonce", "không khớp với lượt đăng nhập này", "nonce_differs"),
        ("wrong_signature", "không khớp với lượt đăng nhập này", "InvalidSignatureError"),
    ],
)
def test_a_faulty_answer_lets_nobody_in(browser, vneid, mode, words, reason):
    people = browser.to_vneid()
    vneid.simulators.faults.set("vneid", mode)

    answer = browser.client.get(browser.way_back(people))

    assert answer.status_code == 403
    assert words in answer.content.decode()
    assert reason in refusals()[0]
    assert not Account.objects.exists()


def test_an_issuer_mixed_up_on_the_way_back_is_refused(browser):
    back = browser.way_back(browser.to_vneid())

    answer = browser.client.get(back.split("&iss=")[0] + "&iss=http://evil.example&code=x")

    assert answer.status_code == 403
    assert "issuer_differs" in refusals()[0]


def test_a_dead_vneid_is_named_before_the_browser_is_sent_there(browser, vneid):
    vneid.simulators.faults.set("vneid", "down")

    answer = browser.client.get("/dang-nhap/vneid")

    assert answer.status_code == 503
    assert "VNeID chưa trả lời" in answer.content.decode()
    assert answer.headers["Retry-After"] == "300"


def test_a_vneid_that_dies_meanwhile_is_named_too(browser, vneid):
    back = browser.way_back(browser.to_vneid())
    vneid.simulators.faults.set("vneid", "down")

    answer = browser.client.get(back)

    assert answer.status_code == 503
    assert "VNeID chưa trả lời" in answer.content.decode()


def test_whoever_says_no_may_still_go_where_they_wanted(browser):
    people = browser.to_vneid(next_url="/nop/1.001193")

    answer = browser.client.get(browser.way_back(people, who=None))

    assert "/dang-nhap/vneid?next=/nop/1.001193" in answer.content.decode()


def test_a_new_signing_key_is_found(browser, vneid):
    browser.sign_in()
    browser.client.logout()
    vneid.simulators.vneid.keys.rotate()

    browser.sign_in()

    assert "Nguyễn Thị Ánh Tuyết" in signed_in_name(browser.client)


def test_the_first_visit_makes_a_person_and_an_account(browser):
    answer = browser.sign_in()

    assert answer.headers["Location"] == "/toi"
    page = signed_in_name(browser.client)
    assert "Nguyễn Thị Ánh Tuyết" in page
    assert "•••••••••001" in page
    assert "079190999001" not in page
    assert Person.objects.get().source == "VNEID"


def test_the_second_visit_finds_them_again(browser):
    browser.sign_in()
    browser.client.logout()

    browser.sign_in()

    assert (Person.objects.count(), Account.objects.count()) == (1, 1)


def test_a_person_known_from_the_counter_is_recognised(browser):
    known = a_person()

    browser.sign_in()

    assert Account.objects.get().person_id == known.id
    assert Person.objects.count() == 1


def test_a_number_that_belongs_to_another_name_is_never_taken_over(browser):
    typed_wrong = a_person("Trần Văn Khác")

    browser.sign_in()

    assert Account.objects.get().person_id != typed_wrong.id
    assert Person.objects.count() == 2


def test_what_vneid_says_otherwise_is_told_and_not_written(browser):
    browser.sign_in()
    person = Person.objects.get()
    person.full_name = "Nguyễn Thị Ánh Nguyệt"
    person.save()
    browser.client.logout()

    browser.sign_in()

    assert "Chưa có gì bị sửa" in signed_in_name(browser.client)
    assert Person.objects.get().full_name == "Nguyễn Thị Ánh Nguyệt"
    leaf = LedgerLeaf.objects.filter(action="identity.sign_in_by_vneid").order_by("id").last()
    assert '"differs": ["full_name"]' in leaf.body


def test_a_closed_account_stays_out(browser):
    browser.sign_in()
    browser.client.logout()
    Account.objects.update(is_active=False)

    answer = browser.sign_in()

    assert "Tài khoản này đã khóa" in answer.content.decode()


def test_the_link_to_vneid_holds_no_personal_data(browser):
    browser.sign_in()

    link = SocialAccount.objects.get()
    assert link.extra_data == {}
    assert "079190999001" not in link.uid


def test_the_calls_to_vneid_are_in_the_log(browser):
    browser.sign_in()

    assert logged_operations() == ["discovery", "token", "keys", "userinfo"]


def test_the_way_on_never_leads_to_another_site(browser):
    people = browser.to_vneid(next_url="https://evil.example/")

    answer = browser.client.get(browser.way_back(people))

    assert answer.headers["Location"] == "/"
