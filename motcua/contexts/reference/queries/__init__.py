"""Tra cứu danh mục: all rows of reference are few and rarely change, so they live in memory."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from motcua.contexts.reference.contracts import (
    AreaKind,
    AreaLevel,
    CommuneView,
    DayKind,
    DaysOff,
    DayView,
    SuccessionView,
)
from motcua.contexts.reference.models import AdminUnit, Day, Edition, Succession
from motcua.kernel.period import Period
from motcua.kernel.snapshots import Snapshot
from motcua.kernel.text import sort_key

EDITION = "reference"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Everything reference knows."""

    communes: tuple[CommuneView, ...]  # in the Vietnamese order of names
    by_code: dict[str, tuple[CommuneView, ...]]
    by_old_code: dict[str, tuple[SuccessionView, ...]]
    by_new_code: dict[str, tuple[SuccessionView, ...]]
    days: tuple[DayView, ...]
    days_off: DaysOff


def edition() -> Edition | None:
    return Edition.objects.filter(name=EDITION).first()


def is_valid(view: CommuneView, on: date) -> bool:
    return Period(view.valid_from, view.valid_to).contains(on)


def _version() -> UUID | None:
    found = edition()
    return found.version if found else None


def _load() -> Reference:
    units = {unit.id: unit for unit in AdminUnit.objects.order_by("code")}
    communes = _communes(units)
    by_code, by_old, by_new = defaultdict(list), defaultdict(list), defaultdict(list)
    for commune in communes:
        by_code[commune.code].append(commune)
    for succession in _successions(units):
        by_old[succession.old_code].append(succession)
        by_new[succession.new_code].append(succession)
    days = tuple(_day(day) for day in Day.objects.order_by("on"))
    return Reference(
        communes=communes,
        by_code={code: tuple(found) for code, found in by_code.items()},
        by_old_code={code: tuple(found) for code, found in by_old.items()},
        by_new_code={code: tuple(found) for code, found in by_new.items()},
        days=days,
        days_off=_days_off(days),
    )


def _communes(units: dict[UUID, AdminUnit]) -> tuple[CommuneView, ...]:
    above = {unit.code: unit.full_name for unit in units.values() if len(unit.code) < 5}
    found = [
        CommuneView(
            code=unit.code,
            name=unit.name,
            full_name=unit.full_name,
            kind=AreaKind(unit.kind),
            province_code=unit.province_code,
            province_name=above.get(unit.province_code, ""),
            district_code=unit.district_code,
            district_name=above.get(unit.district_code, ""),
            valid_from=unit.valid_from,
            valid_to=unit.valid_to,
        )
        for unit in units.values()
        if unit.level == AreaLevel.COMMUNE
    ]
    return tuple(sorted(found, key=lambda view: (sort_key(view.name), view.code)))


def _successions(units: dict[UUID, AdminUnit]) -> list[SuccessionView]:
    districts = {u.code: u.full_name for u in units.values() if u.level == AreaLevel.DISTRICT}
    found = []
    for row in Succession.objects.order_by("on", "old__code", "new__code"):
        old, new = units[row.old_id], units[row.new_id]
        view = SuccessionView(
            old_code=old.code,
            old_name=old.full_name,
            old_district=districts.get(old.district_code, ""),
            new_code=new.code,
            new_name=new.full_name,
            partial=row.partial,
            principal=row.principal,
            on=row.on,
        )
        found.append(view)
    return found


def _day(day: Day) -> DayView:
    return DayView(
        on=day.on, kind=DayKind(day.kind), name=day.name, confirmed=day.confirmed, source=day.source
    )


def _days_off(days: tuple[DayView, ...]) -> DaysOff:
    return DaysOff(
        off=frozenset(day.on for day in days if day.kind is not DayKind.MADE_UP),
        made_up=frozenset(day.on for day in days if day.kind is DayKind.MADE_UP),
        unconfirmed=frozenset(day.on for day in days if not day.confirmed),
    )


snapshot = Snapshot(_load, _version)
