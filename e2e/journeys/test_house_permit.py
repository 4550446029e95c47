"""Cấp giấy phép xây dựng: a house, from the drawings to the signed permit."""

from playwright.sync_api import expect

from e2e.journeys.birth import BEN_THANH_DESK
from e2e.journeys.citizen import KHOA
from e2e.journeys.house import DRAWINGS, applies_for_house
from e2e.journeys.papers import a_scan
from e2e.journeys.paying import AT_ONCE, goes_to_the_bank, pays
from e2e.journeys.way import BUILDING, assigned, decided, one_answers_one_is_silent, received

FEE = "75.000 ₫"
PAGES_MISSING = "Giấy này còn thiếu trang."


def test_a_house_from_drawings_to_signed_permit(a_citizen, an_officer):
    khoa = a_citizen(KHOA)
    applies_for_house(khoa)
    assert "Mức thu do Hội đồng nhân dân Thành phố quyết định." in khoa.reads()
    code = khoa.sends(at_desk=BEN_THANH_DESK)

    khue, linh, phat = an_officer("khue"), an_officer("linh"), an_officer("phat")
    assert DRAWINGS[0] in received(khue, code)
    the_fee_is_named_and_paid(khue, khoa, code)
    assigned(linh, code, BUILDING)
    phat.opens_dossier(code)
    phat.judges(DRAWINGS[2], "Chưa")
    phat.asks(
        "Cần gửi thêm",
        {"Lý do thường gặp": PAGES_MISSING, "Chưa được vì sao": "Thiếu mặt cắt móng."},
    )
    khoa.follows(code)
    assert khoa.clock_stands_still()
    khoa.supplies({DRAWINGS[2]: a_scan("mong.pdf")})
    assert not khoa.clock_stands_still()
    one_answers_one_is_silent(phat, code, an_officer)
    decided(code, phat, linh, an_officer)

    expect(khoa.paper_in_wallet(code)).to_contain_text("Giấy phép xây dựng")
    khue.opens_dossier(code)
    khue.does("Trả kết quả")
    khoa.follows(code)
    khoa.rates(4)


def the_fee_is_named_and_paid(receiver, owner, code):
    """What the city's table of fees says, entered by the desk and paid from the phone."""
    receiver.opens_dossier(code)
    receiver.page.get_by_role("link", name="Nhập mức thu").click()
    receiver.answers_form({"Số tiền": "75000"}, "Ghi mức thu, báo người nộp")
    owner.follows(code)
    goes_to_the_bank(owner, FEE)
    pays(owner, AT_ONCE)
    expect(owner.page.get_by_text(f"Đã trả đủ {FEE}")).to_be_visible()
