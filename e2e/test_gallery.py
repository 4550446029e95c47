"""The gallery in a real browser: every part, three widths, light and dark."""

import pytest

WIDTHS = (320, 768, 1280)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_gallery_breaks_no_accessibility_rule(site, page_desktop, axe, width):
    page_desktop.set_viewport_size({"width": width, "height": 900})

    page_desktop.goto(f"{site}/ui/")

    axe(page_desktop)


def test_the_gallery_is_pictured(site, page_phone, page_desktop, shot):
    for page in (page_phone, page_desktop):
        page.goto(f"{site}/ui/")
        assert shot(page, "gallery").stat().st_size > 10_000


def test_the_theme_button_keeps_the_choice(site, page_desktop):
    page_desktop.goto(f"{site}/ui/")

    page_desktop.get_by_role("button", name="Đổi nền sáng hoặc tối").click()
    page_desktop.reload()

    assert page_desktop.evaluate("document.documentElement.dataset.theme") == "dark"


def test_theme_and_language_change_without_script(site, new_context):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{site}/ui/")

    page.get_by_role("button", name="Đổi nền sáng hoặc tối").click()
    page.get_by_role("button", name="EN, switch to English").click()

    assert page.locator("html[data-theme=dark][lang=en]").count() == 1


def test_the_code_is_copied(site, new_context):
    context = new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{site}/ui/")

    page.get_by_role("button", name="Chép H29.99-20261109-0000042").click()

    assert page.evaluate("navigator.clipboard.readText()") == "H29.99-20261109-0000042"
    page.get_by_text("Đã chép: H29.99").last.wait_for()


def test_a_dialog_opens_and_closes_from_the_keyboard(site, page_desktop):
    page_desktop.goto(f"{site}/ui/")

    page_desktop.get_by_role("button", name="Mở hộp thoại").press("Enter")
    dialog = page_desktop.get_by_role("dialog", name="Rút hồ sơ?")
    dialog.wait_for()
    page_desktop.keyboard.press("Escape")

    dialog.wait_for(state="hidden")


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(site, page_phone):
    page_phone.goto(f"{site}/ui/")

    assert page_phone.evaluate("document.activeElement.className") == "errors"
    page_phone.get_by_role("link", name="Bạn chưa điền: Họ và tên trẻ.").click()

    assert page_phone.evaluate("document.activeElement.id") == "q-child-full-name"


def test_the_size_of_the_text_and_helper_mode_are_chosen_without_script(site, new_context):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{site}/hien-thi")

    page.get_by_role("button", name="Rất lớn (150%)").click()
    page.get_by_role("button", name="Bật").click()

    page.locator("html[data-text='150'][data-help]").wait_for()
    assert page.get_by_role("link", name="Gọi 1022").count() == 2


SPOKEN = """() => {
  window.spoken = [];
  speechSynthesis.speak = words => window.spoken.push([words.lang, words.text]);
}"""


def test_a_page_is_read_aloud_from_its_first_heading_on(site, page_phone):
    page_phone.goto(f"{site}/hien-thi")
    page_phone.get_by_role("button", name="Bật").click()
    page_phone.evaluate(SPOKEN)  # no loudspeaker here

    page_phone.get_by_role("button", name="Đọc to trang này").click()
    page_phone.get_by_role("button", name="Dừng đọc").wait_for()

    spoken = page_phone.evaluate("window.spoken")
    assert spoken[0] == ["vi", "Cỡ chữ, trợ giúp"]
    assert ["vi", "Chế độ trợ giúp"] in spoken
    assert len(spoken) == len({text for _language, text in spoken})
