"""Thẩm quyền: which unit decides a procedure for a place on a day."""

from datetime import date
from uuid import UUID

from motcua.contexts.organisations.contracts import (
    CompetentView,
    Level,
    UnitNotCompetent,
    UnitView,
)
from motcua.contexts.organisations.queries.structure import Ruling, snapshot

ANY_KEY = WHOLE_CITY = ANY_PROCEDURE = ""


def competent(*, subject: str, level: str, key: str, ward: str, on: date) -> CompetentView:
    """The nearest ruling: of this procedure before any, this ward before the city, this key
    before every key.

    Raises: UnitNotCompetent.
    """
    structure = snapshot.current()
    for place in ((key, level, ward), (key, level, WHOLE_CITY), (ANY_KEY, level, ward)):
        ruling = _in_force(structure.rulings.get(place, ()), subject, on)
        if ruling is not None:
            return CompetentView(
                authority=structure.by_id[ruling.authority_id],
                division=structure.by_id[ruling.division_id],
            )
    raise UnitNotCompetent(
        subject=subject, level=level, agency_key=key, ward=ward, on=on.isoformat()
    )


def division_for(authority_id: UUID, key: str, on: date) -> UnitView | None:
    """Of an agency its own division; of a commune also the police or branch that serves it."""
    structure = snapshot.current()
    authority = structure.by_id.get(authority_id)
    if authority is None:
        return None
    levels = (Level.COMMUNE, Level.CITY) if authority.ward_code else (Level.CITY, Level.MINISTRY)
    for level in levels:
        rulings = structure.rulings.get((key, level.value, authority.ward_code), ())
        ruling = _in_force(rulings, ANY_PROCEDURE, on)
        if ruling is not None and (authority.ward_code or ruling.authority_id == authority_id):
            return structure.by_id[ruling.division_id]
    return None


def competences_of(unit_id: UUID, on: date) -> tuple[tuple[str, str, str, str], ...]:
    """(key, level, ward, procedure) of every ruling that names the unit, in order."""
    rulings = snapshot.current().rulings
    return tuple(
        sorted(
            (key, level, ward, ruling.procedure_code)
            for (key, level, ward), found in rulings.items()
            for ruling in found
            if unit_id in (ruling.authority_id, ruling.division_id) and ruling.period.contains(on)
        )
    )


def _in_force(rulings: tuple[Ruling, ...], subject: str, on: date) -> Ruling | None:
    general = None
    for ruling in rulings:
        if ruling.period.contains(on):
            if ruling.procedure_code == subject:
                return ruling
            if ruling.procedure_code == ANY_PROCEDURE:
                general = ruling
    return general
