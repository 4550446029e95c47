"""Kết hôn: age, freedom to marry, two people."""

from motcua.services.packs.testing import KHOA, TUYET, Pack, named

PACK = Pack(__file__)
KINH = {"ethnicity": "Kinh", "nationality": "Việt Nam", "marital_status": "SINGLE"}
ANSWERS = {
    **named("applicant", TUYET | KINH),
    "applicant_sex": "nu",
    **named("partner", KHOA | KINH),
    "partner_sex": "nam",
    "signing_on": "2026-11-27",
    "voluntary": True,
    "truthful": True,
}


def test_a_man_marries_from_twenty_and_a_woman_from_eighteen():
    assert "partner_born_on" in PACK.refusals(ANSWERS, partner_born_on="2006-11-24")
    assert PACK.refusals(ANSWERS, partner_born_on="2006-11-23") == {}
    assert "applicant_born_on" in PACK.refusals(ANSWERS, applicant_born_on="2008-11-24")
    assert PACK.refusals(ANSWERS, applicant_born_on="2008-11-23") == {}


def test_who_is_married_cannot_marry():
    refused = PACK.refusals(ANSWERS, partner_marital_status="MARRIED")
    assert list(refused) == ["partner_marital_status"]


def test_it_takes_two():
    refused = PACK.refusals(ANSWERS, partner_personal_number="079190999001")
    assert list(refused) == ["partner_personal_number"]


def test_the_signing_day_is_to_come():
    assert "signing_on" in PACK.refusals(ANSWERS, signing_on="2026-11-20")


def test_a_complete_application_is_accepted():
    assert PACK.refusals(ANSWERS) == {}


def test_the_result_prints_with_and_without_answers():
    assert PACK.paper(ANSWERS).startswith(b"%PDF")
    assert PACK.paper({}).startswith(b"%PDF")
