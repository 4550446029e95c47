"""Finding by the keyboard alone, by a photograph of a QR and by the camera of the browser."""

import io

import pytest
import segno
from playwright.sync_api import Page, expect

from e2e.browser import scrolls_sideways

CARD = "079190999001|999000111|Nguyễn Thị Ánh Tuyết|01011990|Nữ|1 Lê Lợi|01012021"
# What a telephone's browser has and this one lacks: a reader of codes, and a camera.
CAMERA = """
  window.BarcodeDetector = class {
    static async getSupportedFormats() { return ["qr_code"]; }
    async detect() { return window.seen ? [{ rawValue: window.seen }] : []; }
  };
  navigator.mediaDevices.getUserMedia = async () => {
    const sheet = document.createElement("canvas");
    sheet.getContext("2d").fillRect(0, 0, 8, 8);
    return sheet.captureStream(5);
  };
"""


def a_picture(text: str) -> dict[str, object]:
    made = io.BytesIO()
    segno.make(text, error="m").save(made, kind="png", scale=12, border=4)
    return {"name": "anh.png", "mimeType": "image/png", "buffer": made.getvalue()}


def box_of(page: Page):
    return page.get_by_role("combobox", name="Tìm thủ tục")


def test_suggestions_are_reached_and_left_by_the_keyboard(page_desktop, city, axe):
    page = page_desktop
    page.goto(f"{city.url}/thu-tuc")
    box = box_of(page)

    box.press_sequentially("khai sinh")

    choices = page.get_by_role("listbox").get_by_role("option")
    expect(choices.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    axe(page)
    box.press("ArrowDown")
    box.press("ArrowDown")
    expect(choices.nth(1)).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", choices.nth(1).get_attribute("id"))
    box.press("ArrowUp")
    expect(choices.first).to_have_attribute("aria-selected", "true")
    expect(choices.nth(1)).to_have_attribute("aria-selected", "false")
    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(choices.first).to_be_hidden()
    expect(box).to_have_value("khai sinh")
    box.press("Enter")
    page.wait_for_url("**/tim?q=khai+sinh")


def test_enter_on_a_suggestion_opens_it(page_phone, city):
    page = page_phone
    page.goto(f"{city.url}/")
    box = box_of(page)
    box.press_sequentially("dang ky khai sinh")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("khai sinh")

    box.press("ArrowDown")
    box.press("Enter")

    page.wait_for_url("**/thu-tuc/*")


def test_a_photograph_of_a_code_leads_to_its_page(page_phone, city, axe):
    page = page_phone
    page.goto(f"{city.url}/")
    page.get_by_role("link", name="Quét mã QR").click()
    assert not scrolls_sideways(page)
    axe(page)

    page.get_by_label("Ảnh có mã QR").set_input_files(a_picture("1.001193"))

    page.wait_for_url("**/thu-tuc/1.001193")


@pytest.mark.parametrize(("seen", "leads"), [("1.001193", True), (CARD, False)])
def test_the_camera_reads_a_code_and_keeps_a_card_to_itself(page_phone, city, seen, leads):
    page = page_phone
    page.add_init_script(CAMERA)
    page.goto(f"{city.url}/tim/quet")
    sent = []
    page.on("request", lambda request: sent.append(request.url + (request.post_data or "")))
    page.get_by_role("button", name="Mở máy ảnh").click()
    expect(page.get_by_role("button", name="Tắt máy ảnh")).to_be_visible()

    page.evaluate("seen => { window.seen = seen }", seen)

    if leads:
        page.wait_for_url("**/thu-tuc/1.001193")
    else:
        expect(page.get_by_text("Đây là mã trên thẻ căn cước.")).to_be_visible()
        expect(page.get_by_role("button", name="Mở máy ảnh")).to_be_visible()
        assert not any("079190999001" in one for one in sent)
