"""Builders of organisations rows for tests of any context."""

from datetime import date, datetime, time
from uuid import UUID

from motcua.contexts.organisations import public
from motcua.contexts.organisations.actions.founding import found_city, unit_id
from motcua.contexts.organisations.actions.reorganisation import Reorganise
from motcua.contexts.organisations.contracts import ActKind, OfficerView, Purpose, UnitView
from motcua.contexts.organisations.models import Officer, PostHolding, Unit
from motcua.contexts.organisations.rules.plan import CityPlan, PlannedHours, PlannedUnit, uid
from motcua.contexts.organisations.rules.succession import Passing
from motcua.contexts.reference.testing import reference_loaded
from motcua.kernel.actors import SYSTEM, Actor, ActorKind
from motcua.kernel.clearance import NEEDS_CLEARANCE
from motcua.kernel.clock import CITY_TZ

__all__ = [
    "ActKind",
    "Passing",
    "Reorganise",
    "a_small_city",
    "a_unit_for",
    "acting",
    "counted",
    "holdings",
    "the_officer",
]

SAI_GON, BEN_THANH = "26740", "26743"
FOUNDED_AT = datetime.combine(date(2026, 1, 5), time(8), CITY_TZ)


def a_small_city(*wards: str) -> None:
    """The city level and a few communes (Sài Gòn and Bến Thành unless named), with the cast."""
    reference_loaded()
    found_city(actor=SYSTEM, now=FOUNDED_AT, wards=wards or (SAI_GON, BEN_THANH))


def the_officer(staff_no: str) -> OfficerView:
    """A member of the cast: khue, ngan, bao, nghia, van, ha, phat, linh, thanh, quynh, duyen."""
    return public.officer_by_staff_no(staff_no)


def acting(staff_no: str, on: date) -> Actor:
    """The officer as an actor with the posts of that day, without any account."""
    officer = the_officer(staff_no)
    return Actor(
        kind=ActorKind.OFFICER,
        name=officer.full_name,
        officer_id=officer.id,
        posts=public.posts_of(officer.id, on),
        cleared_for=NEEDS_CLEARANCE,
    )


def a_unit_for(
    old: UnitView, *, name: str, on: date, closed_on_fridays: bool = False
) -> tuple[CityPlan, UUID]:
    """What an act opens in the place of a unit, under its code; and the id that it will have."""
    above = public.unit_by_id(old.parent_id) if old.parent_id else None
    unit = PlannedUnit(
        code=old.code,
        name=name,
        short_name=name,
        kind=old.kind,
        parent=uid(above.code, above.valid_from) if above else None,
        ward_code=old.ward_code,
        valid_from=on,
    )
    opens = CityPlan(units=[unit])
    if closed_on_fridays:
        shifts = {str(day): [["07:30", "11:30"], ["13:00", "17:00"]] for day in range(4)}
        opens.hours.append(PlannedHours(unit.uid, Purpose.PROCESSING, shifts))
    return opens, unit_id(unit.uid)


def counted() -> tuple[int, int]:
    """How many units and officers stand in the tables."""
    return Unit.objects.count(), Officer.objects.count()


def holdings(
    *, officer_id: UUID | None = None, post_id: UUID | None = None
) -> list[tuple[UUID, date, date | None]]:
    """Everybody who ever held: officer, first day, day after the last (None: still)."""
    rows = PostHolding.objects.order_by("valid_from", "id")
    if officer_id:
        rows = rows.filter(officer_id=officer_id)
    if post_id:
        rows = rows.filter(post_id=post_id)
    return list(rows.values_list("officer_id", "valid_from", "valid_to"))
