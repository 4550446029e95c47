from dataclasses import replace
from datetime import date, datetime, time
from uuid import UUID, uuid4

import pytest

from motcua.contexts.organisations import ports, public
from motcua.contexts.organisations.actions.editions import renew_all
from motcua.contexts.organisations.actions.founding import unit_id
from motcua.contexts.organisations.actions.reorganisation import (
    Reorganise,
    foresee,
    reorganise,
)
from motcua.contexts.organisations.contracts import (
    ActKind,
    UnitChangedAlready,
    UnitKind,
    UnitNotCompetent,
    UnitNotFound,
    WorkNeedsHeir,
)
from motcua.contexts.organisations.models import Competence, Unit
from motcua.contexts.organisations.rules.plan import CityPlan, PlannedUnit
from motcua.contexts.organisations.rules.succession import Passing
from motcua.contexts.reference import public as reference
from motcua.kernel.actors import SYSTEM, Role
from motcua.kernel.clock import CITY_TZ

pytestmark = pytest.mark.usefixtures("city")

BEFORE, DAY = date(2026, 8, 31), date(2026, 9, 1)
NOW = datetime.combine(date(2026, 8, 3), time(9), CITY_TZ)


def a_new_unit(code: str = "H29.99.90") -> UUID:
    unit = Unit.objects.create(
        code=code,
        name="Sở Quy hoạch và Xây dựng",
        short_name="Sở QH-XD",
        kind="DEPARTMENT",
        invented=True,
        valid_from=DAY,
    )
    renew_all()
    return unit.id


def an_act(*passings: Passing, kind: ActKind = ActKind.MERGER) -> Reorganise:
    return Reorganise(
        kind=kind, title="Hợp nhất sở", document="", effective_on=DAY, passings=passings
    )


def authority(key: str, on: date) -> str:
    return public.competent_unit(
        subject="1.013236", level="CITY", field=key, ward="26740", on=on
    ).authority.code


def heads(unit_id: UUID, on: date) -> list[str]:
    return [officer.staff_no for officer in public.holders_of(unit_id, Role.SIGNER, on)]


def test_two_departments_merge():
    new = a_new_unit()
    old = [public.unit(code).id for code in ("H29.99.10", "H29.99.15")]
    act = an_act(*(Passing(unit, new) for unit in old))

    done = reorganise(act, actor=SYSTEM, now=NOW)

    assert (done.moved, done.orphaned) == (4, 0)
    assert authority("CONSTRUCTION", BEFORE) == "H29.99.10"
    assert authority("CONSTRUCTION", DAY) == authority("PLANNING", DAY) == "H29.99.90"
    assert public.unit_by_id(old[0]).valid_to == DAY
    assert [unit.id for unit in public.successors_of(old[0])] == [new]
    (listed,) = public.reorganisations(DAY, DAY)
    assert (listed.kind, len(listed.lines)) == (ActKind.MERGER, done.ended)


def test_a_dry_run_tells_the_difference_and_writes_nothing():
    new = a_new_unit()
    old = public.unit("H29.99.10").id

    told = foresee(an_act(Passing(old, new)), now=NOW)

    assert (told.ended[0], told.rulings_moved, told.unruled) == (old, 3, ())
    assert set(told.parts) == {unit.id for unit in public.units_below(old, BEFORE)}
    assert told.posts_moved > 3
    assert authority("CONSTRUCTION", DAY) == "H29.99.10"
    assert public.reorganisations(DAY, DAY) == ()


def test_a_dissolved_unit_leaves_its_competence_to_be_ruled():
    old = public.unit("H29.99.16").id

    done = reorganise(an_act(Passing(old, None), kind=ActKind.DISSOLUTION), actor=SYSTEM, now=NOW)

    assert (done.moved, done.orphaned) == (0, 1)
    assert authority("TOURISM", BEFORE) == "H29.99.16"
    with pytest.raises(UnitNotCompetent):
        authority("TOURISM", DAY)
    assert public.successors_of(old) == ()


def test_competence_that_begins_later_changes_hands():
    new, old = a_new_unit(), public.unit("H29.99.16").id
    for code, start in (("1.000001", date(2026, 12, 1)), ("1.000002", DAY)):
        Competence.objects.create(
            agency_key="TOURISM",
            level="CITY",
            procedure_code=code,
            authority_id=old,
            division_id=old,
            valid_from=start,
        )

    reorganise(an_act(Passing(old, new)), actor=SYSTEM, now=NOW)

    later = Competence.objects.filter(procedure_code__in=["1.000001", "1.000002"])
    assert set(later.values_list("authority", "division")) == {(new, new)}


def test_units_must_exist_on_the_day_and_may_end_only_once():
    new, old = a_new_unit(), public.unit("H29.99.16").id
    with pytest.raises(UnitNotFound):
        reorganise(an_act(Passing(old, uuid4())), actor=SYSTEM, now=NOW)
    with pytest.raises(UnitChangedAlready):
        reorganise(an_act(Passing(new, old)), actor=SYSTEM, now=NOW)
    reorganise(an_act(Passing(old, new)), actor=SYSTEM, now=NOW)

    with pytest.raises(UnitChangedAlready):
        reorganise(an_act(Passing(old, new)), actor=SYSTEM, now=NOW)


def test_a_divided_unit_names_who_takes_what_is_open():
    old, first, second = public.unit("H29.99.10").id, a_new_unit(), a_new_unit("H29.99.91")
    ways = (Passing(old, first, partial=True), Passing(old, second, partial=True))
    with pytest.raises(WorkNeedsHeir) as refusal:
        reorganise(an_act(*ways, kind=ActKind.SPLIT), actor=SYSTEM, now=NOW)
    assert refusal.value.facts == {"units": "H29.99.10"}

    named = (ways[0], replace(ways[1], takes_work=True))
    reorganise(an_act(*named, kind=ActKind.SPLIT), actor=SYSTEM, now=NOW)

    assert public.heir_of(old, BEFORE) == old
    assert public.heir_of(old, DAY) == second
    assert public.with_predecessors([second]) == {second, old}
    assert public.with_predecessors([first]) == {first}
    assert old in public.succeeded(DAY)
    assert old not in public.succeeded(BEFORE)


def test_work_follows_two_acts_in_a_row():
    old, between, last = public.unit("H29.99.16").id, a_new_unit(), a_new_unit("H29.99.91")
    reorganise(an_act(Passing(old, between)), actor=SYSTEM, now=NOW)
    later = replace(an_act(Passing(between, last)), effective_on=date(2026, 10, 1))
    reorganise(later, actor=SYSTEM, now=NOW)

    assert public.heir_of(old, DAY) == between
    assert public.heir_of(old, date(2026, 10, 1)) == last
    assert public.with_predecessors([last]) == {last, between, old}


def test_a_unit_renamed_keeps_its_code_and_its_people():
    old = public.unit("H29.99.16")
    renamed = PlannedUnit(
        code=old.code, name="Sở Du lịch và Sự kiện", short_name="Sở DL-SK",
        kind=UnitKind.DEPARTMENT, valid_from=DAY,
    )  # fmt: skip
    act = an_act(Passing(old.id, unit_id(renamed.uid)), kind=ActKind.RENAME)

    reorganise(replace(act, opens=CityPlan(units=[renamed])), actor=SYSTEM, now=NOW)

    assert public.unit(old.code, BEFORE).name == old.name
    assert public.unit(old.code, DAY).name == "Sở Du lịch và Sự kiện"
    assert authority("TOURISM", DAY) == old.code
    assert public.heir_of(old.id, DAY) == public.unit(old.code, DAY).id
    assert heads(old.id, BEFORE) == heads(public.unit(old.code, DAY).id, DAY) != []
    assert [unit.code for unit in public.units_below(public.unit(old.code, DAY).id, DAY)] == [
        unit.code for unit in public.units_below(old.id, BEFORE)
    ]


def test_a_unit_with_open_work_is_not_dissolved_without_an_heir():
    old = public.unit("H29.99.16").id
    ports.register_open_work("test", lambda units: dict.fromkeys(units, 3))
    try:
        with pytest.raises(WorkNeedsHeir):
            reorganise(an_act(Passing(old, None), kind=ActKind.DISSOLUTION), actor=SYSTEM, now=NOW)
    finally:
        ports.register_open_work("test", lambda units: {})


def test_the_act_of_1_july_2025_is_on_record():
    (act,) = public.reorganisations(date(2025, 7, 1), date(2025, 7, 1))

    assert act.effective_on == date(2025, 7, 1)
    into_ben_thanh = {line.old_code for line in act.lines if line.new_code == "H29.99.26743"}
    expected = {f"H29.99.{past.old_code}" for past in reference.predecessors("26743")}
    assert into_ben_thanh == expected
    old = public.unit("H29.99.26743", date(2025, 6, 30))
    assert "H29.99.26743" in {unit.code for unit in public.successors_of(old.id)}
