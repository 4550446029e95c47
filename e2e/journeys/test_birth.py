"""Đăng ký khai sinh, from the first word typed to the stars given."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from e2e.journeys.birth import BEN_THANH_DESK, BIRTH, PROOF, applies_for_birth
from e2e.journeys.citizen import TUYET
from e2e.journeys.mailbox import MAIL_OF_TUYET, mail_about
from e2e.journeys.papers import a_scan, address_of, altered, content_behind, leads_to
from e2e.journeys.paying import AT_ONCE, goes_to_the_bank, pays
from e2e.journeys.way import CIVIL_STATUS, assigned, decided, one_answers_one_is_silent, received

TWO_COPIES = "16.000 ₫"
FIRST_WORDS = ["đăng ký khai sinh", "dang ky khai sinh", "lam giay khai sin", BIRTH]


@pytest.mark.parametrize("words", FIRST_WORDS)
def test_a_mother_finds_it_in_her_own_words(a_citizen, words):
    mother = a_citizen()

    mother.searches(words)

    assert mother.codes_found()[0] == BIRTH


def test_a_journey_to_a_birth_certificate(a_citizen, an_officer, shot, album):
    kept = album(
        "birth",
        title="A birth, from the first word to the rating",
        about="A mother registers her child: find, prepare, fill, papers, pay, follow, supplement, "
        "receive, rate.",
    )
    tuyet = replace(a_citizen(TUYET), keep=kept.keep)
    tuyet.searches("lam giay khai sinh")
    applies_for_birth(tuyet, copies=2)
    assert "CSDL quốc gia về dân cư" in tuyet.reads()
    code = tuyet.sends(at_desk=BEN_THANH_DESK)
    receipt = tuyet.reads()
    assert PROOF in receipt
    assert re.search(r"kết quả dự kiến chậm nhất \d+:\d\d, thứ \w+ \d+/\d+/\d+", receipt)
    goes_to_the_bank(tuyet, TWO_COPIES)
    pays(tuyet, AT_ONCE)

    khue, nghia, bao = an_officer("khue"), an_officer("nghia"), an_officer("bao")
    form_01 = received(khue, code)
    assert code in form_01
    assert "Nguyễn Thị Ánh Tuyết" in form_01
    assert PROOF in form_01
    assigned(nghia, code, CIVIL_STATUS)

    asks_for_a_better_picture(bao, code)
    told = mail_about(tuyet.page, tuyet.city, to=MAIL_OF_TUYET, code=code, subject="gửi thêm")
    assert "Ảnh mờ" in told
    tuyet.follows(code)
    assert "Đến lượt bạn" in tuyet.reads()
    kept.keep(tuyet.page, "It is her turn: what is wanted, and the clock that stands still.")
    assert tuyet.clock_stands_still()
    tuyet.supplies({PROOF: a_scan("chup-lai.pdf")})
    assert not tuyet.clock_stands_still()
    assert "vì chờ bạn gửi thêm" in tuyet.reads()
    assert "Bạn không cần làm gì" in tuyet.reads()
    kept.keep(tuyet.page, "The new due date with its calendar, and the path with names.")
    bao.opens_dossier(code)
    bao.judges(PROOF, "Đạt")

    one_answers_one_is_silent(bao, code, an_officer)
    decided(code, bao, nghia, an_officer)

    paper = tuyet.paper_in_wallet(code)
    shot(tuyet.page, "wallet")
    anybody = a_citizen()
    anybody_verifies(paper, anybody)
    anybody.page.goto(address_of(paper.get_by_role("link", name="Xác minh")))
    shot(anybody.page, "verify")
    kept.keep(anybody.page, "Anybody who scans the code learns that the paper is real.")
    shares_for_a_day(tuyet, paper)
    khue.opens_dossier(code)
    khue.does("Trả kết quả")
    tuyet.follows(code)
    tuyet.rates(5)


def asks_for_a_better_picture(officer, code):
    officer.opens_dossier(code)
    officer.judges(PROOF, "Chưa")
    officer.asks(
        "Cần gửi thêm",
        {
            "Chưa được vì sao": "Ảnh mờ, không đọc được ngày sinh.",
            "Sửa thế nào": "Bạn chụp lại cả trang, đủ sáng.",
            "Căn cứ pháp lý": "Luật Hộ tịch 60/2014/QH13",
        },
    )
    officer.opens_dossier(code, tab="van-ban")
    assert "Ảnh mờ, không đọc được ngày sinh." in officer.letter("bổ sung")


def shares_for_a_day(tuyet, paper):
    """A link that ends, with a code to scan; the owner sees who opened it."""
    paper.get_by_role("link", name="Chia sẻ").click()
    tuyet.page.get_by_role("button", name="Tạo liên kết").click()
    expect(tuyet.page.get_by_role("heading", name="Liên kết 1")).to_be_visible()
    tuyet.keep(tuyet.page, "Shared by a link or code that ends; she sees who opened it.")


def anybody_verifies(paper, anybody):
    """The drawn code leads to the answer; a copy with one changed byte is told."""
    verify = paper.get_by_role("link", name="Xác minh")
    assert leads_to(paper.locator(".qr-box"), address_of(verify))
    whole = content_behind(paper.get_by_role("link", name="Tải về"))

    anybody.page.goto(address_of(verify))
    assert "Giấy tờ thật, còn giá trị" in anybody.reads()
    anybody.verifies(whole)
    assert "Giấy tờ thật, còn giá trị" in anybody.reads()
    anybody.verifies(altered(whole))
    assert "Giấy tờ đã bị thay đổi" in anybody.reads()
