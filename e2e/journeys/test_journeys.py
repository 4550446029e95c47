"""Journeys beside the usual one: a warning, many applications at once, money that comes back."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import FilePayload, expect

from e2e.journeys.birth import applies_for_birth
from e2e.journeys.citizen import TUYET, Citizen
from e2e.journeys.paying import AT_ONCE, goes_to_the_bank, pays
from e2e.journeys.waiting import until
from e2e.living_city import City
from motcua.kernel.clock import city_date, now

FLOOD = """
from motcua.contexts.alerts.testing import a_released
from motcua.kernel import clock

print(a_released(now=clock.now()))
"""
ALL_CLEAR = """
import os
from motcua.contexts.alerts.contracts import Kind
from motcua.contexts.alerts.testing import a_released
from motcua.kernel import clock

a_released(now=clock.now(), kind=Kind.CANCEL, replaces=os.environ["E2E_ARGUMENTS"])
"""
COPIES = "2.000815"
WANTED = {
    "Họ và tên": "Nguyễn Thị Ánh Tuyết",
    "Số định danh cá nhân": "079190999001",
    "Ngày sinh": "12/05/1990",
    "Nơi ở hiện nay – phường, xã": "Phường Sài Gòn",
    "Nơi ở hiện nay – số nhà, đường": "12 Nguyễn Huệ",
    "Số điện thoại": "0900 000 001",
    "Nơi cấp": "Trường Đại học A",
    "Giấy tờ có bao nhiêu trang": "2",
    "Bạn cần bao nhiêu bản": "3",
}


@pytest.fixture
def flood(city: City) -> Iterator[Callable[[], None]]:
    """Two officers of Phường Sài Gòn warn of it; at the end they give the all-clear."""
    codes: list[str] = []
    yield lambda: codes.append(city.runs(FLOOD).strip())
    for code in codes:
        city.runs(ALL_CLEAR, code)


def test_a_journey_through_a_warning(a_citizen, flood, album, axe):
    kept = album(
        "alert",
        title="A warning seen, read and confirmed",
        about="Streets flood: what to do stands first on every page, then where, until when, who "
        "says so.",
    )
    tuyet = a_citizen(TUYET)
    tuyet.opens("/toi/noi-theo-doi")
    tuyet.page.get_by_label("Phường, xã, đặc khu").select_option(label="Phường Sài Gòn")
    tuyet.page.get_by_role("radio").first.check()
    tuyet.page.get_by_role("button", name="Theo dõi nơi này").click()
    expect(tuyet.page.get_by_role("button", name="Bỏ theo dõi")).to_be_visible()
    kept.keep(tuyet.page, "A place to be warned about directly, at home or elsewhere.")
    flood()

    tuyet.opens("/")
    band = tuyet.page.get_by_role("link", name="Xem đầy đủ việc cần làm")
    expect(band).to_be_visible()
    kept.keep(tuyet.page, "The band on every page: first what to do.")
    band.click()
    read = tuyet.page.get_by_role("button", name="Tôi đã đọc")
    until(tuyet.page, read)
    axe(tuyet.page)
    kept.keep(tuyet.page, "The whole warning: what to do, its area, source and end.")
    read.click()
    expect(tuyet.page.get_by_text("Bạn đã đọc lúc")).to_be_visible()
    kept.keep(tuyet.page, "Confirmed: whoever leads sees how many were reached.")


def test_a_journey_with_a_table_of_applications(a_citizen, album):
    kept = album(
        "bulk",
        title="Many applications by one spreadsheet",
        about="A row for each application; what is wrong is told by cell, the good rows go on.",
    )
    tuyet = replace(a_citizen(TUYET), keep=kept.keep)

    tuyet.opens(f"/nop-nhieu/{COPIES}")
    tuyet.keep(tuyet.page, "The template of the procedure, and where the filled one is sent.")
    brings(tuyet, a_table(tuyet, "Bằng đại học", "Bảng điểm", ""))
    until(tuyet.page, tuyet.page.get_by_role("heading", name="Cần sửa"))
    tuyet.keep(tuyet.page, "Checked: two rows are good, one lacks the name of the paper.")
    tuyet.page.get_by_role("button", name="Tạo 2 bản nháp").click()

    until(tuyet.page, tuyet.page.get_by_text("Đã tạo 2 bản nháp."))
    tuyet.keep(tuyet.page, "Each good row became a draft, to be looked at and sent.")


def test_a_journey_to_a_refund(a_citizen, album):
    kept = album(
        "refund",
        title="A fee that comes back",
        about="Paid, then withdrawn: the bill says whose the money is and asks where it shall go.",
    )
    tuyet = a_citizen(TUYET)
    applies_for_birth(tuyet, copies=2)
    code = tuyet.sends()
    goes_to_the_bank(tuyet, "16.000 ₫")
    pays(tuyet, AT_ONCE)
    bill = tuyet.page.url
    tuyet.follows(code)
    tuyet.page.get_by_role("link", name="Rút hồ sơ").click()
    tuyet.page.get_by_label("Lý do").fill("Tôi nộp ở nơi khác.")
    kept.keep(tuyet.page, "Withdrawing says what follows.")
    tuyet.page.get_by_role("button", name="Rút hồ sơ").click()

    tuyet.page.goto(bill)
    ask = tuyet.page.get_by_role("link", name=re.compile("^Xin hoàn"))
    until(tuyet.page, ask)
    kept.keep(tuyet.page, "The bill: this money is not owed any more.")
    ask.click()
    tuyet.page.get_by_label("Trả về tài khoản tôi đã dùng để trả").check()
    kept.keep(tuyet.page, "Where it shall go; the amount is known already.")
    tuyet.page.get_by_role("button", name=re.compile("^Gửi yêu cầu hoàn")).click()
    expect(tuyet.page.get_by_text("Đã gửi yêu cầu hoàn tiền.")).to_be_visible()
    kept.keep(tuyet.page, "Asked: who looks at it, since when.")


def a_table(clerk: Citizen, *papers: str) -> FilePayload:
    """The template of the city, filled: a line for each paper to be copied."""
    address = f"{clerk.city.url}/nop-nhieu/{COPIES}/mau.csv"
    heads = next(csv.reader(io.StringIO(clerk.page.request.get(address).text().lstrip("\ufeff"))))
    coming = f"{city_date(now()) + timedelta(days=2):%d/%m/%Y}"
    lines = [
        {**WANTED, "Tên giấy tờ": paper, "Ngày bạn đến quầy": coming, heads[-1]: "Có"}
        for paper in papers
    ]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(heads)
    writer.writerows(
        [line.get(head.removesuffix(" *"), line.get(head, "")) for head in heads] for line in lines
    )
    return {"name": "bang.csv", "mimeType": "text/csv", "buffer": text.getvalue().encode()}


def brings(clerk: Citizen, table: FilePayload) -> None:
    clerk.page.get_by_label("Tệp .xlsx hoặc .csv").set_input_files(table)
    clerk.page.get_by_role("button", name="Kiểm tra").click()
