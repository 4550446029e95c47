"""Which commune is competent, and what a register's address becomes in our question."""

import pytest

from motcua.contexts.dossiers.rules.known import population_fields, street_of
from motcua.contexts.dossiers.rules.place import competent_ward, place_question
from motcua.kernel.forms import parse_form


def a_form(*keys: str):
    questions = [{"key": key, "label": "Ở đâu", "type": "address"} for key in keys]
    return parse_form({"page": [{"key": "p", "title": "Trang", "question": questions}]})


HOUSE = a_form("applicant_address", "site_address")
NOWHERE = a_form("applicant_address")


def test_the_place_of_the_matter_decides_not_where_one_lives():
    answers = {
        "applicant_address": {"ward": "26740", "street": "1"},
        "site_address": {"ward": "26743", "street": "2"},
    }
    assert competent_ward(HOUSE, answers, otherwise="26740") == "26743"


@pytest.mark.parametrize(
    "answer", [None, "", {}, {"ward": ""}, {"ward": "abc"}, {"street": "x"}, 7, ["26743"]]
)
def test_until_the_place_is_named_the_chosen_commune_holds(answer):
    assert competent_ward(HOUSE, {"site_address": answer}, otherwise="26740") == "26740"


def test_a_form_that_names_no_place_leaves_the_choice():
    answers = {"applicant_address": {"ward": "26743"}}
    assert place_question(NOWHERE) == ""
    assert competent_ward(NOWHERE, answers, otherwise="26740") == "26740"


def test_a_chosen_commune_is_a_place_too():
    form = a_form("to_ward")
    assert competent_ward(form, {"to_ward": "26743"}, otherwise="26740") == "26743"


@pytest.mark.parametrize(
    ("line", "street"),
    [
        ("12 Nguyễn Huệ, Phường Sài Gòn, Thành phố Hồ Chí Minh", "12 Nguyễn Huệ"),
        ("Tổ 3, Ấp 2, Xã Bình Mỹ, Thành phố Hồ Chí Minh", "Tổ 3, Ấp 2"),
        ("Phường Sài Gòn, Thành phố Hồ Chí Minh", "Phường Sài Gòn, Thành phố Hồ Chí Minh"),
        ("Ấp 2", "Ấp 2"),
    ],
)
def test_house_and_street_stand_before_the_commune(line, street):
    assert street_of(line) == street


def test_an_address_needs_its_commune():
    told = {"full_name": "Lê Minh Khoa", "permanent_address": "Ấp 2"}
    assert population_fields(told) == told
