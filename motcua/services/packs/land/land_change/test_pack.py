"""Biến động đất đai: two sides, whole plots, one estate."""

from motcua.services.packs.testing import KHOA, TUYET, Pack, named

PACK = Pack(__file__)
ANSWERS = {
    **named("requester", TUYET),
    "side": "receiver",
    "change_kind": "transfer",
    "survey": False,
    "whole": True,
    "certificate_serial": "AA 00000001",
    "land_address": {"ward": "26740", "street": "8 Pasteur"},
    "map_sheet": "12",
    "parcel_number": "45",
    "land_area": 62.8,
    "land_use": "ODT",
    "other_kind": "person",
    **named("other", KHOA, "full_name", "personal_number", "address"),
    "deed_number": "15",
    "deed_on": "2026-11-02",
    "deed_office": "Văn phòng công chứng A",
    "price": 3_500_000_000,
    "relative": False,
    "only_home": True,
    "tax_by": "giver",
    "no_dispute": True,
    "truthful": True,
}
TUYET_HALF = {"full_name": "Nguyễn Thị Ánh Tuyết", "personal_number": "079190999001", "share": 50}
KHOA_HALF = {"full_name": "Lê Minh Khoa", "personal_number": "079188999002", "share": 50}
ESTATE = {
    "change_kind": "inherit",
    "deceased_full_name": "Nguyễn Văn Hòa",
    "deceased_died_on": "2026-01-03",
    "heirs": [TUYET_HALF, KHOA_HALF],
}


def test_heirs_share_one_whole_estate():
    assert PACK.refusals(ANSWERS | ESTATE) == {}
    assert list(PACK.refusals(ANSWERS | ESTATE, heirs=[TUYET_HALF])) == ["heirs"]
    assert list(PACK.refusals(ANSWERS | ESTATE, heirs=[KHOA_HALF, KHOA_HALF])) == ["heirs"]


def test_an_estate_prints():
    assert PACK.paper(ANSWERS | ESTATE).startswith(b"%PDF")


def test_the_other_side_may_be_a_company():
    company = {
        **ANSWERS,
        "side": "giver",
        "change_kind": "contribute",
        "other_kind": "organisation",
        "other_organisation_name": "Công ty Minh Phát",
        "other_tax_code": "0319 999 001",
    }
    assert PACK.refusals(company, other_full_name=None, other_personal_number=None) == {}
    assert list(PACK.refusals(company, other_tax_code="Minh Phát")) == ["other_tax_code"]
    assert PACK.paper(company).startswith(b"%PDF")


def test_the_deed_follows_the_death():
    assert list(PACK.refusals(ANSWERS | ESTATE, deed_on="2026-01-02")) == ["deed_on"]


def test_the_sides_are_two_people():
    refused = PACK.refusals(ANSWERS, other_personal_number="079190999001")
    assert list(refused) == ["other_personal_number"]


def test_a_part_of_a_plot_is_split_first():
    assert list(PACK.refusals(ANSWERS, whole=False)) == ["whole"]


def test_a_complete_application_is_accepted():
    assert PACK.refusals(ANSWERS) == {}


def test_the_result_prints_with_and_without_answers():
    assert PACK.paper(ANSWERS).startswith(b"%PDF")
    assert PACK.paper({}).startswith(b"%PDF")
