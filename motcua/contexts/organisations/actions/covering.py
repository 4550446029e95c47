"""Không để trống vị trí: nobody goes away, is suspended or leaves where nobody would act then."""

from datetime import date
from uuid import UUID

from motcua.contexts.organisations.contracts import NobodyTakesOver
from motcua.contexts.organisations.queries import staff, structure
from motcua.contexts.organisations.rules import covering
from motcua.contexts.organisations.rules.staffing import Absence, Staffing
from motcua.kernel.actors import ROLE_NAMES
from motcua.kernel.period import Period

BY_SUBSTITUTE = "Bạn chọn người làm thay có mặt trong những ngày đó."
BY_POST = "Bạn giao vị trí đó cho người khác trước, rồi làm lại."


def check_absence(
    officer_id: UUID, substitute_id: UUID | None, first_on: date, back_on: date
) -> None:
    """Raises: NobodyTakesOver."""
    known = staff.current().staffing
    then = covering.with_absence(
        known, officer_id, Absence(substitute_id, Period(first_on, back_on))
    )
    _check(known, then, officer_id, first_on, back_on, BY_SUBSTITUTE)


def check_suspension(officer_id: UUID, on: date) -> None:
    """Raises: NobodyTakesOver."""
    known = staff.current().staffing
    _check(known, covering.with_suspension(known, officer_id, on), officer_id, on, None, BY_POST)


def check_end_of_posts(officer_id: UUID, on: date, post_id: UUID | None) -> None:
    """Raises: NobodyTakesOver."""
    known = staff.current().staffing
    then = covering.without_posts(known, officer_id, on, post_id)
    _check(known, then, officer_id, on, None, BY_POST)


def _check(
    known: Staffing, then: Staffing, officer_id: UUID, first: date, last: date | None, mend: str
) -> None:
    alone = next(covering.left_alone(known, then, officer_id, first, last), None)
    if alone is None:
        return
    day, place = alone
    unit = structure.snapshot.current().by_id[place.unit_id]
    raise NobodyTakesOver(
        f"Từ {day:%d/%m/%Y} không còn ai có mặt để làm việc của {ROLE_NAMES[place.role]}, "
        f"{unit.name}. {mend}",
        unit_id=str(place.unit_id),
        role=place.role.value,
    )
