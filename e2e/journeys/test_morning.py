"""A morning at the desk of a ward by the keys alone: choose, open, read, claim, snooze, undo."""

from playwright.sync_api import Page, expect

from e2e.journeys.hands import KEYS
from e2e.journeys.officer import unused_code
from e2e.living_city import City

TUYEN = "26743.1-tn2"  # receives at Bến Thành beside Khuê
SENT = """
from motcua.contexts.dossiers.testing import a_submitted_birth
from motcua.contexts.identity.testing import a_person
from motcua.kernel import clock
from motcua.kernel.testing import citizen

for number, name in enumerate(("Võ Văn Hậu", "Phan Thị Mỹ Duyên", "Trần Hoàng Nam")):
    person = a_person(name, personal_number=f"0791909998{number:02d}").id
    print(a_submitted_birth(citizen(person=person), now=clock.now(), desk_ward="26743"))
"""
FURTHEST = 60  # rows; a page has fifty


def test_a_journey_through_a_morning_without_a_mouse(city, new_page, album, axe):
    last, middle, first = city.runs(SENT).split()
    page = new_page(viewport={"width": 1280, "height": 900})
    kept = album(
        "morning",
        title="A morning without a mouse",
        about="The desk of a ward by its keys: a list narrowed and kept, dossiers opened, claimed,"
        " snoozed, and what was done too quickly undone.",
    )
    signs_in(page, city)
    narrows_and_keeps_the_list(page, kept, axe)

    goes_to(page, first)
    kept.keep(page, "Việc mới đến nằm trên cùng, J và K đi lên xuống. Chấm là hồ sơ chưa đọc.")
    axe(page)
    page.keyboard.press("Enter")
    is_open(page, first)
    expect(page.locator("[data-item].is-cursor input")).to_have_value(first)
    kept.keep(page, "Enter mở hồ sơ bên cạnh danh sách. Nút nào có phím thì ghi phím ấy.")
    axe(page)
    reads_every_part(page)
    claims_and_thinks_again(page, first, kept)
    snoozes_and_thinks_again(page, first, middle, kept)
    finds_everything_from_one_box(page, last, kept, axe)
    puts_the_view_away(page)


def signs_in(page: Page, city: City) -> None:
    page.goto(f"{city.url}/dang-nhap?next=/ban")
    KEYS.write(page.get_by_label("Tên đăng nhập"), TUYEN)
    KEYS.write(page.get_by_label("Mật khẩu"), city.password)
    page.keyboard.press("Enter")
    KEYS.write(page.get_by_label("Mã 6 chữ số"), unused_code(city, TUYEN))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Việc của tôi")).to_be_visible()


def narrows_and_keeps_the_list(page: Page, kept, axe) -> None:
    page.keyboard.press("f")
    KEYS.choose(page.get_by_label("Xếp theo"), "Mới đến bước này trước")
    KEYS.check(page.get_by_label("Ngày nộp"))
    kept.keep(page, "F mở trang lọc: điều kiện, thứ tự, cột. Địa chỉ trang giữ hết.")
    axe(page)
    KEYS.press(page.get_by_role("button", name="Lọc", exact=True))
    expect(page.get_by_role("heading", name="Mới đến trước")).to_be_visible()
    KEYS.press(page.locator(".list summary"))
    KEYS.press(page.get_by_role("link", name="lưu khung này"))
    KEYS.write(page.get_by_label("Tên khung nhìn"), "Sáng nay")
    KEYS.press(page.get_by_role("button", name="Lưu khung nhìn"))
    expect(page.get_by_text("Đã lưu khung nhìn «Sáng nay».")).to_be_visible()
    kept.keep(page, "Danh sách đã lọc được lưu thành khung nhìn, cho mình hoặc cả đơn vị.")
    axe(page)
    KEYS.press(page.get_by_role("navigation").get_by_role("link", name="Sáng nay"))
    expect(page.get_by_role("heading", name="Sáng nay", level=1)).to_be_visible()


def goes_to(page: Page, code: str) -> None:
    """J until the cursor stands on this dossier."""
    at = page.locator("[data-item].is-cursor input")
    for _ in range(FURTHEST):
        if at.count() and at.get_attribute("value") == code:
            return
        page.keyboard.press("j")
    raise AssertionError(f"J does not come to {code}")


def is_open(page: Page, code: str) -> None:
    expect(page.locator(".pane .code").first).to_have_text(code)


def reads_every_part(page: Page) -> None:
    for key, part in (("2", "Trao đổi"), ("5", "Lịch sử"), ("1", "Kiểm tra")):
        page.keyboard.press(key)
        expect(page.locator(".tabs [aria-current]")).to_contain_text(part)


def claims_and_thinks_again(page: Page, code: str, kept) -> None:
    page.keyboard.press("n")
    expect(page.get_by_text(f"Bạn đã nhận hồ sơ {code}.")).to_be_visible()
    expect(page.get_by_text("Bước này đang ở Trịnh Bích Tuyền")).to_be_visible()
    kept.keep(page, "N nhận việc. Nút Hoàn tác hiện ra, phím U.")
    page.keyboard.press("u")
    expect(page.get_by_text("Đã hoàn tác")).to_be_visible()
    expect(page.get_by_text("Bước này thuộc cán bộ tiếp nhận")).to_be_visible()


def snoozes_and_thinks_again(page: Page, code: str, next_code: str, kept) -> None:
    page.keyboard.press("h")
    expect(page.get_by_role("heading", name="Gác lại, làm sau")).to_be_visible()
    kept.keep(page, "H gác việc đến một lúc; hạn vẫn chạy, việc tự trở lại.")
    KEYS.press(page.get_by_role("button", name="Gác lại", exact=True))
    expect(page.get_by_text(f"Đã gác hồ sơ {code}")).to_be_visible()
    is_open(page, next_code)
    expect(page.locator(f"[data-item] input[value='{code}']")).to_have_count(0)
    page.keyboard.press("u")
    is_open(page, code)
    expect(page.locator(f"[data-item] input[value='{code}']")).to_have_count(1)


def finds_everything_from_one_box(page: Page, code: str, kept, axe) -> None:
    page.keyboard.press("Shift+Slash")
    sheet = page.get_by_role("dialog", name="Phím tắt")
    expect(sheet.get_by_text("Hoàn tác thao tác vừa làm")).to_be_visible()
    kept.keep(page, "? cho xem mọi phím; mỗi phím tắt đi được.")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    page.keyboard.press("ControlOrMeta+k")
    sheet = page.get_by_role("dialog", name="Bảng lệnh")
    expect(sheet.get_by_role("searchbox")).to_be_focused()
    page.keyboard.insert_text("khai sinh")
    expect(sheet.get_by_role("link", name="Đăng ký khai sinh").first).to_be_visible()
    kept.keep(page, "Ctrl+K: một ô cho lệnh, khung nhìn, thủ tục, mã hồ sơ.")
    axe(page)
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.insert_text(code)
    expect(sheet.get_by_role("link", name=code)).to_be_visible()
    page.keyboard.press("Enter")
    is_open(page, code)


def puts_the_view_away(page: Page) -> None:
    page.keyboard.press("ControlOrMeta+k")
    sheet = page.get_by_role("dialog", name="Bảng lệnh")
    expect(sheet.get_by_role("searchbox")).to_be_focused()
    page.keyboard.insert_text("khung nhin luu")
    expect(sheet.get_by_role("link", name="Khung nhìn, lưu khung nhìn")).to_be_visible()
    page.keyboard.press("Enter")
    KEYS.press(page.get_by_role("button", name="Xóa Sáng nay"))
    expect(page.get_by_text("Đã xóa khung nhìn.")).to_be_visible()
