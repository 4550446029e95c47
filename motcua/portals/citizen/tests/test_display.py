"""Cỡ chữ và trợ giúp: chosen without script and without signing in, on every page from then on."""

import pytest

from motcua.portals.citizen.tests.conftest import text_of


@pytest.fixture
def helped(stranger):
    stranger.send("/ui/preferences", {"help": "on"})
    return stranger


def test_whoever_chose_nothing_reads_pages_as_before(stranger):
    page = text_of(stranger.get("/"))

    assert 'data-text="100"' in page
    assert 'class="helping' not in page


def test_the_page_shows_what_holds_now(helped):
    helped.send("/ui/preferences", {"text": "150", "next": "/hien-thi"})

    page = text_of(helped.get("/hien-thi"))

    assert 'name="text" value="150" aria-pressed="true"' in page
    assert 'name="help" value="on" aria-pressed="true"' in page
    assert 'name="text" value="100" aria-pressed="false"' in page


@pytest.mark.parametrize(
    ("address", "words"),
    [("/", "Đây là trang đầu"), ("/thu-tuc", "cần giấy tờ gì"), ("/tra-cuu", "mã tra cứu")],
)
def test_in_helper_mode_each_page_explains_itself_and_leads_to_people(helped, address, words):
    page = text_of(helped.get(address))

    assert words in page
    assert 'href="tel:1022"' in page and 'href="/hien-thi#nguoi-giup"' in page


def test_a_helper_acts_in_their_own_name(helped):
    page = text_of(helped.get("/hien-thi"))

    assert "/toi/uy-quyen/cho" in page
    assert "không đưa mật khẩu" in page
