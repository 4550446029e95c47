"""Chuyển trường: schools, people, days."""

from motcua.services.packs.testing import TUYET, Pack, named

PACK = Pack(__file__)
ANSWERS = {
    **named("requester", TUYET),
    "relation": "mother",
    "pupil_full_name": "Lê Gia An",
    "pupil_personal_number": "079315999010",
    "pupil_born_on": "2015-02-03",
    "grade": "6",
    "from_school": "Trường THCS A",
    "from_place": "city",
    "to_school": "Trường THCS B",
    "to_ward": "26743",
    "accepted": True,
    "reason": "work",
    "starts_on": "2026-12-01",
    "truthful": True,
}


def test_the_schools_differ():
    assert list(PACK.refusals(ANSWERS, to_school="trường thcs a")) == ["to_school"]


def test_parent_and_pupil_are_two_people():
    refused = PACK.refusals(ANSWERS, pupil_personal_number="079190999001")
    assert list(refused) == ["pupil_personal_number"]
    assert "pupil_born_on" in PACK.refusals(ANSWERS, pupil_born_on="1980-01-01")


def test_the_first_day_is_to_come():
    assert list(PACK.refusals(ANSWERS, starts_on="2026-11-20")) == ["starts_on"]


def test_a_complete_application_is_accepted():
    assert PACK.refusals(ANSWERS) == {}


def test_the_result_prints_with_and_without_answers():
    assert PACK.paper(ANSWERS).startswith(b"%PDF")
    assert PACK.paper({}).startswith(b"%PDF")
