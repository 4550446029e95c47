"""Số hóa: a paper photographed with any phone, read, confirmed by keyboard, and used again."""

import io
import re
from urllib.parse import urlsplit

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from e2e.journeys.album import Album
from e2e.journeys.birth import BIRTH, applies_for_birth
from e2e.journeys.citizen import TUYET, Citizen
from e2e.journeys.officer import Officer
from e2e.journeys.waiting import until
from motcua.contexts.documents.testing import a_birth_notice

pytestmark = pytest.mark.program("tesseract")
SMALL = {"width": 320, "height": 640}
PAPER = "Giấy chứng sinh"
BABY = "Lê Minh Đăng"


def test_a_paper_is_photographed_read_confirmed_and_used_again(
    a_citizen, an_officer, new_page, album, axe
):
    kept = album(
        "digitising",
        title="Một tờ giấy chỉ quét một lần",
        about="Chụp bằng điện thoại, máy đọc, cán bộ xác nhận từng ô, lần sau dùng lại.",
    )
    tuyet = a_citizen(TUYET)
    applies_for_birth(tuyet, child=BABY)
    code = tuyet.sends()
    ngan = an_officer("ngan")
    ngan.opens_dossier(code)
    address = makes_a_code(ngan, kept, axe)

    phone = new_page(viewport=SMALL, is_mobile=True, has_touch=True)
    photographs(phone, f"{ngan.city.url}{address}", kept, axe)
    lets_it_be_read(ngan, kept, axe)
    decides_by_keyboard(ngan, kept)

    uses_it_again(tuyet, kept)


def makes_a_code(ngan: Officer, kept: Album, axe) -> str:
    """The address that the QR on the desk holds."""
    ngan.page.get_by_role("link", name=f"Đọc, số hóa {PAPER}").click()
    ngan.page.get_by_role("button", name="Tạo mã QR").click()
    drawn = ngan.page.locator("svg.qr")
    drawn.wait_for()
    axe(ngan.page)
    kept.keep(ngan.page, "Quầy tạo mã QR, dùng một lần trong mười phút.")
    picture = Image.open(io.BytesIO(drawn.screenshot()))
    found = zxingcpp.read_barcode(picture)
    assert found is not None
    return urlsplit(found.text).path


def photographs(phone: Page, address: str, kept: Album, axe) -> None:
    """No sign-in: the code is enough, once."""
    phone.goto(address)
    axe(phone)
    kept.keep(phone, "Điện thoại bất kỳ quét mã, không cần đăng nhập.")
    phone.get_by_role("button", name="Bắt đầu chụp").click()
    notice = a_birth_notice(child=BABY.upper())
    phone.locator("#c-page").set_input_files(
        {"name": "trang.png", "mimeType": "image/png", "buffer": notice}
    )
    phone.get_by_role("button", name="Thêm trang").click()
    expect(phone.get_by_role("heading", name="Đã có 1 trang.")).to_be_visible()
    axe(phone)
    kept.keep(phone, "Trang vừa chụp nằm trong danh sách; chụp hỏng thì bỏ.")
    phone.get_by_role("button", name="Xong, gửi cho cán bộ").click()
    expect(phone.get_by_text("Đã gửi cho cán bộ ở quầy")).to_be_visible()


def lets_it_be_read(ngan: Officer, kept: Album, axe) -> None:
    """The picture arrived without anybody carrying it; the machine proposes."""
    read = ngan.page.get_by_role("button", name="Đọc giấy này trang.png")
    until(ngan.page, read)
    read.click()
    until(ngan.page, ngan.page.get_by_text("Máy đề xuất"))
    axe(ngan.page)
    kept.keep(ngan.page, "Máy đề xuất từng ô, với chỗ ghi trên giấy. Chưa ô nào được nhận.")
    assert BABY in ngan.reads()
    assert "Đã xác nhận" not in ngan.reads()


def decides_by_keyboard(ngan: Officer, kept: Album) -> None:
    """One key a field: D where it is right, until none waits."""
    current = ngan.page.locator(".reading__value.is-current")
    while current.count():
        before = ngan.page.url
        ngan.page.keyboard.press("d")
        ngan.page.wait_for_url(lambda url, before=before: url != before)
    kept.keep(ngan.page, "Mỗi ô một phím: D là đúng, E là sửa, B là bỏ.")
    ngan.page.get_by_role("button", name="Lưu phần đã xác nhận").click()
    assert "Đã lưu vào kho giấy tờ" in ngan.hears()


def uses_it_again(tuyet: Citizen, kept: Album) -> None:
    """A new form of the same person is offered the paper, and its blanks are filled from it."""
    tuyet.begins(BIRTH)
    draft = re.match(r"/nhap/[0-9a-f-]+", urlsplit(tuyet.page.url).path)
    assert draft is not None
    tuyet.opens(f"{draft[0]}/trang/birthplace")
    tuyet.fills("Nơi sinh", {"Trẻ sinh ở đâu": "Bệnh viện, trạm y tế, nhà hộ sinh"})
    tuyet.opens(f"{draft[0]}/giay-to")
    kept.keep(tuyet.page, "Lần sau, giấy đã số hóa có sẵn, cả với chính chủ.")
    tuyet.page.get_by_role("button", name="Dùng lại bản đã số hóa").first.click()
    expect(tuyet.page.get_by_text("ô còn trống theo giấy")).to_be_visible()
    tuyet.opens(f"{draft[0]}/trang/child")
    expect(tuyet.page.get_by_label("Họ, chữ đệm và tên của trẻ")).to_have_value(BABY)
    kept.keep(tuyet.page, "Ô còn trống được điền theo giấy, và nói rõ lấy từ đâu.")
    tuyet.opens(draft[0])
    tuyet.page.get_by_role("button", name="Bỏ bản nháp này").click()
