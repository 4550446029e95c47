from datetime import date

import pytest

from motcua.contexts.organisations import public
from motcua.contexts.organisations.contracts import Capacity, OfficerNotFound
from motcua.contexts.organisations.testing import acting, the_officer
from motcua.kernel.actors import Role

pytestmark = pytest.mark.usefixtures("city")

ON = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("staff_no", "full_name", "unit", "role"),
    [
        ("khue", "Trần Minh Khuê", "H29.99.26743.1", Role.RECEIVER),
        ("ngan", "Võ Thị Kim Ngân", "H29.99.26740.1", Role.RECEIVER),
        ("bao", "Lê Quốc Bảo", "H29.99.26740.2", Role.CASE_OFFICER),
        ("nghia", "Phạm Hữu Nghĩa", "H29.99.26740.2", Role.DIVISION_HEAD),
        ("van", "Đỗ Thanh Vân", "H29.99.26740", Role.SIGNER),
        ("ha", "Bùi Ngọc Hà", "H29.99.26740", Role.CLERK),
        ("phat", "Huỳnh Tấn Phát", "H29.99.26740.3", Role.CASE_OFFICER),
        ("linh", "Lý Mỹ Linh", "H29.99.26740.3", Role.DIVISION_HEAD),
        ("linh", "Lý Mỹ Linh", "H29.99.26740.3", Role.CONSULTED),
        ("thanh", "Ngô Bá Thành", "H29", Role.LEADER),
        ("quynh", "Mai Xuân Quỳnh", "H29.99.1", Role.ADMINISTRATOR),
    ],
)
def test_the_cast_sits_where_the_stories_say(staff_no, full_name, unit, role):
    officer = the_officer(staff_no)

    assert officer.full_name == full_name
    assert (unit, role) in {(post.unit_code, post.role) for post in public.posts_of(officer.id, ON)}
    assert acting(staff_no, ON).has(role)


def test_the_cast_comes_first_among_the_holders_of_a_role():
    office = public.unit("H29.99.26740.2")
    holders = public.holders_of(office.id, Role.CASE_OFFICER, ON)

    assert [holders[0].staff_no, len(holders)] == ["bao", 3]
    assert holders[0].title == "Công chức tư pháp - hộ tịch"


def test_nobody_holds_a_post_before_the_unit_exists():
    assert public.posts_of(the_officer("bao").id, date(2025, 6, 30)) == ()
    office = public.unit("H29.99.26740.2")
    assert public.holders_of(office.id, Role.CASE_OFFICER, date(2025, 6, 30)) == ()


def test_a_deputy_signs_in_place_of_the_chair():
    committee = public.committee_of("26740")

    signing = public.signing_of(the_officer("van").id, committee.id, ON)

    assert signing.capacity is Capacity.KT
    assert signing.lines == ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    assert public.signing_of(the_officer("bao").id, committee.id, ON) is None


def test_officers_are_named_in_bulk():
    bao, khue = the_officer("bao"), the_officer("khue")

    assert public.officers_by_id([bao.id, khue.id]) == {bao.id: bao, khue.id: khue}
    with pytest.raises(OfficerNotFound):
        the_officer("nobody")


def test_everybody_of_a_unit_once_per_role():
    desk = public.one_stop_desk("26743", ON)

    found = [(o.staff_no, o.role) for o in public.officers_of(desk.id, ON)]

    assert ("khue", Role.RECEIVER) in found
    assert ("khue", Role.RETURNER) in found
    assert len(found) == len(set(found)) == 5
    assert the_officer("khue") in public.all_officers()
