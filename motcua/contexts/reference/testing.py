"""Builders of reference rows for tests of any context."""

from datetime import date, datetime, time

from motcua.contexts.reference import adapters, queries
from motcua.contexts.reference.actions.loading import load_reference, renew_edition
from motcua.contexts.reference.actions.streets import take_streets
from motcua.contexts.reference.contracts import DayKind, StreetRow
from motcua.contexts.reference.models import Day
from motcua.kernel.actors import SYSTEM
from motcua.kernel.clock import CITY_TZ

LOADED_AT = datetime.combine(date(2026, 1, 5), time(8), CITY_TZ)


def reference_loaded() -> None:
    """Make sure the published lists stand in the tables."""
    found = queries.edition()
    if found is None or found.digest != adapters.digest():
        load_reference(actor=SYSTEM, now=LOADED_AT)


def streets_taken(*rows: tuple[str, str, str]) -> None:
    """Streets as (old province, old district, name)."""
    taken = [StreetRow(province=p, district=d, street=s) for p, d, s in rows]
    take_streets(taken, by=SYSTEM, now=LOADED_AT)


def a_day_off(on: date, *, name: str = "Nghỉ", confirmed: bool = True) -> None:
    """A further day off."""
    Day.objects.create(
        on=on, kind=DayKind.HOLIDAY, name=name, confirmed=confirmed, source="kiểm thử"
    )
    renew_edition()
