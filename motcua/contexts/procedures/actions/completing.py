"""Hoàn chỉnh bản ghi quốc gia: the generic form, with the units that this city has today."""

from collections.abc import Callable
from datetime import date
from functools import cache

from motcua.contexts.casework import public as casework
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import UnitKind, UnitNotCompetent
from motcua.contexts.procedures.contracts import Level, Source
from motcua.contexts.procedures.ports import generic_tables
from motcua.contexts.procedures.queries.snapshot import snapshot
from motcua.contexts.procedures.rules.national import Agencies, Competence, Generic, Steps
from motcua.contexts.procedures.rules.reading import parse_texts
from motcua.kernel.forms import parse_form


def generic_form(on: date) -> Generic | None:
    """What completes a record on that day; None where no generic form is installed."""
    tables = generic_tables()
    if tables is None:
        return None
    return Generic(
        form=parse_form(tables.form),
        texts=parse_texts(tables.texts),
        processes={
            Level(level): tuple(
                Steps(table=table, hours=casework.straight_hours(casework.parse_table(table)))
                for table in some
            )
            for level, some in tables.processes.items()
        },
        agencies=Agencies(tables.agencies),
        is_decided=_decided_on(on),
        field_codes=_field_codes(),
    )


def _decided_on(on: date) -> Callable[[Competence], bool]:
    """Whether in every commune of the day some unit decides such matters."""
    wards = [
        unit.ward_code
        for unit in organisations.all_units(on)
        if unit.kind is UnitKind.COMMUNE_UBND and unit.ward_code
    ]

    @cache
    def is_decided(wanted: Competence) -> bool:
        return bool(wards) and all(_has_unit(wanted, ward, on) for ward in wards)

    return is_decided


def _has_unit(wanted: Competence, ward: str, on: date) -> bool:
    try:
        organisations.competent_unit(
            subject="", level=wanted.level.value, field=wanted.key, ward=ward, on=on
        )
    except UnitNotCompetent:
        return False
    return True


def _field_codes() -> dict[str, str]:
    """Of the city's own procedures: figures count a field once, whoever described it."""
    lines = (line for line in snapshot().lines if line.source is not Source.NATIONAL)
    return {line.hit.field: line.hit.field_code for line in lines}
