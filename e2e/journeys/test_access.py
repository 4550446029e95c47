"""For everybody: no broken rule in light or dark, by keyboard alone, without script, at 320 px."""

import pytest

from e2e.browser import DESKTOP, scrolls_sideways
from e2e.journeys.birth import BEN_THANH_DESK, applies_for_birth
from e2e.journeys.citizen import TUYET
from e2e.journeys.way import received

PUBLIC = (
    "/",
    "/tim?q=khai+sinh",
    "/tim/quet",
    "/thu-tuc",
    "/thu-tuc/1.001193",
    "/xac-minh",
    "/tra-cuu",
)
OWN = ("/", "/ho-so", "/vi", "/thong-bao", "/toi")
DESK = ("/ban", "/quay", "/ban/vang-mat", "/thu-phi")
LEAD = ("/dieu-hanh", "/dieu-hanh/cach-tinh", "/dieu-hanh/danh-sach")
NARROWEST = {"width": 320, "height": 700}


def test_public_pages_break_no_rule(page_phone, page_desktop, city, axe):
    for page in (page_phone, page_desktop):
        for address in PUBLIC:
            page.goto(f"{city.url}{address}")
            axe(page)


def test_a_whole_application_breaks_no_rule(a_citizen, an_officer, axe, shot):
    """And is pictured on the way, for the documentation."""
    tuyet = a_citizen()
    tuyet.opens("/thu-tuc/1.001193")
    shot(tuyet.page, "procedure")
    tuyet.signs_in(TUYET)
    shot(tuyet.page, "citizen-home")
    tuyet.begins("1.001193")
    axe(tuyet.page)
    shot(tuyet.page, "form")
    applies_for_birth(tuyet, copies=1)
    axe(tuyet.page)
    shot(tuyet.page, "review")
    code = tuyet.sends(at_desk=BEN_THANH_DESK)
    axe(tuyet.page)
    shot(tuyet.page, "receipt")

    khue = an_officer("khue")
    khue.opens("/ban")
    shot(khue.page, "desk-inbox")
    khue.opens_dossier(code)
    axe(khue.page)
    shot(khue.page, "desk-dossier")
    received(khue, code)
    axe(khue.page)
    tuyet.follows(code)
    axe(tuyet.page)
    shot(tuyet.page, "tracker")
    for address in OWN:
        tuyet.opens(address)
        axe(tuyet.page)


@pytest.mark.parametrize(("username", "addresses"), [("ngan", DESK), ("thanh", LEAD)])
def test_pages_of_officers_break_no_rule(an_officer, axe, username, addresses):
    officer = an_officer(username)
    for width in (390, DESKTOP["width"]):
        officer.page.set_viewport_size({"width": width, "height": 900})
        for address in addresses:
            officer.opens(address)
            axe(officer.page)


def test_the_administration_breaks_no_rule(an_officer, axe, shot):
    quynh = an_officer("quynh")

    quynh.opens("/quan-tri")

    axe(quynh.page)
    shot(quynh.page, "office-home")


def test_nothing_sticks_out_of_the_narrowest_phone(a_citizen):
    tuyet = a_citizen(TUYET, viewport=NARROWEST)

    for address in (*PUBLIC, *OWN):
        tuyet.opens(address)
        assert not scrolls_sideways(tuyet.page), address


def test_an_application_is_sent_without_script(a_citizen):
    tuyet = a_citizen(TUYET, java_script_enabled=False)

    applies_for_birth(tuyet)
    code = tuyet.sends()

    tuyet.follows(code)
    assert "Bạn không cần làm gì" in tuyet.reads()


def test_an_application_is_sent_from_the_keyboard(a_citizen):
    tuyet = a_citizen(TUYET, viewport=DESKTOP, has_touch=False, is_mobile=False)
    applies_for_birth(tuyet)

    tuyet.tabs_to("Nộp hồ sơ")
    tuyet.page.keyboard.press("Enter")

    tuyet.page.wait_for_url("**/da-nop")
    assert tuyet.code_on_page()
