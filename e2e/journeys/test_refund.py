"""Hoàn tiền: paid too much, asked back on a phone, agreed at the desk, paid by the bank once."""

import re

from playwright.sync_api import expect

from e2e.journeys.birth import applies_for_birth
from e2e.journeys.citizen import TUYET
from e2e.journeys.mailbox import MAIL_OF_TUYET, mail_about
from e2e.journeys.paying import TOO_MUCH, goes_to_the_bank, pays
from e2e.journeys.waiting import until

FEE, MORE = "16.000 ₫", "20.000 ₫"


def test_what_was_paid_too_much_comes_back_once(a_citizen, an_officer):
    tuyet = a_citizen(TUYET)
    applies_for_birth(tuyet, copies=2)
    code = tuyet.sends()
    goes_to_the_bank(tuyet, FEE)
    pays(tuyet, TOO_MUCH)
    bill = tuyet.page

    expect(bill.get_by_text(f"Bạn đã trả thừa {MORE}")).to_be_visible()
    expect(bill.get_by_text(f"Đã trả đủ {FEE}")).to_be_visible()
    bill.get_by_role("link", name=f"Xin hoàn {MORE}").click()
    bill.get_by_label("Trả về tài khoản tôi đã dùng để trả").check()
    bill.get_by_role("button", name=f"Gửi yêu cầu hoàn {MORE}").click()
    expect(bill.get_by_text(f"Đã nhận yêu cầu hoàn {MORE}")).to_be_visible()
    invoice = bill.url.rsplit("/", 1)[1]

    ngan = an_officer("ngan")
    ngan.opens("/thu-phi/hoan")
    ngan.page.get_by_role("link", name=re.compile(invoice)).click()
    ngan.page.get_by_role("button", name="Duyệt hoàn tiền").click()
    expect(ngan.page.get_by_text("Đã duyệt.")).to_be_visible()

    until(bill, bill.get_by_text(f"Đã hoàn {MORE}"))
    expect(bill.get_by_role("link", name="Tải giấy hoàn tiền (PDF)")).to_be_visible()
    tuyet.follows(code)
    assert f"Đã hoàn {MORE}" in tuyet.reads()
    assert mail_about(bill, tuyet.city, to=MAIL_OF_TUYET, code=code, subject="hoàn tiền")
