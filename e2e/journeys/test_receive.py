"""Nhận kết quả: shared and taken back, then fetched at the desk with a code."""

from playwright.sync_api import expect

from e2e.journeys.birth import applies_for_birth
from e2e.journeys.citizen import TUYET, Citizen
from e2e.journeys.officer import Officer
from e2e.journeys.papers import leads_to
from e2e.journeys.waiting import until
from e2e.journeys.way import CIVIL_STATUS, assigned, decided, received

PAPER = "Nhận bản giấy tại nơi tiếp nhận"
GONE = "Liên kết này đã hết hạn"


def test_a_result_is_shared_taken_back_and_fetched(a_citizen, an_officer, shot):
    tuyet = a_citizen(TUYET)
    applies_for_birth(tuyet, child="Lê Minh Châu")
    tuyet.page.get_by_label(PAPER).check()
    code = tuyet.sends()
    ngan, nghia, bao = an_officer("ngan"), an_officer("nghia"), an_officer("bao")
    received(ngan, code)
    assigned(nghia, code, CIVIL_STATUS)
    decided(code, bao, nghia, an_officer)

    link = shares(tuyet, code, shot)
    stranger = a_citizen()
    a_stranger_sees_that_it_is_real(stranger, link)
    the_owner_hears_of_it_and_closes_the_link(tuyet, shot)
    stranger.page.goto(link)
    assert GONE in stranger.reads()

    fetched_at_the_desk(tuyet, ngan, code, shot)


def shares(tuyet: Citizen, code: str, shot) -> str:
    """From the wallet; the address that its QR code holds."""
    tuyet.paper_in_wallet(code).get_by_role("link", name="Chia sẻ").click()
    tuyet.page.get_by_label("Nhiều lần").check()
    tuyet.page.get_by_role("button", name="Tạo liên kết").click()
    link = tuyet.page.locator(".hash").inner_text()
    assert leads_to(tuyet.page.locator("svg.qr"), link)
    shot(tuyet.page, "share")
    return link


def a_stranger_sees_that_it_is_real(stranger: Citizen, link: str) -> None:
    stranger.page.goto(link)
    assert "Nguyễn Thị Ánh Tuyết" not in stranger.reads()
    stranger.page.get_by_role("button").last.click()
    stranger.page.wait_for_url("**/xem/*")
    assert "Giấy tờ thật, còn giá trị" in stranger.reads()


def the_owner_hears_of_it_and_closes_the_link(tuyet: Citizen, shot) -> None:
    tuyet.opens("/thong-bao?muc=cho-biet")
    title = "Có người vừa mở giấy tờ bạn chia sẻ"
    told = tuyet.page.get_by_role("article").filter(has_text=title).first
    until(tuyet.page, told)
    told.get_by_role("button", name="Xem").click()
    tuyet.page.wait_for_url("**/chia-se")
    assert "Đã mở 1 lần." in tuyet.reads()
    assert "người không đăng nhập" in tuyet.reads()
    shot(tuyet.page, "share-opened")
    tuyet.page.get_by_role("button", name="Đóng liên kết").click()
    expect(tuyet.page.get_by_text("Bạn đã đóng")).to_be_visible()


def fetched_at_the_desk(tuyet: Citizen, ngan: Officer, code: str, shot) -> None:
    tuyet.follows(code)
    tuyet.page.get_by_role("link", name="Mã nhận tại quầy").click()
    pickup = tuyet.page.locator(".confirm__number").inner_text().replace("\xa0", " ")
    assert leads_to(tuyet.page.locator("svg.qr"), f"{code} {pickup.replace(' ', '')}")
    shot(tuyet.page, "pickup-code")
    ngan.opens("/ban/tra-ket-qua")
    ngan.page.get_by_label("Mã nhận").fill(f"{code} {pickup}")
    ngan.page.get_by_role("button", name="Tìm kết quả").click()
    ngan.page.get_by_label("Nguyễn Thị Ánh Tuyết, chủ hồ sơ").check()
    ngan.page.get_by_label("Tôi đã xem giấy tờ tùy thân của người nhận").check()
    shot(ngan.page, "hand-over")
    ngan.page.get_by_role("button", name="Trả kết quả").click()
    assert "Đã trả kết quả" in ngan.hears()
    tuyet.follows(code)
    assert "Bạn đã nhận kết quả" in tuyet.reads()
