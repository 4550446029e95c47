"""Sảnh chờ: two touches at a kiosk, the board, a window by its keys; a till that does not fit."""

import re

from playwright.sync_api import expect

DESK = "H29.99.26743.1"
WINDOW = "7"
CASH_DIFFERENCE = "thiếu 50.000"


def sits_down(khue):
    """At a window of the desk, so that the hall is open at any hour."""
    khue.opens("/quay/ban")
    khue.page.get_by_label("Bàn số").fill(WINDOW)
    for group in ("A ·", "B ·"):
        khue.page.get_by_role("checkbox", name=group).check()
    khue.page.get_by_role("button", name="Mở bàn").click()
    expect(khue.page.get_by_role("heading", name=f"Bàn số {WINDOW}")).to_be_visible()


def presses(khue, key):
    """A key of the desk, on a page that has listened to all its scripts."""
    khue.page.wait_for_load_state("load")
    khue.page.locator("body").press(key)


def test_a_number_from_the_kiosk_to_the_end(city, new_page, an_officer, album):
    pages = album(
        "counter",
        title="A morning in the hall",
        about="A number from the kiosk to the window, and a till that does not fit.",
    )
    khue, kiosk, board = an_officer("khue"), new_page(), new_page()
    sits_down(khue)

    kiosk.goto(f"{city.url}/kiosk/{DESK}")
    pages.keep(kiosk, "The kiosk asks what for; it knows nobody.")
    kiosk.get_by_role("link", name="Hộ tịch").click()
    pages.keep(kiosk, "Whether with priority; the window looks at it again.")
    kiosk.get_by_role("button", name="Người cao tuổi").click()
    slip = kiosk.locator(".slip__number")
    expect(slip).to_have_text(re.compile(r"A\d{3}"))
    number = slip.inner_text()
    pages.keep(kiosk, "The slip, 80 mm wide, with a code for the phone.")

    khue.opens("/quay/ban")
    pages.keep(khue.page, "The window: who waits, and since when.")
    presses(khue, "F2")
    expect(khue.page.locator("[data-serving]")).to_have_text(number)
    board.goto(f"{city.url}/bang-so/{DESK}")
    first = board.locator(".hall__calls tbody tr").first
    expect(first).to_contain_text(number)
    expect(first).to_contain_text(WINDOW)
    pages.keep(board, "The board of the hall: numbers and windows, nobody's name.")

    khue.page.get_by_role("button", name="Đúng diện").click()
    expect(khue.page.get_by_text("đã xác nhận")).to_be_visible()
    khue.page.get_by_label("Chuyển sang nhóm").select_option("B")
    khue.page.get_by_role("button", name="Chuyển, giữ thời gian đã chờ").click()
    expect(khue.page.get_by_role("heading", name="Bàn đang trống")).to_be_visible()
    presses(khue, "F2")
    expect(khue.page.locator("[data-serving]")).to_have_text(number)
    pages.keep(khue.page, "Called again after a transfer, with number and waiting time kept.")
    presses(khue, "E")
    expect(khue.page.get_by_role("heading", name="Bàn đang trống")).to_be_visible()
    khue.page.get_by_role("button", name="Đóng bàn").click()
    expect(khue.page.get_by_role("button", name="Mở bàn")).to_be_visible()


def test_a_till_that_does_not_fit_is_explained(an_officer, album):
    khue = an_officer("khue")
    khue.opens("/quay/quy")
    khue.page.get_by_label("Tiền đầu ca").fill("200.000")
    khue.page.get_by_role("button", name="Mở ca", exact=True).click()
    hundreds = khue.page.get_by_label("100.000 ₫")
    expect(hundreds).to_be_visible()

    hundreds.fill("1")
    khue.page.get_by_label("50.000 ₫", exact=True).fill("1")
    khue.page.get_by_role("button", name="Ký và đóng ca").click()
    expect(khue.page.get_by_role("link", name="Bạn ghi lý do chênh lệch")).to_be_visible()
    khue.page.get_by_label("Lý do nếu tiền khác sổ").fill("Thối nhầm một tờ 50.000")
    khue.page.get_by_role("button", name="Ký và đóng ca").click()

    expect(khue.page.get_by_text(re.compile(CASH_DIFFERENCE))).to_be_visible()
    expect(khue.page.get_by_text("Chờ người thứ hai ký")).to_be_visible()
    pages = album(
        "counter-till",
        title="A till that does not fit",
        about="Counted note by note, the difference explained, and a second person awaited.",
    )
    pages.keep(khue.page, "The report of the count, ready to be signed by a second person.")
