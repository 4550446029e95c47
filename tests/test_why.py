"""Vì sao tôi thấy / không thấy: told from what decides, and never that a foreign thing exists."""

import json
import re

import pytest
from django.apps import apps
from django.test import Client
from django.utils import translation

from motcua.config.map import matrix
from motcua.contexts.dossiers.testing import a_submitted_birth
from motcua.contexts.identity.testing import (
    a_citizen_account,
    a_person,
    an_officer_account,
    signed_in,
    the_actor,
)
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel import addresses, clock
from motcua.kernel.access import Policy
from motcua.kernel.actors import Actor, ActorKind
from motcua.kernel.why import policy_at
from motcua.portals.citizen.tests.english import leftovers

NOBODYS = "H29.99-20260105-0000000"


@pytest.fixture
def tuyet(small_city):
    return a_citizen_account()


@pytest.fixture
def reader(tuyet):
    """Of English; the language ends with the test."""
    with translation.override("vi"):
        yield signed_in(Client(HTTP_ACCEPT_LANGUAGE="en"), tuyet)


@pytest.fixture
def code(tuyet) -> str:
    return a_submitted_birth(the_actor(tuyet), now=clock.now(), desk_ward="26740")


def officer(name: str, **more) -> Client:
    account = an_officer_account(name, officer_id=the_officer(name).id, **more)
    return signed_in(Client(), account)


def asked(browser: Client, page: str) -> str:
    answer = browser.get("/vi-sao", {"trang": page})
    assert answer.status_code == 200
    main = re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)
    assert main
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main[0]))


def test_a_foreign_dossier_and_none_sound_the_same(code):
    khoa = signed_in(Client(), a_citizen_account(a_person("Lê Minh Khoa")))
    for browser in (khoa, officer("khue"), officer("quynh")):
        foreign = asked(browser, f"/ho-so/{code}").replace(code, "…")

        assert "Vì sao tôi không thấy trang này" in foreign
        assert foreign == asked(browser, f"/ho-so/{NOBODYS}").replace(NOBODYS, "…")


@pytest.mark.parametrize(
    "page",
    [
        "",
        "//example.vn/ho-so",
        "https://example.vn",
        "/khong-co",
        "/nhap/khong-phai-ma",
        "/ho-so/\0",
        "/ho-so/a\n",
    ],
)
def test_what_is_no_page_of_ours_is_not_explained(tuyet, page):
    answer = signed_in(Client(), tuyet).get("/vi-sao", {"trang": page})

    assert answer.status_code == 404
    assert "không có gì để giải thích" in answer.content.decode()


def test_nobody_signed_in_is_asked_to_sign_in(code):
    assert Client().get("/vi-sao", {"trang": f"/ho-so/{code}"}).status_code == 302


def test_a_refusal_leads_to_its_reasons(code):
    refused = officer("khue").get(f"/ban/ho-so/{code}")

    assert refused.status_code == 404
    assert f"/vi-sao?trang=/ban/ho-so/{code}" in refused.content.decode()


def test_a_refused_program_reads_the_reason_and_where_all_reasons_are(tuyet, code):
    khoa = signed_in(Client(), a_citizen_account(a_person("Lê Minh Khoa")))
    answers = {name: khoa.get(f"/api/v1/dossiers/{name}") for name in (code, NOBODYS)}

    told = {name: answer.json() for name, answer in answers.items()}
    assert told[code]["detail"] == told[NOBODYS]["detail"]
    assert "không căn cứ nào đúng với bạn" in told[code]["detail"]
    assert told[code]["why"] == f"/vi-sao?trang=/api/v1/dossiers/{code}"
    assert "Chính chủ Bạn là người nộp hồ sơ này. Không" in asked(khoa, f"/api/v1/dossiers/{code}")
    assert signed_in(Client(), tuyet).get(f"/api/v1/dossiers/{code}").status_code == 200


def test_an_operation_for_officers_says_so_to_a_program_of_a_citizen(tuyet, code):
    mine, page = signed_in(Client(), tuyet), f"/api/v1/dossiers/{code}/steps"
    key = {"Idempotency-Key": "mot-lan"}
    step = {"action": "accept", "seen_version": 1}
    refused = mine.post(page, json.dumps(step), "application/json", headers=key)

    problem = refused.json()
    assert (refused.status_code, problem["code"]) == (403, "wrong_role")
    assert problem["detail"] == "Tài khoản bạn đang dùng không vào được trang này."
    assert problem["why"] == f"/vi-sao?trang={page}&cach=POST"
    assert "Trang dành cho: cán bộ." in mine.get(problem["why"]).content.decode()
    assert mine.get("/vi-sao", {"trang": page}).status_code == 404


def test_whose_it_is_is_told_so_in_words_of_their_own(tuyet, code):
    told = asked(signed_in(Client(), tuyet), f"/ho-so/{code}")

    assert "Vì sao tôi thấy trang này" in told
    assert "Chính chủ Bạn là người nộp hồ sơ này. Đúng" in told
    assert "Ai đã xem dữ liệu của tôi" in told
    assert "Đơn vị của bạn" not in told


def test_an_officer_reads_which_grounds_held_and_which_did_not(code):
    told = asked(officer("bao", is_cleared=False), f"/ban/ho-so/{code}")

    assert "Đơn vị Đơn vị của bạn giải quyết hồ sơ này. Đúng" in told
    assert "Chính chủ Bạn là người nộp hồ sơ này. Không" in told
    assert "Tập huấn, cam kết Bạn có tập huấn và cam kết còn hạn để đọc" in told
    assert "Cam kết của tôi" in told
    assert "Giải quyết hồ sơ" in told


def test_whoever_watches_the_city_learns_that_a_reason_is_asked(code):
    told = asked(officer("thanh"), f"/dieu-hanh/ho-so/{code}")

    assert "Theo dõi Bạn giữ vị trí theo dõi toàn thành phố. Đúng" in told
    assert "Lý do Bạn đã ghi lý do xem và lý do còn hạn. Không" in told


def test_a_page_of_another_role_says_whose_it_is(code):
    told = asked(officer("bao"), "/quan-tri/so-cai")

    assert "Tài khoản bạn đang dùng không vào được trang này." in told
    assert "Trang dành cho: quản trị viên" in told
    assert "giao vị trí" in told


def test_of_a_list_it_is_told_which_rows_are_in_it(tuyet):
    told = asked(officer("bao"), "/ban")

    assert "Danh sách chỉ có những hồ sơ hợp với ít nhất một căn cứ." in told
    assert "Xét từng dòng" in told


def test_every_page_of_a_signed_in_person_leads_here(tuyet):
    for browser, page in ((signed_in(Client(), tuyet), "/ho-so"), (officer("bao"), "/ban")):
        assert f"/vi-sao?trang={page}" in browser.get(page).content.decode()


def test_every_policy_says_of_what_it_is():
    for policy in Policy.registry.values():
        model = apps.get_model(policy.model)
        assert policy.what, policy.resource
        for field in policy.named_by.values():
            assert field == "pk" or model._meta.get_field(field)
        for address in policy.lists:
            assert policy_at(address) is policy, address


def test_an_address_that_names_an_object_is_explained_by_its_policy():
    unexplained = []
    for route in addresses.pages():
        told = {matrix.RESOURCES.get(name) for name in matrix.parameters(route)} - {None}
        names = [name for _, name in matrix.PARAMETER.findall(route.address)]
        found = policy_at(route.address, *names) if told else None
        if told and (found is None or found.resource not in told):
            unexplained.append(route.address)

    assert unexplained == []


def an_address(route: str) -> str:
    """Of the page, with names in it that nothing bears."""
    filled = re.sub(r"<uuid:\w+>", "00000000-0000-0000-0000-000000000009", route)
    return re.sub(r"<[^>]+>", "1", filled)


def test_a_citizen_reads_the_reasons_of_every_page_in_english(reader, code):
    pages = [f"/ho-so/{code}", *(an_address(one.address) for one in addresses.pages())]

    answers = {page: reader.get("/vi-sao", {"trang": page}) for page in pages}
    told = {page: leftovers(answer.content.decode()) for page, answer in answers.items()}

    assert {page: words for page, words in told.items() if words} == {}
    assert sum(answer.status_code == 200 for answer in answers.values()) > len(pages) // 2


def test_a_citizen_is_refused_in_english_at_every_door_of_officers(reader):
    me = Actor(kind=ActorKind.CITIZEN)
    shut = [one.address for one in addresses.pages() if one.access and not one.access.allows(me)]

    answers = {page: reader.get(an_address(page)) for page in shut}
    refused = {page: answer for page, answer in answers.items() if answer.status_code == 403}

    told = {page: leftovers(answer.content.decode()) for page, answer in refused.items()}
    assert {page: words for page, words in told.items() if words} == {}
    assert len(refused) > len(shut) // 2
    assert "This is for: " in reader.get("/ban").content.decode()
