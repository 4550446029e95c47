"""What reference answers its neighbours. Look-ups of places take the day they are asked for."""

from datetime import date
from uuid import UUID

from motcua.contexts.reference import adapters, queries
from motcua.contexts.reference.contracts import (
    CentreView,
    CommuneNotFound,
    CommuneView,
    DaysOff,
    DayView,
    PlaceView,
    StreetView,
    SuccessionView,
)
from motcua.contexts.reference.queries import streets as street_names
from motcua.contexts.reference.queries.country import country
from motcua.contexts.reference.rules import country as country_rules
from motcua.contexts.reference.rules import former


def commune(code: str, on: date) -> CommuneView | None:
    """The commune that carried this code on that day: before 1 July 2025 the old one."""
    known = queries.snapshot.current().by_code.get(code, ())
    return next((view for view in known if queries.is_valid(view, on)), None)


def commune_named(code: str, on: date) -> CommuneView:
    """As `commune`. Raises: CommuneNotFound."""
    found = commune(code, on)
    if found is None:
        raise CommuneNotFound(commune=code, on=on.isoformat())
    return found


def communes(on: date) -> tuple[CommuneView, ...]:
    """All communes of the city (and of what became the city) that day, in Vietnamese order."""
    known = queries.snapshot.current().communes
    return tuple(view for view in known if queries.is_valid(view, on))


def successors(old_code: str) -> tuple[SuccessionView, ...]:
    """What a commune of before 1 July 2025 became; several when it was divided."""
    return queries.snapshot.current().by_old_code.get(old_code, ())


def predecessors(code: str) -> tuple[SuccessionView, ...]:
    """The old communes, whole or in part, of a commune of today."""
    return queries.snapshot.current().by_new_code.get(code, ())


def formerly(text: str) -> tuple[SuccessionView, ...]:
    """What old communes of that name became: «phường Bến Nghé, Q.1», «ben nghe»."""
    return former.named(text, queries.snapshot.current().by_old_code)


def streets(text: str, on: date) -> tuple[StreetView, ...]:
    """Streets that the words may name: «123 Nguyễn Huệ quận 1», «hẻm 12/3 đ. Lê Lợi».

    Each with the communes of today that lie in its old district: candidates, never an answer.
    """
    return street_names.streets(text, on)


def anywhere(text: str) -> tuple[PlaceView, ...]:
    """Communes of the whole country by name, of today or of the past; the city's first.

    «Hải Châu, Đà Nẵng», «xã Tân Phú Đồng Nai», «phường Bến Nghé, Q.1».
    """
    return country_rules.named(text, country())


def name_anywhere(code: str) -> str:
    """«Phường Hải Châu, TP. Đà Nẵng» of a code of today; "" when no province has it."""
    return country().today.get(code, "")


def old_name_anywhere(code: str) -> str:
    """The same of a code of before 1 July 2025, with its district."""
    return country().former.get(code, "")


def centres() -> tuple[CentreView, ...]:
    """Where the communes of today lie, roughly: to find one's way on a map, never to measure."""
    return adapters.centres()


def days_off() -> DaysOff:
    """Days off and made-up days of all known years, for working calendars."""
    return queries.snapshot.current().days_off


def days(first: date, last: date) -> tuple[DayView, ...]:
    """Days that differ from their weekday, with reasons; both ends included."""
    return tuple(day for day in queries.snapshot.current().days if first <= day.on <= last)


def edition() -> UUID | None:
    """Changes whenever reference rows change; for those who derive values from them."""
    found = queries.edition()
    return found.version if found else None
