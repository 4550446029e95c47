"""Search: marks, slips, abbreviations, people's own words, codes."""

import pytest

from motcua.contexts.procedures.rules.search import Entry, Index
from motcua.contexts.procedures.rules.search.words import is_one_slip, wish
from motcua.kernel.text import fold

NAMES = {
    "1.001193": "Đăng ký khai sinh",
    "1.004884": "Đăng ký lại khai sinh",
    "2.000528": "Đăng ký khai sinh có yếu tố nước ngoài",
    "1.000656": "Đăng ký khai tử",
    "1.000894": "Đăng ký kết hôn",
    "1.004873": "Cấp giấy xác nhận tình trạng hôn nhân",
    "1.004222": "Đăng ký thường trú",
    "1.004194": "Đăng ký tạm trú",
    "1.014064": "Cấp lại thẻ căn cước",
    "1.013225": "Cấp giấy phép xây dựng mới nhà ở riêng lẻ",
    "1.001612": "Đăng ký thành lập hộ kinh doanh",
    "2.000815": "Chứng thực bản sao từ bản chính",
    "1.013831": "Đăng ký biến động quyền sử dụng đất do chuyển nhượng, tặng cho",
}


@pytest.fixture(scope="module")
def index():
    return Index([Entry(code, name) for code, name in NAMES.items()])


def first(index, text):
    hits = index.search(text)
    return index.entries[hits[0].position].code if hits else None


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("đăng ký khai sinh", "1.001193"),
        ("dang ky khai sinh", "1.001193"),
        ("ĐĂNG KÝ KHAI SINH", "1.001193"),
        ("lam giay khai sin", "1.001193"),
        ("Tôi muốn làm giấy khai sinh cho con", "1.001193"),
        ("khai sanh", "1.001193"),
        ("đăng kí khai xinh", "1.001193"),
        ("cccd bị mất", "1.014064"),
        ("gpxd nhà ở", "1.013225"),
        ("hktt", "1.004222"),
        ("nhập hộ khẩu", "1.004222"),
        ("giấy độc thân", "1.004873"),
        ("lấy vợ", "1.000894"),
        ("sao y", "2.000815"),
        ("mở tiệm", "1.001612"),
        ("sang tên sổ đỏ", "1.013831"),
        ("người thân mất", "1.000656"),
    ],
)
def test_people_s_words_find_it_first_with_or_without_marks(index, typed, code):
    assert first(index, typed) == code
    assert first(index, fold(typed)) == code


@pytest.mark.parametrize("typed", ["1.001193", "1001193", " 1.001193 ", "1 001193"])
def test_a_code_finds_exactly_what_bears_it(index, typed):
    assert [index.entries[h.position].code for h in index.search(typed)] == ["1.001193"]


def test_the_beginning_of_a_code_lists_what_begins_so(index):
    codes = [index.entries[h.position].code for h in index.search("1.0042")]

    assert codes == ["1.004222"]


@pytest.mark.parametrize("typed", ["", "   ", "!!!", "🙂", "xyzzy", "a" * 5000])
def test_nothing_sensible_gives_no_failure(index, typed):
    assert isinstance(index.search(typed), list)


def test_an_empty_catalogue_finds_nothing():
    assert Index([]).search("khai sinh") == []


def test_politeness_is_not_the_wish():
    assert wish("Tôi muốn làm thủ tục đăng ký tạm trú") == ("dang", "ky", "tam", "tru")
    assert wish("thủ tục") == ("thu", "tuc")


@pytest.mark.parametrize(
    ("a", "b", "near"),
    [
        ("sin", "sinh", True),
        ("xinh", "sinh", True),
        ("snih", "sinh", True),
        ("sinhh", "sinh", True),
        ("sinh", "sinh", False),
        ("tu", "sinh", False),
        ("abcd", "badc", False),
    ],
)
def test_one_slip_is_one_letter(a, b, near):
    assert is_one_slip(a, b) is near
