from collections import Counter
from datetime import date

import pytest

from motcua.contexts.reference import public
from motcua.contexts.reference.contracts import AreaKind, CommuneNotFound
from motcua.contexts.reference.testing import reference_loaded

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lists() -> None:
    reference_loaded()


def test_the_city_has_168_communes():
    kinds = Counter(view.kind for view in public.communes(AFTER))

    assert kinds == {AreaKind.PHUONG: 113, AreaKind.XA: 54, AreaKind.DAC_KHU: 1}


@pytest.mark.parametrize(
    ("code", "full_name"),
    [
        ("26740", "Phường Sài Gòn"),
        ("26743", "Phường Bến Thành"),
        ("26824", "Phường Thủ Đức"),
        ("25747", "Phường Thủ Dầu Một"),
        ("26506", "Phường Vũng Tàu"),
        ("27553", "Xã Củ Chi"),
        ("27664", "Xã Cần Giờ"),
        ("26732", "Đặc khu Côn Đảo"),
    ],
)
def test_communes_carry_their_official_codes(code: str, full_name: str):
    assert public.commune_named(code, AFTER).full_name == full_name


def test_a_look_up_before_july_2025_gives_the_old_commune():
    old = public.commune_named("25747", BEFORE)

    assert old.full_name == "Phường Phú Cường"
    assert old.district_name == "Thành phố Thủ Dầu Một"
    assert old.province_name == "Tỉnh Bình Dương"
    assert public.commune_named("25747", AFTER).district_name == ""


def test_a_commune_of_today_does_not_exist_before_july_2025():
    assert public.commune("26732", BEFORE) is None
    with pytest.raises(CommuneNotFound):
        public.commune_named("26732", BEFORE)


def test_a_divided_commune_has_several_successors():
    divided = public.successors("25741")

    assert len(divided) > 1
    assert all(part.partial for part in divided)
    assert len([part for part in divided if part.principal]) == 1
    assert {part.on for part in divided} == {AFTER}


def test_every_commune_of_today_has_predecessors_and_every_old_one_a_successor():
    assert all(public.predecessors(view.code) for view in public.communes(AFTER))
    assert all(public.successors(view.code) for view in public.communes(BEFORE))
    assert len(public.communes(BEFORE)) == 441


def test_con_dao_came_from_a_district_without_communes():
    (passage,) = public.predecessors("26732")

    assert (passage.old_name, passage.partial) == ("Huyện Côn Đảo", False)


def test_names_come_in_the_vietnamese_order():
    names = [view.name for view in public.communes(AFTER)]

    assert names.index("An Đông") < names.index("Bà Điểm") < names.index("Đông Hưng Thuận")
    assert names.index("Dĩ An") < names.index("Đông Hưng Thuận")
