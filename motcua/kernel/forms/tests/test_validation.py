"""Checking answers: in any spacing, under conditions, by one code for page and whole."""

import json
import string
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.forms import (
    Answer,
    Provenance,
    ProvenanceKind,
    attributed,
    parse_form,
    prefilled,
    raw_from_post,
    read_sheet,
    sheet_table,
    validate,
    validate_page,
    values_of,
    visible,
)
from motcua.kernel.forms.tests.test_parsing import BIRTH, a_form_table

TODAY = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 9, tzinfo=UTC)


def one(type_, raw, **changes):
    form = parse_form(a_form_table(type=type_, **changes))
    return validate(form, {"q": raw}, today=TODAY)


def cleaned(type_, raw, **changes):
    checked = one(type_, raw, **changes)
    assert checked.errors == ()
    return checked.cleaned["q"]


def refused(type_, raw, **changes):
    checked = one(type_, raw, **changes)
    assert len(checked.errors) == 1
    assert "q" not in checked.cleaned
    return checked.errors[0].code


OPTIONS = [{"value": "a", "label": "A"}, {"value": "b", "label": "B"}]


@pytest.mark.parametrize(
    ("type_", "raw", "value"),
    [
        ("text", "  a \u00a0 b\u200b\x00 ", "a b"),
        ("text", "e\u0302\u0301", "ế"),
        ("text", "a\nb", "a b"),
        ("long_text", "a \r\n\r\n\r\n\r\nb\ud800", "a\n\nb"),
        ("person_name", "  Nguyễn   Thị Ánh  Tuyết", "Nguyễn Thị Ánh Tuyết"),
        ("person_name", "Ðỗ Y-Dliê H'Mông", "Đỗ Y-Dliê H'Mông"),
        ("number", "62,8", 62.8),
        ("number", "62.8", 62.8),
        ("number", "1.234,5", 1234.5),
        ("number", "1,234.5", 1234.5),
        ("number", "1.234.567", 1234567),
        ("number", "0.125", 0.125),
        ("number", "-3", -3),
        ("number", 3.0, 3),
        ("money", "1.500.000 đ", 1500000),
        ("money", "1,500,000", 1500000),
        ("money", "1 500 000 đồng", 1500000),
        ("money", "1500000VND", 1500000),
        ("money", 8000, 8000),
        ("date", "12/5/1990", "1990-05-12"),
        ("date", "12 - 05 - 1990", "1990-05-12"),
        ("date", "12.05.1990", "1990-05-12"),
        ("date", "12051990", "1990-05-12"),
        ("date", "ngày 12 tháng 5 năm 1990", "1990-05-12"),
        ("date", "1990-05-12", "1990-05-12"),
        ("date", {"day": "12", "month": "5", "year": "1990"}, "1990-05-12"),
        ("date", ["12", "05", "1990"], "1990-05-12"),
        ("yes_no", "yes", True),
        ("yes_no", "Không", False),
        ("yes_no", True, True),
        ("personal_number", "079 190 999 001", "079190999001"),
        ("personal_number", "0791.9099.9001", "079190999001"),
        ("phone", "+84 900 000 123", "0900000123"),
        ("phone", "0900.000.123", "0900000123"),
        ("phone", "(028) 3829 0000", "02838290000"),
        ("phone", "84900000123", "0900000123"),
        ("email", " Anh.Tuyet@Example.VN ", "anh.tuyet@example.vn"),
        (
            "address",
            {"ward": "26740", "street": " 12  Đồng Khởi"},
            {"ward": "26740", "street": "12 Đồng Khởi"},
        ),
        ("declaration", "on", True),
    ],
)
def test_any_spacing_and_separator_is_taken(type_, raw, value):
    assert cleaned(type_, raw) == value


@pytest.mark.parametrize(
    ("type_", "raw", "code"),
    [
        ("text", "x" * 501, "too_long"),
        ("text", {"a": "b"}, "wrong_type"),
        ("text", "\x00\u200b", "required"),
        ("person_name", "Nguyễn 😀", "not_a_name"),
        ("person_name", "Nguyễn 2", "not_a_name"),
        ("person_name", "---", "not_a_name"),
        ("person_name", "x" * 201, "too_long"),
        ("number", "ba", "not_a_number"),
        ("number", "1.23.4", "not_a_number"),
        ("number", float("nan"), "not_a_number"),
        ("number", True, "wrong_type"),
        ("money", "5 triệu", "not_money"),
        ("money", "-5", "not_money"),
        ("money", "1.50", "not_money"),
        ("date", "31/02/2026", "not_a_date"),
        ("date", "12/5/90", "short_year"),
        ("date", "05/13/1990", "not_a_date"),
        ("date", {"day": "12"}, "not_a_date"),
        ("yes_no", "có lẽ", "not_yes_no"),
        ("personal_number", "07919099900", "not_a_personal_number"),
        ("phone", "12345", "not_a_phone"),
        ("phone", "0100 000 000", "not_a_phone"),
        ("email", "a@b", "not_an_email"),
        ("email", "a..b@example.vn", "not_an_email"),
        ("address", {"ward": "Sài Gòn", "street": "1"}, "not_a_ward"),
        ("address", {"ward": "26740"}, "no_street"),
        ("address", "12 Đồng Khởi", "not_an_address"),
        ("declaration", "no", "not_declared"),
        ("declaration", "", "required"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_field(type_, raw, code):
    assert refused(type_, raw) == code


def test_choices_are_only_those_offered():
    assert cleaned("choice", "a", options=OPTIONS) == "a"
    assert refused("choice", "c", options=OPTIONS) == "not_an_option"
    assert cleaned("multi_choice", ["b", "a", "b"], options=OPTIONS) == ["b", "a"]
    assert refused("multi_choice", ["a", "b"], options=OPTIONS, max=1) == "too_many"


def test_choices_of_a_register_are_checked_when_given():
    form = parse_form(a_form_table(type="choice", choices_from="communes"))

    assert validate(form, {"q": "99999"}, choices={"communes": {"26740"}}).errors
    assert validate(form, {"q": "26740"}, choices={"communes": {"26740"}}).errors == ()


def test_bounds_say_what_is_allowed():
    assert refused("date", "25/11/2026", max="today") == "too_large"
    assert cleaned("date", "24/11/2026", max="today") == "2026-11-24"
    assert one("money", "500", min=1000).by_path == {"q": "Nhỏ nhất là 1.000."}
    assert refused("number", "2,5", integer=True) == "not_whole"


@pytest.mark.parametrize("raw", ["62,8 m²", "62,8m2", "62,8 M2", "62.8"])
def test_a_number_may_be_written_with_its_unit(raw):
    assert cleaned("number", raw, unit="m²") == 62.8
    assert refused("number", "62,8 km", unit="m²") == "not_a_number"


def test_a_whole_number_is_asked_by_a_whole_example():
    assert one("number", "hai", integer=True).by_path == {"q": "Ô này cần số nguyên, ví dụ 3."}
    assert one("number", "hai").by_path == {"q": "Bạn ghi một số, ví dụ 62,8."}


def test_the_emoji_is_named_politely():
    assert "Bạn bỏ ký tự «😀»" in one("person_name", "An 😀").by_path["q"]


def test_unknown_answers_are_refused_by_name():
    checked = validate(parse_form(a_form_table()), {"q": "a", "is_admin": "1"})

    assert [(e.path, e.code) for e in checked.errors] == [("is_admin", "unknown_question")]


def good_answers():
    return {
        "child_name": "Nguyễn An",
        "born_on": "20/11/2026",
        "sex": "nu",
        "married": "yes",
        "marriage_no": "12/2020",
        "siblings": [{"name": "Nguyễn Bình", "alive": "no", "died_on": "1/1/2020"}],
    }


def test_hidden_questions_are_neither_asked_nor_kept():
    form = parse_form(BIRTH)

    checked = validate(form, good_answers() | {"married": "no"}, today=TODAY)

    assert checked.errors == ()
    assert "marriage_no" not in checked.cleaned
    assert [q.key for q in visible(form, checked.cleaned)[1].questions] == ["married", "siblings"]


def test_rows_of_a_group_are_checked_in_place():
    form = parse_form(BIRTH)
    rows = [
        {"name": "An", "alive": "yes"},
        {"name": "B0", "alive": "no", "age": "3"},
        {"name": " "},
    ]

    checked = validate(form, good_answers() | {"siblings": rows}, today=TODAY)

    assert {e.path: e.code for e in checked.errors} == {
        "siblings.1.name": "not_a_name",
        "siblings.1.age": "unknown_question",
        "siblings.1.died_on": "required",
    }


def test_page_by_page_gives_the_same_as_the_whole():
    form = parse_form(BIRTH)
    raw = good_answers()
    answers = {}
    for page in form.pages:
        own = {k: v for k, v in raw.items() if k in {q.key for q in page.questions}}
        checked = validate_page(form, page.key, own, answers=answers, today=TODAY)
        answers |= checked.cleaned

    assert answers == validate(form, raw, today=TODAY).cleaned


def test_a_post_becomes_raw_answers():
    form = parse_form(BIRTH)
    post = {
        "csrfmiddlewaretoken": ["x"],
        "married": ["no"],
        "siblings.4.name": ["Nguyễn Bình"],
        "siblings.4.alive": ["yes"],
        "siblings.0.name": ["Nguyễn An"],
        "siblings.0.alive": ["no"],
        "siblings.0.died_on.day": ["1"],
        "siblings.0.died_on.month": ["2"],
        "siblings.0.died_on.year": ["2020"],
    }

    raw = raw_from_post(form.page("parents").questions, post)

    checked = validate_page(form, "parents", raw, today=TODAY)
    assert checked.errors == ()
    assert checked.cleaned["siblings"] == [
        {"name": "Nguyễn An", "alive": False, "died_on": "2020-02-01"},
        {"name": "Nguyễn Bình", "alive": True},
    ]


def test_known_values_keep_their_source_until_changed():
    form = parse_form(a_form_table(type="person_name", prefill="population.full_name"))
    known = prefilled(form, {"population": {"full_name": "Nguyễn Thị Ánh Tuyết"}}, at=AT)

    kept = attributed({"q": "Nguyễn Thị Ánh Tuyết"}, known=known, at=AT)
    changed = attributed({"q": "Nguyễn Ánh Tuyết"}, known=known, at=AT)

    assert kept["q"].provenance.kind is ProvenanceKind.REGISTER
    assert kept["q"].provenance.source == "population.full_name"
    assert changed["q"].provenance.kind is ProvenanceKind.DECLARED


def test_a_register_value_that_does_not_fit_is_asked_instead():
    form = parse_form(a_form_table(type="date", prefill="population.born_on"))

    assert prefilled(form, {"population": {"born_on": "1990"}}, at=AT) == {}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.dictionaries(
        st.sampled_from(["child_name", "born_on", "sex", "married", "siblings", "x"]), json_values
    )
)
def test_no_answers_ever_break_the_check(raw):
    form = parse_form(BIRTH)

    checked = validate(form, raw, today=TODAY)

    json.dumps(checked.cleaned, allow_nan=False)
    assert {e.path.split(".")[0] for e in checked.errors} <= {
        *raw,
        *(q.key for q in form.questions()),
    }


@given(st.sampled_from(["text", "long_text", "person_name", "email", "phone", "number"]), st.text())
def test_cleaning_twice_changes_nothing(type_, raw):
    first = one(type_, raw)

    if not first.errors:
        assert cleaned(type_, first.cleaned["q"]) == first.cleaned["q"]


@given(st.integers(0, 10**14), st.sampled_from([".", ",", " ", "\u00a0", "\u202f", "'", ""]))
def test_money_reads_back_in_any_separator(amount, separator):
    assert cleaned("money", f"{amount:,}".replace(",", separator)) == amount


@given(st.dates(date(1000, 1, 1)), st.sampled_from("/.- "))
def test_dates_read_back_in_any_separator(day, separator):
    assert (
        cleaned("date", day.strftime(f"%d{separator}%m{separator}") + f"{day.year:04}")
        == day.isoformat()
    )
    assert cleaned("date", day.isoformat()) == day.isoformat()


@given(
    st.text(string.digits, min_size=12, max_size=12),
    st.lists(st.sampled_from([" ", ".", "-", ""]), min_size=12, max_size=12),
)
def test_personal_numbers_read_back_in_any_spacing(digits, gaps):
    spaced = "".join(d + g for d, g in zip(digits, gaps, strict=True))

    assert cleaned("personal_number", spaced) == digits


@given(st.dictionaries(st.text(min_size=1), json_values), st.sampled_from(ProvenanceKind))
def test_a_sheet_survives_json(values, kind):
    sheet = {k: Answer(v, Provenance(kind=kind, source="s", at=AT)) for k, v in values.items()}

    again = read_sheet(json.loads(json.dumps(sheet_table(sheet))))

    assert again == sheet
    assert values_of(again) == {k: v for k, v in values.items() if v is not None}


@pytest.mark.parametrize(
    ("type_", "raw", "changes", "code"),
    [
        ("text", "x" * 30_000, {}, "too_long"),
        ("number", 10**16, {}, "too_large"),
        ("money", 10**15, {}, "not_money"),
        ("number", "1", {"min": 2}, "too_small"),
        ("number", "9", {"max": 2}, "too_large"),
        ("date", "1/1/1900", {"min": date(1950, 1, 1)}, "too_small"),
        ("date", "1/1/2000", {"max": date(1950, 1, 1)}, "too_large"),
        ("choice", "x" * 101, {"choices_from": "communes"}, "not_an_option"),
        ("multi_choice", ["a"] * 201, {"options": OPTIONS}, "too_many"),
        ("multi_choice", ["a"], {"options": OPTIONS, "min": 2}, "too_few"),
        ("multi_choice", [""], {"options": OPTIONS}, "required"),
        ("choice", "", {"options": OPTIONS}, "required"),
    ],
)
def test_limits_are_told_apart(type_, raw, changes, code):
    assert refused(type_, raw, **changes) == code


GROUP = {"type": "group", "field": [{"key": "x", "label": "X", "type": "text"}]}


@pytest.mark.parametrize(
    ("raw", "changes", "code"),
    [
        ("text", {}, "wrong_type"),
        ([1], {}, "wrong_type"),
        ([{"x": "1"}] * 101, {}, "too_many"),
        ([{"x": "1"}], {"min": 2}, "too_few"),
        ([], {"min": 1, "required": False}, "required"),
        ([{"x": "1"}] * 3, {"max": 2}, "too_many"),
    ],
)
def test_groups_have_limits_too(raw, changes, code):
    checked = validate(parse_form(a_form_table(**GROUP, **changes)), {"q": raw})

    assert [e.code for e in checked.errors] == [code]


def test_optional_answers_may_be_missing():
    assert one("text", " ", required=False) == ({}, ())
    assert one("text", "\u200b", required=False) == ({}, ())


def test_a_page_that_does_not_exist_is_a_mistake_of_ours():
    with pytest.raises(KeyError):
        validate_page(parse_form(BIRTH), "nowhere", {})


def test_wards_of_an_address_are_checked_when_the_list_is_given():
    form = parse_form(a_form_table(type="address"))
    answer = {"q": {"ward": "99999", "street": "1 Lê Lợi"}}

    assert validate(form, answer, choices={"communes": {"26740"}}).errors[0].code == "not_an_option"
    assert validate(form, answer).errors == ()


def test_an_address_lies_in_the_city_unless_its_question_says_anywhere():
    choices = {"communes": {"26740"}, "country": {"26740", "20242"}}
    answer = {"q": {"ward": "20242", "street": "1 Lê Lợi"}}
    unknown = {"q": {"ward": "99999", "street": "1 Lê Lợi"}}
    here = parse_form(a_form_table(type="address"))
    anywhere = parse_form(a_form_table(type="address", anywhere=True))

    refused = validate(here, answer, choices=choices).errors[0]
    nowhere = validate(anywhere, unknown, choices=choices).errors[0]

    assert "phải ở trong Thành phố Hồ Chí Minh" in refused.message
    assert "Không có phường, xã mang mã này" in nowhere.message
    assert validate(anywhere, answer, choices=choices).errors == ()


def test_many_choices_come_from_a_post_as_a_list():
    form = parse_form(a_form_table(type="multi_choice", options=OPTIONS))

    assert raw_from_post(form.page("p").questions, {"q": ["a", "", "b"]}) == {"q": ["a", "b"]}


def test_a_sheet_of_another_shape_is_refused():
    with pytest.raises(ValueError, match="has no value"):
        read_sheet({"q": "a"})


def test_registers_fill_only_what_they_know():
    form = parse_form(a_form_table(type="text", prefill="population.full_name"))

    assert prefilled(form, {}, at=AT) == {}
    assert prefilled(form, {"population": {"full_name": ""}}, at=AT) == {}
