from datetime import date

import pytest

from motcua.contexts.organisations import public
from motcua.contexts.organisations.contracts import NobodyHoldsRole, UnitKind, UnitNotFound
from motcua.kernel.actors import Role

pytestmark = pytest.mark.usefixtures("city")

BEFORE, ON = date(2025, 6, 30), date(2026, 3, 2)


def test_a_unit_is_found_by_code_and_by_id():
    office = public.unit("H29.99.26740.2")

    assert office.name == "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân phường Sài Gòn"
    assert public.unit_by_id(office.id) == office
    assert public.units_by_id([office.id, office.parent_id]).keys() == {
        office.id,
        office.parent_id,
    }
    assert office.invented
    assert not public.unit("H29").invented


def test_the_same_code_names_the_old_committee_before_july_2025():
    old = public.unit("H29.99.26743", BEFORE)

    assert old.valid_to == date(2025, 7, 1)
    assert public.unit("H29.99.26743", ON).id != old.id
    assert public.unit("H29.99.26743").name == "Ủy ban nhân dân phường Bến Thành"


def test_unknown_units_are_refused():
    with pytest.raises(UnitNotFound):
        public.unit("H29.99.99999")
    with pytest.raises(UnitNotFound):
        public.one_stop_desk("99999")


def test_every_commune_has_its_desk():
    desk = public.one_stop_desk("26740", ON)

    assert desk.kind is UnitKind.ONE_STOP_COMMUNE
    assert public.unit_by_id(desk.parent_id) == public.committee_of("26740")
    assert desk in public.one_stop_desks(ON)


def test_a_role_is_found_here_at_the_desk_or_above():
    office = public.unit("H29.99.26740.2")

    assert public.unit_for_role(office.id, Role.CASE_OFFICER, ON) == office
    assert public.unit_for_role(office.id, Role.SIGNER, ON).code == "H29.99.26740"
    assert public.unit_for_role(office.id, Role.CLERK, ON).code == "H29.99.26740"
    assert public.unit_for_role(office.id, Role.RETURNER, ON).code == "H29.99.26740.1"
    assert public.unit_for_role(public.unit("H29").id, Role.LEADER, ON).code == "H29"
    with pytest.raises(NobodyHoldsRole):
        public.unit_for_role(public.unit("H29.99.60").id, Role.CATALOGUE_EDITOR, ON)


def test_a_leader_sees_a_unit_with_everything_below_it():
    committee = public.committee_of("26740")
    within = public.units_within(committee.id, ON)

    assert [unit.code for unit in within] == [
        f"H29.99.26740{end}" for end in ("", ".1", ".2", ".3", ".4")
    ]
    assert public.units_above(within[-1].id)[0] == committee


def test_units_that_ended_are_not_among_all_units():
    codes_before = {unit.code for unit in public.all_units(BEFORE)}
    codes_now = {unit.code for unit in public.all_units(ON)}

    assert "H29.99.26740.1" in codes_now - codes_before
    assert "H29" in codes_now & codes_before
