from datetime import date
from uuid import UUID

from motcua.contexts.organisations.rules.succession import (
    HeldRuling,
    Moved,
    Passing,
    effect_of,
    work_heirs,
)
from motcua.kernel.period import ALWAYS, Period

A, B, C, D = (UUID(int=number) for number in range(1, 5))
RULING, OTHER = UUID(int=10), UUID(int=11)
DAY = date(2026, 9, 1)


def test_competence_passes_to_the_only_heir():
    rulings = [HeldRuling(RULING, A, B, ALWAYS), HeldRuling(OTHER, C, C, ALWAYS)]

    effect = effect_of([Passing(A, D)], rulings, DAY)

    assert effect.ending == (A,)
    assert effect.moved == (Moved(RULING, D, B),)
    assert effect.orphaned == ()


def test_two_units_that_merge_have_one_heir():
    rulings = [HeldRuling(RULING, A, B, ALWAYS)]

    effect = effect_of([Passing(A, D), Passing(B, D)], rulings, DAY)

    assert effect.moved == (Moved(RULING, D, D),)


def test_a_divided_unit_leaves_its_competence_open():
    rulings = [HeldRuling(RULING, A, A, ALWAYS)]

    split = effect_of([Passing(A, C), Passing(A, D)], rulings, DAY)
    part = effect_of([Passing(A, D, partial=True)], rulings, DAY)
    ended = effect_of([Passing(A, None)], rulings, DAY)

    assert split.orphaned == part.orphaned == ended.orphaned == (RULING,)
    assert split.moved == part.moved == ended.moved == ()


def test_open_work_goes_to_the_only_heir_or_the_one_that_is_named():
    divided = [Passing(A, C, partial=True), Passing(A, D, partial=True, takes_work=True)]

    assert work_heirs([Passing(A, D), Passing(B, D)]) == {A: D, B: D}
    assert work_heirs(divided) == {A: D}
    assert work_heirs([Passing(A, C), Passing(A, D)]) == {}
    assert work_heirs([Passing(A, None)]) == {}


def test_competence_that_ends_before_the_day_is_left_alone():
    rulings = [HeldRuling(RULING, A, A, Period(None, DAY))]

    assert effect_of([Passing(A, D)], rulings, DAY).moved == ()
