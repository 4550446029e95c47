"""Giấy phép xây dựng nhà: who may design, and areas that agree."""

import pytest

from motcua.services.packs.testing import TUYET, Pack, named

PACK = Pack(__file__)
ANSWERS = {
    "work_kind": "house",
    **named("applicant", TUYET, "full_name", "personal_number", "address", "phone"),
    "co_owners": [{"full_name": "Lê Minh Khoa", "personal_number": "079188999002"}],
    "site_address": {"ward": "26740", "street": "8 Pasteur"},
    "land_paper": "certificate",
    "certificate_serial": "AA 00000001",
    "map_sheet": "12",
    "parcel_number": "45",
    "land_area": 62.8,
    "storeys": 2,
    "basements": 0,
    "mezzanine": False,
    "roof_room": True,
    "ground_floor_area": 50,
    "total_floor_area": 120.5,
    "height": 9.5,
    "floors": [
        {"name": "Tầng trệt", "use": "living", "area": 50},
        {"name": "Lầu 1", "use": "living", "area": 50},
        {"name": "Tum", "use": "technical", "area": 20.5},
    ],
    "adjacent": True,
    "neighbour_commitment": True,
    "designer_kind": "owner",
    "starts_on": "2027-01-10",
    "months": 8,
    "truthful": True,
}
COMPANY = {"designer_kind": "company", "designer_name": "Công ty A", "designer_licence": "HCM-1"}


@pytest.mark.parametrize(
    "too_much",
    [{"storeys": 3}, {"basements": 1}, {"height": 12}],
)
def test_an_owner_designs_only_a_small_house(too_much):
    assert list(PACK.refusals(ANSWERS, **too_much)) == ["designer_kind"]
    assert PACK.refusals(ANSWERS | COMPANY, **too_much) == {}


def test_an_owner_designs_below_250_square_metres():
    def house(area):
        return PACK.refusals(
            ANSWERS,
            total_floor_area=area,
            floors=[{"name": "Cả nhà", "use": "living", "area": area}],
        )

    assert house(249.9) == {}
    assert list(house(250)) == ["designer_kind"]


def test_storeys_add_up_to_the_total():
    assert list(PACK.refusals(ANSWERS, total_floor_area=140)) == ["floors"]
    assert PACK.refusals(ANSWERS, total_floor_area=121) == {}


def test_the_ground_floor_stands_on_the_plot():
    assert list(PACK.refusals(ANSWERS, ground_floor_area=70)) == ["ground_floor_area"]


def test_works_do_not_start_before_today():
    assert list(PACK.refusals(ANSWERS, starts_on="2026-11-22")) == ["starts_on"]


def test_a_complete_application_is_accepted():
    assert PACK.refusals(ANSWERS) == {}


def test_the_result_prints_with_and_without_answers():
    assert PACK.paper(ANSWERS).startswith(b"%PDF")
    assert PACK.paper({}).startswith(b"%PDF")
