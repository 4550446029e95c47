"""Masks: what identifies or reaches a person is dotted out, whatever else is answered stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.forms import masked, parse_form
from motcua.kernel.forms.schema import PERSONAL_TYPES


def a_form(**more):
    asked = [
        {"key": "number", "label": "Số định danh", "type": "personal_number"},
        {"key": "phone", "label": "Điện thoại", "type": "phone"},
        {"key": "mail", "label": "Thư điện tử", "type": "email"},
        {"key": "home", "label": "Nơi ở", "type": "address"},
        {"key": "name", "label": "Họ tên", "type": "person_name"},
        {
            "key": "members",
            "label": "Thành viên",
            "type": "group",
            "field": [{"key": "number", "label": "Số định danh", "type": "personal_number"}],
        },
    ]
    asked = [question | more.get(question["key"], {}) for question in asked]
    return parse_form({"page": [{"key": "p", "title": "Trang", "question": asked}]})


def test_numbers_and_ways_to_reach_somebody_are_dotted_out_and_names_stay():
    answers = {
        "number": "079190999001",
        "phone": "0900000763",
        "mail": "tuyet@example.vn",
        "home": {"ward": "26743", "street": "12 Lê Lợi"},
        "name": "Nguyễn Thị Ánh Tuyết",
        "members": [{"number": "079188999002"}],
    }

    assert masked(a_form(), answers) == {
        "number": "•••••••••001",
        "phone": "••••••763",
        "mail": "••••••@example.vn",
        "home": {"ward": "26743", "street": "••••••"},
        "name": "Nguyễn Thị Ánh Tuyết",
        "members": [{"number": "•••••••••002"}],
    }
    assert answers["members"] == [{"number": "079188999002"}]


def test_the_address_of_an_office_is_nobodys_secret():
    form = a_form(home={"data_class": "OPEN"})
    answers = {"home": {"ward": "26743", "street": "59 Lý Tự Trọng"}}

    assert masked(form, answers) == answers


@given(st.from_regex(r"[0-9]{12}", fullmatch=True))
def test_of_a_personal_number_never_more_than_three_digits_are_left(number):
    shown = str(masked(a_form(), {"number": number})["number"])

    assert sum(char.isdigit() for char in shown) == 3
    assert number[:6] not in shown


@pytest.mark.parametrize("kind", sorted(PERSONAL_TYPES))
def test_what_names_or_reaches_a_person_is_personal_unless_the_form_says_otherwise(kind):
    question = {"key": "q", "label": "Hỏi", "type": kind}

    form = parse_form({"page": [{"key": "p", "title": "Trang", "question": [question]}]})

    assert form.pages[0].questions[0].data_class.is_personal
