"""Two rows of one person: met at the counter, compared, merged with a reason, taken apart again."""

from datetime import date

from playwright.sync_api import expect

from e2e.browser import DESKTOP, scrolls_sideways
from e2e.journeys.forms import fill
from e2e.journeys.officer import Officer

NAME, PLAIN = "Trần Thị Hồng Hạnh", "TRAN THI HONG HANH"
BORN = date(1985, 4, 9)
ROOM = "/bao-ve-du-lieu/trung-nguoi"


def meets(receiver: Officer, name: str, number: str) -> None:
    receiver.opens("/quay")
    said = {"Số định danh cá nhân": number, "Họ và tên": name, "Ngày sinh": BORN}
    fill(receiver.page, said)
    receiver.page.get_by_role("button", name="Tìm hoặc ghi nhận").click()
    expect(receiver.page.get_by_role("heading", level=1)).to_have_text(name)


def test_one_person_in_two_rows_becomes_one_and_two_again(an_officer, axe, shot):
    ngan = an_officer("ngan")
    meets(ngan, NAME, "079185998001")
    meets(ngan, PLAIN, "079185998002")
    for page in ("uy-quyen", "ho-gia-dinh", "so-dinh-danh"):
        address = ngan.page.url
        ngan.page.goto(f"{address}/{page}")
        axe(ngan.page)
        ngan.page.goto(address)

    duyen = an_officer("duyen")
    duyen.opens(ROOM)
    axe(duyen.page)
    duyen.page.get_by_role("link", name=f"{NAME} và {PLAIN}").first.click()
    assert "•••••••••001" in duyen.reads()
    assert "079185" not in duyen.page.content()
    duyen.page.get_by_role("link", name="Giữ bản ghi 1").click()
    expect(duyen.page.get_by_role("button", name="Gộp hai bản ghi")).to_be_visible()
    shot(duyen.page, "match")
    for width in (390, DESKTOP["width"]):
        duyen.page.set_viewport_size({"width": width, "height": 900})
        axe(duyen.page)
        assert not scrolls_sideways(duyen.page)

    duyen.page.get_by_label("Căn cứ đã xem").fill("Thẻ căn cước")
    duyen.page.locator("#q-reason").fill("Cùng một người, gõ không dấu")
    duyen.page.get_by_role("button", name="Gộp hai bản ghi").click()
    expect(duyen.page.locator("main .chip").first).to_have_text("Cùng một người")
    duyen.page.locator("#q-undo").fill("Nhầm: hai chị em")
    duyen.page.get_by_role("button", name="Tách hai bản ghi").click()
    expect(duyen.page.locator("main .chip").first).to_have_text("Chờ xem")
