"""Finding: one box, then a page that says everything before anybody signs in."""

import pytest

from motcua.portals.citizen.tests.conftest import BIRTH, HOUSE, PLAIN, text_of


@pytest.mark.parametrize("words", ["đăng ký khai sinh", "dang ky khai sinh", "lam giay khai sin"])
def test_people_find_it_in_their_own_words(stranger, words):
    assert f"/thu-tuc/{BIRTH}" in text_of(stranger.get("/tim", {"q": words}))


def test_a_procedure_code_leads_to_its_page(stranger):
    assert stranger.get("/tim", {"q": f" {BIRTH} "}).headers["Location"] == f"/thu-tuc/{BIRTH}"


def test_a_dossier_code_leads_a_stranger_to_the_look_up(stranger, submitted):
    code = submitted()
    answer = stranger.get("/tim", {"q": code.lower()})
    assert answer.headers["Location"] == f"/tra-cuu?ma={code}"


def test_a_dossier_code_leads_its_owner_to_the_tracker(tuyet, submitted):
    code = submitted()
    assert tuyet.get("/tim", {"q": code}).headers["Location"] == f"/ho-so/{code}"


@pytest.mark.parametrize("words", ["", "   "])
def test_nothing_typed_shows_the_catalogue(stranger, words):
    assert stranger.get("/tim", {"q": words}).headers["Location"] == "/thu-tuc"


@pytest.mark.parametrize("words", ["zzqqxx", "🙂" * 50, "שלום", "<script>alert(1)</script>", "'"])
def test_odd_words_find_nothing_and_break_nothing(stranger, words):
    answer = stranger.get("/tim", {"q": words})
    assert answer.status_code == 200
    assert "<script>alert" not in text_of(answer)


def test_browsing_by_field_and_event_shows_what_belongs(stranger):
    page = text_of(stranger.get("/thu-tuc", {"linh-vuc": "Hộ tịch"}))
    assert BIRTH in page
    assert HOUSE not in page
    assert BIRTH in text_of(stranger.get("/thu-tuc", {"viec": "co_con_nho"}))


def test_an_unknown_field_says_so(stranger):
    page = text_of(stranger.get("/thu-tuc", {"linh-vuc": "Không có"}))
    assert "Không có thủ tục nào ở mục này" in page


def test_the_page_says_time_money_papers_and_what_is_unverified(stranger):
    page = text_of(stranger.get(f"/thu-tuc/{BIRTH}"))
    for said in ("Trong ngày", "8.000 ₫ mỗi bản", "Giấy chứng sinh", "(chưa kiểm chứng)"):
        assert said in page
    assert f'href="/nop/{BIRTH}"' in page


def test_who_is_not_eligible_is_led_elsewhere(stranger):
    page = text_of(stranger.get(f"/thu-tuc/{BIRTH}", {"q1": "yes"}))
    assert f"/thu-tuc/{PLAIN}" in page
    assert f'href="/nop/{BIRTH}"' not in page


def test_who_is_eligible_is_told_so(stranger):
    page = text_of(stranger.get(f"/thu-tuc/{BIRTH}", {"q1": "no", "q2": "no", "q3": "no"}))
    assert "Bạn dùng được thủ tục này" in page


def test_what_cannot_be_filed_here_says_where(stranger):
    page = text_of(stranger.get(f"/thu-tuc/{PLAIN}"))
    assert "Chưa nộp được ở đây" in page
    assert f'href="/nop/{PLAIN}"' not in page


def test_an_unknown_procedure_is_not_found(stranger):
    assert stranger.get("/thu-tuc/9.999999").status_code == 404


def test_starting_leads_through_sign_in_and_back(stranger):
    answer = stranger.get(f"/nop/{BIRTH}")
    assert answer.headers["Location"] == f"/dang-nhap?next=/nop/{BIRTH}"
