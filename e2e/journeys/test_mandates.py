"""Tôi / Công ty: staff files for a company, the chain is on the result, and ends with a word."""

import re
from datetime import date, timedelta

from playwright.sync_api import expect

from e2e.journeys.birth import BEN_THANH_DESK
from e2e.journeys.citizen import KHOA, TUYET, Citizen
from e2e.journeys.forms import fill
from e2e.journeys.house import applies_for_house
from e2e.journeys.papers import content_behind, words_of
from e2e.journeys.way import BUILDING, assigned, decided, received
from motcua.kernel.clock import city_date, now

COMPANY = "Công ty TNHH Mai Vàng Sài Gòn"
CHAIN = f"Lê Minh Khoa nộp thay {COMPANY} (nhân viên"
REPRESENTATIVE = {"Số định danh cá nhân": TUYET, "Số điện thoại": "0900 000 001",
                  "Nơi ở hiện nay": ("Phường Sài Gòn", "12 Nguyễn Huệ")}  # fmt: skip
TYPED = "Nhờ cơ quan cho biết khi nào xong"


def works_for(citizen: Citizen, whom: str, role: str) -> None:
    """Chooses the card of this mandate; from then on every page says for whom one works."""
    citizen.opens("/toi/uy-quyen")
    card = citizen.page.get_by_role("article").filter(has_text=whom).filter(has_text=role)
    card.get_by_role("button", name="Làm việc cho người này").first.click()
    expect(citizen.page.get_by_text(f"Bạn đang làm thay {whom}")).to_be_visible()


def makes_staff(head: Citizen, name: str, number: str, born_on: date) -> None:
    """One question a page, then everything once more."""
    head.opens("/toi/uy-quyen/cho")
    fill(head.page, {"Số định danh": number, "Họ và tên": name, "Ngày sinh": born_on})
    goes_on(head)
    fill(head.page, {"Vai trò": "Nhân viên"})
    goes_on(head)
    expect(head.page.get_by_role("heading", level=1)).to_have_text("Người đó được làm gì?")
    for box in head.page.get_by_role("checkbox").all():
        box.check()
    goes_on(head)
    expect(head.page.get_by_role("heading", level=1)).to_have_text("Cho những thủ tục nào?")
    goes_on(head)
    until = city_date(now()) + timedelta(days=30)
    fill(head.page, {"Ngày cuối cùng, trong vòng một năm": until})
    goes_on(head)
    head.page.get_by_role("button", name="Ủy quyền", exact=True).click()
    head.page.wait_for_url(re.compile("/toi/uy-quyen$"))


def goes_on(citizen: Citizen) -> None:
    citizen.page.get_by_role("button", name="Tiếp tục").click()


def takes_back(head: Citizen, name: str, role: str) -> None:
    head.opens("/toi/uy-quyen")
    given = head.page.get_by_role("region", name=re.compile("đã ủy quyền"))
    card = given.get_by_role("article").filter(has_text=name).filter(has_text=role)
    card.get_by_role("button", name="Thu hồi").click()
    expect(given.get_by_role("article").filter(has_text=role)).to_contain_text("hết hiệu lực")


def test_staff_files_for_the_company_until_its_head_takes_it_back(a_citizen, an_officer, axe, shot):
    tuyet = a_citizen(TUYET)
    works_for(tuyet, COMPANY, "người đại diện theo pháp luật")
    makes_staff(tuyet, "Lê Minh Khoa", KHOA, date(1988, 3, 2))

    khoa = a_citizen(KHOA)
    works_for(khoa, COMPANY, "nhân viên")
    applies_for_house(khoa, who=REPRESENTATIVE, known_from="Thông tin tổ chức đã đăng ký")
    code = khoa.sends(at_desk=BEN_THANH_DESK)
    khoa.follows(code)
    assert CHAIN in khoa.reads()

    khue, linh, phat = an_officer("khue"), an_officer("linh"), an_officer("phat")
    assert CHAIN in " ".join(received(khue, code).split())
    assigned(linh, code, BUILDING)
    decided(code, phat, linh, an_officer)
    paper = khoa.paper_in_wallet(code)
    permit = words_of(content_behind(paper.get_by_role("link", name="Tải về")))
    assert CHAIN in " ".join(permit.split())

    khoa.follows(code)
    khoa.page.locator("textarea[name=text]").fill(TYPED)
    takes_back(tuyet, "Lê Minh Khoa", "nhân viên")
    khoa.page.locator(".thread__form button").click()
    expect(khoa.page.get_by_role("heading", level=1)).to_contain_text("không còn hiệu lực")
    expect(khoa.page.locator("textarea[readonly]")).to_have_value(TYPED)
    axe(khoa.page)
    shot(khoa.page, "turned-away")
    khoa.opens("/ho-so")
    assert code not in khoa.reads()
