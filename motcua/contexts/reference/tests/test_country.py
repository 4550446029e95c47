"""A commune of any province is found by its name, of today or of the past."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.contexts.reference import public
from motcua.contexts.reference.contracts import PlaceView
from motcua.contexts.reference.rules.country import country_of, named

CITY, NANG = "Thành phố Hồ Chí Minh", "Thành phố Đà Nẵng"


def a_place(name: str, *above: str, code: str, old: str = ""):
    """A row of the source; old: what its old commune was called."""
    place = PlaceView(
        code=code,
        name=f"{name}, {above[-1]}",
        in_city=above[-1] == CITY,
        old_code=f"9{code[1:]}" if old else "",
        old_name=old,
    )
    return place, old or name, above


def found(text: str) -> list[str]:
    return [one.name for one in public.anywhere(text)]


def test_nothing_is_found_for_nonsense_another_kind_or_another_province():
    assert found("phường Không Có Thật") == found("🏠") == found("") == found(" , ") == []
    assert found("xã Sài Gòn") == found("Hải Châu, Cà Mau") == []


@pytest.mark.parametrize(
    "said",
    [
        "Hải Châu, Đà Nẵng", "phường hải châu đà nẵng", "P. Hải Châu, TP. Đà Nẵng",
        "hai chau da nang", "Phường Hải Châu, Thành phố Đà Nẵng, Việt Nam",
    ],
)  # fmt: skip
def test_one_place_is_found_however_it_is_spelt(said):
    for form in ("NFC", "NFD"):
        assert found(unicodedata.normalize(form, said)) == ["Phường Hải Châu, TP. Đà Nẵng"]


def test_an_old_commune_leads_to_the_one_of_today_of_its_province():
    (nghe,) = public.anywhere("phường Bến Nghé, Q.1")
    (phuoc,) = public.anywhere("xã Đại Phước, huyện Nhơn Trạch, Đồng Nai")

    assert (nghe.name, nghe.in_city) == ("Phường Sài Gòn, TP. Hồ Chí Minh", True)
    assert (phuoc.name, phuoc.in_city) == ("Xã Đại Phước, tỉnh Đồng Nai", False)
    assert phuoc.old_name == "Xã Đại Phước, Huyện Nhơn Trạch, tỉnh Đồng Nai"
    assert public.anywhere(phuoc.old_name) == (phuoc,)


def test_a_province_behind_the_name_needs_no_comma_and_a_name_may_begin_like_a_kind():
    assert found("xã Tân Phú Đồng Nai") == ["Xã Tân Phú, tỉnh Đồng Nai"]
    assert found("xã Tịnh Khê") == ["Xã Tịnh Khê, tỉnh Quảng Ngãi"]


def test_the_city_comes_first_and_one_name_is_offered_once():
    known = country_of([
        a_place("Phường Hòa Bình", NANG, code="20001"),
        a_place("Phường Hòa Bình", CITY, code="26001"),
        a_place("Phường Hòa Bình", NANG, code="20001", old="Phường Hòa Bình"),
        a_place("Phường An Khê", NANG, code="20002", old="Xã Hòa Bình"),
    ])  # fmt: skip

    offered = [(one.code, bool(one.old_code)) for one in named("Hòa Bình", known)]

    assert offered == [("26001", False), ("20001", False), ("20002", True)]


def test_every_code_has_its_name_and_province():
    assert public.name_anywhere("20242") == "Phường Hải Châu, TP. Đà Nẵng"
    assert public.old_name_anywhere("26740") == "Phường Bến Nghé, Quận 1, TP. Hồ Chí Minh"
    assert public.name_anywhere("99999") == public.old_name_anywhere("99999") == ""


@given(st.text(max_size=200))
def test_whatever_is_typed_never_breaks(text):
    assert len(public.anywhere(text)) <= 24
