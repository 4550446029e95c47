"""A procedure is changed without code: designed, tried out, put in two communes, taken back."""

import re

from playwright.sync_api import Page, expect

from e2e.browser import DESKTOP, scrolls_sideways
from e2e.journeys.officer import Officer
from e2e.living_city import City

CODE = "1.001662"  # no other journey files it
HOME = "/quan-tri/thiet-ke"
SAID = "Phòng chuyên môn đối chiếu hồ sơ với dữ liệu đã có, rồi báo bạn."
VERSIONS = """
import os
from motcua.contexts.procedures import public as procedures
from motcua.kernel import clock
on = clock.city_date(clock.now())
for ward in ("26740", "26743", "26737"):
    print(procedures.open_version("1.001662", on, ward).number)
"""


def in_force(city: City) -> list[str]:
    """The version that a dossier of Sài Gòn, of Bến Thành and of Tân Định would get."""
    return city.runs(VERSIONS).split()


def holds(page: Page, axe) -> None:
    """The page at the widths of a phone and of a desk."""
    for size in (390, DESKTOP["width"]):
        page.set_viewport_size({"width": size, "height": 900})
        axe(page)
        assert not scrolls_sideways(page)


def changes_a_step(han: Officer, axe) -> str:
    """Another word for the citizen and one hour less; the address of the draft."""
    han.opens(f"{HOME}?tim={CODE}")
    axe(han.page)
    han.page.get_by_role("button", name=re.compile(f"Soạn {CODE}")).click()
    han.page.get_by_role("link", name=re.compile("Thẩm định hồ sơ")).click()
    expect(han.page.get_by_role("heading", name="Thẩm định hồ sơ")).to_be_visible()
    hours = han.page.get_by_label("Giờ làm việc", exact=True)
    hours.fill(str(int(hours.input_value()) - 1))
    han.page.get_by_label("Người dân thấy gì", exact=True).fill(SAID)
    han.page.get_by_role("button", name="Lưu", exact=True).click()
    expect(han.page.locator(".phone").get_by_text(SAID)).to_be_visible()
    holds(han.page, axe)
    return han.page.url.split("?")[0].removeprefix(han.city.url)


def test_a_procedure_is_designed_tried_in_two_communes_and_taken_back(an_officer, city, axe, album):
    pages = album(
        "designing",
        title="Sửa một thủ tục không cần lập trình",
        about="Sửa một bước, chạy thử, người khác duyệt, thử ở hai phường rồi quay lại.",
    )
    before = in_force(city)
    han = an_officer("han")
    draft = changes_a_step(han, axe)
    pages.keep(han.page, "Các bước, điện thoại của người dân, các ô của một bước.")

    han.opens(f"{draft}/chay-thu")
    for action in ("Tiếp nhận", "Phân công", "Cần gửi thêm"):
        han.page.get_by_role("link", name=action, exact=True).click()
    expect(han.page.get_by_text("Dừng chờ người nộp")).to_be_visible()
    holds(han.page, axe)
    pages.keep(han.page, "Hồ sơ mẫu đi qua bản soạn, không ghi gì vào đâu.")
    han.opens(f"{draft}/so-do")
    expect(han.page.locator(".diagram__box--step")).to_have_count(7)
    holds(han.page, axe)
    pages.keep(han.page, "Sơ đồ vẽ từ danh sách; xuất và nhập BPMN.")

    duy = an_officer("duy")
    duy.opens(f"{draft}/duyet")
    expect(duy.page.get_by_text("giờ làm việc từ")).to_be_visible()
    holds(duy.page, axe)
    pages.keep(duy.page, "Bản soạn đổi gì, kể bằng câu, và công bố cho ai.")
    duy.page.get_by_label("Thử ở một số phường, xã trước").check()
    for ward in ("Phường Sài Gòn", "Phường Bến Thành"):
        duy.page.get_by_label(ward, exact=True).check()
    duy.page.get_by_role("button", name="Công bố", exact=True).click()
    expect(duy.page.get_by_role("heading", name=re.compile("Đang thử phiên bản"))).to_be_visible()
    holds(duy.page, axe)
    pages.keep(duy.page, "Hai phường thử trước; các phiên bản và chỗ khác nhau.")
    tried = in_force(city)
    assert tried[0] == tried[1] != tried[2] == before[2]

    duy.page.get_by_role("button", name="Dừng thử, quay lại bản cũ").click()
    expect(duy.page.get_by_role("heading", name=re.compile("Đang thử"))).to_have_count(0)
    assert in_force(city) == before
