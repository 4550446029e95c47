"""Search: marks, slips, abbreviations, people's own words, codes."""

import json
import re
from importlib.resources import files
from pathlib import Path

import pytest

from motcua.contexts.procedures.rules.search import Entry, Index
from motcua.contexts.procedures.rules.search.words import wish
from motcua.kernel.codes import ProcedureCode
from motcua.kernel.text import fold, is_one_slip

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
        ("gaays khai sinh", "1.001193"),
        ("lamf giaays khai sinh", "1.001193"),
        ("ddawng kys keets hoon", "1.000894"),
        ("d9a8ng ky1 khai tu73", "1.000656"),
        ("hôn thú", "1.000894"),
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
    said = wish("Tôi muốn làm thủ tục đăng ký tạm trú")
    assert [one.word for one in said] == ["dang", "ky", "tam", "tru"]
    assert [one.word for one in wish("thủ tục")] == ["thu", "tuc"]


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


def test_a_word_left_over_from_an_input_method_is_shown_as_it_was_read(index):
    assert index.read_as("lamf giaays khai sinh") == "lam giay khai sinh"
    assert index.read_as("đăng ký khai xinh") == "đăng ký khai sinh"
    assert index.read_as("đăng ký khai sinh") == ""


def test_marks_that_were_typed_tell_two_words_apart():
    index = Index([Entry("1.000001", "Cấp bản sao chứng từ"), Entry("1.000002", "Khai chứng tử")])

    assert first(index, "chứng từ") == "1.000001"
    assert first(index, "chứng tử") == "1.000002"


def test_a_rare_variant_waits_until_it_is_asked_for():
    names = {"1.000001": "Đăng ký kết hôn lưu động", "1.000002": "Đăng ký kết hôn tại phường"}
    index = Index([Entry(code, name) for code, name in names.items()])

    assert first(index, "đăng ký kết hôn") == "1.000002"
    assert first(index, "đăng ký kết hôn lưu động") == "1.000001"


def test_what_is_excluded_does_not_come_first():
    names = {
        "1.000001": "Đăng ký khai sinh kết hợp đăng ký nhận cha, mẹ, con",
        "1.000002": "Đăng ký khai sinh có yếu tố nước ngoài",
    }
    index = Index([Entry(code, name) for code, name in names.items()])

    typed = "khai sinh có yếu tố nước ngoài, không kèm nhận cha mẹ con"
    assert first(index, typed) == "1.000002"


@pytest.mark.parametrize(
    ("typed", "code"),
    [("căn cước cho bé 8 tuổi", "1.000001"), ("cháu 15 tuổi làm căn cước", "1.000002")],
)
def test_an_age_chooses_the_procedure_for_that_age(typed, code):
    names = {
        "1.000001": "Cấp thẻ căn cước cho người dưới 14 tuổi",
        "1.000002": "Cấp thẻ căn cước cho người từ đủ 14 tuổi",
    }
    index = Index([Entry(code, name) for code, name in names.items()])

    assert first(index, typed) == code


def test_abbreviations_in_a_title_are_read_out():
    index = Index([Entry("1.000001", "Cấp sổ BHXH"), Entry("1.000002", "Cấp sổ hộ tịch")])

    assert first(index, "sổ bảo hiểm xã hội") == "1.000001"


def test_words_nobody_knows_are_answered_with_the_most_alike(index):
    near = index.nearest("dawgn kxi khaii sninh", limit=3)

    assert "1.001193" in {index.entries[one.position].code for one in near}
    assert index.nearest("🙂", limit=3) == []


def test_no_word_list_names_a_procedure_code():
    folder = files("motcua.contexts.procedures.rules.search")
    lists = ("synonyms.toml", "variants.toml", "words.toml")

    texts = [folder.joinpath(name).read_text(encoding="utf-8") for name in lists]

    assert not any(re.search(r"\d\.\d{6}", text) for text in texts)


def test_our_own_questions_are_asked_once_each_and_have_an_answer():
    lines = Path(__file__).with_name("questions.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line) for line in lines]

    assert len({fold(one["question"]) for one in questions}) == len(questions) > 100
    assert all(ProcedureCode.parses(one["procedure_code"]) for one in questions)
    assert {one["kind"] for one in questions} == {"colloquial", "unseen", "fresh", "held", "third"}
