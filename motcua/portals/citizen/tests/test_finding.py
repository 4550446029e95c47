"""Finding: one box, then a page that says everything before anybody signs in."""

import pytest

from motcua.contexts.reference.testing import streets_taken
from motcua.portals.citizen import results
from motcua.portals.citizen.tests.conftest import BIRTH, HOUSE, PASSPORT, PLAIN, text_of


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
    page = text_of(stranger.get(f"/thu-tuc/{PASSPORT}"))
    assert "Nộp ở hệ thống của bộ, ngành" in page
    assert f'href="/nop/{PASSPORT}"' not in page


def test_what_has_no_form_of_its_own_is_filed_by_the_general_one_and_says_so(stranger):
    page = text_of(stranger.get(f"/thu-tuc/{PLAIN}"))
    assert "Thủ tục này nộp bằng biểu mẫu chung." in page
    assert f'href="/nop/{PLAIN}"' in page


def test_an_unknown_procedure_is_not_found(stranger):
    assert stranger.get("/thu-tuc/9.999999").status_code == 404


def test_starting_leads_through_sign_in_and_back(stranger):
    answer = stranger.get(f"/nop/{BIRTH}")
    assert answer.headers["Location"] == f"/dang-nhap?next=/nop/{BIRTH}"


@pytest.mark.parametrize(
    "pasted",
    [
        "https://motcua.example.vn/tra-cuu?ma={code}",
        "https://other.example/tra-cuu?ma={code}",
        "/ho-so/{code}",
        "Mã hồ sơ: {code}, mã bí mật ABCD-EFGH",
    ],
)
def test_what_a_receipt_s_qr_says_leads_to_the_look_up_and_nowhere_else(
    stranger, submitted, pasted
):
    code = submitted()
    answer = stranger.get("/tim", {"q": pasted.format(code=code)})
    assert answer.headers["Location"] == f"/tra-cuu?ma={code}"


@pytest.mark.parametrize(
    "pasted", ["https://other.example/xac-minh/7K3M-Q9TX-2B5R", "7k3m-q9tx-2b5r"]
)
def test_a_verification_address_or_code_leads_to_our_own_verification(stranger, pasted):
    answer = stranger.get("/tim", {"q": pasted})
    assert answer.headers["Location"].casefold() == "/xac-minh?ma=7k3m-q9tx-2b5r"


@pytest.mark.parametrize("pasted", ["https://evil.example/x", "//evil.example", "/tra-cuu?ma=1"])
def test_an_address_that_is_none_of_ours_is_only_searched_for(stranger, pasted):
    assert stranger.get("/tim", {"q": pasted}).status_code == 200


@pytest.mark.parametrize("words", ["phường sài gòn", "Sai Gon", "hộ tịch phường Sài Gòn"])
def test_a_ward_shows_the_desk_that_receives_there(stranger, words):
    page = text_of(stranger.get("/tim", {"q": words}))
    assert "Nơi tiếp nhận" in page
    assert "Phường Sài Gòn" in page.partition("Nơi tiếp nhận")[2]


def test_an_old_ward_says_what_it_became(stranger):
    page = text_of(stranger.get("/tim", {"q": "phường Bến Nghé"}))
    assert "(cũ) nay thuộc" in page


@pytest.fixture
def streets(small_city: None) -> None:
    streets_taken(
        ("Hồ Chí Minh", "Quận 1", "Nguyễn Huệ"),
        ("Hồ Chí Minh", "Huyện Củ Chi", "Nguyễn Huệ"),
        ("Hồ Chí Minh", "Quận 1", "Khai Sinh"),
    )


def test_a_street_offers_the_wards_of_its_old_district_and_says_that_it_knows_no_more(
    stranger, streets
):
    page = text_of(stranger.get("/tim", {"q": "123 Nguyễn Huệ, quận 1"}))
    assert "Đường Nguyễn Huệ, Quận 1 (cũ)" in page
    assert "chưa biết từng số nhà" in page
    assert "Phường Sài Gòn" in page
    assert "/thu-tuc/1." not in page


def test_a_street_of_several_districts_asks_which(stranger, streets):
    page = text_of(stranger.get("/tim", {"q": "đường nguyen hue"}))
    assert "Bạn chọn quận, huyện cũ" in page
    for district in ("Quận 1", "Huyện Củ Chi"):
        assert district in page


def test_a_name_that_may_be_a_street_hides_no_procedure(stranger, streets):
    page = text_of(stranger.get("/tim", {"q": "khai sinh"}))
    assert page.index(f"/thu-tuc/{BIRTH}") < page.index("Đường Khai Sinh")


def test_streets_are_suggested_behind_procedures(stranger, streets):
    found = stranger.get("/tim/goi-y", {"q": "khai sinh"}).json()["found"]
    assert found[0]["url"] == f"/thu-tuc/{BIRTH}"
    assert found[-1]["name"] == "Đường Khai Sinh, Quận 1"
    assert len(found) <= 6
    alone = stranger.get("/tim/goi-y", {"q": "12 nguyen hue"}).json()
    assert [one["name"] for one in alone["found"]] == [
        "Đường Nguyễn Huệ, Huyện Củ Chi",
        "Đường Nguyễn Huệ, Quận 1",
    ]
    assert alone["count"] == "2 gợi ý"


def test_no_letters_find_no_place(stranger):
    assert "Nơi tiếp nhận" not in text_of(stranger.get("/tim", {"q": "1 2 3"}))


def test_what_was_mended_is_told(stranger):
    page = text_of(stranger.get("/tim", {"q": "đăng ký khai xinh"}))
    assert "Đang tìm theo:" in page
    assert "đăng ký khai sinh" in page


def test_words_nobody_knows_get_the_nearest_procedures_and_what_to_do(stranger):
    page = text_of(stranger.get("/tim", {"q": "khaiii sninhh"}))
    assert "Có phải bạn tìm" in page or f"/thu-tuc/{BIRTH}" in page
    assert "1022" in text_of(stranger.get("/tim", {"q": "zzqqxx"}))


def test_a_result_says_who_decides_how_long_how_much_and_what_is_needed(stranger):
    page = text_of(stranger.get("/tim", {"q": "đăng ký khai sinh"}))
    for said in ("Nơi giải quyết", "Bao lâu", "Bao nhiêu tiền", "Bạn chuẩn bị", "không phải nộp"):
        assert said in page


def test_suggestions_come_as_data_with_the_first_few(stranger):
    found = stranger.get("/tim/goi-y", {"q": "khai sinh"}).json()["found"]
    assert found[0]["url"] == f"/thu-tuc/{BIRTH}"
    assert len(found) <= 6


@pytest.mark.parametrize("typed", ["", "k", "🙂"])
def test_too_little_suggests_nothing(stranger, typed):
    assert stranger.get("/tim/goi-y", {"q": typed}).json()["found"] == []


def test_a_list_of_results_reads_the_versions_together(stranger, django_assert_max_num_queries):
    stranger.get("/tim", {"q": "đăng ký"})
    with django_assert_max_num_queries(12):
        stranger.get("/tim", {"q": "giấy phép"})


def test_the_catalogue_is_narrowed_by_who_decides(stranger):
    page = text_of(stranger.get("/thu-tuc", {"cap": "COMMUNE", "linh-vuc": "Hộ tịch"}))
    assert BIRTH in page
    assert BIRTH not in text_of(stranger.get("/thu-tuc", {"cap": "MINISTRY"}))


def test_a_place_alone_is_not_searched_for_among_procedures(stranger):
    page = text_of(stranger.get("/tim", {"q": "phường Sài Gòn"}))
    assert "Nơi tiếp nhận" in page
    assert "/thu-tuc/1." not in page


def test_not_eligible_is_an_answer_with_the_right_place_to_go(stranger):
    page = text_of(stranger.get(f"/thu-tuc/{BIRTH}", {"q1": "yes"}))
    assert "<h1>Bạn không thuộc trường hợp này</h1>" in page
    for said in ("Bạn đã trả lời", "Trả lời lại", "1022", "Đăng ký lại khai sinh"):
        assert said in page


@pytest.mark.parametrize("case", ["0", "3", "x", "²", "-1"])
def test_a_case_nobody_knows_chooses_none(stranger, case):
    page = text_of(stranger.get(f"/thu-tuc/{HOUSE}", {"truong-hop": case}))
    assert "Trường hợp của bạn" in page
    assert "Nếu nộp hôm nay" not in page


def test_the_case_chosen_gives_the_time_limit_and_the_day(stranger):
    page = text_of(stranger.get(f"/thu-tuc/{HOUSE}", {"truong-hop": "1"}))
    assert "Nếu nộp hôm nay" in page
    assert 'value="1" checked' in page


def test_the_day_to_expect_is_told_before_signing_in(stranger):
    page = text_of(stranger.get(f"/thu-tuc/{BIRTH}"))
    assert "Hẹn trả chậm nhất" in page
    assert "Bạn không phải nộp" in page


def test_a_list_s_own_numbers_are_not_part_of_a_paper_s_name():
    assert results.bare_name("4. Biên bản giám định;") == "Biên bản giám định"
    assert results.bare_name("a) Tờ khai") == "Tờ khai"
    assert results.bare_name("02 ảnh chân dung") == "02 ảnh chân dung"


def test_who_is_signed_in_sees_which_papers_the_registers_hold_of_them(stranger, tuyet):
    assert "Đã có của bạn" not in text_of(stranger.get(f"/thu-tuc/{BIRTH}"))
    page = text_of(tuyet.get(f"/thu-tuc/{BIRTH}"))
    assert "Đã có của bạn trong Cơ sở dữ liệu quốc gia về dân cư" in page
