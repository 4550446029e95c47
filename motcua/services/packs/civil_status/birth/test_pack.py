"""Khai sinh: whole applications, and what must agree."""

from motcua.services.packs.testing import KHOA, TUYET, Pack, named

PACK = Pack(__file__)
KINH = {"ethnicity": "Kinh", "nationality": "Việt Nam"}
ANSWERS = {
    **named("requester", TUYET | KINH),
    "relation": "mother",
    "child_full_name": "Lê Gia An",
    "child_sex": "nu",
    "child_born_on": "2026-11-10",
    **named("child", KINH),
    "birth_place": "facility",
    "facility_name": "Bệnh viện Phụ sản",
    "birth_address": {"ward": "26743", "street": "1 Lê Lai"},
    "child_origin": "Xã Củ Chi, Thành phố Hồ Chí Minh",
    "father_known": True,
    **named("father", KHOA | KINH),
    "copies": 2,
    "truthful": True,
}


def test_a_child_is_born_after_its_parents():
    refused = PACK.refusals(ANSWERS, child_born_on="1985-01-01")
    assert set(refused) == {"requester_born_on", "father_born_on"}


def test_a_parent_who_applies_is_not_asked_twice():
    assert "mother_full_name" not in PACK.refusals(ANSWERS)
    assert "mother_known" in PACK.refusals(ANSWERS, relation="grandparent")


def test_parents_are_two_people():
    refused = PACK.refusals(ANSWERS, father_personal_number="079190999001")
    assert list(refused) == ["father_personal_number"]


def test_a_birth_is_not_in_the_future():
    assert "child_born_on" in PACK.refusals(ANSWERS, child_born_on="2026-11-24")


def test_a_complete_application_is_accepted():
    assert PACK.refusals(ANSWERS) == {}


def test_the_result_prints_with_and_without_answers():
    assert PACK.paper(ANSWERS).startswith(b"%PDF")
    assert PACK.paper({}).startswith(b"%PDF")
