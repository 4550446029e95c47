"""Đúng ngay lần đầu: rates by procedure and by unit, from the roll-up alone."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Max, Sum

from motcua.contexts.dossiers.contracts.figures import RightFirst, RightFirstBoard
from motcua.contexts.dossiers.models import RightFirstRow
from motcua.contexts.dossiers.queries import buckets
from motcua.contexts.dossiers.queries.figures import WHOLE_CITY, check_sees_figures
from motcua.contexts.organisations import public as organisations
from motcua.contexts.procedures import public as procedures
from motcua.kernel.actors import Actor
from motcua.kernel.clock import CITY_TZ, city_date

Sums = tuple[int, int, int]
NOTHING: Sums = (0, 0, 0)


def right_first(
    actor: Actor, *, now: datetime, months: int = 1, unit_id: UUID | None = None
) -> RightFirstBoard:
    """The rates of the city with its units, or of one unit; both by procedure, the worst first.

    Raises: WrongRole, UnitNotFound.
    """
    check_sees_figures(actor, unit_id)
    since = buckets.period_start(now, months).date()
    rows = RightFirstRow.objects.filter(month__gte=since)
    grouped = rows.values_list("unit_id", "procedure_code").order_by("unit_id", "procedure_code")
    summed = grouped.annotate(Sum("done"), Sum("first_right"), Sum("asked_again"))
    wanted = summed.filter(unit_id=unit_id) if unit_id else summed.filter(procedure_code="")
    found: dict[tuple[UUID | None, str], Sums] = {
        (at, code): (done, first, again) for at, code, done, first, again in wanted
    }
    if unit_id is None:
        of_city = summed.filter(unit_id=None).exclude(procedure_code="")
        found |= {(None, code): (done, first, again) for _, code, done, first, again in of_city}
    as_of = rows.aggregate(at=Max("as_of"))["at"] or now
    name = organisations.unit_by_id(unit_id).name if unit_id else WHOLE_CITY
    return RightFirstBoard(
        as_of=as_of.astimezone(CITY_TZ),
        whole=_part("", name, found.get((unit_id, ""), NOTHING)),
        by_procedure=_by_procedure(found, unit_id, now),
        by_unit=_by_unit(found) if unit_id is None else (),
    )


def _by_procedure(
    found: Mapping[tuple[UUID | None, str], Sums], unit_id: UUID | None, now: datetime
) -> tuple[RightFirst, ...]:
    names = {str(hit.code): hit.name for hit in procedures.all_current(city_date(now))}
    parts = (
        _part(code, names.get(code, code), sums)
        for (at, code), sums in found.items()
        if at == unit_id and code
    )
    return tuple(sorted(parts, key=_worst_first))


def _by_unit(found: Mapping[tuple[UUID | None, str], Sums]) -> tuple[RightFirst, ...]:
    ids = {at for at, code in found if at and not code}
    units = organisations.units_by_id(ids)
    parts = (_part(str(i), units[i].name, found[i, ""]) for i in ids if i in units)
    return tuple(sorted(parts, key=_worst_first))


def _part(part: str, name: str, sums: Sums) -> RightFirst:
    done, first_right, asked_again = sums
    return RightFirst(
        part=part, name=name, done=done, first_right=first_right, asked_again=asked_again
    )


def _worst_first(part: RightFirst) -> tuple[float, int, str]:
    return (part.first_share if part.first_share is not None else 2.0, -part.done, part.part)
