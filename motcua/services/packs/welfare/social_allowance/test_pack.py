"""Trợ cấp xã hội: age and poverty of each group."""

import pytest

from motcua.services.packs.testing import TUYET, Pack, named

PACK = Pack(__file__)
ANSWERS = {
    **named("requester", TUYET),
    "for_whom": "self",
    "group": "single_parent",
    "children_count": 2,
    "poor": "poor",
    "has_pension": False,
    "has_allowance": False,
    "pay_by": "account",
    "bank_name": "Ngân hàng A",
    "bank_account": "0000999001",
    "truthful": True,
}
FOR_HER = {
    **ANSWERS,
    "for_whom": "other",
    "beneficiary_full_name": "Nguyễn Thị Lan",
    "beneficiary_address": {"ward": "26740", "street": "12 Lê Lợi"},
}


@pytest.mark.parametrize(
    ("group", "born_on", "accepted"),
    [
        ("elderly", "1966-11-23", True),
        ("elderly", "1966-11-24", False),
        ("orphan", "2010-11-24", True),
        ("orphan", "2010-11-23", False),
        ("student", "2010-11-23", True),
        ("small_child", "2023-11-24", True),
        ("small_child", "2023-11-23", False),
    ],
)
def test_each_group_has_its_age(group, born_on, accepted):
    refused = PACK.refusals(FOR_HER, group=group, beneficiary_born_on=born_on, children_count=None)
    assert (refused == {}) is accepted


def test_a_poor_single_parent_is_poor():
    assert list(PACK.refusals(ANSWERS, poor="near_poor")) == ["poor"]


def test_a_year_of_birth_is_a_year_of_a_living_person():
    someone = {"full_name": "Trần Văn Bảy", "relation": "Chồng"}
    told = [someone | {"born_year": "1960"}]
    assert PACK.refusals(ANSWERS, household_members=told) == {}
    told = [someone | {"born_year": "2060"}]
    assert list(PACK.refusals(ANSWERS, household_members=told)) == ["household_members"]


def test_a_complete_application_is_accepted():
    assert PACK.refusals(ANSWERS) == {}


def test_the_result_prints_with_and_without_answers():
    assert PACK.paper(ANSWERS).startswith(b"%PDF")
    assert PACK.paper({}).startswith(b"%PDF")
