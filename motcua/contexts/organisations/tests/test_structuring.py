"""Units without competence and posts, as a personnel system tells; what has competence stays."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

import pytest

from motcua.contexts.organisations import public
from motcua.contexts.organisations.actions import structuring
from motcua.contexts.organisations.contracts import (
    PostNeeded,
    PostNotFound,
    UnitBelowItself,
    UnitByActOnly,
    UnitHasParts,
    UnitNotFound,
)
from motcua.contexts.organisations.models import Post
from motcua.kernel.actors import SYSTEM, Role
from motcua.kernel.clock import CITY_TZ
from motcua.kernel.db import owns_transaction, record, uuid7

pytestmark = pytest.mark.usefixtures("city")

TODAY = date(2026, 2, 27)
NOW = datetime.combine(TODAY, time(9), CITY_TZ)
LATER = TODAY + timedelta(days=30)
COMMITTEE, OFFICE = "H29.99.26740", "H29.99.26740.2"


@owns_transaction
def written(write, *given, now: datetime, **named):
    done = write(*given, **named)
    record(action="tests.told", subject="structure", actor=SYSTEM)
    return done


def told(write, *given, **named):
    """What the personnel system tells, in a transaction with its leaf."""
    return written(write, *given, now=NOW, **named)


def a_division(above: UUID | None = None, on: date = TODAY) -> UUID:
    parent_id = above or public.unit(COMMITTEE).id
    return told(structuring.add_unit, name="Tổ Lưu trữ", parent_id=parent_id, on=on)


def renamed(unit_id: UUID, *, name: str = "Tổ Số hóa", under: UUID) -> None:
    told(structuring.change_unit, unit_id, name=name, parent_id=under, on=TODAY)


def test_a_unit_below_nothing_or_below_one_that_is_over_is_refused():
    over = a_division()
    told(structuring.close_unit, over, on=LATER)

    with pytest.raises(UnitNotFound):
        a_division(above=uuid7())
    with pytest.raises(UnitNotFound):
        a_division(above=over, on=LATER)


@pytest.mark.parametrize("code", [COMMITTEE, OFFICE])
def test_what_has_competence_is_neither_named_nor_closed(code):
    unit = public.unit(code)

    with pytest.raises(UnitByActOnly):
        renamed(unit.id, under=unit.parent_id)
    with pytest.raises(UnitByActOnly):
        told(structuring.close_unit, unit.id, on=LATER)


def test_a_unit_does_not_go_below_its_own_part_nor_close_over_it():
    above = a_division()
    part = a_division(above=above)

    with pytest.raises(UnitBelowItself):
        renamed(above, under=part)
    with pytest.raises(UnitHasParts):
        told(structuring.close_unit, above, on=LATER)


def test_the_last_post_of_work_that_the_law_gave_stays():
    head = Post.objects.get(unit__code=OFFICE, role=Role.DIVISION_HEAD)

    with pytest.raises(PostNeeded):
        told(structuring.end_post, head.id, on=LATER)

    assert Post.objects.get(pk=head.pk).valid_to is None


def test_a_post_that_nobody_made_or_that_ended_is_not_found():
    unit = a_division()
    post = told(structuring.add_post, unit, role=Role.CLERK, title="Văn thư", on=TODAY)
    told(structuring.end_post, post, on=LATER)

    for post_id in (post, uuid7()):
        with pytest.raises(PostNotFound):
            told(structuring.end_post, post_id, on=LATER)
    with pytest.raises(PostNotFound):
        told(structuring.name_post, uuid7(), title="Lưu trữ viên")


def test_two_units_of_one_parent_get_codes_of_their_own():
    first, second = (public.unit_by_id(a_division()) for _ in range(2))

    assert first.code.startswith(f"{COMMITTEE}.")
    assert first.code != second.code


def test_a_unit_gets_another_name_and_place_and_keeps_its_code():
    unit, above = a_division(), a_division()
    code = public.unit_by_id(unit).code

    renamed(unit, under=above)

    now = public.unit_by_id(unit)
    assert (now.code, now.name, now.parent_id) == (code, "Tổ Số hóa", above)


def test_a_closed_unit_ends_with_its_posts_and_both_are_kept():
    unit = a_division()
    post = told(structuring.add_post, unit, role=Role.CLERK, title="Văn thư", on=TODAY)

    told(structuring.close_unit, unit, on=LATER)

    assert Post.objects.get(pk=post).valid_to == LATER
    assert public.unit_by_id(unit).valid_to == LATER


def test_what_was_made_and_ended_on_one_day_never_was():
    unit = a_division()
    post = told(structuring.add_post, unit, role=Role.CLERK, title="Văn thư", on=TODAY)

    told(structuring.close_unit, unit, on=TODAY)

    assert not Post.objects.filter(pk=post).exists()
    with pytest.raises(UnitNotFound):
        public.unit_by_id(unit)
