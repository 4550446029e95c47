"""Phí: paid by VietQR in the bank stand-in, told twice, told wrong."""

import re

from playwright.sync_api import expect

from e2e.journeys.birth import applies_for_birth
from e2e.journeys.citizen import TUYET
from e2e.journeys.mailbox import MAIL_OF_TUYET, mail_about
from e2e.journeys.paying import AT_ONCE, TOO_LOW, TWICE, goes_to_the_bank, pays

FEE = "16.000 ₫"  # two certified copies


def at_the_bank(a_citizen):
    """A birth with two copies, sent; its payer stands before the bank's page."""
    tuyet = a_citizen(TUYET)
    applies_for_birth(tuyet, copies=2)
    expect(tuyet.page.get_by_role("button", name=f"Nộp hồ sơ và trả {FEE}")).to_be_visible()
    code = tuyet.sends()
    goes_to_the_bank(tuyet, FEE)
    return tuyet, code


def test_a_fee_is_paid_by_vietqr(a_citizen):
    tuyet, code = at_the_bank(a_citizen)

    pays(tuyet, AT_ONCE)

    expect(tuyet.page.get_by_text(f"Đã trả đủ {FEE}")).to_be_visible()
    expect(tuyet.page.get_by_role("link", name=re.compile("biên lai"))).to_be_visible()
    tuyet.follows(code)
    assert f"{FEE}, đã trả" in tuyet.reads()
    assert mail_about(tuyet.page, tuyet.city, to=MAIL_OF_TUYET, code=code, subject="tiền")


def test_a_payment_told_twice_counts_once(a_citizen):
    tuyet, code = at_the_bank(a_citizen)

    pays(tuyet, TWICE)

    expect(tuyet.page.get_by_text(f"Đã trả đủ {FEE}")).to_be_visible()
    tuyet.follows(code)
    assert f"{FEE}, đã trả" in tuyet.reads()


def test_a_payment_told_too_low_leaves_the_rest_open(a_citizen):
    tuyet, _ = at_the_bank(a_citizen)

    pays(tuyet, TOO_LOW)

    expect(tuyet.page.get_by_text("Đã nhận 15.000 ₫, còn thiếu 1.000 ₫")).to_be_visible()
