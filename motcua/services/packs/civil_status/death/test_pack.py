"""Khai tử: whole applications, and dates in order."""

from motcua.services.packs.testing import TUYET, Pack, named

PACK = Pack(__file__)
ANSWERS = {
    **named("requester", TUYET),
    "relation": "child",
    "deceased_full_name": "Nguyễn Văn Hòa",
    "deceased_born_on": "1942-01-02",
    "deceased_sex": "nam",
    "deceased_ethnicity": "Kinh",
    "deceased_nationality": "Việt Nam",
    "deceased_address": {"ward": "26740", "street": "12 Lê Lợi"},
    "died_on": "2026-11-20",
    "death_place": "home",
    "death_address": {"ward": "26740", "street": "12 Lê Lợi"},
    "notice_on": "2026-11-21",
    "truthful": True,
}


def test_nobody_dies_before_birth_or_tomorrow():
    assert "died_on" in PACK.refusals(ANSWERS, died_on="1941-12-31", notice_on=None)
    assert "died_on" in PACK.refusals(ANSWERS, died_on="2026-11-24", notice_on=None)


def test_the_notice_follows_the_death():
    assert "notice_on" in PACK.refusals(ANSWERS, notice_on="2026-11-19")


def test_the_deceased_is_not_the_applicant():
    refused = PACK.refusals(ANSWERS, deceased_personal_number="079190999001")
    assert list(refused) == ["deceased_personal_number"]


def test_a_complete_application_is_accepted():
    assert PACK.refusals(ANSWERS) == {}


def test_the_result_prints_with_and_without_answers():
    assert PACK.paper(ANSWERS).startswith(b"%PDF")
    assert PACK.paper({}).startswith(b"%PDF")
