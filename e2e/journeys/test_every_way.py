"""Every flow of a citizen without script and by keys alone: what cannot be done so is broken."""

import pytest
from playwright.sync_api import expect

from e2e.browser import DESKTOP
from e2e.journeys.birth import BEN_THANH_DESK, PROOF, applies_for_birth
from e2e.journeys.citizen import TUYET, Citizen
from e2e.journeys.hands import KEYS, POINTER
from e2e.journeys.papers import a_scan
from e2e.journeys.paying import AT_ONCE, goes_to_the_bank, pays
from e2e.journeys.test_birth import asks_for_a_better_picture
from e2e.journeys.waiting import until
from e2e.journeys.way import CIVIL_STATUS, assigned, decided, received

FEE = "16.000 ₫"
WORDS = "Tôi gửi lại ảnh trong hôm nay."
UNHAPPY = "Tôi phải đợi lâu mà không ai nói vì sao."
WAYS = {
    "without_script": {"java_script_enabled": False, "hand": POINTER},
    "by_keys": {"hand": KEYS, "viewport": DESKTOP, "has_touch": False, "is_mobile": False},
}


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_every_flow_of_a_citizen(a_citizen, an_officer, way):
    tuyet = a_citizen(**way)
    tuyet.searches("lam giay khai sinh")
    tuyet.signs_in(TUYET)
    applies_for_birth(tuyet, copies=2)
    code = tuyet.sends(at_desk=BEN_THANH_DESK)
    pays_the_fee(tuyet)

    khue, nghia, bao = an_officer("khue"), an_officer("nghia"), an_officer("bao")
    received(khue, code)
    assigned(nghia, code, CIVIL_STATUS)
    asks_for_a_better_picture(bao, code)
    tuyet.follows(code)
    writes(tuyet)
    tuyet.supplies({PROOF: a_scan("chup-lai.pdf")})
    bao.opens_dossier(code)
    bao.judges(PROOF, "Đạt")
    decided(code, bao, nghia, an_officer)
    shares_the_result(tuyet, code)
    khue.opens_dossier(code)
    khue.does("Trả kết quả")

    tuyet.follows(code)
    tuyet.rates(2)
    asks_for_a_review(tuyet)
    chooses_how_to_be_told(tuyet)
    chooses_large_text(tuyet)


def pays_the_fee(tuyet: Citizen) -> None:
    goes_to_the_bank(tuyet, FEE)
    pays(tuyet, AT_ONCE)
    tuyet.page.wait_for_url(f"{tuyet.city.url}/thanh-toan/**")
    until(tuyet.page, tuyet.page.get_by_text(f"Đã trả đủ {FEE}"))


def writes(tuyet: Citizen) -> None:
    tuyet.hand.write(tuyet.page.locator(".thread__form textarea"), WORDS)
    with tuyet.page.expect_navigation():
        tuyet.hand.press(tuyet.page.locator(".thread__form button"))
    expect(tuyet.page.get_by_text(WORDS)).to_be_visible()


def shares_the_result(tuyet: Citizen, code: str) -> None:
    card = tuyet.paper_in_wallet(code)
    tuyet.hand.press(card.get_by_role("link", name="Chia sẻ"))
    tuyet.hand.check(tuyet.page.get_by_label("Nhiều lần"))
    tuyet.hand.press(tuyet.page.get_by_role("button", name="Tạo liên kết"))
    expect(tuyet.page.get_by_role("heading", name="Liên kết 1")).to_be_visible()


def asks_for_a_review(tuyet: Citizen) -> None:
    tuyet.hand.press(tuyet.page.get_by_role("link", name="Đề nghị xem lại"))
    tuyet.hand.write(tuyet.page.get_by_label("Điều gì chưa đúng"), UNHAPPY)
    with tuyet.page.expect_navigation():
        tuyet.hand.press(tuyet.page.get_by_role("button", name="Gửi đề nghị"))
    expect(tuyet.page.get_by_text(UNHAPPY)).to_be_visible()


def chooses_how_to_be_told(tuyet: Citizen) -> None:
    tuyet.opens("/thong-bao/cai-dat")
    gathered = tuyet.page.get_by_label("Gộp vào một thư")
    tuyet.hand.check(gathered)
    with tuyet.page.expect_navigation():  # a key does not wait for its page
        tuyet.hand.press(tuyet.page.get_by_role("button", name="Lưu cách nhận"))
    tuyet.opens("/thong-bao/cai-dat")
    expect(gathered).to_be_checked()
    gathered.uncheck()  # other journeys of this city wait for a letter at once
    with tuyet.page.expect_navigation():
        tuyet.page.get_by_role("button", name="Lưu cách nhận").click()


def chooses_large_text(tuyet: Citizen) -> None:
    tuyet.opens("/hien-thi")
    tuyet.hand.press(tuyet.page.get_by_role("button", name="Rất lớn (150%)"))
    expect(tuyet.page.locator("html[data-text='150']")).to_be_attached()
