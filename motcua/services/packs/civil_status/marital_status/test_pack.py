"""Tình trạng hôn nhân: each state asks what it needs."""

from motcua.services.packs.testing import TUYET, Pack, named

PACK = Pack(__file__)
ANSWERS = {
    **named("requester", TUYET | {"ethnicity": "Kinh", "nationality": "Việt Nam"}),
    "marital_state": "divorced",
    "spouse_full_name": "Trần Văn Nam",
    "marriage_ended_on": "2020-02-03",
    "purpose": "property",
    "had_before": False,
    "truthful": True,
}


def test_who_never_married_names_no_spouse():
    assert PACK.refusals(ANSWERS, marital_state="never", spouse_full_name=None) == {}
    assert "spouse_full_name" in PACK.refusals(ANSWERS, spouse_full_name=None)


def test_a_marriage_ends_after_birth_and_before_today():
    assert "marriage_ended_on" in PACK.refusals(ANSWERS, marriage_ended_on="1990-05-12")
    assert "marriage_ended_on" in PACK.refusals(ANSWERS, marriage_ended_on="2027-01-01")


def test_who_is_married_does_not_ask_it_for_a_marriage():
    abroad = {
        "purpose": "marriage_abroad",
        "intended_full_name": "Jean-Luc Martin",
        "intended_nationality": "Pháp",
        "intended_place": "Lyon",
    }
    assert PACK.refusals(ANSWERS | abroad) == {}
    assert list(PACK.refusals(ANSWERS | abroad, marital_state="married")) == ["purpose"]


def test_a_complete_application_is_accepted():
    assert PACK.refusals(ANSWERS) == {}


def test_the_result_prints_with_and_without_answers():
    assert PACK.paper(ANSWERS).startswith(b"%PDF")
    assert PACK.paper({}).startswith(b"%PDF")
