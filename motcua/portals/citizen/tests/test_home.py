"""The start page: what waits, in city time; the desk near the reader."""

import re
from datetime import UTC, datetime

import pytest

from motcua.contexts.dossiers.testing import a_submitted_birth
from motcua.contexts.identity.testing import a_citizen_account, a_person, signed_in
from motcua.kernel.testing import MONDAY_9AM
from motcua.portals.citizen.nearby import desk_of
from motcua.portals.citizen.tests.conftest import BIRTH, Browser, text_of

BEFORE_DAWN = datetime(2026, 11, 26, 21, 30, tzinfo=UTC)  # 4:30 of the 27th in the city


def test_a_day_is_the_day_of_the_city(tuyet, actor):
    a_submitted_birth(actor, now=BEFORE_DAWN)
    assert "nộp 27/11" in text_of(tuyet.get("/"))


def test_the_desk_of_ones_commune_stands_beside_the_tasks(tuyet):
    page = text_of(tuyet.get("/"))
    assert "Gần bạn" in page
    assert "Trung tâm Phục vụ hành chính công phường Sài Gòn" in page


def test_an_open_desk_says_until_when(actor):
    desk = desk_of(actor, now=MONDAY_9AM)
    assert (desk.state.label, desk.hours) == ("Đang mở", "Mở đến 11:30.")


def test_a_closed_desk_says_when_it_opens_again(actor):
    desk = desk_of(actor, now=MONDAY_9AM.replace(hour=22, minute=0))
    assert desk.state.label == "Đang đóng"
    assert desk.hours.startswith("Mở lại lúc 7:30, thứ\u00a0")
    assert desk.now.startswith("Bây giờ là 22:00")


def test_who_lives_nowhere_known_and_strangers_see_no_desk(stranger):
    homeless = a_person("Lê Minh Khoa", personal_number="079188999002", ward_code="")
    browser = signed_in(Browser(), a_citizen_account(homeless))
    for one in (browser, stranger):
        assert "Gần bạn" not in text_of(one.get("/"))


@pytest.mark.parametrize(
    ("url", "place"),
    [("/", "/"), ("/ho-so", "/ho-so"), (f"/thu-tuc/{BIRTH}", "/thu-tuc"), ("/tra-cuu", "/tra-cuu")],
)
def test_the_navigation_says_where_one_is(tuyet, url, place):
    marked = re.findall(r'href="([^"]+)" aria-current="page"', text_of(tuyet.get(url)))
    assert set(marked) == {place}


def test_the_navigation_of_a_dossier_is_that_of_dossiers(tuyet, submitted):
    page = text_of(tuyet.get(f"/ho-so/{submitted()}"))
    assert 'href="/ho-so" aria-current="page"' in page


def test_papers_stand_in_the_order_of_the_procedure(tuyet, submitted):
    page = text_of(tuyet.get(f"/ho-so/{submitted()}/da-nop")).split("Giấy tờ đã nhận")[1]
    places = [
        page.index(p) for p in ("Tờ khai đăng ký khai sinh", "Giấy chứng sinh", "Giấy tờ tùy thân")
    ]
    assert places == sorted(places)
