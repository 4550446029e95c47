"""An address in another province, by buttons and typing alone, as without script."""

import re

import pytest

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.tests.test_filling import HOUSE, Filling
from motcua.contexts.identity.testing import a_citizen_account

MARRIAGE = "1.000894"
NANG = "Phường Hải Châu, TP. Đà Nẵng"


@pytest.fixture
def fill(small_city: None):
    account = a_citizen_account()
    return lambda code: Filling(account, code)


def offered_on(page: str, question: str) -> list[str]:
    return re.findall(rf'name="{question}\.became" value="([^"]+)"', page)


def test_a_place_that_must_lie_in_the_city_is_refused_elsewhere(fill):
    house = fill(HOUSE)

    found = house.posts("land", find="site_address", site_address__old="Hải Châu, Đà Nẵng")
    refused = house.posts("land", site_address__ward="20242", site_address__street="1")

    assert "Không tìm thấy tên này" in found and offered_on(found, "site_address") == []
    assert "Nơi này phải ở trong Thành phố Hồ Chí Minh" in refused
    assert house.draft.competent_ward == "26740"


def test_a_code_that_no_province_has_is_refused(fill):
    wedding = fill(MARRIAGE)

    refused = wedding.posts("partner", partner_address__ward="99999", partner_address__street="1")

    assert "Không có phường, xã mang mã này" in refused


def test_a_partner_in_another_province_is_found_by_name_and_shown_with_it(fill):
    wedding = fill(MARRIAGE)
    said = {
        "partner_address__old": "Hải Châu, Đà Nẵng",
        "partner_address__street": "12 Bạch Đằng",
    }

    found = wedding.posts("partner", find="partner_address", **said)
    asked = wedding.posts("partner", **said)
    wedding.posts("partner", **said, partner_address__became=":20242")

    assert offered_on(found, "partner_address") == [":20242"] and NANG in found
    assert "Bạn chọn một trong các nơi mang tên vừa ghi" in asked
    assert wedding["partner_address"] == {"ward": "20242", "street": "12 Bạch Đằng"}
    assert f"12 Bạch Đằng, {NANG}" in wedding.reads("xem-lai")
    assert f'<option value="20242" selected>{NANG}' in wedding.reads("trang/partner")
    assert wedding.draft.competent_ward == "26740"


def test_an_old_commune_elsewhere_is_kept_beside_the_new_one_when_saved_again(fill):
    wedding = fill(MARRIAGE)
    old, key = "Xã Đại Phước, Huyện Nhơn Trạch, tỉnh Đồng Nai", "partner_address"
    said = {f"{key}__street": "1"}

    wedding.posts("partner", **said, **{f"{key}__old": "xã Đại Phước, huyện Nhơn Trạch"})
    kept, shown = wedding[key], wedding.reads("trang/partner")
    (became,) = offered_on(shown, key)
    wedding.posts("partner", **said, **{f"{key}__old": old, f"{key}__became": became})

    assert f'value="{old}"' in shown and became == f"{kept['old_ward']}:{kept['ward']}"
    assert wedding[key] == kept
    assert f"Xã Đại Phước, tỉnh Đồng Nai (trước 1/7/2025: {old})" in wedding.reads("xem-lai")


def test_every_reader_of_an_address_names_the_province():
    assert dossiers.ward_name("20242") == NANG
    assert dossiers.ward_name("99999") == "99999"
