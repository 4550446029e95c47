"""Đăng ký khai sinh, from the first word typed to the stars given."""

import re

import pytest
from playwright.sync_api import expect

from e2e.journeys.birth import BEN_THANH_DESK, BIRTH, PROOF, applies_for_birth
from e2e.journeys.citizen import TUYET
from e2e.journeys.mailbox import MAIL_OF_TUYET, mail_about
from e2e.journeys.papers import a_scan, address_of, altered, content_behind, leads_to
from e2e.journeys.passing import the_silent_stay_silent

FIRST_WORDS = ["đăng ký khai sinh", "dang ky khai sinh", "lam giay khai sin", BIRTH]
POLICE = "26740.5-tp1"  # who answers for the police of the ward


@pytest.mark.parametrize("words", FIRST_WORDS)
def test_a_mother_finds_it_in_her_own_words(a_citizen, words):
    mother = a_citizen()

    mother.searches(words)

    assert mother.codes_found()[0] == BIRTH


def test_a_birth_from_phone_to_signed_result(a_citizen, an_officer):
    tuyet = a_citizen(TUYET)
    applies_for_birth(tuyet)
    assert "CSDL quốc gia về dân cư" in tuyet.reads()
    code = tuyet.sends(at_desk=BEN_THANH_DESK)
    receipt = tuyet.reads()
    assert PROOF in receipt
    assert re.search(r"kết quả dự kiến chậm nhất \d+:\d\d, thứ \w+ \d+/\d+/\d+", receipt)

    khue = an_officer("khue")
    assert khue.sees_in_inbox(code)
    khue.opens_dossier(code)
    khue.does("Tiếp nhận")
    khue.opens_dossier(code, tab="van-ban")
    form_01 = khue.letter("Giấy tiếp nhận")
    assert code in form_01
    assert "Nguyễn Thị Ánh Tuyết" in form_01
    assert PROOF in form_01

    nghia = an_officer("nghia")
    assert nghia.sees_in_inbox(code)
    nghia.opens_dossier(code)
    nghia.asks("Phân công", {"Giao cho": "Lê Quốc Bảo"})

    bao = an_officer("bao")
    bao.opens_dossier(code)
    bao.judges(PROOF, "Chưa")
    bao.asks("Cần gửi thêm", {
        "Chưa được vì sao": "Ảnh mờ, không đọc được ngày sinh.",
        "Sửa thế nào": "Bạn chụp lại cả trang, đủ sáng.",
        "Căn cứ pháp lý": "Luật Hộ tịch 60/2014/QH13",
    })  # fmt: skip
    bao.opens_dossier(code, tab="van-ban")
    assert "Ảnh mờ, không đọc được ngày sinh." in bao.letter("bổ sung")

    told = mail_about(tuyet.page, tuyet.city, to=MAIL_OF_TUYET, code=code, subject="gửi thêm")
    assert "Ảnh mờ" in told
    tuyet.follows(code)
    assert "Đến lượt bạn" in tuyet.reads()
    assert tuyet.clock_stands_still()
    tuyet.supplies({PROOF: a_scan("chup-lai.pdf")})
    assert not tuyet.clock_stands_still()
    assert "vì chờ bạn gửi thêm" in tuyet.reads()
    assert "Bạn không cần làm gì" in tuyet.reads()

    bao.opens_dossier(code)
    bao.judges(PROOF, "Đạt")
    bao.asks("Xin ý kiến", {"Cần hỏi điều gì": "Cha mẹ có cư trú tại phường không?"})
    bao.opens_dossier(code, tab="y-kien")
    expect(bao.page.get_by_text("Đang chờ trả lời")).to_have_count(2)
    police = an_officer(POLICE)
    police.opens_dossier(code)
    police.answers("Đồng ý", "Có cư trú.")
    bao.opens_dossier(code, tab="y-kien")
    expect(bao.page.get_by_text("Đang chờ trả lời")).to_have_count(1)
    assert "Trình trưởng phòng" not in bao.buttons()
    assert the_silent_stay_silent(bao.city, code) == 1
    bao.opens_dossier(code, tab="y-kien")
    expect(bao.page.get_by_text("Quá hạn, coi là đồng ý")).to_be_visible()

    bao.does("Trình trưởng phòng")
    nghia.opens_dossier(code)
    nghia.does("Đồng ý, trình ký")
    van = an_officer("van")
    van.opens_dossier(code)
    van.does("Ký")
    ha = an_officer("ha")
    ha.opens_dossier(code)
    ha.does("Phát hành")

    paper = tuyet.paper_in_wallet(code)
    verify = address_of(paper.get_by_role("link", name="Xác minh"))
    assert leads_to(paper.locator(".qr-box"), verify)
    whole = content_behind(paper.get_by_role("link", name="Tải về"))
    anybody = a_citizen()
    anybody.page.goto(verify)
    assert "Giấy tờ thật, còn giá trị" in anybody.reads()
    anybody.verifies(altered(whole))
    assert "Giấy tờ đã bị thay đổi" in anybody.reads()

    khue.opens_dossier(code)
    khue.does("Trả kết quả")
    tuyet.follows(code)
    tuyet.rates(5)
